"""What sounds like a wish to start over, or like a greeting, and is neither."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("people")
_ASK = {"en": "is my device covered?", "sv": "omfattas min enhet?"}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("i did reset it", "i already tried restarting", "i've restarted it twice")),
        ("sv", ("har redan startat om den", "jag har nollställt den", "jag har provat att starta om")),
    ],
)
async def test_a_device_that_was_restarted_resets_nothing(meet, answer, language, texts):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    for text in texts:
        await customer.says(text)
        assert customer.texts == [answer("say_restart_tried", language), answer("say_identify_again", language)], text
    await customer.says({"en": "start over", "sv": "börja om"}[language])
    assert customer.texts == [answer("say_task_left", language)]


async def test_one_that_still_does_not_work_is_reported(english_adult, answer):
    await english_adult.says("i restarted it but it still doesn't work")
    assert english_adult.texts == [answer("say_identify_damaged", "en")]


@pytest.mark.parametrize("text", ["tack hej", "tack, hej!", "ok tack hej", "tack för hjälpen hej hej", "thanks bye"])
async def test_thanks_and_bye_are_a_farewell(meet, answer, text):
    language = "en" if "bye" in text else "sv"
    customer = await meet(language, adult=True)
    await customer.says({"en": "is it free?", "sv": "är det gratis?"}[language])
    await customer.says(text)
    assert customer.texts == [answer("utter_goodbye", language)]


@pytest.mark.parametrize("text", ["hej", "hej hej", "hejsan"])
async def test_a_greeting_stays_one(swedish_adult, answer, text):
    await swedish_adult.says(text)
    assert swedish_adult.texts == [answer("utter_greet", "sv")]
