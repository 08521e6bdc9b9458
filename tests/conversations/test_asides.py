"""What is said beside the open question: what it means, why it is asked, what becomes of the answer."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.conftest import ADULT, STOCKHOLM
from tests.conversations.messages import UNTIL
from tests.conversations.people import MAJA, NOVEMBER

pytestmark = pytest.mark.usefixtures("people")
LANGUAGES = ("en", "sv")
_ASK = {"en": "is my device covered?", "sv": "omfattas min enhet?"}
_REPORTS = {"en": "I want to report a damaged device", "sv": "jag vill anmäla en skada"}
_FELL = {"en": "my holder fell and broke", "sv": "hållaren föll i golvet och gick sönder"}
_PUZZLED = {"en": ("what do you mean", "I don't understand"), "sv": ("vad menar du", "jag fattar inte")}
_ACTS_UP = {"en": "My charger is acting up.", "sv": "Min laddare krånglar jämt."}
_PERSON = {"en": "I want to talk to a person", "sv": "jag vill prata med en person"}
_MESSAGE = {"en": "I want to leave a message", "sv": "jag vill lämna ett meddelande"}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "is it safe to give you that", "utter_privacy"),
        ("en", "is that safe?", "utter_privacy"),
        ("en", "what happens if I say no", "say_without_identity"),
        ("en", "what if I don't want to", "say_without_identity"),
        ("en", "how long is the code valid", "say_code_valid"),
        ("en", "what do you do with it", "say_why_identify"),
        ("sv", "är det säkert?", "utter_privacy"),
        ("sv", "vad händer om jag säger nej", "say_without_identity"),
        ("sv", "kan jag slippa det", "say_without_identity"),
        ("sv", "hur länge gäller koden", "say_code_valid"),
        ("sv", "vad gör ni med det", "say_why_identify"),
    ],
)
async def test_a_question_about_the_question_who_is_writing(meet, answer, language, text, name):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer(name, language, minutes="10"), answer("say_identify_again", language)]
    await customer.says(" ".join(MAJA))
    assert customer.texts == [answer("say_code_sent", language, minutes="10")]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "how long is the code valid", "say_code_valid"),
        ("en", "how long does it last?", "say_code_valid"),
        ("en", "when does it expire", "say_code_valid"),
        ("en", "is it safe to give you that", "utter_privacy"),
        ("en", "who sees that", "utter_privacy"),
        ("sv", "hur länge gäller den", "say_code_valid"),
        ("sv", "när går koden ut", "say_code_valid"),
        ("sv", "är det säkert att lämna ut den", "utter_privacy"),
        ("sv", "vem ser koden", "utter_privacy"),
    ],
)
async def test_a_question_about_the_code(meet, answer, code_mailed, language, text, name):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(" ".join(MAJA))
    await customer.says(text)
    assert customer.texts == [answer(name, language, minutes="10"), answer("say_code_missing", language)]
    await customer.says(await code_mailed())
    assert customer.texts[0] == answer("say_identified", language)


async def test_a_code_that_is_no_longer_valid_is_not_asked_for(meet, answer, set_clock):
    customer = await meet("en", adult=True)
    await customer.says(_ASK["en"])
    await customer.says(" ".join(MAJA))
    set_clock(NOVEMBER.replace(hour=12))
    await customer.says("how long is the code valid")
    assert customer.texts == [answer("say_code_valid", "en", minutes="10"), answer("say_code_expired", "en")]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "how long does the program last"), ("sv", "hur länge gäller programmet")]
)
async def test_what_names_something_else_is_about_that(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_ASK[language])
    await customer.says(" ".join(MAJA))
    await customer.says(text)
    assert customer.texts[0] == answer("utter_faq/duration", language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "why do you ask", "say_ask_birth_date"),
        ("en", "is it safe to give you that", "say_ask_birth_date"),
        ("en", "what do you do with it", "say_ask_birth_date"),
        ("en", "what happens if I say no", "say_ask_birth_date_again"),
        ("sv", "varför", "say_ask_birth_date"),
        ("sv", "är det säkert?", "say_ask_birth_date"),
        ("sv", "vad händer om jag säger nej", "say_ask_birth_date_again"),
    ],
)
async def test_a_question_about_the_date_of_birth(meet, answer, language, text, name):
    customer = await meet(language)
    await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer(name, language)]
    assert customer.messages[0]["data"]["field"] == "birth_date"
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed", language), answer("say_identify", language)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "is it safe to give you that", "utter_privacy"),
        ("en", "what if I don't say", "say_without_report"),
        ("en", "what if they say no", "say_case_refused"),
        ("sv", "vem ser det", "utter_privacy"),
        ("sv", "vad händer om jag inte svarar", "say_without_report"),
        ("sv", "och om ni säger nej", "say_case_refused"),
    ],
)
async def test_a_question_about_what_happened(meet, answer, language, text, name):
    customer = await meet(language, adult=True)
    await customer.says(_REPORTS[language])
    await customer.says(text)
    assert customer.texts == [answer(name, language), answer("say_ask_damage", language)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "what if they say no?", "say_case_refused"),
        ("en", "what happens if I say no", "say_case_explained"),
        ("sv", "vad händer om de säger nej", "say_case_refused"),
        ("sv", "om jag får avslag då", "say_case_refused"),
        ("sv", "vad händer om jag säger nej", "say_case_explained"),
    ],
)
async def test_a_question_about_a_case_leaves_the_offer_open(known, answer, language, text, name):
    customer = await known(language, "C-1001")
    await customer.says(_FELL[language])
    await customer.says(text)
    named = {"en": "the holder", "sv": "hållaren"}[language]
    assert customer.texts[0] == answer(name, language, unit=named, end="…0001")
    assert (await customer.slot("task"))["asks"] == "case"
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert "…0001" in customer.texts[0]
    assert (await customer.slot("task"))["report"]["case"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("begins", "name"),
    [
        ([_ASK], "say_explain_credentials"),
        ([_ASK, " ".join(MAJA)], "say_explain_code"),
        ([_REPORTS], "say_explain_damage"),
        ([{"en": "my holder is scratched", "sv": "hållaren är repig"}], "say_explain_condition"),
        ([_MESSAGE], "say_explain_message"),
        ([_MESSAGE, _ACTS_UP], "say_explain_reply_address"),
    ],
)
async def test_who_does_not_understand_hears_it_in_other_words_and_then_is_offered_a_person(
    meet, answer, language, begins, name
):
    customer = await meet(language, adult=True)
    for text in begins:
        await customer.says(text[language] if isinstance(text, dict) else text)
    asks, asked = (await customer.slot("task"))["asks"], customer.texts
    first, second = _PUZZLED[language]
    await customer.says(first)
    assert customer.texts == [answer(name, language)]
    assert not set(asked) & set(customer.texts)
    await customer.says(second)
    assert customer.texts == [answer("say_puzzled_open", language, until=UNTIL[language])]
    assert (await customer.slot("task"))["asks"] == asks


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_a_case_and_of_units_too(known, answer, language):
    customer = await known(language, "C-1001")
    await customer.says({"en": "my device doesn't work", "sv": "min enhet fungerar inte"}[language])
    units = customer.titles
    await customer.says(_PUZZLED[language][0])
    assert customer.texts == [answer("say_explain_unit", language)]
    assert customer.titles == units
    await customer.says({"en": "the holder", "sv": "hållaren"}[language])
    await customer.says(_PUZZLED[language][1])
    named = {"en": "the holder", "sv": "hållaren"}[language]
    assert customer.texts == [answer("say_case_explained", language, unit=named, end="…0001")]
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert (await customer.slot("task"))["report"]["case"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_the_date_of_birth_too(meet, answer, language):
    customer = await meet(language)
    await customer.says(_ASK[language])
    for text, name in zip(_PUZZLED[language], ("say_explain_birth_date", "say_ask_birth_date_again")):
        await customer.says(text)
        assert customer.texts == [answer(name, language)]


async def test_of_the_two_details_the_one_that_is_missing_is_explained(english_adult, answer):
    await english_adult.says(_ASK["en"])
    await english_adult.says(MAJA[0])
    await english_adult.says("what do you mean")
    assert english_adult.texts == [answer("say_serial_unknown", "en")]
    await english_adult.says("huh?")
    assert english_adult.texts == [answer("say_puzzled_open", "en", until="19.00")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_answer_that_was_not_understood_is_not_said_again(meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says({"en": "is it free?", "sv": "är det gratis?"}[language])
    await customer.says(_PUZZLED[language][1])
    assert customer.texts == [answer("say_puzzled_open", language, until=UNTIL[language])]
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert customer.texts == [answer("say_talk_to_human_open", language, until=UNTIL[language])]


async def test_at_night_a_message_is_offered_instead(english_adult, answer, set_clock):
    await english_adult.says("is it free?")
    set_clock(datetime(2026, 11, 30, 3, 0, tzinfo=STOCKHOLM))
    await english_adult.says("what do you mean")
    await english_adult.says("yes")
    assert english_adult.texts == [answer("say_ask_message", "en")]


@pytest.mark.parametrize(
    ("language", "texts"),
    [("en", ("hello?", "are you there", "anyone there?")), ("sv", ("är du där", "hallå?", "hej", "någon där"))],
)
async def test_who_asks_whether_anybody_is_there_has_written_no_message(meet, answer, language, texts):
    customer = await meet(language, adult=True)
    await customer.says(_MESSAGE[language])
    for text in texts:
        await customer.says(text)
        assert customer.texts == [answer("say_here", language), answer("say_ask_message", language)]
    await customer.says(_ACTS_UP[language])
    assert customer.texts == [answer("say_ask_reply_address", language)]
    await customer.says(texts[0])
    assert customer.texts == [answer("say_here", language), answer("say_ask_reply_address", language)]
    await customer.says(MAJA[0])
    assert texts[0] not in customer.texts[0]


async def test_a_message_that_begins_with_a_greeting_is_one(english_adult, answer):
    await english_adult.says(_MESSAGE["en"])
    await english_adult.says("hello you have not given me an answer")
    assert english_adult.texts == [answer("say_ask_reply_address", "en")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can i come to a store instead"),
        ("en", "could I just visit the nearest shop"),
        ("sv", "kan jag gå till en butik istället"),
        ("sv", "kan man besöka er butik?"),
    ],
)
@pytest.mark.parametrize("begins", [[], [_REPORTS], [_ASK], [_PERSON]])
async def test_who_wants_to_come_to_a_store_is_told_of_the_stores(meet, answer, language, text, begins):
    customer = await meet(language, adult=True)
    for message in begins:
        await customer.says(message[language])
    asks = ((await customer.slot("task")) or {}).get("asks")
    await customer.says(text)
    assert customer.texts[0] == answer("say_ask_contact_open", language, until=UNTIL[language])
    assert ((await customer.slot("task")) or {}).get("asks") == asks
    assert len(customer.texts) == (2 if asks else 1)
