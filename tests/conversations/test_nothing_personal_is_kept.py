"""E-mail addresses, serial numbers and codes are in no stored event, no transcript and no log line."""

import json
import logging

import pytest

from tests.conversations.people import MAJA

pytestmark = pytest.mark.usefixtures("people")


async def test_stored_events_and_logs_hold_nothing_of_an_identification(english_adult, code_mailed, caplog):
    with caplog.at_level(logging.INFO):
        await english_adult.says("my charger HQA1 X773 0002 fell into the sink, I'm maja@example.com")
        code = await code_mailed()
        await english_adult.says(f"the code is {code}")
        await english_adult.says("yes")
        await english_adult.says("is my device covered?")

    stored = json.dumps(english_adult.stored(), ensure_ascii=False)
    plain = code.replace(" ", "")
    for secret in (*MAJA, MAJA[1].replace(" ", ""), "X773", code, plain, "C-1001"):
        assert secret not in stored
        assert secret not in caplog.text
    assert "[serial]" in stored
    assert "[email]" in stored
    assert "[code]" in stored


async def test_what_was_typed_is_masked_in_entities_and_metadata_too(english_adult):
    await english_adult.says("is my device covered? I am maja@example.com, phone 070-174 06 05")
    user = [event for event in english_adult.stored() if event["event"] == "user"][-1]
    assert "metadata" not in user or not user["metadata"]
    entities = {(entity["entity"], entity["value"]) for entity in user["parse_data"]["entities"]}
    assert {("email", "[email]"), ("phone", "[phone]")} <= entities


async def test_the_network_address_is_not_stored(agent, meet, tracker_file):
    from bot.channels.turns import Collector, typed

    customer = await meet("en", adult=True)
    details = {"output_channel": Collector("test"), "sender_id": customer.conversation, "input_channel": "test"}
    message = await typed(agent, "hello", "hello", metadata={"address": "203.0.113.7"}, **details)
    await agent.handle_message(message)
    customer.leaves_for_two_hours()
    message = await typed(agent, "hello", "hello", metadata={"address": "203.0.113.7"}, **details)
    await agent.handle_message(message)
    assert "203.0.113.7" not in json.dumps(customer.stored())


def test_devices_are_reached_through_one_accessor():
    """No skill but `actions/access.py` calls the registry, and none but the skills' services makes one."""
    import re

    from tests.conftest import ROOT

    callers = {
        file.relative_to(ROOT).as_posix()
        for folder in ("actions", "bot")
        for file in (ROOT / folder).rglob("*.py")
        if re.search(r"\.registry\.(account|owner|open_case)\(", file.read_text(encoding="utf-8"))
    }
    assert callers == {"actions/access.py"}
