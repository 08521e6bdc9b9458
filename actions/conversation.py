"""Typed yes and no, repeating, starting over, and not understanding."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import asides
from actions.several import FURTHER, waiting_questions
from actions.skill import (
    Events,
    Skill,
    came_back,
    entity_value,
    last_bot_messages,
    last_buttons,
    press,
    remark_of,
    topic_of,
)
from actions.task import SLOT, Task
from actions.tell import tell

_SUGGESTIONS = 3
_CLEAR = 0.7
"""From this confidence on, a typed yes or no presses a button."""

_ASKS_WHICH = ("say_yes_or_no", "say_choose")
"""What is said of a yes or no that is not clear, the first time and after that."""

_OBJECTED_TO = ("damage_decision", "coverage")
"""What is told of the customer's own devices, as `data`."""

_OBJECTION = "say_objection"
_TO_A_PERSON = "/talk_to_human"

_NOTED = "noted"
"""The remark on an "ok" or "I see" after an answer, where nothing is open."""
_NOTHING_MORE = "say_noted"
_ASKS_FOR_MORE = ("utter_thank", "utter_positive_feedback", "say_deny", "say_task_left", _NOTHING_MORE)

_LEAST_LIKELY = 0.01
"""A topic less probable than this is no suggestion."""


class Affirm(Skill):
    """A typed yes presses the button that means yes, if it is a clear one."""

    def name(self) -> Text:
        return "action_affirm"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if remark_of(tracker) == _NOTED:
            dispatcher.utter_message(response=_NOTHING_MORE)
            return []
        if _role_buttons(tracker):
            return _press_or_ask(dispatcher, tracker, "affirm")
        task = Task.of(tracker)
        if came_back(tracker):
            return _ask_what_is_meant(dispatcher, task)
        if _objects(tracker):
            return await _object(dispatcher, tracker)
        if task.is_declined_offer:
            return [FollowupAction(f"action_{task.topic}")]
        if not task.is_open:  # else the open question is asked again (rules.yml)
            offers = any(button["payload"] == _TO_A_PERSON for button in last_buttons(tracker))
            offers = offers and not _asked_for_more(tracker)
            dispatcher.utter_message(response="say_affirm_person" if offers else "say_affirm_unclear")
        return []


class Deny(Skill):
    """A typed no presses the button that means no, if it is a clear one, or declines what was asked for."""

    def name(self) -> Text:
        return "action_deny"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if _role_buttons(tracker):
            return _press_or_ask(dispatcher, tracker, "deny")
        task = Task.of(tracker)
        if came_back(tracker):
            return _ask_what_is_meant(dispatcher, task)
        if _objects(tracker):
            return await _object(dispatcher, tracker)
        done = _NOTHING_MORE if _asked_for_more(tracker) else "say_deny"
        dispatcher.utter_message(response="say_task_left" if task.is_open else done)
        return [task.left().kept()] if task.is_open else []


def _asked_for_more(tracker: Tracker) -> bool:
    """Whether the bot asked last whether there is anything else."""
    said = [(event.get("metadata") or {}).get("utter_action") for event in last_bot_messages(tracker)]
    return bool(said) and said[-1] in _ASKS_FOR_MORE


def _ask_what_is_meant(dispatcher: CollectingDispatcher, task: Task) -> Events:
    """A yes or no long after the question is not taken for an answer to it."""
    dispatcher.utter_message(response="say_long_ago", topics=[task.topic] if task.topic else [])
    return []


def _role_buttons(tracker: Tracker) -> List[Dict[Text, Any]]:
    return [button for button in last_buttons(tracker) if button.get("role")]


