"""What the customer's stream hears of a hand-off, at every desk whose queue we know."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any, Callable, Dict, Optional, Text, Tuple

from bot.channels.desk.standing import Standing
from bot.channels.webchat.hub import Hub, Signal
from bot.understanding.conversation import wish_of_one_who_waits

_MOST = 1000
"""Turns of which it is known what was before them; one that fails may be sent again, or never."""


class Signals:
    """The part of `bot.channels.webchat.takeover.Takeover` that is the same wherever people are.

    Args:
        desk: `actions.support.desk.EmbeddedDesk`, or another one with a queue.
        hub: of the web chat; customers' streams hear of hand-offs there.
        says: tells where a hand-off stands.
        now: the present moment, aware.
    """

    def __init__(self, desk: Any, hub: Hub, says: Standing, now: Callable[[], datetime]) -> None:
        self._desk, self._hub, self._says, self._now = desk, hub, says, now
        # conversations in a turn -> reference of the hand-off that they had, and which one was opened last
        self._before: Dict[Text, Tuple[Optional[Text], object]] = {}

    def look(self, conversation: Text) -> Any:
        """See there."""
        return self._desk.store.of(conversation)

    async def stored(self, conversation: Text) -> None:
        """See there."""
        before, opened = self._before.pop(conversation, (None, None))
        if before is None and opened is self._desk.store.opened:
            return  # it had none, and nobody has been given one
        handoff = await self._desk.of(conversation)
        if before is None and handoff is None:
            return
        self._desk.on_change(handoff.reference if handoff else before)
        self._hub.publish(conversation, await self.standing(conversation) or self.over(before))

    async def standing(self, conversation: Text) -> Optional[Signal]:
        """See there."""
        handoff = await self._desk.of(conversation)
        if handoff is None or not handoff.silences_bot:
            return None
        details = (conversation, handoff.language, handoff.reference)
        if handoff.owner:
            return self._says.assigned(*details, await asyncio.to_thread(self._desk.first_name, handoff))
        return self._says.queued(*details, await asyncio.to_thread(self._desk.place, handoff, self._now()))

    def waiting(self, conversation: Text, waiting: Any) -> Signal:
        """See there."""
        return self._says.queued(conversation, waiting.language, waiting.reference, waiting.place)

    def over(self, reference: Optional[Text]) -> Signal:
        """See there."""
        return self._says.over(reference)

    def wish(self, said: Text, looked: Any) -> Optional[Text]:
        """See there."""
        if looked is None or not looked.silences_bot:
            return None
        if looked.owner:
            return self._says.leaving(said)
        wished = wish_of_one_who_waits(said)
        return wished.payload if wished else None

    async def leave(self, conversation: Text) -> None:
        """See there."""
        handoff = await self._desk.of(conversation)
        await self._desk.leave(conversation, self._now())
        if handoff is not None:
            self._desk.on_change(handoff.reference)
            self._hub.publish(conversation, self.over(handoff.reference))

    def _with_person(self, conversation: Text, handoff: Any) -> Any:
        """The hand-off (from `look`) of a customer who is in the middle of a turn; None: it is the bot's."""
        self._before.pop(conversation, None)
        self._before[conversation] = handoff.reference if handoff else None, self._desk.store.opened
        while len(self._before) > _MOST:
            del self._before[next(iter(self._before))]
        return handoff if handoff is not None and handoff.silences_bot else None


def is_waiting(handoff: Any) -> bool:
    """Whether a hand-off waits in the queue of the chat, with nobody there yet."""
    return handoff is not None and handoff.silences_bot and not handoff.owner
