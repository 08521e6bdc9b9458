"""Hand-offs as they stand in the database, for those who only look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from actions.support.absence import is_abandoned
from actions.support.database import Database
from actions.support.handoff import Handoff, NotYours, ReplyBy, State, UnknownHandoff
from actions.support.hours import OpeningHours
from actions.support.rows import handoff_of
from actions.support.service_level import open_seconds
from actions.support.tables import handoffs

WAITING_LIMIT = timedelta(minutes=10)
"""Open hours after which a waiting customer is told of the other ways to support."""

_OPEN = [State.OFFERED.value, State.QUEUED.value, State.ASSIGNED.value]
_OPEN_CHAT = (
    sa.select(handoffs)
    .where(handoffs.c.conversation_id == sa.bindparam("conversation"))
    .where(handoffs.c.reply_by == ReplyBy.CHAT.value, sa.or_(*(handoffs.c.state == state for state in _OPEN)))
    .order_by(handoffs.c.requested_at, handoffs.c.reference)
    .limit(1)
)
"""Put together once: it is asked twice in every turn."""

Waited = Callable[[Handoff, datetime], float]
"""How long a hand-off has waited, up to a moment, by the service level: seconds in open hours."""


class Handoffs:
    """All calls block and are meant for a thread; `now` is aware.

    Raises (all calls): sqlalchemy.exc.SQLAlchemyError.
    """

    def __init__(self, database: Database, waited: Waited) -> None:
        self._database, self._waited = database, waited

    def check(self, reference: str, agent: str) -> Handoff:
        """The hand-off, where it is this agent's.

        Raises:
            NotYours, UnknownHandoff: as `take`.
        """
        with self._database.transaction() as connection:
            return self._owned(connection, reference, agent)

    def get(self, reference: str) -> Handoff:
        """The hand-off as it stands.

        Raises:
            UnknownHandoff: there is none.
        """
        with self._database.transaction() as connection:
            return self._get(connection, reference)

    def conversation_of(self, reference: str) -> str | None:
        """The conversation of a hand-off; None: there is none of this reference."""
        query = sa.select(handoffs.c.conversation_id).where(handoffs.c.reference == reference)
        with self._database.transaction() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return str(found) if found else None

    def of(self, conversation: str) -> Handoff | None:
        """The conversation's open hand-off in the chat; None: the bot has it."""
        with self._database.transaction() as connection:
            row = connection.execute(_OPEN_CHAT, {"conversation": conversation}).first()
        return handoff_of(row) if row else None

    def select(self, condition: Any, most: int = 1000) -> Sequence[Handoff]:
        """Hand-offs by a condition on the table, the longest waiting first."""
        query = sa.select(handoffs).where(condition).order_by(handoffs.c.requested_at, handoffs.c.reference)
        with self._database.transaction() as connection:
            return [handoff_of(row) for row in connection.execute(query.limit(most))]

    def overdue(self, hours: OpeningHours, now: datetime, gone: bool = False) -> Sequence[Handoff]:
        """Chats whose customers are to be told of other ways now: after `WAITING_LIMIT`, and when support closes.

        Who was told in open hours is told again when support has closed, for then nobody comes that evening.
        `gone`: also chats whose agent is not at work.
        """
        queued = handoffs.c.state == State.QUEUED.value
        waiting = sa.or_(queued, is_abandoned(now)) if gone else queued
        found = self.select(waiting & (handoffs.c.reply_by == ReplyBy.CHAT.value))
        if hours.status(now).open:
            limit = WAITING_LIMIT.total_seconds()
            return [each for each in found if each.reminded_at is None and self._waited(each, now) >= limit]
        return [each for each in found if not each.reminded_at or open_seconds(hours, each.reminded_at, now) > 0]

    def _owned(self, connection: Connection, reference: str, agent: str) -> Handoff:
        handoff = self._get(connection, reference)
        if handoff.state is not State.ASSIGNED or handoff.owner != agent:
            raise NotYours(handoff)
        return handoff

    @staticmethod
    def _get(connection: Connection, reference: str) -> Handoff:
        row = connection.execute(sa.select(handoffs).where(handoffs.c.reference == reference)).first()
        if row is None:
            raise UnknownHandoff(reference)
        return handoff_of(row)
