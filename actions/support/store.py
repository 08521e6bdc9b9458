"""Hand-offs in the database. Every change is one conditional UPDATE: of many who try at once, one succeeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from actions.support.absence import is_abandoned
from actions.support.database import Database
from actions.support.handoff import ASKED, CANCELLED, IN_DANGER, LEFT, Handoff, NotYours, ReplyBy, State
from actions.support.handoffs import Handoffs, Waited
from actions.support.rows import handoff_of, row_of
from actions.support.tables import handoffs, notes, originals, times

_ATTEMPTS = 5


class HandoffStore(Handoffs):
    """Changes them. All calls block and are meant for a thread; `now` is aware. Each may be called again: what is so
    stays so.

    `knows_absence`: agents work at our own page, so whose owner is not at work may be taken by a colleague.

    Raises (all calls): sqlalchemy.exc.SQLAlchemyError.
    """

    def __init__(
        self, database: Database, make_reference: Callable[[], str], waited: Waited, knows_absence: bool = False
    ) -> None:
        super().__init__(database, waited)
        self._make_reference, self._knows_absence = make_reference, knows_absence
        self.opened = object()
        """Another one whenever this process may have opened a hand-off in the chat."""

    def offer(self, conversation: str, language: str, reason: str, now: datetime) -> Handoff:
        """The conversation's open hand-off in the chat; a new one, offered, where it has none. The last offer
        counts.
        """
        offered = (handoffs.c.conversation_id == conversation) & (handoffs.c.state == State.OFFERED.value)
        with self._database.transaction() as connection:
            connection.execute(sa.update(handoffs).where(offered).values(reason=reason))
        return self._open(conversation, row_of(conversation, State.OFFERED, ReplyBy.CHAT, language, reason, now))

    def request(
        self,
        conversation: str,
        language: str,
        reason: str,
        now: datetime,
        brief: Mapping[str, Any],
        sealed: str | None = None,
    ) -> Handoff:
        """Queue the conversation, from now on; one that is queued or assigned stays as it is.

        A hand-off that was offered keeps the reason of the offer, where the customer gives none of his own.
        """
        values = row_of(conversation, State.QUEUED, ReplyBy.CHAT, language, reason, now, brief, sealed)
        kept = ("reason",) if reason == ASKED else ()
        accepted = {
            key: values[key]
            for key in ("state", "language", "requested_at", "brief", "sealed", "reason")
            if key not in kept
        }
        offered = (handoffs.c.conversation_id == conversation) & (handoffs.c.state == State.OFFERED.value)
        with self._database.transaction() as connection:
            connection.execute(sa.update(handoffs).where(offered).values(accepted))
        return self._open(conversation, values)

    def leave_message(
        self,
        conversation: str,
        language: str,
        reason: str,
        now: datetime,
        brief: Mapping[str, Any],
        sealed: str | None,
        wanted: str | None = None,
    ) -> Handoff:
        """A message that is answered by mail, queued for the agents.

        `wanted`: the reference that it is to have; where the conversation left one with it before, that is given.
        """
        values = row_of(conversation, State.QUEUED, ReplyBy.MAIL, language, reason, now, brief, sealed)
        for attempt in range(_ATTEMPTS):
            reference = wanted if wanted and attempt == 0 else self._make_reference()
            with self._database.transaction() as connection:
                insert = self._database.insert_if_free(handoffs).values(reference=reference, **values)
                made = connection.execute(insert).rowcount == 1
                found = self._get(connection, reference)
                if made or (reference == wanted and found.conversation == conversation):
                    return found
        raise RuntimeError(f"no free reference in {_ATTEMPTS} attempts")

    def alarm(self, conversation: str) -> Handoff | None:
        """The customer who waits in the chat is in danger: that is the reason now; None: nobody waits."""
        waits = (
            (handoffs.c.conversation_id == conversation)
            & (handoffs.c.state == State.QUEUED.value)
            & (handoffs.c.reply_by == ReplyBy.CHAT.value)
        )
        with self._database.transaction() as connection:
            connection.execute(sa.update(handoffs).where(waits).values(reason=IN_DANGER))
        return next(iter(self.select(waits)), None)

    def cancel(self, conversation: str, now: datetime) -> Handoff | None:
        """The customer does not want a person any more: ends what is offered or queued in the chat.

        Gives the open hand-off where there still is one: an agent was faster.
        """
        self._end_by_customer(conversation, (State.OFFERED, State.QUEUED), CANCELLED, now)
        return self.of(conversation)

    def leave(self, conversation: str, now: datetime) -> None:
        """The customer goes back to the bot, out of the queue or away from the person."""
        self._end_by_customer(conversation, (State.OFFERED, State.QUEUED), CANCELLED, now)
        self._end_by_customer(conversation, (State.ASSIGNED,), LEFT, now)

    def take(self, reference: str, agent: str, now: datetime) -> Handoff:
        """Give a queued hand-off to this agent; one that is this agent's already stays so.

        One whose agent is gone is taken over, where that is known.

        Raises:
            NotYours: another agent was faster, or the customer has cancelled.
            UnknownHandoff: there is none.
        """
        queued = (handoffs.c.reference == reference) & (handoffs.c.state == State.QUEUED.value)
        values = {"state": State.ASSIGNED.value, "owner": agent, "assigned_at": now.timestamp()}
        with self._database.transaction() as connection:
            taken = connection.execute(sa.update(handoffs).where(queued).values(values)).rowcount == 1
            if not taken and self._knows_absence:
                left = (handoffs.c.reference == reference) & (handoffs.c.owner != agent) & is_abandoned(now)
                if connection.execute(sa.update(handoffs).where(left).values(owner=agent)).rowcount == 1:
                    _note(connection, reference, "assigned", agent, agent, now)
            return self._owned(connection, reference, agent)

    def assign(self, reference: str, agent: str, colleague: str, now: datetime) -> Handoff:
        """Hand this agent's conversation to a colleague; repeated, nothing happens.

        Raises:
            NotYours, UnknownHandoff: as `take`.
        """
        with self._database.transaction() as connection:
            moved = connection.execute(sa.update(handoffs).where(_of(reference, agent)).values(owner=colleague))
            if moved.rowcount == 1:
                _note(connection, reference, "assigned", agent, colleague, now)
            return self._owned(connection, reference, colleague)

    def finish(self, reference: str, agent: str, state: State, outcome: str, now: datetime) -> bool:
        """Return the conversation to the bot or close it; whether this call did it. Repeated, nothing happens.

        The customer's words that were kept unmasked are deleted.

        Raises:
            NotYours: another agent has it, or it ended otherwise.
            UnknownHandoff: there is none.
        """
        values = {"state": state.value, "outcome": outcome, "ended_at": now.timestamp()}
        with self._database.transaction() as connection:
            done = connection.execute(sa.update(handoffs).where(_of(reference, agent)).values(values)).rowcount == 1
            handoff = self._get(connection, reference)
            if not done and (handoff.state is not state or handoff.owner != agent):
                raise NotYours(handoff)
            if done:
                self._measure(connection, handoff, now)
            return done

    def reopen(self, reference: str, sealed: str) -> Handoff:
        """A message that was answered by mail and is over is its agent's again; else nothing changes.

        `sealed`: what is known of the customer, which was forgotten when it ended.

        Raises:
            UnknownHandoff: there is none.
        """
        over = (handoffs.c.reference == reference) & (handoffs.c.reply_by == ReplyBy.MAIL.value)
        again = {"state": State.ASSIGNED.value, "outcome": None, "ended_at": None, "sealed": sealed}
        with self._database.transaction() as connection:
            closed = handoffs.c.state.in_([State.RETURNED.value, State.CLOSED.value])
            connection.execute(sa.update(handoffs).where(over, closed, handoffs.c.owner.is_not(None)).values(again))
            return self._get(connection, reference)

    def finish_untaken(self, reference: str, state: State, outcome: str, now: datetime) -> bool:
        """End what waits although no agent has taken it; whether this call did it. Nobody has handled it."""
        queued = (handoffs.c.reference == reference) & (handoffs.c.state == State.QUEUED.value)
        values = {"state": state.value, "outcome": outcome, "ended_at": now.timestamp()}
        with self._database.transaction() as connection:
            done = connection.execute(sa.update(handoffs).where(queued).values(values)).rowcount == 1
            if done:
                self._measure(connection, self._get(connection, reference), now)
            return done

    def remind(self, handoff: Handoff, now: datetime) -> bool:
        """Note that the customer has been told of other ways; False: that was done, or it has changed meanwhile."""
        told = handoff.reminded_at.timestamp() if handoff.reminded_at else None
        same = (
            (handoffs.c.reference == handoff.reference)
            & (handoffs.c.state == handoff.state.value)
            & handoffs.c.owner.is_not_distinct_from(handoff.owner)
            & handoffs.c.reminded_at.is_not_distinct_from(told)
        )
        with self._database.transaction() as connection:
            update = sa.update(handoffs).where(same).values(reminded_at=now.timestamp())
            return connection.execute(update).rowcount == 1

    def erase(self, conversation: str) -> None:
        """Delete everything about the conversation; the measured times stay, they name nobody."""
        own = handoffs.c.conversation_id == conversation
        with self._database.transaction() as connection:
            for table in (notes, originals):
                references = sa.select(handoffs.c.reference).where(own)
                connection.execute(sa.delete(table).where(table.c.reference.in_(references)))
            connection.execute(sa.delete(handoffs).where(own))

    def _open(self, conversation: str, values: Mapping[str, Any]) -> Handoff:
        self.opened = object()
        for _ in range(_ATTEMPTS):
            with self._database.transaction() as connection:
                insert = self._database.insert_if_free(handoffs)
                connection.execute(insert.values(reference=self._make_reference(), **values))
            found = self.of(conversation)
            if found is not None:
                return found
        raise RuntimeError(f"no free reference in {_ATTEMPTS} attempts")

    def _end_by_customer(
        self, conversation: str, states: Sequence[State], outcome: str, now: datetime
    ) -> None:
        chat = (handoffs.c.conversation_id == conversation) & (handoffs.c.reply_by == ReplyBy.CHAT.value)
        ended = {"state": State.RETURNED.value, "outcome": outcome, "ended_at": now.timestamp()}
        for state in states:
            update = sa.update(handoffs).where(chat, handoffs.c.state == state.value).values(ended)
            with self._database.transaction() as connection:
                rows = connection.execute(update).rowcount
                if rows == 1 and state is not State.OFFERED:
                    just = chat & (handoffs.c.state == State.RETURNED.value)
                    latest = sa.select(handoffs).where(just).order_by(handoffs.c.ended_at.desc()).limit(1)
                    self._measure(connection, handoff_of(connection.execute(latest).one()), now)

    def _measure(self, connection: Connection, handoff: Handoff, now: datetime) -> None:
        """Keep how long it took, and let go of what was kept unmasked."""
        handled = (now - handoff.assigned_at).total_seconds() if handoff.assigned_at else None
        connection.execute(
            times.insert().values(
                ended_at=now.timestamp(),
                reply_by=handoff.reply_by.value,
                language=handoff.language,
                reason=handoff.reason,
                outcome=handoff.outcome,
                waited=self._waited(handoff, handoff.assigned_at or now),
                handled=handled,
            )
        )
        connection.execute(sa.delete(originals).where(originals.c.reference == handoff.reference))
        row = handoffs.c.reference == handoff.reference
        connection.execute(sa.update(handoffs).where(row).values(sealed=None))


def _of(reference: str, agent: str) -> Any:
    return sa.and_(
        handoffs.c.reference == reference, handoffs.c.state == State.ASSIGNED.value, handoffs.c.owner == agent
    )


def _note(connection: Connection, reference: str, kind: str, author: str, text: str, now: datetime) -> None:
    values = {"reference": reference, "kind": kind, "author": author, "text": text, "at": now.timestamp()}
    connection.execute(notes.insert().values(values))
