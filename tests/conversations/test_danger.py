"""A customer in danger is told what to do now: before the age gate, in the middle of anything, and then goes on."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.conftest import ADULT, STOCKHOLM
from tests.conversations.messages import UNTIL
from tests.conversations.people import MAJA

pytestmark = pytest.mark.usefixtures("people")
MINOR = "2015-04-02"
_TOLD = [
    ("en", "my charger is burning"),
    ("en", "it caught fire"),
    ("en", "I burnt my hand on it"),
    ("en", "my chager is buring"),
    ("en", "there is smoke coming out of the charger"),
    ("en", "the battery looks swollen"),
    ("en", "I got an electric shock from it"),
    ("sv", "laddaren brinner"),
    ("sv", "den blev så varm att jag brände mig"),
    ("sv", "laddarn briner"),
    ("sv", "det ryker ur hållaren"),
    ("sv", "batteriet har svällt"),
    ("sv", "jag fick en stöt av laddaren"),
]
_HARMLESS = [
    ("en", "burning question: is it free?"),
    ("en", "it burns tobacco?"),
    ("en", "can the charger catch fire?"),
    ("en", "I want to quit smoking"),
    ("sv", "brinnande fråga: kostar det något?"),
    ("sv", "bränner den tobaken?"),
    ("sv", "det var snällt, sparas mina uppgifter?"),
    ("sv", "då ryker väl garantin?"),
]


@pytest.mark.parametrize("adult", [True, False])
@pytest.mark.parametrize(("language", "text"), _TOLD)
async def test_who_tells_of_danger_is_told_what_to_do_and_whom_to_call(meet, answer, language, text, adult):
    customer = await meet(language, adult=adult)
    await customer.says(text)
    contact = answer("say_danger_contact_open", language, until=UNTIL[language])
    assert customer.texts[:2] == [answer("say_danger", language), contact]
    assert "112" in customer.texts[0]
    assert "020-25 10 10" in customer.texts[1]
    person = {"en": "Talk to a person", "sv": "Prata med en person"}[language]
    assert person in [button["title"] for button in customer.messages[1]["buttons"]]


@pytest.mark.parametrize(("language", "text"), _HARMLESS)
async def test_what_only_sounds_like_fire_sets_nothing_off(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert answer("say_danger", language) not in customer.texts


async def test_at_night_the_phone_comes_with_its_hours_and_the_address(meet, answer, set_clock):
    customer = await meet("sv", adult=True)
    set_clock(datetime(2026, 11, 30, 3, 0, tzinfo=STOCKHOLM))
    await customer.says("laddaren brinner")
    assert customer.texts[1] == answer("say_danger_contact_closed", "sv", opens="kl. 08.00")


async def test_before_the_gate_the_date_of_birth_is_asked_for_behind_the_answer(meet, answer):
    customer = await meet("en")
    await customer.says("my charger is burning")
    assert customer.texts[2:] == [answer("say_danger_birth_date", "en")]
    await customer.says(ADULT)
    assert customer.texts[0] == answer("say_age_confirmed", "en")
    assert "e-mail address" in customer.texts[1]  # not what has happened


async def test_before_the_gate_a_person_who_was_asked_for_comes_first(meet, answer):
    customer = await meet("en")
    await customer.says("my charger is burning")
    await customer.presses("Talk to a person")
    assert customer.texts == [answer("say_ask_birth_date_again", "en")]
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed", "en"), answer("say_talk_to_human_open", "en", until="19.00")]


async def test_a_date_of_birth_in_the_same_message_counts(meet, answer):
    customer = await meet("en")
    await customer.says(f"{ADULT} the holder HQA1 X773 0001 caught fire")
    assert customer.texts[0] == answer("say_danger", "en")
    assert customer.texts[2] == answer("say_age_confirmed", "en")
    assert "e-mail address" in customer.texts[3]
    assert answer("say_danger", "en") not in customer.texts[1:]


async def test_a_minor_is_told_the_same_and_no_more(meet, answer):
    customer = await meet("sv")
    await customer.says(MINOR)
    await customer.says("laddaren brinner")
    assert customer.texts[0] == answer("say_danger", "sv")
    assert len(customer.texts) == 2
    assert customer.titles == []
    await customer.says("min laddare är trasig")
    assert customer.texts == [answer("say_under_age", "sv")]


async def test_the_damage_can_be_reported_afterwards(known, answer):
    customer = await known("en", "C-1001")
    await customer.says("I burnt my hand on the charger")
    assert customer.titles == ["Talk to a person", "Report a broken device"]
    await customer.presses("Report a broken device")
    assert "The charger (…0002)" in customer.texts[0]


@pytest.mark.parametrize(
    "details", ["the charger HQA1 X773 0002 is smoking", "maja@example.com: my charger is burning", "it is burning"]
)
async def test_no_open_question_keeps_the_answer_back_and_details_are_kept(english_adult, answer, details):
    await english_adult.says("is my device covered?")
    await english_adult.says(details)
    assert english_adult.texts[0] == answer("say_danger", "en")
    await english_adult.says(" ".join(MAJA))
    assert "a six-digit code has been sent" in english_adult.texts[0]


@pytest.mark.parametrize("text", ["the charger is burning", "it is on fire"])
async def test_in_the_middle_of_a_report_nothing_else_is_asked(known, answer, text):
    customer = await known("en", "C-1001")
    await customer.says("my charger fell and broke")
    await customer.says(text)
    assert customer.texts[0] == answer("say_danger", "en")
    assert len(customer.texts) == 2


async def test_what_else_a_message_asks_comes_after_the_danger(english_adult, answer):
    await english_adult.says("is it free and how long does it last? my charger is burning")
    assert english_adult.texts[0] == answer("say_danger", "en")
    assert len(english_adult.texts) == 2


_COVERED = [
    ("en", "it burned, does warranty cover that?", "utter_faq/warranty"),
    ("en", "my charger short circuited. how many times can it be replaced?", "utter_faq/replacement_limit"),
    ("en", "my charger caught fire. is it covered?", "say_identify_damaged"),
    ("en", "is electric shock covered", "say_identify_damaged"),
    ("sv", "den brann, täcks det av garantin?", "utter_faq/warranty"),
    ("sv", "laddaren kortslöt, får jag en ny då?", "say_identify_damaged"),
    ("sv", "batteriet har svällt, omfattas den?", "say_identify_damaged"),
]


@pytest.mark.parametrize(("language", "text", "name"), _COVERED)
async def test_whether_it_is_covered_is_answered_after_the_danger(meet, answer, language, text, name):
    customer = await meet(language, adult=True)
    await customer.says(text)
    contact = answer("say_danger_contact_open", language, until=UNTIL[language])
    assert customer.texts == [answer("say_danger", language), contact, answer(name, language)]


@pytest.mark.parametrize(("language", "text", "name"), _COVERED)
async def test_before_the_gate_it_waits_for_the_date_of_birth(meet, answer, language, text, name):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts[0] == answer("say_danger", language)
    assert customer.texts[2:] == [answer("say_danger_birth_date", language)]
    await customer.says(ADULT)
    assert customer.texts[0] == answer("say_age_confirmed", language)
    assert answer(name, language) in customer.texts
    assert answer("say_danger", language) not in customer.texts


async def test_known_customers_are_told_whether_it_is_covered(known):
    customer = await known("en", "C-1001")
    await customer.says("my charger short circuited, is it covered?")
    assert "The charger (…0002)" in customer.texts[2]
    await customer.says("yes")
    assert "is open" in customer.texts[0]


async def test_in_a_message_to_support_the_question_is_for_support(meet, answer):
    customer = await meet("sv", adult=True)
    await customer.says("jag vill lämna ett meddelande")
    await customer.says("laddaren brann, täcker garantin det?")
    assert customer.texts[2:] == [answer("say_ask_reply_address", "sv")]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "I spilled boiling hot coffee on it"), ("sv", "spillde kokhett kaffe på den")]
)
async def test_a_hot_drink_on_the_device_is_an_accident(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("say_identify_damaged", language)]


async def test_a_message_to_support_keeps_what_was_said(meet, answer):
    customer = await meet("sv", adult=True)
    await customer.says("jag vill lämna ett meddelande")
    await customer.says("min laddare började brinna i natt")
    assert customer.texts[0] == answer("say_danger", "sv")
    assert customer.texts[2] == answer("say_ask_reply_address", "sv")
    await customer.says("batteriet har svällt")
    assert customer.texts[2:] == [answer("say_message_added", "sv"), answer("say_ask_reply_address", "sv")]
    await customer.says("maja@example.com")
    assert "började brinna i natt\nbatteriet har svällt" in customer.texts[0]


_ASKED = [
    ("en", "is it dangerous"),
    ("en", "can i use it again tomorrow"),
    ("en", "can i still charge it"),
    ("en", "what do i do now"),
    ("en", "help!!"),
    ("sv", "är den farlig att ha kvar"),
    ("sv", "får jag ha den inne"),
    ("sv", "är det normalt"),
    ("sv", "vad ska jag göra"),
    ("sv", "ring brandkåren?"),
]
_TELLS = {"en": "my charger is burning", "sv": "laddaren brinner"}


@pytest.mark.parametrize("adult", [True, False])
@pytest.mark.parametrize(("language", "text"), _ASKED)
async def test_a_question_behind_the_answer_is_about_the_danger(meet, answer, language, text, adult):
    customer = await meet(language, adult=adult)
    await customer.says(_TELLS[language])
    contact = answer("say_danger_contact_open", language, until=UNTIL[language])
    gate = [] if adult else [answer("say_danger_birth_date", language)]
    for _ in range(2):
        await customer.says(text)
        assert customer.texts == [answer("say_danger_advice", language), contact, *gate]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("how long is the warranty?", "utter_faq/warranty"), ("thank you", "utter_thank")],
)
async def test_what_is_about_something_else_keeps_its_answer(english_adult, answer, text, expected):
    await english_adult.says("my charger is burning")
    await english_adult.says(text)
    assert english_adult.texts[0] == answer(expected, "en")


async def test_the_same_question_without_danger_is_about_something_else(swedish_adult, answer):
    await swedish_adult.says("är det farligt?")
    assert answer("say_danger_advice", "sv") not in swedish_adult.texts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "will you replace it"),
        ("en", "no one is hurt"),
        ("en", "do i get a new one?"),
        ("sv", "nej ingen är skadad"),
        ("sv", "byter ni ut den"),
        ("sv", "alla mår bra"),
    ],
)
async def test_the_report_goes_on_with_what_was_told(known, answer, language, text):
    customer = await known(language, "C-1001")
    await customer.says(_TELLS[language])
    await customer.says(text)
    assert "(…0002)" in customer.texts[0]
    assert answer("say_ask_damage", language) not in customer.texts


async def test_that_nobody_is_hurt_may_be_said_a_little_later(known, answer):
    customer = await known("sv", "C-1001")
    await customer.says("laddaren brinner")
    await customer.says("vad ska jag göra")
    await customer.says("nej ingen är skadad")
    assert "(…0002)" in customer.texts[0]


async def test_an_accident_that_was_told_stays_one(known):
    customer = await known("en", "C-1001")
    await customer.says("I dropped my charger and now it is burning")
    await customer.says("will you replace it?")
    assert "accident protection" in customer.texts[0]


async def test_danger_goes_before_an_earlier_question_at_the_gate(meet, answer):
    customer = await meet("sv")
    await customer.says("kostar det något att vara med i programmet?")
    await customer.says("laddaren brinner")
    await customer.says(ADULT)
    assert "e-postadress" in customer.texts[1]


@pytest.mark.parametrize("between", ["should i see a doctor", "thank you"])
async def test_what_is_said_beside_it_does_not_end_the_danger(english_adult, answer, between):
    await english_adult.says("blister on my lip from the holder")
    await english_adult.says(between)
    await english_adult.says("can i still charge it")
    assert english_adult.texts[0] == answer("say_danger_advice", "en")
