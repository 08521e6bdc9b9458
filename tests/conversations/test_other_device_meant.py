"""After a decision another device was meant; and how it stands with the customer's case."""

from __future__ import annotations

import pytest

from tests.conversations.messages import MESSAGES
from tests.conversations.people import data_of

pytestmark = pytest.mark.usefixtures("people")
LANGUAGES = ("en", "sv")
_FELL = {"en": "my holder fell and broke", "sv": "hållaren föll i golvet och gick sönder"}
_YES = {"en": "yes", "sv": "ja"}
_CASE = {
    "en": ["what about my case?", "any news on my case", "has my case been decided?", "what is the status of my case"],
    "sv": ["hur går det med mitt ärende?", "vad händer med ärendet", "är ärendet klart", "något nytt om mitt ärende"],
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "sorry I meant the charger"),
        ("en", "no, I meant the charger, sorry, not the holder"),
        ("en", "wrong device"),
        ("en", "that's wrong, I meant the other one"),
        ("sv", "nej laddaren menar jag"),
        ("sv", "förlåt, jag menade laddaren"),
        ("sv", "fel enhet"),
    ],
)
async def test_a_correction_leads_to_the_other_device(known, language, text):
    customer = await known(language, "C-1001")
    await customer.says(_FELL[language])
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"
    await customer.says(text)
    decision = data_of(customer.messages, "damage_decision")
    assert (decision["serial"], decision["damage"]) == ("…0002", "accident")
    await customer.says(_YES[language])
    assert "(…0002)" in customer.texts[0]


@pytest.mark.parametrize("text", ["sorry I meant the charger", "no the other one", "wrong one"])
async def test_so_it_does_after_a_no(known, text):
    customer = await known("en", "C-1006")
    await customer.says("my holder fell and broke")
    assert data_of(customer.messages, "damage_decision")["reason"] == "claim_already_used"
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0009"


@pytest.mark.parametrize(
    ("first", "text", "serial"),
    [
        ("0013", "sorry I meant the iluma", "…0011"),
        ("0013", "no, I meant the one from iluma", "…0011"),
        ("0011", "I mean the prime", "…0013"),
        ("0011", "not the iluma, I meant my prime one", "…0013"),
        ("0013", "sorry, I meant the iluma one", "…0015"),
        ("0013", "förlåt, jag menade prime-laddaren", "…0014"),
    ],
)
async def test_a_model_names_the_other_device(known, first, text, serial):
    customer = await known("en", "C-1008")
    await customer.says("my holder doesn't work")
    await customer.says(first)
    assert data_of(customer.messages, "damage_decision")["serial"] == f"…{first}"
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == serial


async def test_the_other_one_of_the_kind_is_meant_first(known):
    customer = await known("en", "C-1008")
    await customer.says("my charger doesn't work")
    await customer.says("0014")
    await customer.says("wrong one, I meant something else")
    assert "(…0012)" in customer.texts[0]


async def test_where_nothing_tells_which_of_several_it_is_asked(known, answer):
    customer = await known("en", "C-1008")
    await customer.says("my all-in-one fell and broke")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0015"
    await customer.says("wrong one, I meant something else")
    assert customer.texts == [answer("say_ask_unit", "en")]
    assert len(customer.titles) == 5


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "yes, I mean the holder"), ("en", "I meant the holder"), ("sv", "det är hållaren jag menar")],
)
async def test_who_names_the_same_device_means_it(known, language, text):
    customer = await known(language, "C-1001")
    await customer.says(_FELL[language])
    await customer.says(text)
    assert "(…0001)" in customer.texts[0]


@pytest.mark.parametrize("text", ["not what I meant", "no, I meant something else"])
async def test_who_names_no_device_is_not_led_to_another(known, text):
    customer = await known("en", "C-1001")
    await customer.says("my holder fell and broke")
    await customer.says(text)
    assert not any("0002" in said for said in customer.texts)


async def test_a_question_in_between_is_no_correction(known, answer):
    customer = await known("en", "C-1001")
    await customer.says("my holder fell and broke")
    await customer.says("I mean, is it free?")
    assert customer.texts[0] == answer("utter_faq/cost", "en")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_open_case_is_told_of_after_other_questions(known, language):
    customer = await known(language, "C-1001")
    await customer.says(_FELL[language])
    await customer.says(_YES[language])
    reference = (await customer.slot("task"))["report"]["case"]
    for text in _CASE[language]:
        for topic in ("faq/cost", "faq/warranty"):
            await customer.says(MESSAGES[topic][language == "sv"])
        await customer.says(text)
        assert reference in customer.texts[0], text
        assert "(…0001)" in customer.texts[0]
        assert "020-25 10 10" in customer.texts[1]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "what happens now?"), ("sv", "vad händer nu"), ("sv", "när får jag svar")]
)
async def test_what_happens_next_is_about_the_case_that_was_opened(known, language, text):
    customer = await known(language, "C-1001")
    await customer.says(_FELL[language])
    await customer.says(_YES[language])
    reference = (await customer.slot("task"))["report"]["case"]
    await customer.says(text)
    assert reference in customer.texts[0]


