"""Both units, the new one and the old one, objections, a code that does not come, the same in the other language."""

from __future__ import annotations

import pytest

from tests.conversations.people import NILS, data_of

pytestmark = pytest.mark.usefixtures("people")
LANGUAGES = ("en", "sv")
UNTIL = {"en": "19.00", "sv": "kl. 19.00"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "both my holder and charger are broken"),
        ("en", "my holder and my charger don't work, both of them"),
        ("sv", "både hållaren och laddaren är trasiga, båda två"),
    ],
)
async def test_of_two_units_that_are_both_damaged_one_comes_after_the_other(known, language, text):
    customer = await known(language, "C-1001")
    await customer.says(text)
    first = data_of(customer.messages, "damage_decision")
    await customer.says({"en": "yes", "sv": "ja"}[language])
    other = {"…0001": "…0002", "…0002": "…0001"}[first["serial"]]
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert data_of(customer.messages, "damage_decision")["serial"] == other


@pytest.mark.parametrize(("language", "text"), [("en", "both my devices are broken"), ("sv", "båda mina är trasiga")])
async def test_both_without_a_name_asks_for_one_and_comes_back_to_the_other(known, language, text):
    customer = await known(language, "C-1001")
    await customer.says(text)
    await customer.says({"en": "the charger", "sv": "laddaren"}[language])
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"
    await customer.says({"en": "no", "sv": "nej"}[language])
    assert customer.texts[-1] == {"en": "And the holder?", "sv": "Och hållaren?"}[language]
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"


@pytest.mark.parametrize(
    ("language", "text", "end"),
    [
        ("en", "my new holder doesn't charge", "…0013"),
        ("en", "the old holder doesn't charge", "…0011"),
        ("sv", "min nya hållare laddar inte", "…0013"),
        ("sv", "den gamla hållaren laddar inte", "…0011"),
    ],
)
async def test_the_new_one_and_the_old_one_are_told_by_their_dates(known, language, text, end):
    customer = await known(language, "C-1008")
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == end


async def test_the_new_one_is_remembered_until_it_is_known_who_is_asking(meet, identify):
    customer = await meet("en", adult=True)
    await customer.says("my new holder doesn't charge")
    await identify(customer, *NILS[:1], "HQB2 R630 0012")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0013"
    await customer.says("no sorry, the old one")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0011"


async def test_what_is_as_old_as_the_other_is_asked_for(known):
    customer = await known("en", "C-1001")
    await customer.says("the new one doesn't charge")
    assert len(customer.buttons) >= 2
    assert not [m for m in customer.messages if (m["data"] or {}).get("kind") == "damage_decision"]


@pytest.mark.parametrize(
    ("language", "asks", "objects"),
    [
        ("en", "is my charger covered?", "but the date is wrong, I bought it last week"),
        ("en", "is my charger covered?", "that can't be right"),
        ("en", "my charger won't charge", "no that's not right, it was bought in October"),
        ("sv", "omfattas min laddare?", "det stämmer inte, jag köpte den förra veckan"),
        ("sv", "min laddare laddar inte", "datumet är fel"),
    ],
)
async def test_who_objects_to_what_was_told_is_offered_a_person(known, answer, language, asks, objects):
    customer = await known(language, "C-1001")
    await customer.says(asks)
    for _ in range(2):
        await customer.says(objects)
        assert customer.texts == [answer("say_objection_open", language, until=UNTIL[language])]


@pytest.mark.parametrize(
    ("language", "asks", "objects"),
    [
        ("en", "my holder fell and broke", ("but it's brand new", "it's only two months old", "but i registered it")),
        ("sv", "min hållare föll i golvet", ("men den är ju ny", "den är nyköpt", "jag har ju aktiverat den")),
    ],
)
@pytest.mark.parametrize("customer_id", ["C-1003", "C-1006"])  # not activated; used up
async def test_that_it_is_new_is_an_objection(known, answer, language, asks, objects, customer_id):
    customer = await known(language, customer_id)
    await customer.says(asks)
    assert data_of(customer.messages, "damage_decision")["outcome"] != "eligible"
    for text in objects:
        await customer.says(text)
        assert customer.texts == [answer("say_objection_open", language, until=UNTIL[language])], text
        assert len(customer.titles) == len(set(customer.titles))


async def test_the_new_one_is_no_objection(known, answer):
    customer = await known("en", "C-1008")
    await customer.says("the old holder doesn't charge")
    await customer.says("no, it's the new one")
    assert answer("say_objection_open", "en", until=UNTIL["en"]) not in customer.texts


