"""Yes and no, repeating, deletion, and what is said when a skill fails."""

import re

import pytest

from actions import services
from actions.support.hours import OpeningHours
from tests.conversations.messages import MESSAGES

_LANGUAGES = pytest.mark.parametrize("language", ["en", "sv"])
_DELETE = {"en": "Delete my data", "sv": "Radera mina uppgifter"}
_YES = {"en": "yes", "sv": "ja"}
_NO = {"en": "no", "sv": "nej"}


@_LANGUAGES
@pytest.mark.parametrize("adult", [True, False])
async def test_a_typed_yes_confirms_the_deletion(meet, answer, language, adult):
    customer = await meet(language, adult=adult)
    await customer.says(_DELETE[language])
    await customer.says(_YES[language])
    assert customer.texts == [answer("say_deleted", language)]
    assert customer.stored() == []


@_LANGUAGES
@pytest.mark.parametrize("adult", [True, False])
async def test_a_typed_no_keeps_the_conversation(meet, answer, language, adult):
    customer = await meet(language, adult=adult)
    await customer.says(_DELETE[language])
    await customer.says(_NO[language])
    assert customer.texts == [answer("say_delete_cancelled", language)]
    assert customer.stored()


async def test_pressing_the_button_deletes_this_conversation_and_no_other(english_adult, swedish_adult):
    await english_adult.says(_DELETE["en"])
    await english_adult.presses("Yes, delete it")
    assert english_adult.stored() == []
    assert swedish_adult.stored()


async def test_the_channel_is_told_of_the_deletion(english_adult):
    await english_adult.says(_DELETE["en"])
    assert not english_adult.erased
    await english_adult.presses("Yes, delete it")
    assert english_adult.erased


async def test_a_yes_long_after_the_question_deletes_nothing(english_adult):
    await english_adult.says(_DELETE["en"])
    await english_adult.says(MESSAGES["faq/cost"][0])
    await english_adult.says("yes")
    assert english_adult.stored()


async def test_a_deleted_conversation_starts_in_front_of_the_gate(english_adult, answer):
    await english_adult.says(_DELETE["en"])
    await english_adult.says("yes")
    await english_adult.says(MESSAGES["faq/cost"][0])
    assert english_adult.texts[-1] == answer("say_ask_birth_date_first_question", "en")


async def test_a_typed_yes_presses_no_button_that_does_not_mean_yes(english_adult, answer):
    await english_adult.says("thanks")
    await english_adult.says("yes")
    assert english_adult.texts == [answer("say_affirm_unclear", "en")]


@_LANGUAGES
async def test_repeat_says_the_last_answer_again_with_its_buttons_and_data(meet, language):
    customer = await meet(language, adult=True)
    said = await customer.says(MESSAGES["faq/join"][language == "sv"])
    assert await customer.says(MESSAGES["repeat"][language == "sv"]) == said


@_LANGUAGES
async def test_starting_over_keeps_age_and_language(meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says({"en": "start over", "sv": "börja om"}[language])
    await customer.says(MESSAGES["faq/cost"][language == "sv"])
    assert customer.texts == [answer("utter_faq/cost", language)]


@_LANGUAGES
async def test_a_failing_skill_answers_with_a_reference_and_the_phone(meet, answer, monkeypatch, language):
    customer = await meet(language, adult=True)
    monkeypatch.setattr(OpeningHours, "status", _broken)
    await customer.says(MESSAGES["talk_to_human"][language == "sv"])

    (text,) = customer.texts
    reference = re.search(r"[2-9A-Z]{3}-[2-9A-Z]{3}", text)
    assert reference
    assert text == answer("say_action_failed", language, reference=reference[0])
    assert services.services().contact.phone in text


async def test_a_failure_in_the_middle_leaves_the_conversation_going(english_adult, answer, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(OpeningHours, "status", _broken)
        await english_adult.says(MESSAGES["talk_to_human"][0])
    await english_adult.says(MESSAGES["faq/cost"][0])
    assert english_adult.texts == [answer("utter_faq/cost", "en")]


async def test_the_log_of_a_failure_does_not_quote_the_customer(english_adult, monkeypatch, caplog):
    monkeypatch.setattr(OpeningHours, "status", _broken)
    await english_adult.says(MESSAGES["talk_to_human"][0])
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors
    assert not [message for message in errors if "0701234567" in message]


def _broken(self, now):
    raise RuntimeError("no hours for 0701234567")
