"""Coverage, claims and devices of the customer who is identified."""

import pytest

from tests.conversations.people import data_of

pytestmark = pytest.mark.usefixtures("people")


async def test_coverage_is_told_for_the_whole_and_for_each_unit(known):
    customer = await known("en", "C-1008")  # Nils: five units
    await customer.says("is my device covered?")
    first, *lines = customer.texts[0].split("\n")
    assert first == "Your program is active until 31 October 2027."
    assert lines == [
        "– All-in-one …0015: warranty until 20 November 2027, but not registered, so no accident protection.",
        "– Charger …0014: warranty until 31 October 2027, accident protection still unused.",
        "– Holder …0013: warranty until 30 May 2027, accident protection still unused.",
        "– Charger …0012: warranty until 31 December 2026, accident protection still unused.",
        "– Holder …0011: the warranty ended on 31 January 2026.",
    ]


async def test_coverage_goes_with_the_contracts_data(known):
    customer = await known("sv", "C-1006")  # Johan
    await customer.says("Är min enhet täckt av programmet?")
    data = data_of(customer.messages, "coverage")
    assert {key: data[key] for key in ("account", "program_active", "program_until")} == {
        "account": "active",
        "program_active": True,
        "program_until": "2027-11-14",
    }
    assert data["devices"][0] == {
        "serial": "…0008",
        "unit": "holder",
        "model": "IQOS ILUMA PRIME",
        "warranty_until": "2027-11-14",
        "warranty_active": True,
        "registered": True,
        "program_activated": True,
        "accident_claims_left": 0,
        "claim_in_progress": False,
    }


@pytest.mark.parametrize(
    ("customer_id", "sentence"),
    [
        ("C-1003", "Your account in the program is not active"),
        ("C-1002", "The program is not active for you right now"),
        ("C-1009", "I find no devices on your account"),
        ("C-9999", "I find no devices on your account"),
    ],
)
async def test_what_does_not_apply_is_said(known, customer_id, sentence):
    customer = await known("en", customer_id)
    await customer.says("is my device covered?")
    assert sentence in customer.texts[0]


async def test_a_question_about_one_unit_is_answered_for_it(known):
    customer = await known("en", "C-1006")
    await customer.says("is my charger covered?")
    assert "…0009" in customer.texts[0]
    assert "…0008" not in customer.texts[0]
    await customer.says("and the holder?")
    assert "…0008" in customer.texts[0]
    assert "…0009" not in customer.texts[0]


@pytest.mark.parametrize(
    ("customer_id", "line"),
    [
        ("C-1006", "– Holder …0008: used for the accident on 17 November 2026."),
        ("C-1006", "– Charger …0009: 1 replacement left, until 14 November 2027."),
        ("C-1007", "– All-in-one …0010: support is looking at the accident on 20 November 2026."),
        ("C-1008", "– Charger …0014: support is looking at the fault of 12 November 2026 under the warranty."),
        ("C-1010", "– Holder …0017: 1 replacement left, until 20 November 2027."),
        ("C-1010", "– Holder …0016: the warranty ended on 11 February 2020."),
        ("C-1012", "– Charger …0019: 1 replacement left, until 17 November 2027."),
    ],
)
async def test_claims_are_told_for_each_unit(known, customer_id, line):
    customer = await known("en", customer_id)
    await customer.says("have I used my accident replacement?")
    assert line in customer.texts[0].split("\n")


async def test_devices_are_listed_with_the_end_of_their_serial_number_only(known):
    customer = await known("sv", "C-1004")
    await customer.says("Vilka enheter är registrerade på mig?")
    assert customer.texts == [
        "Du har en enhet:\n– Allt-i-ett IQOS ILUMA ONE …0006, köpt den 18 november 2026, inte registrerad."
    ]


async def test_a_general_answer_offers_to_check_and_knows_the_customer_afterwards(english_adult, identify):
    await english_adult.says("How long does the program last?")
    assert "Check my device" in english_adult.titles
    assert len(english_adult.texts) == 1
    await english_adult.presses("Check my device")
    await identify(english_adult)
    await english_adult.says("How long does the program last?")
    assert english_adult.texts[1] == "For you the program is active until 14 August 2027."


async def test_a_general_answer_about_the_warranty_comes_with_each_units_dates(known):
    customer = await known("sv", "C-1001")
    await customer.says("Hur lång garanti har en IQOS?")
    assert "Laddare …0002: garanti till och med den 14 augusti 2027" in customer.texts[1]


async def test_forty_devices_are_told_as_far_as_one_can_read_and_given_whole_as_data(known, people):
    _give_devices(people, "C-1009", 40)
    customer = await known("en", "C-1009")
    await customer.says("is my device covered?")
    assert len(customer.texts[0].split("\n")) == 12
    assert "And 30 more" in customer.texts[0]
    assert len(data_of(customer.messages, "coverage")["devices"]) == 40


async def test_one_of_forty_devices_is_chosen_by_the_end_of_its_serial_number(known, people):
    _give_devices(people, "C-1009", 40)
    customer = await known("en", "C-1009")
    await customer.sends('/report_damage{"damage_type": "accident"}')
    assert len(customer.buttons) == 9  # eight devices and the person
    await customer.says("0039")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0039"


def _give_devices(registry, customer_id, count):
    from sqlalchemy import text

    insert = text(
        "INSERT INTO devices (serial_key, serial, customer_id, unit, model, purchased_on, purchase_country,"
        " registered_on, program_activated_on) VALUES"
        " (:s, :s, :c, 'charger', 'IQOS ILUMA', '2026-05-01', 'SE', '2026-05-01', '2026-05-01')"
    )
    with registry._writing.begin() as connection:
        connection.execute(insert, [{"s": f"TESTX77{n:04}", "c": customer_id} for n in range(count)])


async def test_a_unit_named_after_the_list_is_told_more_of(known):
    customer = await known("en", "C-1006")
    await customer.sends("/list_devices")
    await customer.says("and the charger?")
    assert "Charger …0009: warranty until" in customer.texts[0]
