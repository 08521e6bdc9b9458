"""While a person has the conversation, the bot is silent and hands over what the customer writes."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any, Callable, Optional, Text

from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.desk.signals import Signals
from bot.channels.desk.standing import Standing
from bot.channels.webchat.hub import Hub

_HANDOFF = '"handoff"'
_FOR_BOT = ("/delete_my_data",)

Seal = Callable[[Text, Text], Text]
"""(conversation, words) -> the words sealed, so that only the person who has the conversation reads them."""


class PeopleTakeOver(Signals):
    """See `bot.channels.webchat.takeover.Takeover`.

    Args:
        desk: `actions.support.desk.EmbeddedDesk`.
        hub, says, now: see `Signals`.
        mask: replaces personal data.
        seal: keeps what was masked for as long as a person has the conversation.
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
        super().__init__(desk, hub, says, now)
        self._mask, self._seal = mask, seal

    async def take(
        self, agent: Agent, conversation: Text, said: Text, payload: Optional[Text], turn: Text, looked: Any
    ) -> bool:
        """Store it in the tracker without asking what it means, and let the desk know.

        Buttons that concern the hand-off itself, or the customer's own data, go to the bot.
        """
        handoff = self._with_person(conversation, looked)
        if handoff is None or is_for_bot(payload):
            return False
        tracker = await agent.tracker_store.retrieve(conversation)
        if tracker is None:
            return False
        hear(tracker, said)
        await agent.tracker_store.save(tracker)
        await self.pass_on(conversation, said, turn, handoff)
        return True

    async def pass_on(self, conversation: Text, said: Text, turn: Text, looked: Any) -> None:
        """See there. The desk shows the conversation as it is stored; what is masked in it is kept for the person."""
        if self._mask(said) != said:
            sealed = self._seal(conversation, said)
            await asyncio.to_thread(self._desk.records.keep_original, looked.reference, sealed, self._now())

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
