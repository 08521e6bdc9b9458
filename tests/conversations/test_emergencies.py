"""Who is unwell, or cries for help, gets the number to call and no advice, whatever is open."""

from __future__ import annotations

import pytest

from tests.conftest import ADULT

pytestmark = pytest.mark.usefixtures("people")
MINOR = "2015-04-02"
_UNWELL = [
    ("en", "my toddler swallowed a heets stick what do i do"),
    ("en", "i have chest pain"),
    ("en", "should i see a doctor"),
    ("sv", "min son har svalt en stick"),
    ("sv", "jag har ont i bröstet"),
    ("sv", "ska jag söka läkare?"),
]


@pytest.mark.parametrize("birth_date", [ADULT, MINOR, None])
@pytest.mark.parametrize(("language", "text"), _UNWELL)
async def test_who_is_unwell_gets_no_advice_but_the_number(meet, answer, language, text, birth_date):
    customer = await meet(language)
    if birth_date:
        await customer.says(birth_date)
    await customer.says(text)
    assert customer.texts == [answer("say_health", language)]
    assert "112" in customer.texts[0]


@pytest.mark.parametrize(("language", "text"), [("en", "help me please!!"), ("sv", "hjälp!!")])
async def test_a_cry_for_help_gets_the_number_first(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer("say_emergency", language), answer("say_ask_birth_date", language)]
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed_ask", language)]
    await customer.says(text)
    assert customer.texts == [answer("say_emergency", language), answer("utter_help", language)]


async def test_a_message_to_support_keeps_that_somebody_is_unwell(meet, answer):
    customer = await meet("sv", adult=True)
    await customer.says("jag vill lämna ett meddelande")
    await customer.says("min son har svalt en stick")
    assert customer.texts == [answer("say_health", "sv"), answer("say_ask_reply_address", "sv")]
    await customer.says("maja@example.com")
    assert "min son har svalt en stick" in customer.texts[0]


async def test_no_open_question_keeps_the_number_back(english_adult, answer):
    await english_adult.says("is my device covered?")
    await english_adult.says("maja@example.com my son swallowed a heets stick")
    assert english_adult.texts == [answer("say_health", "en")]


@pytest.mark.parametrize("adult", [True, False])
async def test_a_question_behind_the_number_gets_it_again(meet, answer, adult):
    customer = await meet("sv", adult=adult)
    await customer.says("min son har svalt en stick")
    await customer.says("vad ska jag göra")
    assert customer.texts == [answer("say_health", "sv")]
