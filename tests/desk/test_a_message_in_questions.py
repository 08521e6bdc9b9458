"""What is asked, added and wished for in other words on the way to a message to support, in both languages."""

from __future__ import annotations

import pytest

from tests.desk.in_words import ADDRESS, MESSAGE, OPENS, SHOWN, letter, texts, writing
from tests.desk.letters import tickets


@pytest.mark.parametrize(
    ("language", "words"), [("en", "send"), ("en", "Send!"), ("sv", "skicka"), ("sv", "ja, skicka")]
)
async def test_it_is_sent_in_a_word(at_night, read_back, language, words):
    visitor = await read_back(language)
    await visitor.says(words)
    assert (await letter(at_night))["text"] == MESSAGE[language]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "send?"),
        ("en", "if I send it, do they call me"),
        ("en", "can my wife send it"),
        ("en", "send it or not"),
        ("en", "what happens if I send it"),
        ("sv", "skicka?"),
        ("sv", "ska jag skicka det eller ringa"),
        ("sv", "om jag skickar det, vad händer då"),
        ("sv", "kan min fru skicka det"),
    ],
)
async def test_no_question_and_no_condition_sends_it(at_night, read_back, language, words):
    visitor = await read_back(language)
    await visitor.says(words)
    assert tickets(at_night) == []
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert len(tickets(at_night)) == 1


@pytest.mark.parametrize(
    ("language", "words", "added"),
    [
        ("en", "Add: I expect an answer within 14 days", "I expect an answer within 14 days"),
        ("en", "please add that it gets hot", "please add that it gets hot"),
        ("en", "oh and add that I'm away on monday", "oh and add that I'm away on monday"),
        ("en", "also tell them that I am at home on Friday", "also tell them that I am at home on Friday"),
        ("en", "add that the light blinks: red, white", "add that the light blinks: red, white"),
        ("sv", "Lägg till: jag vill ha svar inom 14 dagar", "jag vill ha svar inom 14 dagar"),
        ("sv", "skriv också att den blir varm", "skriv också att den blir varm"),
    ],
)
async def test_what_is_added_in_one_go_is_read_back(at_night, answer, read_back, language, words, added):
    visitor = await read_back(language)
    written = f"{MESSAGE[language]}\n{added}"
    assert texts(await visitor.says(words)) == [
        answer("say_message_added", language),
        answer("say_confirm_message", language, address=SHOWN, message=written),
    ]
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == written


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "did you send my letter?"),
        ("en", "this is absurd. Did the letter go or not"),
        ("en", "is it sent already"),
        ("sv", "har du skickat det?"),
        ("sv", "gick det iväg eller inte"),
    ],
)
async def test_whether_it_was_sent_is_told_and_the_question_asked_again(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [
        answer("say_message_unsent", language),
        answer("say_confirm_message", language, address=SHOWN, message=MESSAGE[language]),
    ]
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no wait. will they call or mail"),
        ("en", "ok and they dont call right?"),
        ("en", "can I get the answer by email?"),
        ("sv", "ringer de eller mejlar de"),
        ("sv", "kommer nån ringa mej"),
    ],
)
async def test_whether_somebody_calls_is_not_promised(answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [
        answer("say_message_call_closed", language, opens=OPENS[language]),
        answer("say_confirm_message", language, address=SHOWN, message=MESSAGE[language]),
    ]


@pytest.mark.parametrize(("language", "words"), [("en", "will they call me back?"), ("sv", "ringer nån upp mig?")])
async def test_the_same_asked_first_is_no_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    assert texts(await visitor.says(words)) == [
        answer("say_message_call_closed", language, opens=OPENS[language]),
        answer("say_ask_message", language),
    ]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Can you call me on Friday?"), ("sv", "Kan ni ringa mig på fredag?")]
)
async def test_a_wish_to_be_called_may_be_the_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    assert texts(await visitor.says(words)) == [answer("say_ask_reply_address", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "can you call me on 070 174 06 05 tomorrow"), ("sv", "kan ni ringa mig på 070 174 06 05 imorgon")],
)
async def test_who_is_to_be_called_hears_that_the_answer_is_a_mail(at_night, answer, language, words):
    visitor = await at_night.queued(language)
    assert texts(await visitor.says(words)) == [
        answer("say_message_call_closed", language, opens=OPENS[language]),
        answer("say_ask_reply_address", language),
    ]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "call me please"), ("en", "will somebody call me?"), ("sv", "ring mej")]
)
async def test_a_call_is_not_promised_and_nobody_is_put_in_a_queue(room, answer, language, words):
    visitor = await room.visitor(language)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert texts(await visitor.says(words)) == [answer("say_call_open", language, until=until)]
    assert await visitor.room.handoff_of(visitor.conversation) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "can I get an answer from a human by mail rather than chat"),
        ("en", "I'd rather get the reply by e-mail"),
        ("sv", "vill lämna mess"),
        ("sv", "nej glöm, jag vill lämna ett meddelande"),
        ("sv", "kan ni mejla mig svaret istället"),
        ("sv", "kan ni mejla mej svaret istället, orkar inte chatta"),
    ],
)
async def test_an_answer_by_mail_is_a_message(room, answer, language, words):
    visitor = await room.visitor(language)
    assert texts(await visitor.says(words)) == [answer("say_ask_message", language)]


@pytest.mark.parametrize(
    ("language", "no", "words"),
    [
        ("en", "No, do not send it", "send it anyway"),
        ("en", "No, do not send it", "no wait, send it"),
        ("sv", "Nej, skicka inte", "jo skicka ändå"),
    ],
)
async def test_what_was_not_sent_is_gone_and_may_be_written_again(at_night, answer, read_back, language, no, words):
    visitor = await read_back(language)
    await visitor.presses(no)
    (said,) = await visitor.says(words)
    assert said["text"] == answer("say_message_gone", language)
    assert tickets(at_night) == []
    assert texts(await visitor.says({"en": "yes", "sv": "ja"}[language])) == [answer("say_ask_message", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "wait, who reads it?"),
        ("en", "what should i write"),
        ("sv", "vänta, vem läser det?"),
        ("sv", "vad ska jag skriva?"),
    ],
)
async def test_a_question_about_the_message_is_not_the_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    about, again = answer("say_message_about", language), answer("say_ask_message", language)
    assert texts(await visitor.says(words)) == [about, again]
    await visitor.says(MESSAGE[language])
    await visitor.says(words)
    await visitor.says(ADDRESS)
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == MESSAGE[language]


async def test_what_only_begins_with_such_a_question_is_the_message(at_night, answer):
    visitor = await writing(at_night, "en")
    said = await visitor.says("Who reads my receipts? I sent three and my charger is still broken.")
    assert texts(said) == [answer("say_ask_reply_address", "en")]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no dont send"), ("en", "do not send"), ("sv", "nej skicka inte")]
)
async def test_a_message_that_is_not_to_be_sent_is_dropped(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]
    assert tickets(at_night) == []


@pytest.mark.parametrize(("language", "words"), [("en", "yes"), ("en", "well send it then"), ("sv", "ja")])
async def test_a_yes_where_the_address_is_asked_for_asks_again(at_night, answer, language, words):
    visitor = await writing(at_night, language, MESSAGE[language])
    assert texts(await visitor.says(words)) == [answer("say_ask_reply_address", language)]
