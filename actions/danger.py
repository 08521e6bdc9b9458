"""A customer in danger: what to do now is said before anything else, to everybody.

It says nothing of the program, so it needs neither an adult nor a customer who is identified.
"""

from __future__ import annotations

from typing import Any, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.skill import remark_of
from actions.tell import tell

DANGER = "danger"
"""The remark on a message that tells of fire, smoke, burns and the like; a customer in a queue has it as a wish."""

WARNED = "danger_warned"
"""The remark on the same message when it comes up again after the date of birth."""

ASKED = "danger_asked"
"""The remark on a question about what to do, right after the answer."""

DISPOSAL = "disposal"
"""The key of parse data of a message that asks where to throw the device away."""

HEALTH, CRY = "health", "cry"
"""The remarks on what is not about a device and cannot wait."""

CONTACT = "say_danger_contact"

_NEEDS = {HEALTH: "say_health", CRY: "say_emergency"}


def is_told(tracker: Tracker) -> bool:
    """Whether the customer's message tells of danger."""
    return remark_of(tracker) == DANGER


def is_answered(tracker: Tracker) -> bool:
    """Whether the message gets an answer of this module, whatever question is open."""
    return remark_of(tracker) in (DANGER, ASKED, HEALTH, CRY)


def need_of(tracker: Tracker) -> Optional[Text]:
    """`HEALTH`, `CRY` or None."""
    remark = remark_of(tracker)
    return remark if remark in _NEEDS else None


def warn(dispatcher: CollectingDispatcher, tracker: Tracker, *topics: Text, **values: Any) -> None:
    """What to do now, and how to reach a person at this hour. `topics`: the buttons below; `values`: of both answers.

    The first answer does not depend on the hour, or on anything else.
    """
    dispatcher.utter_message(response="say_danger", **values)
    if tracker.latest_message.get(DISPOSAL):
        dispatcher.utter_message(response="say_danger_disposal", **values)
    tell(dispatcher, tracker, CONTACT, topics=list(topics), **values)


def advise(dispatcher: CollectingDispatcher, tracker: Tracker, *topics: Text, **values: Any) -> None:
    """What to do with the device, as far as that is known here, and who knows more; see `warn`."""
    of_disposal = tracker.latest_message.get(DISPOSAL)
    dispatcher.utter_message(response="say_danger_disposal" if of_disposal else "say_danger_advice", **values)
    tell(dispatcher, tracker, CONTACT, topics=list(topics), **values)


def answer(dispatcher: CollectingDispatcher, tracker: Tracker, *topics: Text, **values: Any) -> bool:
    """Give the answer that the message needs at once, if it needs one (`is_answered`); whether it did."""
    need = need_of(tracker)
    if need:
        say_need(dispatcher, need, **values)
    elif is_told(tracker):
        warn(dispatcher, tracker, *topics, **values)
    elif remark_of(tracker) == ASKED:
        advise(dispatcher, tracker, *topics, **values)
    return is_answered(tracker)


def say_need(dispatcher: CollectingDispatcher, need: Text, **values: Any) -> None:
    """The number to call, and that there is no advice on health here."""
    dispatcher.utter_message(response=_NEEDS[need], **values)
