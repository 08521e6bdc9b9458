"""What begins a message to support and what does not, and what is no message where one is asked for."""

from __future__ import annotations

import pytest

from tests.desk.in_words import LANGUAGES, MESSAGE, texts, writing


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I want to leave a message for support"),
        ("en", "leave a message for the support team"),
        ("en", "can I write a message to you?"),
        ("sv", "jag vill lämna ett meddelande till supporten"),
        ("sv", "jag vill skicka ett meddelande till supporten"),
        ("sv", "kan jag skriva ett meddelande till er?"),
    ],
)
@pytest.mark.parametrize("hour", ["room", "at_night"])
async def test_who_wants_to_leave_a_message_writes_it_at_once(request, answer, hour, language, words):
    visitor = await request.getfixturevalue(hour).visitor(language)
    assert texts(await visitor.says(words)) == [answer("say_ask_message", language)]
    assert texts(await visitor.says(MESSAGE[language])) == [answer("say_ask_reply_address", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "ok"),
        ("en", "yes"),
        ("en", "wait"),
        ("en", "leave a message for support"),
        ("sv", "ja"),
        ("sv", "vänta"),
        ("sv", "okej"),
    ],
)
async def test_a_word_is_no_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    assert texts(await visitor.says(words)) == [answer("say_ask_message", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no forget it"),
        ("en", "no, skip"),
        ("sv", "nej glöm"),
        ("sv", "nej, strunta i det"),
        ("en", "no message"),
        ("sv", "inget meddelande"),
    ],
)
async def test_who_forgets_it_writes_no_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "how long can it be?"),
        ("en", "how many characters can I write"),
        ("sv", "hur långt får det vara?"),
        ("sv", "hur många tecken får det vara"),
    ],
)
async def test_how_long_a_message_may_be_is_told(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    limit = answer("say_message_limit", language)
    assert texts(await visitor.says(words)) == [limit, answer("say_ask_message", language)]
    await visitor.says(MESSAGE[language])
    assert texts(await visitor.says(words)) == [limit, answer("say_ask_reply_address", language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limit_told_is_that_of_the_channels(answer, language):
    from bot.channels.chatwoot import turn
    from bot.channels.webchat import requests

    digits = "".join(each for each in answer("say_message_limit", language) if each.isdigit())
    assert int(digits) == requests.LONGEST_TEXT == turn.LONGEST_TEXT


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "message"),
        ("en", "a message please"),
        ("en", "message for support"),
        ("en", "I'll leave one"),
        ("sv", "ett meddelande då"),
        ("sv", "meddelande"),
        ("sv", "okej då lämnar jag ett meddelande"),
    ],
)
async def test_the_offer_is_accepted_in_a_word(at_night, answer, language, words):
    visitor = await at_night.queued(language)
    assert texts(await visitor.says(words)) == [answer("say_ask_message", language)]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "it's fine"), ("en", "no need"), ("sv", "det är lugnt"), ("sv", "det behövs inte")]
)
async def test_the_offer_is_declined_in_other_words(at_night, answer, language, words):
    visitor = await at_night.queued(language)
    assert texts(await visitor.says(words)) == [answer("say_deny", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no response by email"),
        ("en", "I have had no response by email since monday"),
        ("en", "send me an answer soon please"),
        ("en", "please write me an answer"),
        ("en", "I wrote to you last week and there is no response by email"),
        ("en", "I saw something about a reply by email in the letter that came"),
        ("sv", "skicka svar nu då"),
        ("sv", "inget svar på mail"),
        ("sv", "jag har fortfarande inte sett något svar på mejl"),
    ],
)
async def test_who_waits_and_complains_keeps_the_place(room, language, words):
    visitor = await room.queued(language)
    assert await visitor.says(words) == []
    assert (await visitor.handoff()).state.value == "queued"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "can I get the answer by email instead"),
        ("en", "mail me instead"),
        ("sv", "mejla mig istället"),
        ("en", "please leave a message for support"),
        ("sv", "kan ni mejla mig svaret istället"),
        ("sv", "svara hellre på mejl"),
    ],
)
async def test_who_waits_and_wants_a_mail_writes_a_message(room, answer, language, words):
    visitor = await room.queued(language)
    assert texts(await visitor.says(words)) == [answer("say_ask_message_instead", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I wrote to you last week and there is no response by email"),
        ("en", "Will you mail me a reply about whether the warranty covers drops?"),
        ("sv", "inget svar på mail"),
        ("sv", "kan ni mejla mig svar om garantin täcker fall?"),
    ],
)
async def test_a_complaint_and_a_question_begin_no_message(room, answer, language, words):
    visitor = await room.visitor(language)
    assert answer("say_ask_message", language) not in texts(await visitor.says(words))
