"""Events of a conversation in the form in which they are stored, and read from there."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, Dict, Iterable, List, Optional, Text, Type

from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

Mask = Callable[[Text], Text]
"""Replaces personal data in a text by marks."""

_KEPT_PARSE_DATA = ("intent", "entities", "response_selector", "language", "topics", "remark")
_FURTHER = "further"
"""The other questions of a message: parse data, each with its own."""
_KEPT_RANKS = 4
_NOT_KEPT_METADATA = ("identity", "address")
_PERSON = "agent"
"""Who answered, where it was not the bot: people repeat a customer's data to be sure of it."""
_SESSION_METADATA = "session_started_metadata"


def read_events(stored: Iterable[Dict[Text, Any]]) -> List[Event]:
    """The events as objects; Rasa looks through all its classes of events for every one of them."""
    kinds = _kinds_of_events()
    found: List[Optional[Event]] = []
    for data in stored:
        kind = kinds.get(data.get("event", ""))
        found.append(kind._from_parameters(data) if kind else Event.from_parameters(data))
    return [event for event in found if event]


@lru_cache(maxsize=1)
def _kinds_of_events() -> Dict[Text, Type[Event]]:
    kinds: Dict[Text, Type[Event]] = {}
    for kind in all_subclasses(Event):
        kinds.setdefault(kind.type_name, kind)
    return kinds


def stored_form(event: Dict[Text, Any], mask: Mask) -> Dict[Text, Any]:
    """The event as it is stored: text masked, parse data cut to what later turns read."""
    if event["event"] == "slot" and event["name"] == _SESSION_METADATA:
        value = {key: kept for key, kept in (event["value"] or {}).items() if key not in _NOT_KEPT_METADATA}
        return {**event, "value": value}
    if event["event"] == "bot" and (event.get("metadata") or {}).get("from") == _PERSON:
        return {**event, "text": mask(event.get("text") or "")}
    if event["event"] != "user":
        return event
    text = mask(event.get("text") or "")
    parse_data = _stored_parse_data(event.get("parse_data") or {}, text, mask)
    kept = {name: value for name, value in event.items() if name != "metadata"}
    return {**kept, "text": text, "parse_data": parse_data}


def _stored_parse_data(parse_data: Dict[Text, Any], text: Text, mask: Mask) -> Dict[Text, Any]:
    kept = {key: parse_data[key] for key in _KEPT_PARSE_DATA if key in parse_data}
    kept["intent_ranking"] = (parse_data.get("intent_ranking") or [])[:_KEPT_RANKS]
    kept["text"] = text
    kept["entities"] = [_stored_entity(entity, mask) for entity in parse_data.get("entities") or []]
    if parse_data.get(_FURTHER):
        further = parse_data[_FURTHER]
        kept[_FURTHER] = [_stored_parse_data(part, mask(part.get("text") or ""), mask) for part in further]
    return kept


def _stored_entity(entity: Dict[Text, Any], mask: Mask) -> Dict[Text, Any]:
    value = entity.get("value")
    return {**entity, "value": mask(value)} if isinstance(value, str) else entity
