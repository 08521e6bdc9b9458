"""Typed yes and no, repeating, starting over, and not understanding."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.offer import offer
from actions.skill import Events, Skill, entity_value, last_bot_messages, last_buttons, press, topic_of
from actions.task import Task
from actions.tell import tell

_SUGGESTIONS = 3
_LEAST_LIKELY = 0.01
"""A topic less probable than this is no suggestion."""


class Affirm(Skill):
    """A typed yes presses the button that means yes, or the only one."""

    def name(self) -> Text:
        return "action_affirm"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        button = _button(tracker, "affirm")
        if button:
            return press(button)
        dispatcher.utter_message(response="say_affirm_unclear")
        return []


class Deny(Skill):
    """A typed no presses the button that means no, or declines what was asked for."""

    def name(self) -> Text:
        return "action_deny"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        button = _button(tracker, "deny")
        if button:
            return press(button)
        task = Task.of(tracker)
        dispatcher.utter_message(response="say_task_left" if task.is_open else "say_deny")
        return [task.left().kept()] if task.is_open else []


def _button(tracker: Tracker, role: Text) -> Optional[Dict[Text, Any]]:
    buttons = last_buttons(tracker)
    chosen = next((button for button in buttons if button.get("role") == role), None)
    without_role = [button for button in buttons if not button.get("role")]
    return chosen or (without_role[0] if role == "affirm" and len(without_role) == 1 else None)


class Repeat(Skill):
    """Says again what the bot said last."""

    def name(self) -> Text:
        return "action_repeat"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        for said in last_bot_messages(tracker):
            buttons = said["data"].get("buttons") or []
            data = (said.get("metadata") or {}).get("data")
            dispatcher.utter_message(text=said["text"], buttons=buttons, **({"data": data} if data else {}))
        if not dispatcher.messages:
            dispatcher.utter_message(response="say_nothing_to_repeat")
        return []


class StartOver(Skill):
    """Leaves what was begun; who the customer is, the language and what was told of a device stay."""

    def name(self) -> Text:
        return "action_start_over"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        dispatcher.utter_message(response="say_started_over")
        return [Task.of(tracker).left().kept()]


class Repair(Skill):
    """Not understood: offers the likeliest topics; the second time in a row, a person.

    Who gives an e-mail address or a serial number without being asked wants to know about a device.
    """

    def name(self) -> Text:
        return "action_repair"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if entity_value(tracker, "email") or entity_value(tracker, "serial"):
            return [FollowupAction("action_check_coverage")]
        if _not_understood_before(tracker):
            tell(dispatcher, tracker, "say_person_offer")
            await offer(tracker, "misunderstood")
            return []
        topics = _likeliest(tracker.latest_message.get("intent_ranking") or [])
        if len(topics) >= 2:
            dispatcher.utter_message(response="say_did_you_mean", topics=topics)
        else:
            dispatcher.utter_message(response="say_rephrase")
        return []


def _likeliest(ranking: List[Dict[Text, Any]]) -> List[Text]:
    topics = [
        entry["name"]
        for entry in ranking
        if _may_be_meant(entry["name"]) and entry.get("confidence", 0) >= _LEAST_LIKELY
    ]
    return topics[:_SUGGESTIONS]


_SUGGESTED = {
    "ask_contact", "ask_opening_hours", "complaint", "check_coverage", "check_claims", "list_devices", "report_damage",
    "privacy", "export_my_data", "delete_my_data",
}  # fmt: skip
"""Topics that a customer may have meant, besides every question about the program; the person is offered anyway."""


def _may_be_meant(topic: Text) -> bool:
    return topic.startswith("faq/") or topic in _SUGGESTED


def _not_understood_before(tracker: Tracker) -> bool:
    """Whether the customer's previous message was not understood either."""
    users = [event for event in tracker.events if event["event"] == "user"]
    repairs = [event for event in tracker.events if event["event"] == "action" and event["name"] == "action_repair"]
    return len(users) > 1 and bool(repairs) and topic_of(users[-2].get("parse_data") or {}) == "nlu_fallback"
