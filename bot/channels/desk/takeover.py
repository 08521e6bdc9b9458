"""While a person has the conversation, the bot is silent and hands over what the customer writes."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any, Callable, Dict, Optional, Text

from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.desk.standing import Standing
from bot.channels.webchat.hub import Hub, Signal

_HANDOFF = '"handoff"'
_FOR_BOT = ("/delete_my_data",)

Seal = Callable[[Text, Text], Text]
"""(conversation, words) -> the words sealed, so that only the person who has the conversation reads them."""


class PeopleTakeOver:
    """See `bot.channels.webchat.chat.Takeover`.

    Args:
        desk: `actions.support.desk.EmbeddedDesk`.
        hub: of the web chat; customers' streams hear of hand-offs there.
        says: tells where a hand-off stands.
        mask: replaces personal data.
        seal: keeps what was masked for as long as a person has the conversation.
        now: the present moment, aware.
    """

    def __init__(
        self,
        desk: Any,
        hub: Hub,
        says: Standing,
        mask: Callable[[Text], Text],
        seal: Seal,
        now: Callable[[], datetime],
    ) -> None:
        self._desk, self._hub, self.says, self._mask, self._seal, self._now = desk, hub, says, mask, seal, now
        self._before: Dict[Text, Text] = {}  # conversations in a turn -> reference of the hand-off that they had

    async def take(self, agent: Agent, conversation: Text, said: Text, payload: Optional[Text], turn: Text) -> bool:
        """Store it in the tracker without asking what it means, and let the desk know.

        Buttons that concern the hand-off itself, or the customer's own data, go to the bot.
        """
        self._before.pop(conversation, None)  # of a turn that failed
        handoff = await self._desk.of(conversation)
        if handoff is None:
            return False
        self._before[conversation] = handoff.reference
        if not handoff.silences_bot or is_for_bot(payload):
            return False
        tracker = await agent.tracker_store.retrieve(conversation)
        if tracker is None:
            return False
        hear(tracker, said)
        await agent.tracker_store.save(tracker)
        if self._mask(said) != said:
            sealed = self._seal(conversation, said)
            await asyncio.to_thread(self._desk.records.keep_original, handoff.reference, sealed, self._now())
        return True

    async def stored(self, conversation: Text) -> None:
        """See there."""
        before, handoff = self._before.pop(conversation, None), await self._desk.of(conversation)
        if before is None and handoff is None:
            return
        self._desk.on_change(handoff.reference if handoff else before)
        self._hub.publish(conversation, await self.standing(conversation) or self.says.over(before))

    async def standing(self, conversation: Text) -> Optional[Signal]:
        """See there."""
        handoff = await self._desk.of(conversation)
        if handoff is None or not handoff.silences_bot:
            return None
        details = (conversation, handoff.language, handoff.reference)
        if handoff.owner:
            return self.says.assigned(*details, await asyncio.to_thread(self._desk.name_of, handoff.owner))
        return self.says.queued(*details, await asyncio.to_thread(self._desk.place, handoff, self._now()))

    async def leave(self, conversation: Text) -> None:
        """See there."""
        handoff = await self._desk.of(conversation)
        await self._desk.leave(conversation, self._now())
        if handoff is not None:
            self._desk.on_change(handoff.reference)
            self._hub.publish(conversation, self.says.over(handoff.reference))

    async def types(self, conversation: Text, typing: bool) -> None:
        """See there."""
        handoff = await self._desk.of(conversation)
        if handoff is not None and handoff.owner:
            self._desk.on_typing(handoff.reference, typing)


def hear(tracker: DialogueStateTracker, said: Text, turn: Optional[Text] = None) -> None:
    """Put what the customer said to a person into the tracker. `turn`: names the message."""
    understood = {"text": said, "intent": {"name": None, "confidence": 0.0}}
    tracker.update(UserUttered(said, parse_data=understood, message_id=turn))
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))


def is_for_bot(payload: Optional[Text]) -> bool:
    """Whether a button concerns the hand-off itself, or the customer's own data."""
    return payload is not None and (_HANDOFF in payload or payload.startswith(_FOR_BOT))