@pytest.mark.parametrize(("language", "text"), [("en", "that's not right"), ("sv", "det stämmer inte")])
async def test_nothing_is_objected_to_where_nothing_was_told(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert answer("say_objection_open", language, until=UNTIL[language]) not in customer.texts


async def test_something_wrong_with_a_device_is_no_objection(known):
    customer = await known("en", "C-1001")
    await customer.says("is my charger covered?")
    await customer.says("good, because it is broken, it doesn't charge")
    assert data_of(customer.messages, "damage_decision")


@pytest.mark.parametrize(
    ("language", "asks", "missing"),
    [
        ("en", "is my charger covered?", ("the code didn't come", "nothing has arrived in my inbox")),
        ("sv", "omfattas min laddare?", ("koden kom inte", "inget har kommit")),
    ],
)
async def test_a_code_that_does_not_come_leads_on(meet, answer, language, asks, missing):
    customer = await meet(language, adult=True)
    await customer.says(asks)
    await customer.says("maja@example.com HQA1 X773 0002")
    await customer.says(missing[0])
    assert customer.texts == [answer("say_code_missing", language)]
    for _ in range(2):
        await customer.says(missing[1])
        assert customer.texts == [answer("say_code_still_missing_open", language, until=UNTIL[language])]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_says_more_of_the_damage_is_not_told_all_of_it_again(meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says({"en": "it fell into the lake", "sv": "min iqos föll i sjön"}[language])
    assert customer.texts == [answer("say_identify_damaged", language)]
    await customer.says({"en": "it was the holder", "sv": "det var hållaren"}[language])
    assert customer.texts == [answer("say_identify_again", language)]


@pytest.mark.parametrize(
    ("page", "asks", "again", "topic"),
    [
        ("sv", "vad kostar programmet?", "and in english?", "faq/cost"),
        ("en", "is the program free?", "på svenska tack", "faq/cost"),
    ],
)
async def test_the_answer_is_given_again_in_the_other_language(meet, answer, page, asks, again, topic):
    other = {"sv": "en", "en": "sv"}[page]
    customer = await meet(page, adult=True)
    await customer.says(asks)
    await customer.says(again)
    assert customer.texts == [answer("say_language_now", other), answer(f"utter_{topic}", other)]
    assert await customer.slot("language") == other


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_yes_or_no_that_stays_unclear_is_not_asked_about_in_the_same_words(meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says({"en": "That did not help", "sv": "Det hjälpte inte"}[language])
    hesitates = {"en": "hmm yes maybe", "sv": "hmm ja kanske"}[language]
    await customer.says(hesitates)
    assert customer.texts == [answer("say_yes_or_no", language)]
    await customer.says(hesitates)
    assert customer.texts == [answer("say_choose", language)]


async def test_works_sort_of_is_asked_about_in_other_words(meet, answer):
    customer = await meet("sv", adult=True)
    await customer.says("min hållare är repig")
    assert customer.texts == [answer("say_ask_condition", "sv")]
    await customer.says("funkar typ")
    assert customer.texts == [answer("say_ask_condition_again", "sv")]


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        ("en", "I bought it in Norway, is it covered there?"),
        ("en", "What if I never used the accident protection?"),
        ("sv", "gäller det om den är köpt i Danmark?"),
    ],
)
async def test_a_question_about_what_was_told_is_no_objection(known, answer, language, asks):
    customer = await known(language, "C-1001")
    await customer.says({"en": "is my charger covered?", "sv": "omfattas min laddare?"}[language])
    await customer.says(asks)
    assert answer("say_objection_open", language, until=UNTIL[language]) not in customer.texts


async def test_an_old_charger_that_is_not_there_is_no_holder(known):
    customer = await known("en", "C-1003")
    await customer.says("my old charger doesn't charge")
    assert not [m for m in customer.messages if "…0005" in m["text"]]


async def test_a_serial_number_that_is_not_there_goes_before_the_new_one(known):
    customer = await known("en", "C-1008")
    await customer.says("my new holder doesn't charge")
    await customer.says("no, I mean HQA9 X999 0099")
    await customer.says("yes")
    assert not [text for text in customer.texts if "is open" in text]


async def test_the_new_one_that_is_to_come_is_no_unit(known):
    customer = await known("en", "C-1008")
    await customer.says("my new holder doesn't charge")
    await customer.says("yes")
    await customer.says("when is the new one coming?")
    assert not [m for m in customer.messages if "…0015" in m["text"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "my holder is cracked on both sides"), ("sv", "hållaren är sprucken på båda sidorna")],
)
async def test_both_sides_are_not_both_units(known, language, text):
    customer = await known(language, "C-1001")
    await customer.says(text)
    await customer.says({"en": "no", "sv": "nej"}[language])
    assert len(customer.messages) == 1
