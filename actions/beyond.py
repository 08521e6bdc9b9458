"""What the source says nothing about: that is said, with who knows. Nothing is said of the law, or of other sellers."""

from __future__ import annotations

from typing import Dict, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.skill import remark_of
from actions.support.wording import describe_exceptions

HOLIDAY = "holiday"
"""The remark on a question for the opening hours of a holiday."""

_ANSWERS: Dict[Text, Text] = {
    "law": "say_beyond_law",
    "used": "say_beyond_used",
    "police": "say_beyond_police",
    "scam": "say_beyond_scam",
    "decides": "say_beyond_decides",
}
"""The remark on a message -> its answer."""


def is_asked(tracker: Tracker) -> bool:
    """Whether the message is such a question, whatever else is written in it."""
    return remark_of(tracker) in _ANSWERS


def answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Give the answer to such a question; whether the message is one."""
    name = _ANSWERS.get(str(remark_of(tracker)))
    if name:
        dispatcher.utter_message(response=name)
    return name is not None


def tell_holidays(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """After the opening hours: the days to come that have hours of their own, or that none are known."""
    if remark_of(tracker) != HOLIDAY:
        return
    contact, today = services().contact, services().now().date()
    days = describe_exceptions(contact, today, tracker.get_slot("language"))
    if days:
        dispatcher.utter_message(response="say_holidays", days=days)
    else:
        dispatcher.utter_message(response="say_holidays_unknown")
