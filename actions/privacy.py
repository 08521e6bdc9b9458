"""Erasure of a conversation on the customer's wish."""

from __future__ import annotations

from typing import Text

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.skill import Events, Skill, entity_value


class DeleteMyData(Skill):
    """Asks back first; after the customer's yes the tracker store erases the conversation instead of saving it."""

    def name(self) -> Text:
        return "action_delete_my_data"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        decision = entity_value(tracker, "decision")
        if decision == "confirmed":
            dispatcher.utter_message(response="say_deleted", erase_conversation=True)
            return [SlotSet("erase_conversation", True)]
        dispatcher.utter_message(response="say_delete_cancelled" if decision else "say_delete_confirm")
        return []
