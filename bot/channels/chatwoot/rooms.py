"""Where customers of the desk in Chatwoot read: in Chatwoot's own inboxes, or in the web chat."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered, SlotSet

from bot.channels.chatwoot.turn import Turns
from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.hub import Hub
from bot.channels.webchat.store import Erased, UnknownConversation, WebChatStore
from bot.channels.webchat.takeover import Takeover

INBOX, LETTER, PENDING, RESOLVED = "inbox", "letter", "pending", "resolved"

Change = Optional[Callable[[], Awaitable[bool]]]


class Rooms:
    """Says things outside the customers' turns, as `WebChat.tell` does, wherever the customer is.

    Args:
        line: `actions.support.chatwoot_line.Line`.
        turns: makes buttons.
        chat: the web chat.
    """

    def __init__(self, line: Any, turns: Turns, chat: WebChat) -> None:
        self._line, self._turns, self._chat = line, turns, chat

    @property
    def takeover(self) -> Optional[Takeover]:
        """Of the web chat."""
        return self._chat.takeover

    @property
    def store(self) -> WebChatStore:
        """Of the web chat."""
        return self._chat.store

    @property
    def hub(self) -> Hub:
        """Of the web chat."""
        return self._chat.hub

    async def tell(
        self,
        agent: Agent,
        conversation: Text,
        said: Dict[Text, Any],
        by: Optional[Dict[Text, Any]] = None,
        turn: Optional[Text] = None,
        change: Change = None,
    ) -> List[Any]:
        """See `WebChat.tell`. A conversation that was erased hears nothing."""
        place = await asyncio.to_thread(self._line.places.find, conversation)
        if place is not None and place.kind == INBOX:
            await self._tell_inbox(agent, place, said, by, turn, change)
            return []
        try:
            return await self._chat.tell(agent, conversation, said, by, turn, change)
        except (Erased, UnknownConversation):
            return []

    async def _tell_inbox(
        self,
        agent: Agent,
        place: Any,
        said: Dict[Text, Any],
        by: Optional[Dict[Text, Any]],
        turn: Optional[Text],
        change: Change,
    ) -> None:
        """People's words are there already, and only the tracker hears of them. While a person has the conversation,
        and when it is settled, the bot adds nothing.
        """
        async with agent.lock_store.lock(place.lane):
            tracker = await agent.tracker_store.get_or_create_tracker(place.lane)
            heard = (event.metadata.get("turn") for event in tracker.events if isinstance(event, BotUttered))
            if turn and turn in heard:
                return
            if change and not await change():
                return
            data = said.get("data") or {}
            for slot in said.get("unset") or ():
                tracker.update(SlotSet(slot, None))
            if by is None and (data.get("state") == "assigned" or place.stands == RESOLVED):
                await agent.tracker_store.save(tracker)
                return
            more = {**(by or {}), **({"turn": turn} if turn else {}), **({"data": data} if data else {})}
            buttons = {"buttons": said["buttons"]} if said.get("buttons") else {}
            tracker.update(BotUttered(said["text"], buttons, more))
            if by is None:
                key = f"{place.lane} {secrets.token_hex(8)}"
                items = self._turns.items(place.lane, said)
                await asyncio.to_thread(self._line.say, place.lane, said["text"], key, False, items)
            await agent.tracker_store.save(tracker)
