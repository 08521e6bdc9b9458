"""A written message is confirmed, corrected, dropped or asked after in the customer's own words."""

from __future__ import annotations

import pytest

from tests.conftest import MONDAY_MORNING
from tests.desk.in_words import LANGUAGES, MESSAGE, OPENS, letter, texts, writing
from tests.desk.letters import tickets


@pytest.mark.parametrize(
    ("language", "words"), [("en", "cancel"), ("en", "never mind"), ("sv", "avbryt"), ("sv", "äh glöm det")]
)
async def test_a_message_is_dropped_in_so_many_words_at_every_step(at_night, answer, language, words):
    for said in ((), (MESSAGE[language],), (MESSAGE[language], "maja@example.com")):
        visitor = await writing(at_night, language, *said)
        assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "thats wrong address"),
        ("en", "no, the address is wrong"),
        ("sv", "nej fel adress"),
        ("sv", "adressen stämmer inte"),
    ],
)
async def test_a_wrong_address_in_what_is_read_back_asks_for_another_address(at_night, answer, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    assert texts(await visitor.says(words)) == [answer("say_ask_reply_address", language)]
    (confirmed,) = texts(await visitor.says("maja2@example.com"))
    assert "maja2@ex….com" in confirmed


@pytest.mark.parametrize(("language", "words"), [("en", "looks good"), ("sv", "ser bra ut"), ("sv", "ja kör")])
async def test_what_is_read_back_is_sent_at_every_kind_of_yes(at_night, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    await visitor.says(words)
    assert len(tickets(at_night)) == 1


@pytest.mark.parametrize(
    ("language", "more"), [("en", "oh and it was dropped on the floor"), ("sv", "den tappades i golvet i går också")]
)
async def test_what_is_read_back_is_all_that_will_be_sent(at_night, answer, language, more):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    message = f"{MESSAGE[language]}\n{more}"
    read_back = answer("say_confirm_message", language, address="maja@ex….com", message=message)
    assert texts(await visitor.says(more)) == [answer("say_message_added", language), read_back]
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == message


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_address_alone_is_no_message(at_night, answer, language):
    visitor = await writing(at_night, language)
    assert texts(await visitor.says("maja@example.com")) == [answer("say_ask_message", language)]
    (read_back,) = texts(await visitor.says(MESSAGE[language]))
    assert read_back == answer("say_confirm_message", language, address="maja@ex….com", message=MESSAGE[language])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_asks_whether_the_message_was_received_hears_that_it_was(at_night, answer, language):
    yes, asks = {
        "en": ("yes", "have you got my message?"),
        "sv": ("ja", "har ni fått mitt meddelande?"),
    }[language]
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com", yes)
    (ticket,) = tickets(at_night)
    known = {"reference": ticket.reference, "address": "maja@ex….com"}
    said = answer("say_message_is_there_closed", language, opens=OPENS[language], **known)
    assert texts(await visitor.says(asks)) == [said]
    at_night.at(MONDAY_MORNING)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    for words in (asks, {"en": "what is my reference?", "sv": "vad är min referens?"}[language]):
        said = answer("say_message_is_there_open", language, until=until, **known)
        assert texts(await visitor.says(words)) == [said]


async def test_nobody_hears_that_a_message_is_there_who_sent_none(at_night, answer):
    visitor = await writing(at_night, "en", MESSAGE["en"])
    await visitor.says("cancel")
    assert "is with support" not in "".join(texts(await visitor.says("have you got my message?")))


async def test_a_title_that_is_not_shown_any_more_presses_nothing(at_night):
    visitor = await writing(at_night, "en", MESSAGE["en"], "maja@example.com")
    await visitor.says("cancel")
    await visitor.says("Yes, send it")
    assert tickets(at_night) == []


@pytest.mark.parametrize(("language", "words"), [("en", "send my message"), ("sv", "skicka meddelande")])
async def test_a_message_is_never_emptied_by_a_word(at_night, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    await visitor.says(words)
    await visitor.says("maja@example.com")
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"].startswith(MESSAGE[language])


@pytest.mark.parametrize(
    ("language", "words"), [("en", "don't send it"), ("en", "no don't send it"), ("sv", "nej skicka inte")]
)
async def test_a_refusal_to_send_it_drops_it(at_night, answer, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]


@pytest.mark.parametrize(("language", "words"), [("en", "send it"), ("sv", "ja skicka det")])
async def test_it_is_sent_in_so_many_words(at_night, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    await visitor.says(words)
    assert (await letter(at_night))["text"] == MESSAGE[language]


async def test_sent_twice_it_is_still_there(at_night, answer):
    visitor = await writing(at_night, "en", MESSAGE["en"], "maja@example.com", "yes")
    (said,) = texts(await visitor.presses("Yes, send it"))
    assert "is with support" in said
    await visitor.says("leave a message")
    await visitor.says("never mind")
    (said,) = texts(await visitor.says("did you get my message?"))
    assert "is with support" in said
