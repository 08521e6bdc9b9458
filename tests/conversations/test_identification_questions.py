"""What customers ask while the bot asks who they are: why, where, which, not at hand, later, something else."""

from __future__ import annotations

import pytest

from tests.conversations.messages import MESSAGES
from tests.conversations.people import MAJA

pytestmark = pytest.mark.usefixtures("people")
LANGUAGES = ("en", "sv")
_ASK = {"en": "is my device covered?", "sv": "omfattas min enhet?"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "why"),
        ("en", "why do you need that?"),
        ("en", "what do you need my e-mail for"),
        ("en", "do I have to?"),
        ("sv", "varför behöver du det"),
        ("sv", "varför vill ni ha mitt serienummer?"),
        ("sv", "vad ska ni ha det till"),
        ("sv", "måste jag"),
    ],
)
async def test_why_is_answered_and_the_question_put_once_more(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer("say_why_identify", language), answer("say_identify_again", language)]


@pytest.mark.parametrize(("language", "text"), [("en", "why do you need a code"), ("sv", "varför behövs en kod?")])
async def test_why_there_is_a_code_is_answered_too(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(" ".join(MAJA))
    await customer.says(text)
    assert customer.texts == [answer("say_why_code", language), answer("say_code_missing", language)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "I don't have it", "say_details_unknown"),
        ("en", "I can't find it", "say_details_unknown"),
        ("en", "no idea", "say_details_unknown"),
        ("sv", "jag har inte det", "say_details_unknown"),
        ("sv", "jag vet inte", "say_details_unknown"),
        ("sv", "jag hittar det inte", "say_details_unknown"),
        ("en", "I don't have it with me", "say_details_unknown"),
        ("sv", "jag har den inte här", "say_details_unknown"),
        ("en", "where is the serial number", "say_serial_unknown"),
        ("en", "where do I find that?", "say_serial_unknown"),
        ("sv", "var står det?", "say_serial_unknown"),
        ("sv", "vilket serienummer", "say_serial_unknown"),
        ("en", "the serial number is worn off", "say_serial_unknown"),
        ("sv", "jag har bara kvittot", "say_serial_unknown"),
        ("en", "can I use my phone number instead", "say_email_unknown"),
        ("sv", "jag har inget konto", "say_email_unknown"),
        ("en", "which email", "say_email_unknown"),
        ("en", "I don't have an e-mail", "say_email_unknown"),
        ("sv", "vilken mejl menar du", "say_email_unknown"),
        ("sv", "jag har ingen mejl", "say_email_unknown"),
    ],
)
async def test_what_is_not_at_hand_leads_on_and_details_are_still_taken(meet, answer, language, text, name):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer(name, language)]
    assert customer.titles == [{"en": "Talk to a person", "sv": "Prata med en person"}[language]]
    await customer.says(" ".join(MAJA))
    assert customer.texts == [answer("say_code_sent", language, minutes="10")]


@pytest.mark.parametrize(
    ("given", "name"), [(MAJA[0], "say_serial_unknown"), (MAJA[1], "say_email_unknown")], ids=["address", "serial"]
)
async def test_of_two_details_the_one_that_is_missing_is_meant(english_adult, answer, given, name):
    await english_adult.says("is my device covered?")
    await english_adult.says(given)
    await english_adult.says("I don't have it")
    assert english_adult.texts == [answer(name, "en")]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "I don't have it"), ("en", "where is it"), ("sv", "har inte den"), ("sv", "vilken kod")],
)
async def test_a_code_that_is_not_there_is_told_of(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(" ".join(MAJA))
    await customer.says(text)
    assert customer.texts == [answer("say_code_missing", language)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_general_question_is_answered_and_the_question_put_once_more(meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    for topic in ("faq/cost", "faq/warranty", "faq/country"):
        await customer.says(MESSAGES[topic][language == "sv"])
        assert customer.texts == [answer(f"utter_{topic}", language), answer("say_identify", language)]


@pytest.mark.parametrize(("language", "text"), [("en", "later"), ("en", "not now"), ("sv", "sen"), ("sv", "inte nu")])
async def test_who_wants_to_do_it_later_is_left_alone(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer("say_task_left", language)]


@pytest.mark.parametrize("text", ["why", "where is it", "later", "I don't have it"])
async def test_where_nothing_is_asked_such_words_mean_what_they_meant(english_adult, answer, text):
    await english_adult.says(MESSAGES["faq/cost"][0])
    await english_adult.says(text)
    names = ("say_why_identify", "say_details_unknown", "say_email_unknown", "say_serial_unknown", "say_task_left")
    assert not {answer(name, "en") for name in names} & set(english_adult.texts)


@pytest.mark.parametrize(
    ("language", "text", "yes"), [("en", "later", "yes"), ("en", "not now", "yes"), ("sv", "inte nu", "ja")]
)
async def test_later_is_a_clear_no_to_the_question_for_the_code(meet, answer, language, text, yes):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(" ".join(MAJA))
    for missing in {"en": ["the code didn't come"] * 2, "sv": ["koden kom inte"] * 2}[language]:
        await customer.says(missing)
    await customer.says(text)
    assert customer.texts == [answer("say_task_left", language)]
    await customer.says(yes)  # there is something else
    assert customer.texts == [answer("say_affirm_unclear", language)]


async def test_of_a_code_that_was_never_sent_it_is_not_said_that_it_has_expired(meet):
    customers = [await meet("en", adult=True) for _ in range(6)]
    for customer in customers:
        await customer.says("is my device covered?")
        await customer.says(" ".join(MAJA))
    for words in ("123456", "i got no code"):
        await customers[-1].says(words)
        assert "cannot send any more codes" in customers[-1].texts[-1]
