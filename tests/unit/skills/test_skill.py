"""What every skill does when it fails."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import skill
from actions.contact import AskContact as AnySkill


async def _hang(self, dispatcher, tracker):
    await asyncio.Event().wait()


async def _break(self, dispatcher, tracker):
    raise ValueError("a customer's words")


@pytest.mark.parametrize(("perform", "problem"), [(_hang, "TimeoutError"), (_break, "ValueError")])
async def test_a_skill_that_fails_or_hangs_answers_all_the_same(monkeypatch, caplog, perform, problem):
    monkeypatch.setattr(skill, "TIME_LIMIT", 0.01)
    monkeypatch.setattr(AnySkill, "perform", perform)
    dispatcher, tracker = CollectingDispatcher(), Tracker.from_dict({"sender_id": "x"})
    assert await AnySkill()._events(dispatcher, tracker) == []
    assert [message["response"] for message in dispatcher.messages] == ["say_action_failed"]
    assert f"failed (reference {dispatcher.messages[0]['reference']}): {problem}" in caplog.text
    assert "customer's words" not in caplog.text
