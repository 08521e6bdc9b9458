"""A customer in danger: what to do now is said before anything else, to everybody.

It says nothing of the program, so it needs neither an adult nor a customer who is identified.
"""

from __future__ import annotations

from typing import Any, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.skill import remark_of
from actions.tell import tell

DANGER = "danger"
"""The remark on a message that tells of fire, smoke, burns and the like; a customer in a queue has it as a wish."""

CONTACT = "say_danger_contact"


def is_told(tracker: Tracker) -> bool:
    """Whether the customer's message tells of danger."""
    return remark_of(tracker) == DANGER


def warn(dispatcher: CollectingDispatcher, tracker: Tracker, *topics: Text, **values: Any) -> None:
    """What to do now, and how to reach a person at this hour. `topics`: the buttons below; `values`: of both answers.

    The first answer does not depend on the hour, or on anything else.
    """
    dispatcher.utter_message(response="say_danger", **values)
    tell(dispatcher, tracker, CONTACT, topics=list(topics), **values)
