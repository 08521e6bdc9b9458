"""Cases: opened when the customer agrees, one for each device, and never a claim marked as used."""

import sqlite3

import pytest

pytestmark = pytest.mark.usefixtures("people")

ACCIDENT = '/report_damage{"damage_type": "accident", "unit": "charger"}'


@pytest.fixture
def rows(registry_file):
    """The rows of a table of this test's registry: rows("cases")."""

    def read(table):
        with sqlite3.connect(registry_file) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(f"SELECT * FROM {table}")]

    return read


@pytest.mark.parametrize(("language", "yes"), [("en", "yes"), ("sv", "ja")])
async def test_a_yes_opens_a_case_whose_reference_the_customer_gets(known, rows, language, yes):
    customer = await known(language)
    before = rows("claims")
    await customer.sends(ACCIDENT)
    assert rows("cases") == []

    await customer.says(yes)

    (case,) = rows("cases")
    assert case["reference"] in customer.texts[0]
    assert "maja" not in customer.texts[0]
    assert (case["serial_key"], case["damage"], case["status"]) == ("HQA1X7730002", "accident", "open")
    assert (case["conversation_id"], case["language"]) == (customer.conversation, language)
    assert rows("claims") == before


async def test_a_no_opens_none(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("no")
    assert "I won't open a case" in customer.texts[0]
    assert rows("cases") == []


async def test_a_device_with_an_open_case_is_told_its_reference_again(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("yes")
    await customer.sends(ACCIDENT)
    (case,) = rows("cases")
    assert f"There is an open case for the charger (…0002) already: {case['reference']}" in customer.texts[0]


async def test_pressing_yes_twice_opens_one_case(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    yes = next(button["payload"] for button in customer.buttons if button.get("role") == "affirm")
    await customer.sends(yes)
    await customer.sends(yes)
    assert len(rows("cases")) == 1


async def test_an_old_yes_does_not_open_a_case_for_the_device_that_is_talked_about_now(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    for_charger = next(button["payload"] for button in customer.buttons if button.get("role") == "affirm")
    await customer.says("no, the holder")
    assert "The holder (…0001)" in customer.texts[0]
    await customer.sends(for_charger)
    assert "The charger (…0002)" in customer.texts[0]
    assert rows("cases") == []


async def test_a_typed_payload_opens_nothing(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    yes = next(button["payload"] for button in customer.buttons if button.get("role") == "affirm")
    await customer.says(yes)
    assert rows("cases") == []


async def test_another_customers_handle_chooses_nothing(known, rows):
    johan = await known("en", "C-1006")
    await johan.sends('/report_damage{"damage_type": "accident"}')
    handle = johan.buttons[0]["payload"]
    maja = await known("en", "C-1001")
    await maja.sends('/report_damage{"damage_type": "accident"}')
    await maja.sends(handle)
    assert "Which unit is it?" in maja.texts[0]


async def test_a_no_after_another_question_still_declines(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("Is the program free of charge?")
    assert "Shall I open a case for the charger (…0002)?" in customer.texts[-1]
    await customer.says("nope")
    assert "I won't open a case" in customer.texts[0]
    assert rows("cases") == []


async def test_the_customer_hears_whether_support_is_open(known):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("yes")
    assert "open until 19.00" in customer.texts[1]
    assert customer.messages[1]["data"]["kind"] == "opening_hours"


async def test_open_cases_are_among_the_claims(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("yes")
    await customer.says("have I used my accident replacement?")
    (case,) = rows("cases")
    assert f"– Charger …0002: case {case['reference']} is open." in customer.texts[0]


_NO_CLEAR_YES = [
    ("en", "ok wait"), ("en", "not sure"), ("en", "yes it's correct but no case please"), ("en", "hmm maybe"),
    ("sv", "det stämmer inte"), ("sv", "ok vänta"), ("sv", "vet inte"), ("sv", "ja eller nej?"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), _NO_CLEAR_YES)
async def test_a_yes_or_no_that_is_not_clear_sets_nothing_off(known, rows, language, text):
    customer = await known(language)
    await customer.sends(ACCIDENT)
    await customer.says(text)
    assert rows("cases") == []
    await customer.says("yes" if language == "en" else "ja")
    assert len(rows("cases")) == 1


@pytest.mark.parametrize(("language", "text"), _NO_CLEAR_YES)
async def test_it_erases_no_conversation_either(meet, language, text):
    customer = await meet(language, adult=True)
    await customer.sends("/delete_my_data")
    await customer.says(text)
    assert not customer.erased


@pytest.mark.parametrize(
    ("language", "yes"), [("en", "go on then"), ("sv", "öppna ärendet"), ("sv", "kör på")]
)
async def test_a_yes_in_other_words_opens_the_case(known, rows, language, yes):
    customer = await known(language)
    await customer.sends(ACCIDENT)
    await customer.says(yes)
    assert len(rows("cases")) == 1


async def test_a_yes_that_names_the_device_again_opens_the_case(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("yes please, for the charger")
    assert len(rows("cases")) == 1


async def test_who_declined_may_change_their_mind(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("no")
    await customer.says("yes")
    assert "Shall I open a case" in customer.texts[0]
    await customer.says("yes")
    assert len(rows("cases")) == 1


async def test_a_no_pressed_twice_is_still_a_no(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    no = next(button["payload"] for button in customer.buttons if button.get("role") == "deny")
    await customer.sends(no)
    await customer.sends(no)
    assert "I won't open a case" in customer.texts[0]


async def test_cancelling_after_the_case_was_opened_says_that_it_stays(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("yes")
    await customer.says("cancel")
    (case,) = rows("cases")
    assert f"Case {case['reference']} is open, and I cannot take it back" in customer.texts[0]


async def test_whether_a_case_uses_the_replacement_up_is_answered(known):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.sends("/check_claims")
    assert "does not use a replacement up" in customer.texts[0]
    assert "Shall I open a case for the charger (…0002)?" in customer.texts[-1]
