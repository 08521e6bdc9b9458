"""What the bot asks of a support desk, and the embedded desk: our own queue, answered on the page `/desk`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from actions.identity.sealed import Sealer
from actions.support.accounts import Accounts
from actions.support.database import Database
from actions.support.handoff import Handoff
from actions.support.hours import OpeningHours
from actions.support.records import Records
from actions.support.service_level import Place, open_seconds, place
from actions.support.store import HandoffStore
from actions.support.tables import handoffs

SEALED = "handoff"
"""The purpose under which personal data of a hand-off is sealed."""

LIVE_CHANNELS = frozenset({"webchat"})
"""Channels in which a person can take over: messages can be pushed to the customer there."""


Said = tuple[str, str]
"""Who said something (`customer`, `bot` or `agent`), and what, masked and in one line."""


@dataclass(frozen=True)
class Wish:
    """A conversation that a person should see. `brief`: for the agent, masked; `sealed`: the rest, or None.

    `transcript`: what was said so far, oldest first, masked. `reference`: what a message that is left is to be called;
    left again with the same one, it is there once.
    """

    conversation: str
    language: str
    reason: str
    brief: Mapping[str, Any]
    sealed: str | None = None
    transcript: Sequence[Said] = ()
    reference: str | None = None


@dataclass(frozen=True)
class Waiting:
    """Somebody in the queue of the chat."""

    reference: str
    language: str
    place: Place


class Desk(Protocol):
    """People who take over, as the skills know them. `now` is aware; errors of the storage reach the caller."""

    async def is_live(self, channel: str) -> bool:
        """Whether people can answer in this channel, at once."""

    async def offer(self, conversation: str, language: str, reason: str, now: datetime) -> None:
        """Remember why a person was offered."""

    async def queue(self, wish: Wish, now: datetime) -> tuple[Handoff, Place]:
        """Put the conversation into the queue, or find it there. Only where the channel is live."""

    async def standing(self, conversation: str, now: datetime) -> tuple[Handoff, Place] | None:
        """The conversation's hand-off in the chat while it is with people, and its place; None: the bot has it."""

    async def alarm(self, conversation: str) -> None:
        """A customer who waits tells of danger: people see that it is urgent, and why."""

    async def cancel(self, conversation: str, now: datetime) -> Handoff | None:
        """Take the conversation out of the queue; gives the hand-off where an agent was faster."""

    async def leave(self, conversation: str, now: datetime) -> None:
        """Back to the bot, whoever has the conversation."""

    async def leave_message(self, wish: Wish, now: datetime) -> str:
        """Pass on a message that is answered by mail, once for each `wish.reference`; its reference."""

    async def conversation_of(self, reference: str) -> str | None:
        """The conversation that a hand-off or message of this reference came from; None: it is not known any more."""

    async def erase(self, conversation: str) -> None:
        """Delete everything about the conversation."""


