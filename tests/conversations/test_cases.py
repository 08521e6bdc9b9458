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
    assert "maja@…" in customer.texts[0]
    assert (case["serial_key"], case["damage"], case["status"]) == ("HQA1X7730002", "accident", "open")
    assert (case["conversation_id"], case["language"]) == (customer.conversation, language)
    assert rows("claims") == before


async def test_a_no_opens_none(known, rows):
    customer = await known("en")
    await customer.sends(ACCIDENT)
    await customer.says("no")
    assert "I open no case" in customer.texts[0]
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
    assert "I open no case" in customer.texts[0]
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
