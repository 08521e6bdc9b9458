"""What is kept beside a hand-off: notes, unmasked words while it is open, agents at work, measured times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

import sqlalchemy as sa

from actions.identity.sealed import Unsealable
from actions.support.absence import is_here
from actions.support.database import Database
from actions.support.handoff import ReplyBy, State
from actions.support.outbox_terms import Seals
from actions.support.rows import moment
from actions.support.tables import agents, handoffs, notes, originals, times

_MEASURED_SINCE = timedelta(days=14)
_MEASURED = 50
_WRITTEN = ("note", "answer")
"""Kinds of notes that people have written: they are sealed, for they may name the customer."""
_PURPOSE, _SEALED = "note of a hand-off", "gAAAA"


@dataclass(frozen=True)
class Note:
    """Something that agents see beside the chat. `kind`: note, assigned, shown (personal data), answer (by mail) or
    lost (an answer that could not be delivered). `text`: None where it was sealed with another key.
    """

    kind: str
    author: str
    text: str | None
    at: datetime


@dataclass(frozen=True)
class Today:
    """The day's figures. `waited`, `handled`: the mean in seconds, None without any; `longest`: who waited longest."""

    ended: int
    cancelled: int
    waited: float | None
    longest: float | None
    handled: float | None
    reasons: dict[str, int]
    outcomes: dict[str, int]


class Records:
    """All calls block and are meant for a thread. Raises (all calls): sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, database: Database, sealer: Seals) -> None:
        self._database, self._sealer = database, sealer

    def add_note(
        self, reference: str, kind: str, author: str, text: str, now: datetime, turn: str | None = None
    ) -> bool:
        """Keep a note with its hand-off; False: there is one of the same `turn`."""
        if kind in _WRITTEN:
            text = self._sealer.seal(_PURPOSE, reference, {"text": text}, now)
        values = {"reference": reference, "kind": kind, "author": author, "text": text, "at": now.timestamp()}
        with self._database.transaction() as connection:
            insert = self._database.insert_if_free(notes).values(turn=turn, **values)
            return connection.execute(insert).rowcount == 1

    def notes(self, reference: str) -> list[Note]:
        """The notes of a hand-off, oldest first."""
        query = sa.select(notes).where(notes.c.reference == reference).order_by(notes.c.id)
        with self._database.transaction() as connection:
            rows = connection.execute(query).all()
        return [Note(row.kind, row.author, self._text(row), moment(row.at)) for row in rows]

    def _text(self, row: Any) -> str | None:
        """What a note says; None where it was sealed with another key. Notes of earlier versions are not sealed."""
        if row.kind not in _WRITTEN or not row.text.startswith(_SEALED):
            return str(row.text)
        try:
            return str(self._sealer.unseal(_PURPOSE, row.reference, row.text)["text"])
        except Unsealable:
            return None

    def keep_original(self, reference: str, sealed: str, now: datetime) -> None:
        """Keep a customer's sealed words until the hand-off ends; one that has ended keeps nothing."""
        going_on = sa.select(
            sa.literal(reference), sa.literal(sealed), sa.literal(now.timestamp())
        ).where(
            sa.exists().where(
                handoffs.c.reference == reference,
                handoffs.c.state.in_([State.QUEUED.value, State.ASSIGNED.value]),
            )
        )
        with self._database.transaction() as connection:
            connection.execute(originals.insert().from_select(["reference", "sealed", "at"], going_on))

    def originals(self, reference: str) -> list[str]:
        """The sealed words, oldest first."""
        query = sa.select(originals.c.sealed).where(originals.c.reference == reference).order_by(originals.c.id)
        with self._database.transaction() as connection:
            return list(connection.execute(query).scalars())

    def position(self, requested_at: datetime, reference: str) -> int:
        """Which place in the queue of the chat: 1 is next."""
        waiting = (handoffs.c.state == State.QUEUED.value) & (handoffs.c.reply_by == ReplyBy.CHAT.value)
        earlier = sa.or_(
            handoffs.c.requested_at < requested_at.timestamp(),
            sa.and_(handoffs.c.requested_at == requested_at.timestamp(), handoffs.c.reference < reference),
        )
        query = sa.select(sa.func.count()).select_from(handoffs).where(waiting, earlier)
        with self._database.transaction() as connection:
            return int(connection.execute(query).scalar_one()) + 1

    def waiting(self) -> list[tuple[str, str, str]]:
        """(conversation, reference, language) of everybody in the queue of the chat, the next one first."""
        waiting = (handoffs.c.state == State.QUEUED.value) & (handoffs.c.reply_by == ReplyBy.CHAT.value)
        columns = (handoffs.c.conversation_id, handoffs.c.reference, handoffs.c.language)
        query = sa.select(*columns).where(waiting)
        with self._database.transaction() as connection:
            rows = connection.execute(query.order_by(handoffs.c.requested_at, handoffs.c.reference))
            return [(row.conversation_id, row.reference, row.language) for row in rows]

    def busy(self) -> int:
        """Conversations that agents have in the chat now."""
        mine = (handoffs.c.state == State.ASSIGNED.value) & (handoffs.c.reply_by == ReplyBy.CHAT.value)
        with self._database.transaction() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(handoffs).where(mine)).scalar_one())

    def at_work(self, now: datetime) -> int:
        """How many agents are at the desk."""
        return len(self.here(now))

    def here(self, now: datetime) -> frozenset[str]:
        """The names of the agents who are at the desk."""
        with self._database.transaction() as connection:
            return frozenset(connection.execute(sa.select(agents.c.name).where(is_here(now))).scalars())

    def owners(self, since: datetime) -> int:
        """How many agents have a chat, or ended one since then."""
        lately = sa.or_(handoffs.c.state == State.ASSIGNED.value, handoffs.c.ended_at > since.timestamp())
        theirs = (handoffs.c.owner.is_not(None)) & (handoffs.c.reply_by == ReplyBy.CHAT.value) & lately
        query = sa.select(sa.func.count(sa.distinct(handoffs.c.owner))).where(theirs)
        with self._database.transaction() as connection:
            return int(connection.execute(query).scalar_one())

    def handled(self, now: datetime) -> Sequence[float]:
        """How long the latest chats took their agents, in seconds."""
        recent = (times.c.handled.is_not(None)) & (times.c.reply_by == ReplyBy.CHAT.value)
        since = times.c.ended_at > (now - _MEASURED_SINCE).timestamp()
        query = sa.select(times.c.handled).where(recent, since).order_by(times.c.ended_at.desc()).limit(_MEASURED)
        with self._database.transaction() as connection:
            return list(connection.execute(query).scalars())

    def today(self, now: datetime) -> Today:
        """The figures of the day on which `now` is, in its own time zone."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        query = sa.select(times).where(times.c.ended_at >= midnight.timestamp(), times.c.ended_at <= now.timestamp())
        with self._database.transaction() as connection:
            rows = list(connection.execute(query))
        handled = [row.handled for row in rows if row.handled is not None]
        taken = [row.waited for row in rows if row.handled is not None]
        return Today(
            ended=len(rows),
            cancelled=len(rows) - len(handled),
            waited=fmean(taken) if taken else None,
            longest=max(taken, default=None),
            handled=fmean(handled) if handled else None,
            reasons=_counted(row.reason for row in rows),
            outcomes=_counted(row.outcome for row in rows),
        )


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())
