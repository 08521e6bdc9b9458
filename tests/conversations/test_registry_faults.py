"""When the registry fails, the customer gets an answer and a person, the operator a log line, and nothing is lost."""

import logging
import sqlite3
import threading

import pytest

from tests.conversations.people import MAJA, NOVEMBER, data_of

pytestmark = pytest.mark.usefixtures("people")

_REFERENCE = r"reference [0-9A-Z]{3}-[0-9A-Z]{3}"


@pytest.fixture
def break_registry(set_clock, people):
    """Puts a registry in place that does not answer: break_registry("down"); break_registry(None) mends it."""
    from actions.registry import Registry, TimelyRegistry

    hanging = threading.Event()
    working = TimelyRegistry(people)

    class Slow(Registry):
        def account(self, *arguments):
            hanging.wait(30)

        owner = open_case = account

    def put(how):
        if how is None:
            set_clock(NOVEMBER, registry=working)
        elif how == "slow":
            set_clock(NOVEMBER, registry=TimelyRegistry(Slow(people._engine), answer_within=0.05))
        elif how == "down":
            url = "postgresql://nobody@127.0.0.1:1/none"
            set_clock(NOVEMBER, registry=TimelyRegistry(Registry.at(url)))
        else:
            _spoil(people, how)

    yield put
    hanging.set()


def _spoil(registry, how):
    with registry._writing.begin() as connection:
        if how == "migrated half-way":
            connection.exec_driver_sql("ALTER TABLE devices RENAME COLUMN registered_on TO registered")
        elif how == "without tables":
            for table in ("cases", "claims", "devices", "customers"):
                connection.exec_driver_sql(f"DROP TABLE {table}")


_FAULTS = ["down", "slow", "migrated half-way", "without tables"]


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("fault", _FAULTS)
async def test_a_question_about_devices_is_answered_with_a_reference_that_the_log_has(
    known, break_registry, caplog, fault, language
):
    customer = await known(language)
    break_registry(fault)
    with caplog.at_level(logging.ERROR):
        await customer.sends("/check_coverage")
    text = customer.texts[0]
    reference = text.split("(")[1].split(")")[0].split(" ")[1]
    assert f"(reference {reference})" in caplog.text
    assert "020-25 10 10" in text
    assert any(button["payload"] == "/talk_to_human" for button in customer.buttons)
    assert "C-1001" not in caplog.text


@pytest.mark.parametrize("fault", _FAULTS)
async def test_a_damage_report_is_not_lost(known, break_registry, fault):
    customer = await known("en")
    break_registry(fault)
    await customer.sends("/report_damage")
    await customer.says("I dropped my charger on the floor")
    decision = data_of(customer.messages, "damage_decision")
    assert (decision["outcome"], decision["reason"]) == ("needs_support", "registry_unavailable")
    assert decision["damage"] == "accident"
    if fault in ("down", "slow"):
        break_registry(None)
        await customer.presses("Report a broken device")
        assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"


@pytest.mark.parametrize("fault", ["down", "slow"])
async def test_who_was_asked_for_credentials_does_not_have_to_give_them_again(
    english_adult, break_registry, fault, code_mailed
):
    await english_adult.says("is my device covered?")
    break_registry(fault)
    await english_adult.says(" ".join(MAJA))
    assert "cannot reach your device details" in english_adult.texts[0]
    break_registry(None)
    await english_adult.presses("Check my device")
    assert "a six-digit code has been sent" in english_adult.texts[0]
    await english_adult.says(await code_mailed())
    assert "14 August 2027" in english_adult.texts[1]


async def test_a_case_that_cannot_be_opened_now_can_be_opened_later(known, break_registry, people):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    break_registry("down")
    await customer.says("yes")
    assert "cannot reach your device details" in customer.texts[0]
    break_registry(None)
    await customer.presses("Report a broken device")
    await customer.says("yes")
    assert "Done. Case" in customer.texts[0]


async def test_a_general_answer_does_not_depend_on_the_registry(known, break_registry):
    customer = await known("en")
    break_registry("down")
    await customer.says("How long does the program last?")
    assert len(customer.texts) == 1
    assert "12-month warranty" in customer.texts[0]


async def test_a_locked_registry_can_still_be_read(known, registry_file):
    customer = await known("en")
    with sqlite3.connect(registry_file, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        await customer.says("is my device covered?")
        assert "14 August 2027" in customer.texts[0]
        writer.execute("ROLLBACK")


async def test_a_registry_locked_for_too_long_opens_no_case_and_says_so(known, registry_file, set_clock, people):
    from actions.registry import TimelyRegistry

    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    set_clock(NOVEMBER, registry=TimelyRegistry(people, answer_within=0.3))
    with sqlite3.connect(registry_file, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        await customer.says("yes")
        writer.execute("ROLLBACK")
    assert "cannot reach your device details" in customer.texts[0]


async def test_a_unit_of_a_kind_that_the_terms_do_not_know_is_for_support(known, people):
    with people._writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("UPDATE devices SET unit = 'cleaner' WHERE serial_key = 'HQA1M2070006'")
        connection.commit()
    customer = await known("en", "C-1004")
    await customer.sends('/report_damage{"damage_type": "defect"}')
    assert data_of(customer.messages, "damage_decision")["reason"] == "unknown_device"
    await customer.says("is my device covered?")
    assert "– Device …0006:" in customer.texts[0]
    assert data_of(customer.messages, "coverage")["devices"][0]["unit"] is None


async def test_the_registry_is_not_asked_before_the_age_gate(meet, people):
    from sqlalchemy import event

    statements: list[str] = []
    event.listen(people._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    customer = await meet("en")
    for text in ("is my charger covered? maja@example.com HQA1 X773 0002", "402 117", "I dropped my holder"):
        await customer.says(text)
    await customer.sends('/report_damage{"damage_type": "accident", "decision": "confirmed"}')
    assert statements == []


async def test_details_and_facts_told_while_the_registry_is_down_are_kept(english_adult, break_registry):
    break_registry("down")
    await english_adult.sends("/report_damage")
    await english_adult.says("I dropped my charger, maja@example.com HQA1 X773 0002")
    assert "cannot reach your device details" in english_adult.texts[0]
    break_registry(None)
    await english_adult.presses("Report a broken device")
    assert "a six-digit code has been sent" in english_adult.texts[0]