class EmbeddedDesk:
    """See `Desk`. `sealer` seals what agents write down. `on_change` is called after every change, with the reference
    where it concerns one hand-off; `on_typing` when the customer of one begins to write, or stops.

    `store` and `records` block; what is called from the event loop goes through the methods here.
    """

    def __init__(
        self, database: Database, hours: OpeningHours, sealer: Sealer, make_reference: Callable[[], str]
    ) -> None:
        self._hours = hours
        self.database = database
        self.store = HandoffStore(database, make_reference, self.waited, knows_absence=True)
        self.records = Records(database, sealer)
        self._accounts = Accounts(database)
        self.on_change: Callable[[str | None], None] = _nobody_listens
        self.on_typing: Callable[[str, bool], None] = _nobody_looks

    async def is_live(self, channel: str) -> bool:
        """See `Desk`. A desk at which nobody can sign in has no queue: customers would wait for ever."""
        return channel in LIVE_CHANNELS and await asyncio.to_thread(self._accounts.anybody)

    table = handoffs
    """For conditions on `store.select`."""

    def is_open(self, now: datetime) -> bool:
        """Whether support is open."""
        return self._hours.status(now).open

    def waited(self, handoff: Handoff, now: datetime) -> float:
        """Seconds in open hours since the request."""
        return open_seconds(self._hours, handoff.requested_at, now)

    async def of(self, conversation: str) -> Handoff | None:
        """The conversation's open hand-off in the chat."""
        return await asyncio.to_thread(self.store.of, conversation)

    async def offer(self, conversation: str, language: str, reason: str, now: datetime) -> None:
        """See `Desk`."""
        await asyncio.to_thread(self.store.offer, conversation, language, reason, now)

    async def queue(self, wish: Wish, now: datetime) -> tuple[Handoff, Place]:
        """See `Desk`."""
        handoff = await asyncio.to_thread(
            self.store.request, wish.conversation, wish.language, wish.reason, now, wish.brief, wish.sealed
        )
        self.on_change(handoff.reference)
        return handoff, await asyncio.to_thread(self.place, handoff, now)

    async def standing(self, conversation: str, now: datetime) -> tuple[Handoff, Place] | None:
        """See `Desk`."""
        handoff = await self.of(conversation)
        if handoff is None or not handoff.silences_bot:
            return None
        return handoff, await asyncio.to_thread(self.place, handoff, now)

    def place(self, handoff: Handoff, now: datetime) -> Place:
        """The place in the queue now. Blocks."""
        position = self.records.position(handoff.requested_at, handoff.reference)
        return place(position, self.records.handled(now), self.records.at_work(now), self.records.busy())

    def places(self, now: datetime) -> dict[str, Waiting]:
        """Everybody who waits in the chat, by conversation, the next one first. Blocks."""
        waiting = self.records.waiting()
        if not waiting:
            return {}
        measured = self.records.handled(now), self.records.at_work(now), self.records.busy()
        return {
            conversation: Waiting(reference, language, place(number, *measured))
            for number, (conversation, reference, language) in enumerate(waiting, start=1)
        }

    def name_of(self, agent: str) -> str:
        """The first name of somebody who works at the desk. Blocks."""
        return self._accounts.first_name(agent)

    def first_name(self, handoff: Handoff) -> str:
        """Of the agent who has it. Blocks."""
        return self.name_of(handoff.owner) if handoff.owner else ""

    async def alarm(self, conversation: str) -> None:
        """See `Desk`."""
        waiting = await asyncio.to_thread(self.store.alarm, conversation)
        if waiting is not None:
            self.on_change(waiting.reference)

    async def cancel(self, conversation: str, now: datetime) -> Handoff | None:
        """See `Desk`."""
        still = await asyncio.to_thread(self.store.cancel, conversation, now)
        self.on_change(None)
        return still

    async def leave(self, conversation: str, now: datetime) -> None:
        """See `Desk`."""
        await asyncio.to_thread(self.store.leave, conversation, now)
        self.on_change(None)

    async def leave_message(self, wish: Wish, now: datetime) -> str:
        """See `Desk`."""
        left = await asyncio.to_thread(
            self.store.leave_message,
            wish.conversation,
            wish.language,
            wish.reason,
            now,
            wish.brief,
            wish.sealed,
            wish.reference,
        )
        self.on_change(left.reference)
        return left.reference

    async def answer_lost(self, reference: str, key: str, now: datetime, sealed: str) -> None:
        """An answer by mail was given up: a note says so, and a hand-off that is over is its agent's again.

        `key`: makes it safe to repeat. `sealed`: the customer's address, which such a hand-off has forgotten.
        """

        def keep() -> None:
            owner = self.store.reopen(reference, sealed).owner or ""
            self.records.add_note(reference, "lost", owner, "", now, key)

        await asyncio.to_thread(keep)
        self.on_change(reference)

    async def conversation_of(self, reference: str) -> str | None:
        """See `Desk`."""
        return await asyncio.to_thread(self.store.conversation_of, reference)

    async def erase(self, conversation: str) -> None:
        """See `Desk`."""
        await asyncio.to_thread(self.store.erase, conversation)
        self.on_change(None)

    def overdue(self, now: datetime) -> Sequence[Handoff]:
        """Chats whose customers are to be told of other ways; also of agents who are gone. Blocks."""
        return self.store.overdue(self._hours, now, gone=True)


def _nobody_listens(reference: str | None) -> None:
    """Before the page is there, and in processes that have none."""


def _nobody_looks(reference: str, typing: bool) -> None:
    """Before the page is there, and in processes that have none."""
