"""What is said beside the open question: what it means, why it is asked, what becomes of the answer.

The question stays open. Who does not understand it hears it in other words, and the next time that a person can help.
"""

from __future__ import annotations

from typing import Dict, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.identification import minutes_of_a_code
from actions.skill import REMARK, Events, last_bot_messages, remark_of, said_last
from actions.task import IDENTIFYING, Question, Task
from actions.tell import tell

PUZZLED, WHY, PRIVATE, SAFE, UNLESS = "puzzled", "why", "private", "safe", "unless"
REFUSED, VALID, THERE, RESTARTED, GENUINE = "refused", "valid", "there", "restarted", "genuine"
"""The remarks on such messages: it was not understood; why is that asked; who sees it; is it safe; what if I don't;
what if support says no; how long is the code valid; is anybody there; I have restarted the device; are you really IQOS.
"""

_KINDS = (PUZZLED, WHY, PRIVATE, SAFE, UNLESS, REFUSED, VALID, THERE, RESTARTED, GENUINE)
_ANSWERS: Dict[Text, Text] = {
    PRIVATE: "utter_privacy",
    SAFE: "utter_privacy",
    REFUSED: "say_case_refused",
    VALID: "say_code_valid",
    THERE: "say_here",
    RESTARTED: "say_restart_tried",
    GENUINE: "say_genuine",
}
_EXPLAINED = ("say_serial_unknown", "say_email_unknown")
"""Answers to something else that say in other words what is asked for."""


def is_aside(tracker: Tracker) -> bool:
    """Whether the customer's message is answered here."""
    return remark_of(tracker) in _KINDS


def wants_explanation(tracker: Tracker) -> bool:
    """Whether the open question is to be put in other words, with what it is for, and of a case what a no does."""
    remark = remark_of(tracker)
    return remark in (PUZZLED, WHY) or remark == UNLESS and Task.of(tracker).asks is Question.CASE


def answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Give the answer; the open question comes behind it, unless the answer asks it itself."""
    task, remark = Task.of(tracker), str(remark_of(tracker))
    if remark == PUZZLED and not last_bot_messages(tracker):
        dispatcher.utter_message(response="say_nothing_to_repeat")
        return []
    if remark == PUZZLED and (not task.is_open or _was_explained(tracker)):
        tell(dispatcher, tracker, "say_puzzled")
        return []
    if not wants_explanation(tracker):
        without = "say_without_identity" if task.asks in IDENTIFYING else "say_without_report"
        name = without if remark == UNLESS else _ANSWERS[remark]
        dispatcher.utter_message(response=name, **minutes_of_a_code())
    return [FollowupAction("action_come_back")] if task.is_open else []


def _was_explained(tracker: Tracker) -> bool:
    """Whether the bot's last answer was in other words already."""
    said = [event for event in tracker.events if event["event"] == "user"]
    before = (said[-2].get("parse_data") or {}) if len(said) > 1 else {}
    return before.get(REMARK) in (PUZZLED, WHY) or said_last(tracker, *_EXPLAINED)
