"""What a person who takes over gets to know, so that nothing has to be asked again."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa_sdk import Tracker

from actions.access import GRANT_SLOT
from actions.identity.details import mask_personal_data
from actions.identity.grants import NotIdentified
from actions.services import services
from actions.skill import topic_of
from actions.support.desk import SEALED, Said, Wish

_NO_QUESTION = {
    "talk_to_human", "affirm", "deny", "greet", "thank", "goodbye", "nlu_fallback", "change_language", "repeat",
    "start_over", None,
}  # fmt: skip
_LONGEST = 400
_MOST_SAID = 100


def wish_for_a_person(tracker: Tracker, reason: Text, **more: Any) -> Wish:
    """The conversation as the desk gets it.

    Args:
        tracker: of the conversation.
        reason: why a person is wanted.
        more: personal data to be sealed with it (`text`, `email`).
    """
    private = {key: value for key, value in {"customer_id": _customer_id(tracker), **more}.items() if value}
    now, conversation = services().now(), tracker.sender_id
    sealed = services().sealer.seal(SEALED, conversation, private, now) if private else None
    said = transcript(tracker.events)
    return Wish(conversation, tracker.get_slot("language"), reason, brief(tracker), sealed, said)


def brief(tracker: Tracker) -> Dict[Text, Any]:
    """Topic, first question, what was answered, whether the customer is identified, the decision: all masked."""
    asked = [event for event in tracker.events if event["event"] == "user" and _is_question(event)]
    topics = list(dict.fromkeys(topic_of(event.get("parse_data") or {}) for event in asked))
    first = mask_personal_data(asked[0].get("text") or "")[:_LONGEST] if asked else None
    return {
        "topic": topics[-1] if topics else None,
        "first_question": first,
        "tried": topics,
        "identified": _customer_id(tracker) is not None,
        "decision": _decision(tracker.events),
    }


def transcript(events: List[Dict[Text, Any]]) -> Tuple[Said, ...]:
    """What was said, oldest first: the last `_MOST_SAID`, each in one line. Customers' words are masked."""
    said = []
    for event in events:
        if event["event"] not in ("user", "bot") or not event.get("text"):
            continue
        who = "customer" if event["event"] == "user" else _speaker(event)
        said.append((who, " ".join(mask_personal_data(event["text"]).split())[:_LONGEST]))
    return tuple(said[-_MOST_SAID:])


def _speaker(event: Dict[Text, Any]) -> Text:
    return "agent" if (event.get("metadata") or {}).get("from") == "agent" else "bot"


def _is_question(event: Dict[Text, Any]) -> bool:
    return topic_of(event.get("parse_data") or {}) not in _NO_QUESTION


def _customer_id(tracker: Tracker) -> Optional[Text]:
    try:
        return services().grants.customer_id(tracker.get_slot(GRANT_SLOT), tracker.sender_id, services().now())
    except NotIdentified:
        return None


def _decision(events: List[Dict[Text, Any]]) -> Optional[Dict[Text, Any]]:
    """The last decision about a damaged device that the customer was told."""
    for event in reversed(events):
        data = (event.get("metadata") or {}).get("data") if event["event"] == "bot" else None
        if isinstance(data, dict) and data.get("kind") == "damage_decision":
            return data
    return None