def _press_or_ask(dispatcher: CollectingDispatcher, tracker: Tracker, role: Text) -> Events:
    """What a yes or no sets off cannot always be undone, so one that is not clear is asked about."""
    buttons = _role_buttons(tracker)
    of_role = [button for button in buttons if button["role"] == role]
    meant = of_role[0] if len(of_role) == 1 else None
    confidence = (tracker.latest_message.get("intent") or {}).get("confidence") or 0.0
    if meant and confidence >= _CLEAR and not entity_value(tracker, "hesitation"):
        return press(meant, {FURTHER: waiting_questions(tracker)})
    if not of_role and confidence >= _CLEAR and not entity_value(tracker, "hesitation"):
        task = Task.of(tracker)
        if role == "deny" and task.is_open:
            dispatcher.utter_message(response="say_task_left")
            return [task.left().kept()]
        if role == "affirm" and task.is_open:
            return []  # the question is asked again
        dispatcher.utter_message(response="say_affirm_unclear" if role == "affirm" else "say_deny")
        return []
    asked = any((said.get("metadata") or {}).get("utter_action") in _ASKS_WHICH for said in last_bot_messages(tracker))
    dispatcher.utter_message(response=_ASKS_WHICH[1 if asked or len(of_role) > 1 else 0], choices=last_buttons(tracker))
    return [FollowupAction("action_listen")]  # with the buttons the open question has been asked again


class Repeat(Skill):
    """Says again what the bot said last; in other words to who did not understand it (`actions.asides`)."""

    def name(self) -> Text:
        return "action_repeat"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if asides.is_aside(tracker):
            return asides.answer(dispatcher, tracker)
        for said in last_bot_messages(tracker):
            buttons = said["data"].get("buttons") or []
            details = said.get("metadata") or {}
            kept = {name: details[name] for name in ("data", "language") if details.get(name)}
            dispatcher.utter_message(text=said["text"], buttons=buttons, **kept)
        if not dispatcher.messages:
            dispatcher.utter_message(response="say_nothing_to_repeat")
        return []


class StartOver(Skill):
    """Leaves what was begun; who the customer is, the language and what was told of a device stay."""

    def name(self) -> Text:
        return "action_start_over"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        task = Task.of(tracker)
        case = task.report.case if task.report and not task.is_open else None
        if case:  # what was opened can be taken back by support only
            dispatcher.utter_message(response="say_case_stays", reference=case)
        else:
            dispatcher.utter_message(response="say_task_left" if task.is_open else "say_started_over")
        return [task.left().kept()] if tracker.get_slot(SLOT) else []


class NegativeFeedback(Skill):
    """An answer did not help; where it was a decision about a device, a person is offered who can check that."""

    def name(self) -> Text:
        return "action_negative_feedback"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if _has_decided(tracker):
            return await _object(dispatcher, tracker)
        dispatcher.utter_message(response="say_negative_feedback")
        return []


def _objects(tracker: Tracker) -> bool:
    """Whether a yes or no says that what was decided is wrong ("no, that's not right")."""
    return bool(entity_value(tracker, "hesitation")) and _has_decided(tracker)


def _has_decided(tracker: Tracker) -> bool:
    told = [said.get("metadata") or {} for said in last_bot_messages(tracker)]
    return any(
        (each.get("data") or {}).get("kind") in _OBJECTED_TO or str(each.get("utter_action")).startswith(_OBJECTION)
        for each in told
    )


async def _object(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    choices = [button for button in _role_buttons(tracker) if button["payload"] != _TO_A_PERSON]
    tell(dispatcher, tracker, _OBJECTION, choices=choices)  # a yes to the case stays possible
    return []


class Repair(Skill):
    """Not understood: offers the likeliest topics; the second time in a row, a person.

    Who gives an e-mail address or a serial number without being asked wants to know about a device; who names damage
    wants to report it.
    """

    def name(self) -> Text:
        return "action_repair"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if entity_value(tracker, "email") or entity_value(tracker, "serial"):
            return [FollowupAction("action_check_coverage")]
        if entity_value(tracker, "damage_type"):
            return [FollowupAction("action_report_damage")]
        if _not_understood_before(tracker):
            tell(dispatcher, tracker, "say_person_offer")
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
