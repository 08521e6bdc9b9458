"""What a person who takes over gets to know, so that nothing has to be asked again."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional, Text, Tuple

from rasa_sdk import Tracker

from actions.access import GRANT_SLOT, account_of
from actions.coverage import coverage_now
from actions.coverage_answers import coverage_data
from actions.identity.details import mask_personal_data
from actions.identity.grants import NotIdentified
from actions.registry import RegistryUnavailable
from actions.services import services
from actions.skill import topic_of
from actions.support.desk import SEALED, Said, Wish
from actions.task import SLOT as TASK_SLOT
from actions.task import Question

_NO_QUESTION = {
    "talk_to_human", "affirm", "deny", "greet", "thank", "goodbye", "nlu_fallback", "change_language", "repeat",
    "start_over", "other_language", "negative_feedback", None,
}  # fmt: skip
_DAMAGE = "report_damage"
_BESIDE = {
    "ask_contact", "ask_opening_hours", "privacy", "bot_challenge", "help", "faq/age_requirement", "unsupported_topic",
    "out_of_scope", "positive_feedback",
}  # fmt: skip
"""Topics that are seldom what a person is wanted for."""

_LONGEST = 400
_MOST_SAID, _LONGEST_SAID = 100, 1000


async def wish_for_a_person(tracker: Tracker, reason: Text, **more: Any) -> Wish:
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
    return Wish(conversation, tracker.get_slot("language"), reason, await brief(tracker), sealed, said)


async def brief(tracker: Tracker) -> Dict[Text, Any]:
    """Topic, first question, what was answered, whether the customer is identified, devices, decision: all masked."""
    asked = list(_questions(tracker.events))
    topics = list(dict.fromkeys(topic_of(event.get("parse_data") or {}) for event in asked))
    first = _one_line(mask_personal_data(asked[0].get("text") or ""))[:_LONGEST] if asked else None
    return {
        "topic": _topic(topics),
        "first_question": first,
        "tried": topics,
        "identified": _customer_id(tracker) is not None,
        "coverage": await _coverage(tracker),
        "decision": _told(tracker.events, "damage_decision"),
    }


def _topic(topics: List[Optional[Text]]) -> Optional[Text]:
    """What it is about: a damaged device, else the last question that is no side issue, else the last."""
    if _DAMAGE in topics:
        return _DAMAGE
    own = [topic for topic in topics if topic not in _BESIDE]
    return (own or topics or [None])[-1]


def transcript(events: List[Dict[Text, Any]]) -> Tuple[Said, ...]:
    """What was said, oldest first: the last `_MOST_SAID`, each in one line. What people wrote is masked."""
    said: List[Said] = []
    for event in events:
        if event["event"] not in ("user", "bot") or not event.get("text"):
            continue
        who, text = _speaker(event), event["text"]
        if who == "customer" and not event.get("input_channel") and said and said[-1][0] == who:
            continue  # a yes that stands for a button: the skills have pressed it
        said.append((who, _one_line(text if who == "bot" else mask_personal_data(text))[:_LONGEST_SAID]))
    return tuple(said[-_MOST_SAID:])


def _one_line(text: Text) -> Text:
    """Without line breaks: in a list of facts, a customer's words must not look like further facts."""
    return " ".join(text.split())


def _speaker(event: Dict[Text, Any]) -> Text:
    if event["event"] == "user":
        return "customer"
    return "agent" if (event.get("metadata") or {}).get("from") == "agent" else "bot"


def _questions(events: List[Dict[Text, Any]]) -> Iterator[Dict[Text, Any]]:
    """What the customer asked. A message to support, and the address for it, only look like questions."""
    open_question = None
    for event in events:
        if event["event"] == "slot" and event["name"] == TASK_SLOT:
            open_question = (event.get("value") or {}).get("asks")
        elif event["event"] == "user":
            topic = topic_of(event.get("parse_data") or {})
            is_answer = open_question == Question.MESSAGE.value or (
                open_question == Question.REPLY_ADDRESS.value and not (topic or "").startswith("faq/")
            )
            if topic not in _NO_QUESTION and not is_answer:
                yield event


def _customer_id(tracker: Tracker) -> Optional[Text]:
    try:
        return services().grants.customer_id(tracker.get_slot(GRANT_SLOT), tracker.sender_id, services().now())
    except NotIdentified:
        return None


async def _coverage(tracker: Tracker) -> Optional[Dict[Text, Any]]:
    """The devices of a customer who is identified, as they stand now; else what the customer was told last."""
    try:
        account = await account_of(tracker)
        if account is not None:
            return coverage_data(coverage_now(account))
    except (NotIdentified, RegistryUnavailable):  # a person is wanted all the more
        pass
    return _told(tracker.events, "coverage")


def _told(events: List[Dict[Text, Any]], kind: Text) -> Optional[Dict[Text, Any]]:
    """The last `data` of a kind that the customer was told."""
    for event in reversed(events):
        data = (event.get("metadata") or {}).get("data") if event["event"] == "bot" else None
        if isinstance(data, dict) and data.get("kind") == kind:
            return data
    return None