async def test_where_a_case_is_offered_it_is_offered_again(known, answer):
    customer = await known("en", "C-1001")
    await customer.says("my holder fell and broke")
    await customer.says("what about my case?")
    assert customer.texts[0] == answer("say_no_case", "en")
    assert "Shall I open a case" in customer.texts[1]
    assert len(customer.texts) == 2


async def test_where_a_case_is_offered_a_claim_of_another_device_is_told(known):
    customer = await known("en", "C-1008")
    await customer.says("my holder doesn't work")
    await customer.says("0013")
    await customer.says("what about my case?")
    assert "support is looking at the fault" in " ".join(customer.texts)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_there_is_no_case_that_is_said(known, answer, language):
    customer = await known(language, "C-1001")
    await customer.says(_CASE[language][0])
    assert customer.texts[0] == answer("say_no_case", language)


async def test_a_claim_that_support_looks_at_is_no_missing_case(known, answer):
    customer = await known("en", "C-1008")
    await customer.says("what about my case?")
    assert answer("say_no_case", "en") not in customer.texts
    assert "support is looking at the fault" in customer.texts[0]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_case_is_told_of_only_to_whom_it_belongs(meet, identify, answer, language):
    customer = await meet(language, adult=True)
    await customer.says(_CASE[language][0])
    assert customer.texts == [answer("say_identify", language)]
    await identify(customer)
    assert customer.texts[0] == answer("say_identified", language)


@pytest.mark.parametrize("text", ["my charging case is broken", "what happens if my case breaks"])
async def test_a_case_that_breaks_is_a_device(known, answer, text):
    customer = await known("en", "C-1001")
    await customer.says(text)
    assert customer.texts
    assert answer("say_no_case", "en") not in customer.texts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my holder is fine though, it's the charger"),
        ("en", "no wait, the holder works, it's the charger"),
        ("en", "it's the charger, the holder still works"),
        ("en", "there's nothing wrong with the holder, it's the charger"),
        ("en", "it's not the holder, it's the charger"),
        ("sv", "hållaren funkar, det är laddaren"),
        ("sv", "nej hållaren är hel, det är laddaren"),
        ("sv", "det är laddaren, hållaren är det inget fel på"),
        ("sv", "det är inget fel på hållaren, det är laddaren"),
        ("sv", "det är inte hållaren utan laddaren"),
        ("sv", "det är laddaren, inget fel på hållaren"),
    ],
)
@pytest.mark.parametrize("opened", [True, False])
async def test_of_two_units_the_one_that_is_not_fine_is_meant(known, language, text, opened):
    customer = await known(language, "C-1001")
    await customer.says(_FELL[language])
    if opened:
        await customer.says(_YES[language])
    await customer.says(text)
    decision = data_of(customer.messages, "damage_decision")
    assert (decision["serial"], decision["damage"]) == ("…0002", "accident")


async def test_what_is_told_of_the_other_unit_counts(known):
    customer = await known("en", "C-1001")
    await customer.says("the charger is broken, the holder works fine")
    decision = data_of(customer.messages, "damage_decision")
    assert (decision["serial"], decision["damage"]) == ("…0002", "defect")


@pytest.mark.parametrize("text", ["the holder isn't fine and the charger isn't either", "is the charger fine then?"])
async def test_a_unit_that_is_not_said_to_be_fine_stays_in_question(known, text):
    customer = await known("en", "C-1001")
    await customer.says("my holder fell and broke")
    await customer.says(text)
    assert not [m for m in customer.messages if (m["data"] or {}).get("serial") == "…0002"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "open it"),
        ("en", "open the case then"),
        ("en", "did you open it?"),
        ("sv", "öppna det"),
        ("sv", "öppna ärendet"),
        ("sv", "öppnade du det?"),
    ],
)
async def test_a_case_that_is_open_is_said_to_be_open(known, answer, language, text):
    customer = await known(language, "C-1001")
    await customer.says(_FELL[language])
    await customer.says(_YES[language])
    reference = (await customer.slot("task"))["report"]["case"]
    await customer.says(text)
    named = {"en": "the holder", "sv": "hållaren"}[language]
    assert customer.texts[0] == answer("say_case_is_open", language, reference=reference, unit=named, end="…0001")
