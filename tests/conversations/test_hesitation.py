"""Who hesitates, at the start or while details are asked for, and words that only sound like a question about that."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("people")
_ASK = {"en": "is my device covered?", "sv": "omfattas min enhet?"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "why"), ("en", "what?"), ("en", "I don't follow"), ("sv", "varför"), ("sv", "va?"), ("sv", "fattar inte")],
)
async def test_who_understands_nothing_at_the_start_hears_what_can_be_asked(known, meet, answer, language, text):
    for customer in (await known(language, "C-1001"), await meet(language, adult=True)):
        await customer.says(text)
        assert customer.texts == [answer("utter_help", language)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "how do I know you are IQOS?", "say_genuine"),
        ("en", "how long do I have", "say_code_valid"),
        ("en", "why doesn't the code you sent yesterday work", "say_code_valid"),
        ("sv", "hur vet jag att ni är IQOS?", "say_genuine"),
        ("sv", "hur vet jag att de e säkert att lämna ut sånt till er", "utter_privacy"),
        ("sv", "hajj vrf funkar inte koden ni skicka igår", "say_code_valid"),
    ],
)
async def test_who_hesitates_to_identify_is_answered_and_asked_again(meet, answer, language, text, name):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer(name, language, minutes="10"), answer("say_identify_again", language)]


@pytest.mark.parametrize(("language", "text"), [("en", "what happens then?"), ("sv", "vad händer sen?")])
async def test_what_happens_then_is_explained(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer("say_explain_credentials", language)]


@pytest.mark.parametrize("text", ["who knows", "I trust you"])
async def test_words_that_ask_nothing_are_no_question_about_privacy(english_adult, answer, text):
    await english_adult.says(_ASK["en"])
    await english_adult.says(text)
    assert answer("utter_privacy", "en") not in english_adult.texts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can i reset it"),
        ("en", "Can I start over with a new account?"),
        ("sv", "kan jag starta om den"),
        ("sv", "kan jag börja om med ett nytt konto?"),
    ],
)
async def test_to_start_something_else_over_leaves_what_is_open(meet, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert (await customer.slot("task"))["asks"] == "credentials"


@pytest.mark.parametrize(("language", "text"), [("en", "are you really iqos?"), ("sv", "är ni verkligen iqos?")])
async def test_who_doubts_at_the_gate_hears_what_the_service_is(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer("say_ask_birth_date", language)]


async def test_what_the_program_is_for_is_told_at_the_start(english_adult, answer):
    await english_adult.says("what is it for")
    assert english_adult.texts == [answer("utter_faq/program_overview", "en")]
