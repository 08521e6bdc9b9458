"""The desk in Chatwoot: agents answer in its own inboxes, or in an API inbox to which the web chat is relayed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from actions.support.chatwoot_line import Line, beginning, facts, key_of, note, opening, urgency, words
from actions.support.chatwoot_notes import Notes
from actions.support.chatwoot_places import LETTER, OPEN, PENDING, RELAY
from actions.support.chatwoot_tables import places
from actions.support.database import Database
from actions.support.desk import Desk, Said, Waiting, Wish
from actions.support.handoff import IN_DANGER, WITH_PEOPLE, Handoff, NotYours, ReplyBy, State, UnknownHandoff
from actions.support.hours import OpeningHours
from actions.support.records import Records
from actions.support.service_level import Place as QueuePlace
from actions.support.service_level import open_seconds, place
from actions.support.store import HandoffStore
from actions.support.tables import handoffs, outbox

CHANNEL = "chatwoot"
TAKEN_OVER = "taken_over"
"""The reason where agents take a conversation without being asked."""

_HEAL_AFTER = timedelta(seconds=30)
_LATELY = timedelta(hours=1)
_URGENT, _HIGH = (IN_DANGER, "complaint", "needs_support"), "high"


@dataclass(frozen=True)
class Address:
    """What the customer left to be answered by mail: `email` and the message as it was typed."""

    email: str | None
    text: str | None


class ChatwootDesk:
    """See `Desk`. The state machine is ours, as at the other desks; Chatwoot is told of it, and tells of its agents.
    `on_change`: as at the embedded desk.

    Args:
        database: keeps the hand-offs.
        line: the way to Chatwoot.
        hours: when support is open.
        make_reference: makes the name of a hand-off.
        notes: what agents read, by language.
        left: reads what is sealed in a wish.
        by_mail: takes messages that are left where there is no API inbox for them.
    """

    def __init__(
        self,
        database: Database,
        line: Line,
        hours: OpeningHours,
        make_reference: Callable[[], str],
        notes: Mapping[str, Notes],
        left: Callable[[Wish], Address],
        by_mail: Desk,
    ) -> None:
        self._hours, self._notes, self._left, self._by_mail = hours, notes, left, by_mail
        self.line = line
        self.store = HandoffStore(database, make_reference, self.waited)
        self.records = Records(database, line.sealer)
        self.on_change: Callable[[str | None], None] = _nobody_listens

    @property
    def has_inbox(self) -> bool:
        """Whether there is an API inbox."""
        return self.line.api.account.inbox is not None

    async def is_live(self, channel: str) -> bool:
        """See `Desk`. The web chat needs the API inbox."""
        return channel == CHANNEL or (channel == "webchat" and self.has_inbox)

    def waited(self, handoff: Handoff, now: datetime) -> float:
        """Seconds in open hours since the request."""
        return open_seconds(self._hours, handoff.requested_at, now)

    async def of(self, conversation: str) -> Handoff | None:
        """The conversation's open hand-off in the chat."""
        return await asyncio.to_thread(self.store.of, conversation)

    async def offer(self, conversation: str, language: str, reason: str, now: datetime) -> None:
        """See `Desk`."""
        await asyncio.to_thread(self.store.offer, conversation, language, reason, now)

    async def queue(self, wish: Wish, now: datetime) -> tuple[Handoff, QueuePlace]:
        """See `Desk`."""
        found = await asyncio.to_thread(self._queue, wish, now)
        self.on_change(found[0].reference)
        return found

    async def standing(self, conversation: str, now: datetime) -> tuple[Handoff, QueuePlace] | None:
        """See `Desk`."""
        handoff = await self.of(conversation)
        if handoff is None or not handoff.silences_bot:
            return None
        return handoff, await asyncio.to_thread(self.place, handoff, now)

    async def alarm(self, conversation: str) -> None:
        """See `Desk`."""
        await asyncio.to_thread(self._alarm, conversation)

    async def cancel(self, conversation: str, now: datetime) -> Handoff | None:
        """See `Desk`."""
        still = await asyncio.to_thread(self._back, conversation, now, self.store.cancel)
        self.on_change(None)
        return still

    async def leave(self, conversation: str, now: datetime) -> None:
        """See `Desk`."""
        await asyncio.to_thread(self._back, conversation, now, self.store.leave)
        self.on_change(None)

    async def leave_message(self, wish: Wish, now: datetime) -> str:
        """See `Desk`. In the API inbox it becomes a conversation of its own, with the customer's address as contact."""
        if not self.has_inbox:
            return await self._by_mail.leave_message(wish, now)
        return await asyncio.to_thread(self._leave_message, wish, now)

    async def conversation_of(self, reference: str) -> str | None:
        """See `Desk`."""
        found = await asyncio.to_thread(self.store.conversation_of, reference)
        return found or await self._by_mail.conversation_of(reference)

    async def erase(self, conversation: str) -> None:
        """See `Desk`. Chatwoot keeps what it was told; agents are told that we do not. Cut short: to be repeated."""
        await asyncio.to_thread(self._erase, conversation)
        self.on_change(None)

    def place(self, handoff: Handoff, now: datetime) -> QueuePlace:
        """The place in the queue now. Blocks.

        Who is at work in Chatwoot is not told to us: we count those who had conversations lately.
        """
        position = self.records.position(handoff.requested_at, handoff.reference)
        return replace(place(position, *self._measured(now)), staffed=True)  # we cannot know otherwise

    def places(self, now: datetime) -> dict[str, Waiting]:
        """Everybody who waits in the chat, by conversation, the next one first. Blocks."""
        waiting = self.records.waiting()
        measured = self._measured(now) if waiting else ((), 0, 0)
        return {
            conversation: Waiting(reference, language, replace(place(number, *measured), staffed=True))
            for number, (conversation, reference, language) in enumerate(waiting, start=1)
        }

    def first_name(self, handoff: Handoff) -> str:
        """Of the agent who has it, as Chatwoot told it last. Blocks."""
        at = self.line.places.find(handoff.conversation)
        return (at.agent if at else None) or ""

    def overdue(self, now: datetime) -> Sequence[Handoff]:
        """Chats that wait too long, or while support has closed, and whose customers were not told yet. Blocks."""
        return self.store.overdue(self._hours, now)

    def taken_over(self, conversation: str, language: str, now: datetime) -> Handoff:
        """Agents have opened the conversation without being asked. Blocks."""
        return self.store.request(conversation, language, TAKEN_OVER, now, {})

    def ended(self, handoff: Handoff, state: State, now: datetime) -> bool:
        """Agents have given it back to the bot, or settled it; whether this call ended it. Blocks."""
        outcome = "returned" if state is State.RETURNED else "solved"
        try:
            if handoff.owner is None:
                return self.store.finish_untaken(handoff.reference, state, outcome, now)
            return self.store.finish(handoff.reference, handoff.owner, state, outcome, now)
        except (NotYours, UnknownHandoff):
            return False

    def relay(self, handoff: Handoff, words: str, key: str) -> None:
        """What the customer of the web chat says, to the agents. Blocks."""
        self.line.relay(handoff.conversation, words, key)

    def not_mailed(self, handoff: Handoff, key: str) -> None:
        """Tell the agent that an answer could not be sent. Blocks."""
        text = self._notes[handoff.language].short("not_mailed", handoff.reference)
        self.line.say(handoff.reference, text, key, private=True)

    async def answer_lost(self, reference: str, key: str, now: datetime, sealed: str) -> None:
        """An answer by mail was given up: the agent is told in the conversation."""
        handoff = await asyncio.to_thread(self.store.get, reference)
        text = self._notes[handoff.language].short("answer_lost", reference)
        await asyncio.to_thread(self.line.say, reference, text, key, private=True)

    def stranded(self, now: datetime) -> Sequence[Handoff]:
        """What waits here and is not on its way to Chatwoot: a crash came in between. Blocks.

        What is on its way, or has gone out, is in the outbox.
        """
        waiting = (handoffs.c.state == State.QUEUED.value) & (handoffs.c.reply_by == ReplyBy.CHAT.value)
        old = handoffs.c.requested_at < (now - _HEAL_AFTER).timestamp()
        kept = sa.exists().where(outbox.c.key == sa.literal(key_of("")) + handoffs.c.reference)
        return [each for each in self.store.select(waiting & old & ~kept) if self._is_left(each)]

    def unreachable(self, now: datetime) -> Sequence[Handoff]:
        """Chats that are people's here and that nobody in Chatwoot can see: they come from another desk. Blocks."""
        theirs = handoffs.c.state.in_([state.value for state in WITH_PEOPLE])
        old = handoffs.c.requested_at < (now - _HEAL_AFTER).timestamp()
        brought = sa.exists().where(places.c.lane == handoffs.c.conversation_id)
        chat = (handoffs.c.reply_by == ReplyBy.CHAT.value) & theirs & old & ~brought
        return [each for each in self.store.select(chat) if each.owner or not self.has_inbox]

    def heal(self, handoff: Handoff, said: Sequence[Said]) -> bool:
        """Hand over what was left behind, with what was said; False: somebody was faster. Blocks."""
        return self._hand_over(handoff, said)

    def _is_left(self, handoff: Handoff) -> bool:
        at = self.line.places.find(handoff.conversation)
        if at is None:
            return self.has_inbox  # else Chatwoot is not where the customer is
        return at.is_asked_for(OPEN) or (at.claim is None and at.stands == PENDING)

    def _queue(self, wish: Wish, now: datetime) -> tuple[Handoff, QueuePlace]:
        made = self.store.request(wish.conversation, wish.language, wish.reason, now, wish.brief, wish.sealed)
        if made.state is State.QUEUED:
            self._hand_over(made, wish.transcript)
        return made, self.place(made, now)

    def _hand_over(self, made: Handoff, said: Sequence[Said]) -> bool:
        """The status first, so that the note behind it tells when Chatwoot's news are newer."""
        lane = made.conversation
        at = self.line.places.find(lane) or self.line.places.open(lane, RELAY, made.language)
        begin = [beginning({"name": made.reference})] if at.kind == RELAY else []
        shown = said if at.kind == RELAY else ()  # Chatwoot's own inboxes show the conversation above the note
        return self.line.hand_over(
            lane, [*begin, opening(claimed=True), *self._told("handoff", made, shown)], made.reference, claims=True
        )

    def _told(self, title: str, made: Handoff, said: Sequence[Said]) -> list[dict[str, Any]]:
        """What agents get to know."""
        about = {
            "bot_reference": made.reference,
            "bot_reason": made.reason,
            "bot_topic": made.brief.get("topic"),
            "bot_language": made.language,
            "bot_identified": bool(made.brief.get("identified")),
        }
        text = self._notes[made.language].brief(title, made.reference, made.reason, made.brief, said)
        return [note(text), facts(about), *([urgency(_HIGH)] if made.reason in _URGENT else [])]

    def _alarm(self, conversation: str) -> None:
        waiting = self.store.alarm(conversation)
        if waiting is not None and self.line.places.find(conversation) is not None:
            steps = [facts({"bot_reason": waiting.reason}), urgency(_HIGH)]
            self.line.hand_over(conversation, steps, f"{waiting.reference} alarm", claims=False)

    def _back(self, conversation: str, now: datetime, end: Callable[[str, datetime], Any]) -> Handoff | None:
        before = self.store.of(conversation)
        still: Handoff | None = end(conversation, now)
        there = self.line.places.find(conversation) is not None
        if there and before is not None and before.silences_bot and still is None:
            text = self._notes[before.language].short("back", before.reference)
            self.line.status(conversation, PENDING, f"{before.reference} pending")
            self.line.say(conversation, text, f"{before.reference} back", private=True)
        return still

    def _leave_message(self, wish: Wish, now: datetime) -> str:
        made = self.store.leave_message(
            wish.conversation, wish.language, wish.reason, now, wish.brief, wish.sealed, wish.reference
        )
        left, lane = self._left(wish), made.reference
        self.line.places.open(lane, LETTER, made.language)
        contact = {"name": left.email or lane, **({"email": left.email} if left.email else {})}
        message = left.text or str(made.brief.get("message") or "-")
        steps = [beginning(contact), words(message), opening(claimed=False)]
        steps += self._told("letter", made, wish.transcript)
        self.line.hand_over(lane, steps, lane, claims=False)
        return lane

    def _erase(self, conversation: str) -> None:
        letters = self.store.select(
            (handoffs.c.conversation_id == conversation) & (handoffs.c.reply_by == ReplyBy.MAIL.value)
        )
        for lane in (conversation, *(each.reference for each in letters)):
            at = self.line.places.find(lane)
            if at is not None and at.number is not None:
                text = self._notes[at.language].short("erased")
                key = hashlib.sha256(lane.encode()).hexdigest()[:32]
                self.line.say(f"erased {at.number}", text, f"{key} erased", private=True, to=at.number)
            self.line.erase(lane)
        self.store.erase(conversation)  # last: it is what knows of the letters

    def _measured(self, now: datetime) -> tuple[Sequence[float], int, int]:
        return self.records.handled(now), self.records.owners(now - _LATELY), self.records.busy()


def _nobody_listens(reference: str | None) -> None:
    """Before anybody looks after those who wait, and in processes where nobody does."""
