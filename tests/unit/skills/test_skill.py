"""What every skill does when it fails."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import skill
from actions.skill import Skill


class Hangs(Skill):
    def name(self):
        return "action_hangs"

    async def perform(self, dispatcher, tracker):
        await asyncio.Event().wait()


class Breaks(Hangs):
    async def perform(self, dispatcher, tracker):
        raise ValueError("a customer's words")


@pytest.mark.parametrize(("kind", "problem"), [(Hangs, "TimeoutError"), (Breaks, "ValueError")])
async def test_a_skill_that_fails_or_hangs_answers_all_the_same(monkeypatch, caplog, kind, problem):
    monkeypatch.setattr(skill, "TIME_LIMIT", 0.01)
    dispatcher, tracker = CollectingDispatcher(), Tracker.from_dict({"sender_id": "x"})
    assert await kind()._events(dispatcher, tracker) == []
    assert [message["response"] for message in dispatcher.messages] == ["say_action_failed"]
    assert f"action_hangs failed (reference {dispatcher.messages[0]['reference']}): {problem}" in caplog.text
    assert "customer's words" not in caplog.text
