"""The web chat's side of the desk in Chatwoot: what its customers write goes there."""

from __future__ import annotations

import asyncio
from typing import Any, Optional, Text

from rasa.core.agent import Agent
from rasa.shared.core.events import UserUttered

from bot.channels.desk.signals import Signals
from bot.channels.desk.takeover import hear, is_for_bot


class Relay(Signals):
    """While a person in Chatwoot has a conversation of the web chat, the bot is silent there, and what the customer
    writes goes to Chatwoot. See `bot.channels.webchat.takeover.Takeover`.

    Args: see `Signals`; `desk` is `actions.support.chatwoot_desk.ChatwootDesk`.
    """

    async def take(
        self, agent: Agent, conversation: Text, said: Text, payload: Optional[Text], turn: Text, looked: Any
    ) -> bool:
        """Keep it for Chatwoot and in the tracker, without asking what it means; the same `turn` again only once."""
        handoff = self._with_person(conversation, looked)
        if handoff is None or is_for_bot(payload):
            return False
        tracker = await agent.tracker_store.retrieve(conversation)
        if tracker is None:
            return False
        # Kept already, it is this very message: what came behind that, in the turn before, had failed.
        await self.pass_on(conversation, said, turn, handoff)
        if not any(isinstance(event, UserUttered) and event.message_id == turn for event in tracker.events):
            hear(tracker, said, turn)
            await agent.tracker_store.save(tracker)
        return True

    async def pass_on(self, conversation: Text, said: Text, turn: Text, looked: Any) -> None:
        """See there; the same `turn` again only once."""
        await asyncio.to_thread(self._desk.relay, looked, said, f"{conversation} {turn}")

    async def types(self, conversation: Text, typing: bool) -> None:
        """Chatwoot is not told of it."""
