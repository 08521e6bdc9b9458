"""The desk that answers by mail alone: a ticket with the conversation goes to support, which answers from there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from actions.support.database import Database
from actions.support.desk import Wish
from actions.support.handoff import Handoff
from actions.support.outbox import Outbox
from actions.support.service_level import Place
from actions.support.store import HandoffStore

logger = logging.getLogger(__name__)

Write = Callable[[str, Wish], Mapping[str, Any]]
"""(reference, wish) -> the ticket, as the outbox delivers it. Raises ValueError where the wish has no address."""

MESSAGE = "message"
"""The reason of a wish that gives none: a message was left."""

_ATTEMPTS = 5


class EmailDesk:
    """See `Desk`. Nobody is there in the chat; a message that is left becomes a ticket.

    The ticket is in the outbox before its reference is told, and nowhere else: what has gone out is support's alone.

    Args:
        database: keeps why a person was offered.
        outbox: takes the tickets out of the house.
        kind: how the outbox delivers them.
        make_reference: makes the number of a ticket.
        write: see `Write`.
    """

    def __init__(
        self, database: Database, outbox: Outbox, kind: str, make_reference: Callable[[], str], write: Write
    ) -> None:
        self._store = HandoffStore(database, make_reference, lambda handoff, now: 0.0)
        self._outbox, self._kind, self._make_reference, self._write = outbox, kind, make_reference, write

    async def is_live(self, channel: str) -> bool:
        """See `Desk`."""
        return False

    async def offer(self, conversation: str, language: str, reason: str, now: datetime) -> None:
        """See `Desk`. The ticket names the reason."""
        await asyncio.to_thread(self._store.offer, conversation, language, reason, now)

    async def queue(self, wish: Wish, now: datetime) -> tuple[Handoff, Place]:
        """Never called, because no channel is live.

        Raises:
            RuntimeError: there is no queue.
        """
        raise RuntimeError("nobody answers in the chat at a desk by mail")

    async def standing(self, conversation: str, now: datetime) -> tuple[Handoff, Place] | None:
        """See `Desk`."""
        return None

    async def alarm(self, conversation: str) -> None:
        """See `Desk`. Nobody waits."""

    async def cancel(self, conversation: str, now: datetime) -> Handoff | None:
        """See `Desk`. Nobody waits; why a person was offered is still good for a ticket."""
        return None

    async def leave(self, conversation: str, now: datetime) -> None:
        """See `Desk`."""
        await asyncio.to_thread(self._store.leave, conversation, now)

    async def leave_message(self, wish: Wish, now: datetime) -> str:
        """See `Desk`.

        Raises:
            ValueError: there is no address to answer to.
        """
        return await asyncio.to_thread(self._leave_message, wish, now)

    async def conversation_of(self, reference: str) -> str | None:
        """See `Desk`. Of a ticket that has gone out it is known as long as the outbox keeps its key."""
        return await asyncio.to_thread(self._outbox.store.lane_of, _key(reference))

    async def erase(self, conversation: str) -> None:
        """See `Desk`. A ticket that has not gone out is deleted."""
        await asyncio.to_thread(self._outbox.erase, conversation)
        await asyncio.to_thread(self._store.erase, conversation)

    def _leave_message(self, wish: Wish, now: datetime) -> str:
        offered = self._store.of(wish.conversation)
        if offered is not None and wish.reason == MESSAGE:
            wish = replace(wish, reason=offered.reason)
        for attempt in range(_ATTEMPTS):
            reference = wish.reference if wish.reference and attempt == 0 else self._make_reference()
            lane, key = wish.conversation, _key(reference)
            added = self._outbox.add(self._kind, lane, self._write(reference, wish), key)
            if added or (reference == wish.reference and self._outbox.store.has(lane, key)):
                self._forget_offer(wish.conversation, now)
                return reference
        raise RuntimeError(f"no free reference in {_ATTEMPTS} attempts")

    def _forget_offer(self, conversation: str, now: datetime) -> None:
        """The ticket is on its way: what fails now must not make the customer write it again."""
        try:
            self._store.leave(conversation, now)
        except SQLAlchemyError as error:
            logger.warning("An offer that was taken is still kept (%s).", type(error).__name__)


def _key(reference: str) -> str:
    """Of a ticket in the outbox."""
    return f"ticket {reference}"
