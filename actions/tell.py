"""Answers that name a way to a person know whether anybody is there."""

from __future__ import annotations

from typing import Any, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.support.wording import describe_moment


def tell(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Text, **values: Any) -> None:
    """Give the variant of an answer that fits the hour.

    `<answer>_open` gets `until`, `<answer>_closed` gets `opens`, and both get `values`.
    """
    now = services().now()
    status = services().contact.hours.status(now)
    language = tracker.get_slot("language")
    if status.next_change is None:  # closed (or open) for longer than anybody plans
        dispatcher.utter_message(response="say_contact_without_hours")
        return
    moment = describe_moment(status.next_change, now, language)
    dispatcher.utter_message(
        response=f"{answer}_open" if status.open else f"{answer}_closed",
        data={"kind": "opening_hours", "open": status.open, "next_change": status.next_change.isoformat()},
        **{"until" if status.open else "opens": moment, **values},
    )
