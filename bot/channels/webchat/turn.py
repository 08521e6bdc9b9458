"""A turn of the web chat: taken once under its conversation's lock, and stored as a whole or not at all."""

from __future__ import annotations

import asyncio
import logging
from contextlib import nullcontext
from datetime import datetime, timezone
from functools import partial
from typing import Any, Awaitable, Callable, ContextManager, Dict, List, Optional, Text, Tuple

from rasa.core.agent import Agent

from bot.channels.failures import STORAGE_FAILURES, Apologies
from bot.channels.turns import Buttons, Collector
from bot.channels.webchat.hub import NEW, Hub
from bot.channels.webchat.problems import Problem, unavailable
from bot.channels.webchat.store import CUSTOMER, Erased, Message, UnknownConversation, WebChatStore
from bot.channels.webchat.takeover import Takeover
from bot.channels.webchat.unstored import Turn, UnstoredTurns
from bot.nlu.remembered import forget

logger = logging.getLogger(__name__)

NAME = "webchat"

Handler = Callable[[Collector, Any], Awaitable[None]]
"""(output, what the takeover has looked up): takes the turn."""


class TurnTaker:
    """What happens to a conversation from the moment that its customer has said something until that is stored.

    Args: see `bot.channels.webchat.chat.WebChat`.
    """

    def __init__(self, store: WebChatStore, hub: Hub, buttons: Buttons, reference: Callable[[], Text]) -> None:
        self.store, self.hub = store, hub
        self._buttons, self._apologies = buttons, Apologies(reference)
        self.takeover: Optional[Takeover] = None
        self._unstored = UnstoredTurns()

    async def _turn(
        self,
        agent: Agent,
        conversation: Text,
        client_id: Optional[Text],
        masked: Optional[Text],
        handle: Handler,
    ) -> List[Message]:
        """Let the agent handle something under the conversation's lock and keep what was said on both sides.

        `masked`: what the customer said, without personal data.
        """
        asked_at = now()
        output = Collector(NAME)
        try:
            async with agent.lock_store.lock(conversation):
                await self._store_rest(conversation)
                with self._hold(agent, conversation) as held:
                    done, looked = await asyncio.to_thread(self._look, conversation, client_id, held)
                    if done is not None:
                        return done
                    await self._apologies.answer(agent, conversation, output, partial(handle, output, looked))
                replies = [self._message(conversation, message) for message in output.messages]
                if output.erased:
                    await asyncio.to_thread(self.store.erase, conversation)
                    self.hub.publish(conversation, NEW)
                    return [{"id": str(n), **reply} for n, reply in enumerate(replies, start=1)]
                own: List[Message] = []
                if masked:
                    said_by = {"from": CUSTOMER, "client_id": client_id}
                    own = [{**said_by, "text": masked, "at": asked_at.isoformat()}]
                stored = await self._store(Turn(conversation, client_id, own + replies, held, output.forgotten))
        except STORAGE_FAILURES as error:
            raise stored_badly(error) from error
        finally:
            forget()
        self.hub.publish(conversation, NEW)
        return stored

    def _hold(self, agent: Agent, conversation: Text) -> ContextManager[Any]:
        """See `ConversationStore.hold`; `rasa run` puts another store around ours, which has no such thing."""
        hold = getattr(agent.tracker_store, "hold", None)
        return hold(conversation, self.store.url) if hold else nullcontext()

    def _look(self, conversation: Text, client_id: Optional[Text], held: Any) -> Tuple[Optional[List[Message]], Any]:
        """All that a turn begins with, at once: the replies, where it was taken before, else what `take` needs."""
        look = held.look if held else None
        done = self.store.replies(conversation, client_id, look) if client_id else None
        if done is not None:
            return done, None
        if look and not client_id:
            look()
        return None, self.takeover.look(conversation) if self.takeover and client_id else None

    async def _store(self, turn: Turn) -> List[Message]:
        """Store a turn; one that cannot be stored now is kept, and sent again it is not taken again."""
        self._unstored.put(turn)
        try:
            stored = await asyncio.to_thread(turn.store, self.store)
        except (Erased, UnknownConversation):
            self._unstored.drop(turn)
            raise
        self._unstored.drop(turn)
        turn.done()
        return stored

    async def _store_rest(self, conversation: Text) -> None:
        """What could not be stored comes before what happens next."""
        for turn in self._unstored.of(conversation):
            await self._store(turn)

    def _message(self, conversation: Text, said: Dict[Text, Any]) -> Message:
        message: Message = {"from": "bot", "text": said["text"].strip(), "buttons": []}
        for button in said["buttons"]:
            button_id = self._buttons.sign(conversation, button["payload"], button["title"])
            message["buttons"].append({"id": button_id, "title": button["title"]})
        for detail in ("data", "language"):
            if said.get(detail):
                message[detail] = said[detail]
        return {**message, "at": now().isoformat()}


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(timezone.utc)


def stored_badly(error: Exception) -> Problem:
    """What is answered where a conversation cannot be stored."""
    logger.error("A conversation cannot be stored: %s", type(error).__name__)
    return unavailable()
