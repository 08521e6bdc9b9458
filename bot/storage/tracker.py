"""Conversations in an SQL database: masked before they are stored, erasable, never half lost."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from typing import Any, ContextManager, Dict, Iterable, List, Optional, Text, Tuple, cast

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.storage.conversation import Conversation
from bot.storage.events import Mask, read_events, stored_form
from bot.storage.held import Held, Written, held_back, holding
from bot.storage.kept import KeptConversations, Mark
from bot.storage.sqlite import engine_for

_EVENTS = SQLTrackerStore.SQLEvent.__table__
_SENDER = sa.bindparam("sender")
_NEWEST = sa.select(_EVENTS.c.timestamp).where(_EVENTS.c.sender_id == _SENDER).order_by(_EVENTS.c.id.desc()).limit(1)
_MARK = sa.select(sa.func.count(), sa.func.max(_EVENTS.c.id), _NEWEST.scalar_subquery()).where(
    _EVENTS.c.sender_id == _SENDER
)
_BEFORE = _NEWEST.offset(sa.bindparam("new"))
"""The same but for so many events that are new."""
_MARKS = _MARK.add_columns(_BEFORE.with_only_columns(_EVENTS.c.id).scalar_subquery(), _BEFORE.scalar_subquery())
_NOTHING = Mark(0, None, None)


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
        self._kept = KeptConversations()
        super().__init__(domain=domain, host=url, event_broker=event_broker)
        if url.startswith("sqlite"):  # Rasa opens it anew for every query
            self.engine: Any = engine_for(url)
            self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    def init_tracker(self, sender_id: Text) -> DialogueStateTracker:
        """A new conversation; it is in the database once it has an event."""
        tracker = Conversation(sender_id, self.domain.slots, max_event_history=self.max_event_history)
        tracker.stored = (_NOTHING, 0)
        return tracker

    async def _retrieve(self, sender_id: Text, fetch_events_from_all_sessions: bool) -> Optional[DialogueStateTracker]:
        if fetch_events_from_all_sessions:
            return self._tracker(sender_id, await asyncio.to_thread(self._events, sender_id, True))
        held = held_back(sender_id)
        if held is not None and isinstance(held.tracker, Conversation):
            return held.tracker.copy()
        self._kept.let_go()
        looked = held.looked if held else None
        mark, events = looked if looked else await asyncio.to_thread(self.read, sender_id)
        if events is None:
            kept = self._kept.get(sender_id, mark)
            if kept is not None:
                return kept
            events = await asyncio.to_thread(self._events, sender_id)  # it was let go meanwhile
        tracker = self._tracker(sender_id, events)
        if tracker is None:
            self._kept.drop(sender_id)  # erased by another process
            return None
        self._keep(tracker, mark)
        return tracker.copy()

    def read(self, sender_id: Text, connection: Any = None) -> Tuple[Mark, Optional[List[Dict[Text, Any]]]]:
        """See `Writer`."""
        wanted = self._kept.mark(sender_id)
        with nullcontext(connection) if connection else self.engine.connect() as asked:
            mark = Mark(*asked.execute(_MARK, {"sender": sender_id}).one())  # first: what is added then is not missed
        if mark == wanted:
            return mark, None
        return mark, self._events(sender_id) if mark.events else []

    def _events(self, sender_id: Text, all_sessions: bool = False) -> List[Dict[Text, Any]]:
        with self.session_scope() as session:
            query = self._event_query(session, sender_id, all_sessions).with_entities(self.SQLEvent.data)
            return [json.loads(row.data) for row in query]

    def _tracker(self, sender_id: Text, events: List[Dict[Text, Any]]) -> Optional[Conversation]:
        if not events or not self.domain:
            return None
        tracker = Conversation.from_events(sender_id, read_events(events), self.domain.slots)
        return cast(Conversation, tracker)

    def _keep(self, tracker: Conversation, mark: Mark) -> None:
        tracker.stored = (mark, len(tracker.events))
        tracker.describe()
        self._kept.keep(mark, tracker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new, masked; or delete everything where the customer wished it."""
        minor = tracker.get_slot("age_status") == "minor"
        if minor or tracker.get_slot("erase_conversation"):
            await self.erase(tracker.sender_id, tracker if minor else None)
            return
        await self.stream_events(tracker)
        stored = getattr(tracker, "stored", None)
        if stored and len(tracker.events) == stored[1]:
            return
        held = held_back(tracker.sender_id)
        if held is not None:
            held.tracker = tracker
            return

        def append() -> Written:
            with self.engine.begin() as connection:
                return self.append(connection, tracker)

        self.remember(tracker, await asyncio.to_thread(append))

    def hold(self, sender_id: Text, url: Any) -> ContextManager[Optional[Held]]:
        """Within it, what is saved of this conversation is held back, to be written in a transaction on the database
        at `url`. None where that is another one than ours: then it is stored at once, as ever.
        """
        return holding(self, sender_id) if url == self.engine.url else nullcontext()

    def append(self, connection: Any, tracker: DialogueStateTracker) -> Written:
        """See `Writer`."""
        stored = getattr(tracker, "stored", None)
        known = stored[1] if stored else self._count(connection, tracker.sender_id)
        rows = self._write(connection, tracker.sender_id, list(tracker.events)[known:])
        asked = {"sender": tracker.sender_id, "new": len(rows)}
        events, row, timestamp, *before = connection.execute(_MARKS, asked).one()
        known_before = Mark(events - len(rows), *before)
        return Written(known_before, Mark(events, row, timestamp), [json.loads(row["data"]) for row in rows])

    def _count(self, connection: Any, sender_id: Text) -> int:
        """How many events the latest session has: a tracker that is not one of ours does not know."""
        with self.sessionmaker(bind=connection) as session:
            return int(self._event_query(session, sender_id, fetch_events_from_all_sessions=False).count())

    def remember(self, tracker: DialogueStateTracker, written: Written) -> None:
        """Keep the conversation for the next turn, as it would be read then: masked, and its latest session only."""
        if isinstance(tracker, Conversation):
            tracker.stored = written.after, len(tracker.events)
        kept = self._kept.take(tracker.sender_id, written.before)
        if kept is None or not _go_on(kept, written):
            return
        for event in read_events(written.events):
            kept.update(event)
        self._keep(kept, written.after)

    def _write(self, connection: Any, sender_id: Text, events: Iterable[Event]) -> List[Dict[Text, Any]]:
        rows = []
        for event in events:
            data = stored_form(event.as_dict(), self._mask)
            rows.append(
                {
                    "sender_id": sender_id,
                    "type_name": event.type_name,
                    "timestamp": data.get("timestamp"),
                    "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
                    "action_name": data.get("name"),
                    "data": json.dumps(data),
                }
            )
        if rows:
            connection.execute(_EVENTS.insert(), rows)
        return rows

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
                self._write(session.connection(), sender_id, kept)
                session.commit()

        self._kept.drop(sender_id)
        held = held_back(sender_id)
        if held is not None:  # what was saved earlier in the turn is not written behind the erasure
            held.tracker = held.looked = None
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


def _go_on(kept: Conversation, written: Written) -> bool:
    """Whether what was written belongs to the latest session, and nobody else has written."""
    starts = (event.timestamp for event in reversed(kept.events) if event.type_name == SessionStarted.type_name)
    began = next(starts, 0.0)
    goes_on = (e["event"] != SessionStarted.type_name and e["timestamp"] >= began for e in written.events)
    return written.after.events == written.before.events + len(written.events) and all(goes_on)
