"""The rows of the outbox. A claim is one conditional UPDATE: of many processes that try at once, one succeeds."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from actions.support.database import Database
from actions.support.rows import moment
from actions.support.tables import outbox

WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"

LEASE = timedelta(minutes=3)
"""How long a claim lasts. What is not settled by then, because its process has died, is due again."""

LAST_TRY = timedelta(days=3)
"""How long delivery is tried before it is given up."""

KEYS_KEPT = timedelta(days=7)
"""How long it is remembered that something with a key has gone out."""

_AT_A_TIME = 50


@dataclass(frozen=True)
class Entry:
    """Something that this process has claimed. `attempt`: 1 is the first. `last_try_at` is aware, in UTC."""

    id: int
    lease: str
    kind: str
    lane: str
    sealed: str
    attempt: int
    last_try_at: datetime


@dataclass(frozen=True)
class Tally:
    """How many entries of a kind are in a state, since when the oldest is there, and the failures met, by name."""

    kind: str
    state: str
    count: int
    oldest: datetime
    errors: dict[str, int]


class OutboxStore:
    """All calls block and are meant for a thread; `now` is aware.

    Raises (all calls): sqlalchemy.exc.SQLAlchemyError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, lane: str, sealed: str, key: str | None, now: datetime) -> bool:
        """Keep an entry, due at once; False: one with this key is there, or was and has gone out."""
        seconds = now.timestamp()
        values = {
            "kind": kind,
            "lane": lane,
            "key": key,
            "state": WAITING,
            "sealed": sealed,
            "added_at": seconds,
            "due_at": seconds,
            "last_try_at": (now + LAST_TRY).timestamp(),
            "attempts": 0,
        }
        with self._database.transaction() as connection:
            return connection.execute(self._database.insert_if_free(outbox).values(**values)).rowcount == 1

    def has(self, lane: str, key: str) -> bool:
        """Whether what was added to the lane with this key waits, was given up, or has gone out of late."""
        query = sa.select(outbox.c.id).where(outbox.c.lane == lane, outbox.c.key == key)
        with self._database.transaction() as connection:
            return connection.execute(query).first() is not None

    def lane_of(self, key: str) -> str | None:
        """The lane of what was added with this key, as long as the key is kept."""
        with self._database.transaction() as connection:
            found = connection.execute(sa.select(outbox.c.lane).where(outbox.c.key == key)).scalar_one_or_none()
        return str(found) if found else None

    def claim(self, kinds: Collection[str], now: datetime) -> Entry | None:
        """An entry that is due, now leased to the caller: the oldest that waits in its lane. None: nothing is due."""
        for row in self._due(kinds, now):
            lease, until = secrets.token_hex(16), (now + LEASE).timestamp()
            claim = sa.update(outbox).where(outbox.c.id == row.id, _is_due(now))
            with self._database.transaction() as connection:
                if connection.execute(claim.values(lease=lease, leased_until=until)).rowcount == 1:
                    attempt, last = row.attempts + 1, moment(row.last_try_at)
                    return Entry(row.id, lease, row.kind, row.lane, row.sealed, attempt, last)
        return None

    def sent(self, entry: Entry, now: datetime) -> None:
        """It has gone out: its body is deleted, its key is kept for `KEYS_KEPT`."""
        values = {"state": SENT, "sealed": None, "ended_at": now.timestamp(), "lease": None, "error": None}
        own = _claimed(entry)
        with self._database.transaction() as connection:
            connection.execute(sa.delete(outbox).where(own, outbox.c.key.is_(None)))
            connection.execute(sa.update(outbox).where(own).values(values))

    def later(self, entry: Entry, error: str, due: datetime) -> None:
        """It has failed for now; the next attempt is at `due`."""
        values = {"attempts": entry.attempt, "error": error, "due_at": due.timestamp()}
        self._settle(entry, {**values, "lease": None, "leased_until": None})

    def give_up(self, entry: Entry, error: str, now: datetime) -> bool:
        """It stays where it is, and nobody tries any more until `retry`. False: it is not the caller's any more."""
        values = {"attempts": entry.attempt, "error": error, "state": GIVEN_UP, "ended_at": now.timestamp()}
        return self._settle(entry, {**values, "lease": None, "leased_until": None})

    def retry(self, now: datetime) -> int:
        """Let everything that was given up, and everything that waits for its next attempt, be due; how many."""
        values = {
            "state": WAITING,
            "due_at": now.timestamp(),
            "last_try_at": (now + LAST_TRY).timestamp(),
            "attempts": 0,
            "ended_at": None,
        }
        tried = sa.or_(outbox.c.state == GIVEN_UP, (outbox.c.state == WAITING) & (outbox.c.attempts > 0))
        with self._database.transaction() as connection:
            return connection.execute(sa.update(outbox).where(tried).values(values)).rowcount

    def drop(self) -> int:
        """Delete everything that was given up; how many."""
        with self._database.transaction() as connection:
            return connection.execute(sa.delete(outbox).where(outbox.c.state == GIVEN_UP)).rowcount

    def erase(self, lane: str) -> None:
        """Delete everything of a lane, of every kind."""
        with self._database.transaction() as connection:
            connection.execute(sa.delete(outbox).where(outbox.c.lane == lane))

    def forget_keys(self, now: datetime) -> None:
        """Delete what went out longer than `KEYS_KEPT` ago."""
        old = outbox.c.ended_at < (now - KEYS_KEPT).timestamp()
        with self._database.transaction() as connection:
            connection.execute(sa.delete(outbox).where(outbox.c.state == SENT, old))

    def next_due(self, kinds: Collection[str]) -> datetime | None:
        """When the next entry is due or its lease ends; None: nothing waits."""
        at = sa.func.min(sa.func.coalesce(outbox.c.leased_until, outbox.c.due_at))
        query = sa.select(at).where(outbox.c.state == WAITING, outbox.c.kind.in_(list(kinds)), _first_in_lane())
        with self._database.transaction() as connection:
            seconds = connection.execute(query).scalar_one()
        return moment(seconds) if seconds is not None else None

    def tallies(self) -> list[Tally]:
        """What has not gone out, by kind and state."""
        per_error = (
            sa.select(
                outbox.c.kind,
                outbox.c.state,
                outbox.c.error,
                sa.func.count().label("count"),
                sa.func.min(outbox.c.added_at).label("oldest"),
            )
            .where(outbox.c.state != SENT)
            .group_by(outbox.c.kind, outbox.c.state, outbox.c.error)
        )
        with self._database.transaction() as connection:
            rows = list(connection.execute(per_error))
        return [_tally(group, rows) for group in sorted({(row.kind, row.state) for row in rows})]

    def _due(self, kinds: Collection[str], now: datetime) -> Sequence[sa.engine.Row]:
        query = sa.select(outbox).where(_is_due(now), outbox.c.kind.in_(list(kinds)), _first_in_lane())
        with self._database.transaction() as connection:
            return list(connection.execute(query.order_by(outbox.c.due_at, outbox.c.id).limit(_AT_A_TIME)))

    def _settle(self, entry: Entry, values: dict) -> bool:
        with self._database.transaction() as connection:
            return connection.execute(sa.update(outbox).where(_claimed(entry)).values(values)).rowcount == 1


def _is_due(now: datetime) -> sa.sql.ColumnElement:
    seconds = now.timestamp()
    free = sa.or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= seconds)
    return sa.and_(outbox.c.state == WAITING, outbox.c.due_at <= seconds, free)


def _first_in_lane() -> sa.sql.ColumnElement:
    earlier = outbox.alias()
    same = (earlier.c.kind == outbox.c.kind) & (earlier.c.lane == outbox.c.lane)
    return sa.not_(sa.exists().where(earlier.c.state == WAITING, same, earlier.c.id < outbox.c.id))


def _claimed(entry: Entry) -> sa.sql.ColumnElement:
    return sa.and_(outbox.c.id == entry.id, outbox.c.lease == entry.lease)


def _tally(group: tuple[str, str], rows: Sequence[sa.engine.Row]) -> Tally:
    own = [row for row in rows if (row.kind, row.state) == group]
    errors = {row.error: row.count for row in own if row.error}
    return Tally(*group, sum(row.count for row in own), moment(min(row.oldest for row in own)), errors)
