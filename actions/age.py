"""The age gate's conversation: asks for the date of birth, keeps only whether the customer is an adult."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import asides, danger
from actions.identification import details_kept
from actions.identity.birth_date import BirthDate, Unclear, mask_birth_dates, read_birth_date, read_birth_year
from actions.program.age import is_adult
from actions.services import services
from actions.skill import (
    REMARK,
    SAID_OF_AGE,
    SOMEBODY,
    Events,
    Skill,
    remark_of,
    replay,
    said_last,
    said_of_age,
    topic_of,
)

_HINTS = {
    Unclear.INCOMPLETE: "say_birth_date_incomplete",
    Unclear.IMPOSSIBLE: "say_birth_date_impossible",
    Unclear.FUTURE: "say_birth_date_future",
    Unclear.TOO_OLD: "say_birth_date_too_old",
    Unclear.AMBIGUOUS: "say_birth_date_ambiguous",
}

_FIELD = {"kind": "ask", "field": "birth_date"}
"""Tells a widget to show a proper field for the date."""

_PERSON = "talk_to_human"
_TO_PEOPLE = (_PERSON, "complaint")
"""Topics of who wants a person, and gets the number to call at once."""

_EXPLAINED = "say_explain_birth_date"
_BESIDE_THE_QUESTION = {
    asides.PUZZLED: _EXPLAINED,
    asides.WHY: "say_ask_birth_date",
    asides.PRIVATE: "say_ask_birth_date",
    asides.SAFE: "say_ask_birth_date",
    asides.GENUINE: "say_ask_birth_date",
}
"""What is said beside the question for the date of birth -> the answer, which asks for it again."""

_NO_QUESTION = {
    "greet", "goodbye", "thank", "affirm", "deny", "repeat", "start_over", "positive_feedback", "negative_feedback",
    "change_language", "privacy", "bot_challenge", "delete_my_data", "faq/age_requirement",
    "other_language",
}  # fmt: skip
"""Topics that need no answer after the gate: small talk, and what is answered in front of it."""

_ANSWERED = (danger.ASKED, danger.HEALTH, danger.CRY)
"""Remarks on messages that have been answered in front of it."""

_YOUNGEST = 8
"""Years; what happened later than a birth so long ago is the birth of nobody who writes: a purchase, a slip."""

_FEW = 4
"""The most words beside a date that ask for nothing."""


class AgeGate(Skill):
    """Runs for every message that the gate holds back (`AgeGatePolicy`)."""

    def name(self) -> Text:
        return "action_age_gate"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if tracker.get_slot("age_status") == "minor":
            return [] if danger.answer(dispatcher, tracker, forget_customer=True) else _refuse(dispatcher)
        danger.answer(dispatcher, tracker, "talk_to_human")
        today = services().now().date()
        minimum_age = services().terms.minimum_age
        text = tracker.latest_message.get("text") or ""
        answer = read_birth_date(text, today, minimum_age)
        if isinstance(answer, BirthDate) and not is_adult(answer.value, today, _YOUNGEST):
            answer = Unclear.NONE  # the date of something else
        is_own = isinstance(answer, BirthDate) and said_of_age(tracker) != SOMEBODY
        if danger.need_of(tracker) == danger.HEALTH and not is_own:  # nothing else counts now
            return details_kept(tracker)
        if answer is not Unclear.NONE and said_of_age(tracker) == SOMEBODY:
            dispatcher.utter_message(response="say_birth_date_not_own", data=_FIELD)
            return details_kept(tracker)
        if answer is Unclear.INCOMPLETE and _is_year_of_a_minor(text, today, minimum_age):
            return _refuse(dispatcher)
        if not isinstance(answer, BirthDate):
            dispatcher.utter_message(response=_HINTS.get(answer) or _question(tracker), data=_FIELD)
            return details_kept(tracker)
        if not is_adult(answer.value, today, minimum_age):
            return _refuse(dispatcher)
        held_back = _first_question(tracker)
        dispatcher.utter_message(response="say_age_confirmed" if held_back else "say_age_confirmed_ask")
        passed = [SlotSet("age_status", "adult")]
        return passed + replay(_as_asked(held_back), held_back["text"]) if held_back else passed


def _is_year_of_a_minor(text: Text, today: date, minimum_age: int) -> bool:
    """Whether who was born on the first day of the year that the message gives is not old enough yet, but can write."""
    year = read_birth_year(text)
    born = date(year, 1, 1) if year else today
    return is_adult(born, today, _YOUNGEST) and not is_adult(born, today, minimum_age)


def _refuse(dispatcher: CollectingDispatcher) -> Events:
    """The end of the conversation for good; the stores keep nothing of it but the status."""
    dispatcher.utter_message(response="say_under_age", forget_customer=True)
    return [SlotSet("age_status", "minor")]


def _as_asked(event: Dict[Text, Any]) -> Dict[Text, Any]:
    """The parse data of a message that is answered now; what to do in danger the customer has been told already."""
    asked: Dict[Text, Any] = event["parse_data"]
    return {**asked, REMARK: danger.WARNED} if asked.get(REMARK) == danger.DANGER else asked


def _question(tracker: Tracker) -> Text:
    if remark_of(tracker) in (danger.DANGER, danger.ASKED):
        return "say_danger_birth_date"
    remark = str(remark_of(tracker))
    if remark in _BESIDE_THE_QUESTION and not (remark == asides.PUZZLED and said_last(tracker, _EXPLAINED)):
        return _BESIDE_THE_QUESTION[remark]
    if any(event["event"] == "action" and event["name"] == "action_age_gate" for event in tracker.events):
        return "say_ask_birth_date_again"
    if topic_of(tracker.latest_message) in _NO_QUESTION or danger.need_of(tracker):
        return "say_ask_birth_date"
    wants_a_person = topic_of(tracker.latest_message) in _TO_PEOPLE
    return "say_ask_birth_date_person" if wants_a_person else "say_ask_birth_date_first_question"


def _first_question(tracker: Tracker) -> Optional[Dict[Text, Any]]:
    """The first message of the conversation that asked for something; one that was understood goes first.

    A message that gave a date, or a part of one, counts only when it holds a clear question besides. Danger goes before
    other questions; who was in danger and asked for a person after that gets the person.
    """
    questions = [event for event in tracker.events if event["event"] == "user" and _is_question(event)]
    dangers = [event for event in questions if event["parse_data"].get(REMARK) == danger.DANGER]
    if dangers:
        persons = (event for event in questions if topic_of(event["parse_data"]) == _PERSON)
        questions = [*persons, *dangers, *questions]
    understood = [event for event in questions if topic_of(event["parse_data"]) != "nlu_fallback"]
    return next(iter(understood or questions), None)


def _is_question(event: Dict[Text, Any]) -> bool:
    topic, text = topic_of(event.get("parse_data") or {}), event.get("text") or ""
    if topic is None or topic in _NO_QUESTION or (event.get("parse_data") or {}).get(REMARK) in _ANSWERED:
        return False
    rest = mask_birth_dates(text)
    has_date = rest != text or "[date]" in text
    if not has_date and not _is_part_of_a_date(text):
        return True
    if has_date and event["parse_data"].get(SAID_OF_AGE) == SOMEBODY and "?" not in text:
        return False
    return topic not in ("nlu_fallback", "out_of_scope", "unsupported_topic") and len(rest.split()) > _FEW


def _is_part_of_a_date(text: Text) -> bool:
    """Whether a message is hardly more than a year, an age or a month."""
    terms, today = services().terms, services().now().date()
    return len(text.split()) <= _FEW and read_birth_date(text, today, terms.minimum_age) is not Unclear.NONE
