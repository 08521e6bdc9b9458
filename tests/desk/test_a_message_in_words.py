"""What customers type while they write a message to support, in both languages."""

from __future__ import annotations

import pytest

from tests.desk.in_words import LANGUAGES, MESSAGE, OPENS, letter, texts, writing


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_offer_is_accepted_by_its_title_or_in_other_words(at_night, answer, language):
    visitor = await at_night.queued(language)
    assert visitor.latest[0]["text"] == answer("say_talk_to_human_closed", language, opens=OPENS[language])
    said = await visitor.says({"en": "leave a message", "sv": "Lämna ett meddelande."}[language])
    assert texts(said) == [answer("say_ask_message", language)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_yes_to_leaving_a_message_is_a_yes(at_night, answer, language):
    visitor = await at_night.queued(language)
    said = await visitor.says({"en": "yes please", "sv": "ja tack"}[language])
    assert texts(said) == [answer("say_ask_message", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Please tell them that my charger is acting up, maja@example.com"),
        ("sv", "Hej! Kan ni ringa mig imorgon på 0701740605? Maja, maja@example.com"),
    ],
)
async def test_a_message_that_is_written_at_once_is_the_message(at_night, language, words):
    visitor = await at_night.queued(language)
    (confirmed,) = texts(await visitor.says(words))
    assert "maja@ex….com" in confirmed
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == words


@pytest.mark.parametrize(("language", "words"), [("en", "på svenska tack"), ("sv", "in English please")])
async def test_another_language_is_no_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    other = {"en": "sv", "sv": "en"}[language]
    assert texts(await visitor.says(words))[-1] == answer("say_ask_message", other)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_more_may_be_added_before_it_is_sent(at_night, answer, language):
    more = {"en": "wait, I want to add something", "sv": "jag vill lägga till en sak"}[language]
    addition = {"en": "It also gets hot.", "sv": "Den blir varm också."}[language]
    visitor = await writing(at_night, language, MESSAGE[language])
    assert texts(await visitor.says(more)) == [answer("say_ask_more", language)]
    assert texts(await visitor.says(addition)) == [answer("say_ask_reply_address", language)]
    written = f"{MESSAGE[language]}\n{addition}"
    confirm = answer("say_confirm_message", language, address="maja@ex….com", message=written)
    assert texts(await visitor.says("maja@example.com")) == [confirm]
    await visitor.says(more)
    phone = {"en": "Call me, 070 174 06 05", "sv": "Ring mig gärna, 070 174 06 05"}[language]
    written += f"\n{phone}"
    masked = written.replace("070 174 06 05", "[phone]")
    confirm = answer("say_confirm_message", language, address="maja@ex….com", message=masked)
    assert texts(await visitor.says(phone)) == [confirm]
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == written


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_goes_on_where_an_address_is_asked_for_is_added(at_night, answer, language):
    visitor = await writing(at_night, language, MESSAGE[language])
    said = await visitor.says({"en": "krempel wugs over flarp", "sv": "krempel flarpar över vugget"}[language])
    assert texts(said) == [answer("say_message_added", language), answer("say_ask_reply_address", language)]
    unclear = answer("say_reply_address_unclear", language)
    assert texts(await visitor.says({"en": "it is @maja, wwww", "sv": "det är @maja, wwww"}[language])) == [unclear]
    (confirmed,) = texts(await visitor.says("maja at example dot com"))
    assert "maja@ex….com" in confirmed


@pytest.mark.parametrize(
    ("language", "words"), [("en", "I don't have an e-mail address"), ("sv", "jag har ingen mejl"), ("sv", "ring mig")]
)
async def test_who_has_no_address_hears_what_else_there_is(at_night, answer, language, words):
    visitor = await writing(at_night, language, MESSAGE[language])
    said = await visitor.says(words)
    assert texts(said) == [answer("say_no_reply_address_closed", language, opens=OPENS[language])]
    confirm = answer("say_confirm_message", language, address="maja@ex….com", message=MESSAGE[language])
    assert texts(await visitor.says("maja@example.com")) == [confirm]


async def test_braces_in_a_message_are_no_blanks_to_fill_in(at_night):
    visitor = await writing(at_night, "en", "The app shows {error} when I start it")
    (said,) = texts(await visitor.says("maja@example.com"))
    assert "(error)" in said
    await visitor.says("yes")
    assert (await letter(at_night))["text"] == "The app shows {error} when I start it"


@pytest.mark.parametrize(("language", "words"), [("en", "Please cancel my case"), ("sv", "Jag vill stänga ärendet")])
async def test_a_message_about_a_case_is_a_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    assert texts(await visitor.says(words)) == [answer("say_ask_reply_address", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I bought my holder on 2026-01-15, is it still under warranty?"),
        ("en", "is my charger HQA1 X773 0002 covered?"),
        ("en", "please delete everything you have on maja@example.com"),
        ("sv", "när kan jag ringa till er?"),
        ("sv", "omfattas min laddare HQA1 X773 0002?"),
    ],
)
async def test_a_question_under_the_offer_is_no_message(at_night, answer, language, words):
    visitor = await at_night.queued(language)
    said = texts(await visitor.says(words))
    assert answer("say_ask_reply_address", language) not in said
    assert "maja@ex" not in "".join(said)
