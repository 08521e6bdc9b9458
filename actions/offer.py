"""A person was offered: why, so that the agent sees it when the customer accepts."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Mapping, Optional, Text

from rasa_sdk import Tracker

from actions.services import services

logger = logging.getLogger(__name__)

NEGATIVE_FEEDBACK = "negative_feedback"

UNHELPFUL = "say_negative_feedback"
"""The answer to who says, or shows by a thumb, that an answer did not help."""

_BY_ANSWER = {
    "say_person_offer": "misunderstood",
    "say_puzzled": "misunderstood",
    "say_action_failed": "failed",
    "say_registry_unavailable": "needs_support",
    "say_complaint": "complaint",
    "say_objection": "needs_support",
    "say_danger_contact": "danger",
    UNHELPFUL: NEGATIVE_FEEDBACK,
}
"""Answers that offer a person, without what the hour adds to their names."""

_SETTLED = ("assigned", "closed")
_SENT = "say_message_sent"
_BY_HOUR = ("_open", "_closed")


async def offer(tracker: Tracker, reason: Text) -> None:
    """An offer that cannot be kept is as good to the customer: the button under it works all the same."""
    try:
        language = tracker.get_slot("language")
        await services().desk.offer(tracker.sender_id, language, reason, services().now())
    except Exception as error:
        logger.warning("An offer of a person was not kept (%s).", type(error).__name__)


def offered_by(said: List[Dict[Text, Any]]) -> Optional[Text]:
    """The reason for which the messages of a skill offer a person; None where they do not.

    What is said to one of whom nothing may be kept is no offer.
    """
    kept = [message for message in said if not message.get("forget_customer")]
    reasons = [_reason(message.get("response"), message.get("data")) for message in kept]
    return next((reason for reason in reversed(reasons) if reason), None)


def reason_for_a_person(tracker: Tracker, otherwise: Text) -> Text:
    """Why a person was offered last, since a person had the conversation or got a message; else `otherwise`."""
    for event in reversed(tracker.events):
        if event["event"] == "user" and _intent(event) == NEGATIVE_FEEDBACK:
            return NEGATIVE_FEEDBACK
        if event["event"] == "user" and _intent(event) == "complaint":
            return "complaint"
        if event["event"] != "bot":
            continue
        details = event.get("metadata") or {}
        answer, data = details.get("utter_action"), details.get("data")
        if _is_settled(answer, data):
            return otherwise
        reason = _reason(answer, data)
        if reason:
            return reason
    return otherwise


def _reason(answer: Optional[Text], data: Optional[Mapping[Text, Any]]) -> Optional[Text]:
    name = answer or ""
    for suffix in _BY_HOUR:
        name = name.removesuffix(suffix)
    decided = isinstance(data, dict) and data.get("kind") == "damage_decision"
    if decided and data and data.get("outcome") == "needs_support":
        return "needs_support"
    return _BY_ANSWER.get(name)


def _is_settled(answer: Optional[Text], data: Any) -> bool:
    over = isinstance(data, dict) and data.get("kind") == "handoff" and data.get("state") in _SETTLED
    return over or (answer or "").startswith(_SENT)


def _intent(event: Dict[Text, Any]) -> Optional[Text]:
    return ((event.get("parse_data") or {}).get("intent") or {}).get("name")
