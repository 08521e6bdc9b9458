"""Conversations in an SQL database: masked before they are stored, erasable, never half lost."""

from __future__ import annotations

import asyncio
import copy
import json
from functools import lru_cache
from typing import Any, Callable, Dict, Iterable, List, Optional, Text, Type

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.storage.sqlite import engine_for

Mask = Callable[[Text], Text]
"""Replaces personal data in a text by marks."""

_KEPT_PARSE_DATA = ("intent", "entities", "response_selector", "language", "topics")
_FURTHER = "further"
"""The other questions of a message: parse data, each with its own."""
_KEPT_RANKS = 4
_NOT_KEPT_METADATA = ("identity", "address")
_PERSON = "agent"
"""Who answered, where it was not the bot: people repeat a customer's data to be sure of it."""
_SESSION_METADATA = "session_started_metadata"


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store with three differences.

    Before an event is written, personal data in what customers and people at support say is masked, and what nobody
    reads again (all ranks, tokens, identity tokens) is left out. A conversation whose slot `erase_conversation` is
    set is deleted instead of saved, and so is a minor's, but for that status. Database calls do not block the event
    loop. Errors reach the caller.
    """

    def __init__(
        self,
        url: Text,
        mask: Mask,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
    ) -> None:
        self._mask = mask
        super().__init__(domain=domain, host=url, event_broker=event_broker)
        if url.startswith("sqlite"):  # Rasa opens it anew for every query
            self.engine: Any = engine_for(url)
            self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    async def _retrieve(self, sender_id: Text, fetch_events_from_all_sessions: bool) -> Optional[DialogueStateTracker]:
        def read() -> List[Dict[Text, Any]]:
            with self.session_scope() as session:
                query = self._event_query(session, sender_id, fetch_events_from_all_sessions)
                return [json.loads(row.data) for row in query.with_entities(self.SQLEvent.data)]

        events = await asyncio.to_thread(read)
        if not events or not self.domain:
            return None
        return DialogueStateTracker.from_events(sender_id, read_events(events), self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new, masked; or delete everything where the customer wished it."""
        minor = tracker.get_slot("age_status") == "minor"
        if minor or tracker.get_slot("erase_conversation"):
            await self.erase(tracker.sender_id, tracker if minor else None)
            return
        await self.stream_events(tracker)
        await asyncio.to_thread(self._append, tracker)

    def _append(self, tracker: DialogueStateTracker) -> None:
        with self.session_scope() as session:
            self._write(session, tracker.sender_id, self._additional_events(session, tracker))

    def _write(self, session: Any, sender_id: Text, events: Iterable[Event]) -> None:
        for event in events:
            data = stored_form(event.as_dict(), self._mask)
            session.add(
                self.SQLEvent(
                    sender_id=sender_id,
                    type_name=event.type_name,
                    timestamp=data.get("timestamp"),
                    intent_name=data.get("parse_data", {}).get("intent", {}).get("name"),
                    action_name=data.get("name"),
                    data=json.dumps(data),
                )
            )
        session.commit()

    async def erase(self, sender_id: Text, minor: Optional[DialogueStateTracker] = None) -> None:
        """Delete a conversation for good.

        Args:
            sender_id: the conversation.
            minor: its tracker, where the writer is under age: that, and the language, is kept, and nothing else.
        """
        kept: List[Event] = []
        if minor:  # in this order: what is older than the start of the session is not read again
            kept.append(SessionStarted())
            slots = {name: minor.get_slot(name) for name in ("language", "age_status")}
            kept += [SlotSet(name, value) for name, value in slots.items() if value]
            kept.append(ActionExecuted(ACTION_LISTEN_NAME))

        def delete() -> None:
            with self.session_scope() as session:
                session.execute(sa.delete(self.SQLEvent).where(self.SQLEvent.sender_id == sender_id))
                self._write(session, sender_id, kept)

        await asyncio.to_thread(delete)

    async def forget(self, sender_id: Text) -> None:
        """Delete a conversation, whoever wrote it; see `erase` for what is kept of a minor's."""
        tracker = await self.retrieve(sender_id)
        is_minor = tracker is not None and tracker.get_slot("age_status") == "minor"
        await self.erase(sender_id, tracker if is_minor else None)

    async def idle_since(self, moment: float) -> List[Text]:
        """The conversations in which nothing has happened after `moment` (seconds since 1970)."""

        def read() -> List[Text]:
            with self.session_scope() as session:
                event = self.SQLEvent
                latest = sa.select(event.sender_id).group_by(event.sender_id)
                return list(session.execute(latest.having(sa.func.max(event.timestamp) < moment)).scalars())

        return await asyncio.to_thread(read)

    async def answers(self) -> bool:
        """Whether the database can be read now."""

        def probe() -> bool:
            with self.engine.connect() as connection:
                return connection.execute(sa.select(sa.literal(1))).scalar() == 1

        try:
            return await asyncio.to_thread(probe)
        except sa.exc.SQLAlchemyError:
            return False


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
    stored = copy.deepcopy(event)
    stored["text"] = mask(stored.get("text") or "")
    stored["parse_data"] = {**_stored_parse_data(stored.get("parse_data") or {}, mask), "text": stored["text"]}
    stored.pop("metadata", None)
    return stored


def _stored_parse_data(parse_data: Dict[Text, Any], mask: Mask) -> Dict[Text, Any]:
    kept = {key: parse_data[key] for key in _KEPT_PARSE_DATA if key in parse_data}
    kept["intent_ranking"] = (parse_data.get("intent_ranking") or [])[:_KEPT_RANKS]
    kept["text"] = mask(parse_data.get("text") or "")
    for entity in kept.get("entities") or []:
        if isinstance(entity.get("value"), str):
            entity["value"] = mask(entity["value"])
    if parse_data.get(_FURTHER):
        kept[_FURTHER] = [_stored_parse_data(question, mask) for question in parse_data[_FURTHER]]
    return kept
