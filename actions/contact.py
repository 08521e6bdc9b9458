"""Ways to reach a person, and when: every answer knows the time."""

from __future__ import annotations

from typing import Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.skill import Events, Skill
from actions.tell import tell


class AskContact(Skill):
    """How to reach support."""

    def name(self) -> Text:
        return "action_ask_contact"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        tell(dispatcher, tracker, "say_ask_contact")
        return []


class AskOpeningHours(Skill):
    """When support is open, and whether it is now."""

    def name(self) -> Text:
        return "action_ask_opening_hours"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        tell(dispatcher, tracker, "say_ask_opening_hours")
        return []


class TalkToHuman(Skill):
    """The ways to reach a person at this hour."""

    def name(self) -> Text:
        return "action_talk_to_human"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        tell(dispatcher, tracker, "say_talk_to_human")
        return []


class Complaint(Skill):
    """Who takes a complaint further."""

    def name(self) -> Text:
        return "action_complaint"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        tell(dispatcher, tracker, "say_complaint")
        return []
