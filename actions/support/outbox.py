"""What must leave the house: kept in the database until it has, worked off in the background."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from actions.support.database import Database
from actions.support.outbox_store import GIVEN_UP, LEASE, Entry, OutboxStore, Tally
from actions.support.outbox_terms import Deliver, Never, NotNow, Seals, described, name_of

logger = logging.getLogger(__name__)

LONGEST_ATTEMPT = LEASE - timedelta(seconds=60)
"""An attempt that takes longer has failed: another process could take it for abandoned."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
"""Pauses between attempts double from the first to the longest; each is lengthened by up to its half at random."""

__all__ = ["Deliver", "Never", "NotNow", "Outbox", "Seals", "described"]

_PURPOSE = "outbox"
_POLL = 5.0
_GRACE = 2.5
_FORGET_EVERY = timedelta(hours=1)


class Outbox:
    """Everything is delivered at least once: whoever receives it must know a repetition by something in its body.

    Of one kind, what is in the same lane goes out in the order in which it was added; what is given up lets the rest of
    its lane pass. Several processes may share one database. Bodies are sealed; logs and rows name the classes of
    failures and never their texts, because servers write addresses into them.

    Args:
        database: keeps it.
        sealer: seals the bodies, bound to their lane.
        clock: the present moment, aware.
        jitter: gives a number from 0 to 1, by which pauses are lengthened; None: at random.
        at_once: how many are delivered at the same time.
    """

    def __init__(
        self,
        database: Database,
        sealer: Seals,
        clock: Callable[[], datetime],
        jitter: Callable[[], float] | None = None,
        at_once: int = 4,
    ) -> None:
        self._database = database
        self.store = OutboxStore(database)
        self._sealer, self._clock, self._at_once = sealer, clock, at_once
        self._jitter = jitter or random.SystemRandom().random
        self._kinds: dict[str, Deliver] = {}
        self._given_up: dict[str, Deliver] = {}
        self._waker: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None
        self._stopping = False
        self._forget_at: datetime | None = None

    def beside(self, at_once: int) -> Outbox:
        """Another one on the same table, for kinds of its own: neither waits for the other's deliveries."""
        return Outbox(self._database, self._sealer, self._clock, self._jitter, at_once)

    def register(self, kind: str, deliver: Deliver, given_up: Deliver | None = None) -> None:
        """Say how a kind is delivered. Kinds that nobody has registered wait, for this or another process.

        `given_up`: gets the body of what is given up; what it raises is logged.
        """
        self._kinds[kind] = deliver
        if given_up is not None:
            self._given_up[kind] = given_up

    def add(self, kind: str, lane: str, body: Mapping[str, Any], key: str | None = None) -> bool:
        """Keep `body` (what JSON can hold) for delivery. Blocks; it survives a crash once this has returned.

        Args:
            kind: as registered, at most 20 characters.
            lane: what is delivered in order and erased together: a conversation's id, at most 100 characters.
            body: is sealed.
            key: makes it safe to add the same again; names nobody, at most 128 characters, unique among all kinds.

        Returns:
            False: something with this key is there already, or has gone out within the last days.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it could not be kept.
        """
        now = self._clock()
        sealed = self._sealer.seal(_PURPOSE, lane, dict(body), now)
        added = self.store.add(kind, lane, sealed, key, now)
        waker = self._waker
        if added and waker is not None and not waker[0].is_closed():
            waker[0].call_soon_threadsafe(waker[1].set)
        return added

    def erase(self, lane: str) -> None:
        """Delete what has not gone out of a lane, and that anything has. Blocks.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database does not answer.
        """
        self.store.erase(lane)

    def left(self) -> list[Tally]:
        """What has not gone out, without a word of what it is. Blocks; raises as `erase`."""
        return self.store.tallies()

    async def work_off(self) -> int:
        """Deliver what is due now, and what becomes due by that; how many went out.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database does not answer; what was claimed is due after its lease.
        """
        first = await self._claim()
        if first is None:
            return 0
        workers = [self._work(first), *(self._work() for _ in range(self._at_once - 1))]
        done = await asyncio.gather(*workers, return_exceptions=True)
        for outcome in done:
            if isinstance(outcome, BaseException):
                raise outcome
        return sum(outcome for outcome in done if isinstance(outcome, int))

    async def run(self) -> None:
        """Work off for as long as the server lives: at once what this process adds, within seconds all else.

        A delivery that takes long keeps one of `at_once` places and nobody waits for its end. Cancelled, it lets
        attempts that are under way end within a moment, so that they are not made twice.
        """
        woken = asyncio.Event()
        self._waker, self._stopping = (asyncio.get_running_loop(), woken), False
        await self._report()
        under_way: set[asyncio.Future[Any]] = set()
        try:
            while True:
                woken.clear()
                filling = asyncio.ensure_future(self._fill(under_way, woken))
                pause = await asyncio.shield(filling)
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(woken.wait(), pause)
        finally:
            self._waker, self._stopping = None, True
            await asyncio.wait({filling}, timeout=_GRACE)  # what it has just claimed is tried
            if under_way:
                await asyncio.wait(under_way, timeout=_GRACE)

    async def _fill(self, under_way: set[asyncio.Future[Any]], woken: asyncio.Event) -> float:
        """Begin what is due, as far as there are free places; the seconds until the next look."""

        def ended(attempt: asyncio.Future[Any]) -> None:
            under_way.discard(attempt)
            woken.set()

        try:
            while len(under_way) < self._at_once and not self._stopping:
                entry = await self._claim()
                if entry is None:
                    return await self._until_next()
                attempt = asyncio.ensure_future(self._attempt(entry))
                under_way.add(attempt)
                attempt.add_done_callback(ended)
        except Exception as error:  # the next look tries again
            _report_fault(error)
        return _POLL

    async def _attempt(self, entry: Entry) -> None:
        try:
            await self._try(entry)
        except Exception as error:  # it is due again after its lease
            _report_fault(error)

    async def _until_next(self) -> float:
        now = self._clock()
        if self._forget_at is None or now >= self._forget_at:
            self._forget_at = now + _FORGET_EVERY
            await asyncio.to_thread(self.store.forget_keys, now)
        due = await asyncio.to_thread(self.store.next_due, list(self._kinds))
        return _POLL if due is None else min(_POLL, max(0.1, (due - now).total_seconds()))

    async def _report(self) -> None:
        """What an operator should know at the start."""
        try:
            for tally in await asyncio.to_thread(self.left):
                if tally.state == GIVEN_UP or tally.errors:
                    level = logging.ERROR if tally.state == GIVEN_UP else logging.WARNING
                    logger.log(level, "Outbox: %s", described(tally))
        except SQLAlchemyError as error:
            logger.error("The outbox cannot be read (%s).", type(error).__name__)

    async def _claim(self) -> Entry | None:
        return await asyncio.to_thread(self.store.claim, list(self._kinds), self._clock())

    async def _work(self, entry: Entry | None = None) -> int:
        """Deliver `entry`, and all that is due then; how many went out."""
        sent, entry = 0, entry or await self._claim()
        while entry is not None:
            sent += await self._try(entry)
            entry = None if self._stopping else await self._claim()
        return sent

    async def _try(self, entry: Entry) -> bool:
        try:
            body = self._sealer.unseal(_PURPOSE, entry.lane, entry.sealed)
        except Exception as error:  # sealed with another key: an operator may bring that key back
            await self._give_up(entry, error)
            return False
        try:
            await asyncio.wait_for(self._kinds[entry.kind](body), LONGEST_ATTEMPT.total_seconds())
        except Never as error:
            await self._give_up(entry, error, body)
        except Exception as error:
            await self._fail(entry, error, body)
        else:
            await asyncio.to_thread(self.store.sent, entry, self._clock())
            return True
        return False

    async def _fail(self, entry: Entry, error: Exception, body: Mapping[str, Any]) -> None:
        now = self._clock()
        if now >= entry.last_try_at:
            await self._give_up(entry, error, body)
            return
        wait = self._pause(entry.attempt, getattr(error, "retry_after", None))
        logger.warning("Not delivered: %s (%s), attempt %d.", entry.kind, name_of(error), entry.attempt)
        await asyncio.to_thread(self.store.later, entry, name_of(error), now + wait)

    async def _give_up(self, entry: Entry, error: Exception, body: Mapping[str, Any] | None = None) -> None:
        if not await asyncio.to_thread(self.store.give_up, entry, name_of(error), self._clock()):
            return  # it was erased meanwhile, or has become another process's
        logger.error(
            "Given up: %s (%s), attempt %d. It is kept: python -m bot desk outbox list",
            entry.kind,
            name_of(error),
            entry.attempt,
        )
        tell = self._given_up.get(entry.kind)
        if tell is None or body is None:
            return
        try:
            await tell(body)
        except Exception as failure:
            logger.error("Nobody was told of a given up %s (%s).", entry.kind, type(failure).__name__)

    def _pause(self, attempt: int, at_least: float | None) -> timedelta:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempt - 1, 20)) * (1 + self._jitter() / 2)
        return max(pause, timedelta(seconds=min(at_least or 0, LONGEST_PAUSE.total_seconds())))


def _report_fault(error: Exception) -> None:
    logger.error("The outbox cannot be worked off now (%s).", type(error).__name__)
