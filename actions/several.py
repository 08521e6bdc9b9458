"""Messages with several questions: each is answered in its turn, as if it had been sent by itself."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.skill import Events, Skill, replay

FURTHER = "further"
NEXT_QUESTION = "action_next_question"


def waiting_questions(tracker: Tracker) -> List[Dict[Text, Any]]:
    """The questions of the customer's message that have not been answered yet, as parse data."""
    return tracker.latest_message.get(FURTHER) or []


class NextQuestion(Skill):
    """Goes on with the next question of the message."""

    def name(self) -> Text:
        return NEXT_QUESTION

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        question, *further = waiting_questions(tracker)
        return replay({**question, FURTHER: further}, question.get("text") or "")
