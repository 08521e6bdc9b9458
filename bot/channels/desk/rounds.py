"""What is looked after beside the requests: places in the queue, and those who wait too long."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Awaitable, Callable, Dict, Optional, Set, Text

from rasa.core.agent import Agent

from bot.channels.desk.work import DeskWork
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import Erased, UnknownConversation

logger = logging.getLogger(__name__)

_EVERY = 15.0
_EVERY_SHARED = 2.0
_GATHER = 0.3
"""Seconds within which changes of the queue are told as one."""

Remind = Callable[[Agent], Awaitable[Any]]


class Rounds:
    """Tells waiting customers how the queue moves, once for each change, and those who wait too long of other ways.

    Args:
        work: tells customers.
        shared: other processes move the queue, too, so it is looked at every two seconds.
        remind: tells those who wait too long; None: as `work` does.
    """

    def __init__(self, work: DeskWork, shared: bool, remind: Optional[Remind] = None) -> None:
        self._work = work
        self._remind: Remind = remind or work.remind
        self._pause = _EVERY_SHARED if shared else _EVERY
        self._moved = asyncio.Event()
        self._told: Dict[Text, Any] = {}
        self._next: Set[Text] = set()  # references of those who know, or need not be told, that they are next

    def queue_moved(self) -> None:
        """Look at the queue soon."""
        self._moved.set()

    async def go(self, agent: Agent) -> None:
        """For ever: when something has moved, and once in a while, since agents go and minutes pass without a word."""
        reminded = time.monotonic() - _EVERY
        while True:
            try:
                await asyncio.wait_for(self._moved.wait(), self._pause)
                await asyncio.sleep(_GATHER)
            except asyncio.TimeoutError:
                pass
            self._moved.clear()
            await self._try(self.tell_places, agent)
            if time.monotonic() - reminded >= _EVERY:  # it looks at everybody who waits
                reminded = time.monotonic()
                await self._try(self._remind, agent)

    async def look(self, agent: Agent) -> None:
        """One whole round."""
        for task in (self.tell_places, self._remind):
            await self._try(task, agent)

    async def _try(self, task: Callable[[Agent], Awaitable[Any]], agent: Agent) -> None:
        """What fails is tried again in the next round."""
        try:
            await task(agent)
        except Exception as error:
            logger.error("Waiting customers were not told of news (%s).", type(error).__name__)

    async def tell_places(self, agent: Agent) -> None:
        """A signal to the stream of everybody whose place or estimate has changed; who comes to be next is told so."""
        work, places = self._work, await asyncio.to_thread(self._work.desk.places, self._work.now())
        for conversation, waiting in places.items():
            if self._told.get(conversation) != waiting:
                work.tell_place(conversation, waiting)
        for conversation in self._told.keys() - places.keys():
            await work.tell_standing(conversation, self._told[conversation].reference)
        self._told = places
        self._next &= {waiting.reference for waiting in places.values()}
        for conversation, waiting in list(places.items())[:1]:
            if waiting.reference not in self._next:
                self._next.add(waiting.reference)
                await self._tell_next(agent, conversation, waiting.reference)

    async def _tell_next(self, agent: Agent, conversation: Text, reference: Text) -> None:
        try:
            if await asyncio.to_thread(self._waited_behind_others, conversation, reference):
                await self._work.tell_next(agent, reference)
        except (Erased, UnknownConversation):
            pass  # the queue will say so in the next round
        except Problem:
            self._next.discard(reference)
            raise

    def _waited_behind_others(self, conversation: Text, reference: Text) -> bool:
        """Whether the last that the chat itself says of the place is another one than the first."""
        said = [message.get("data") or {} for message in self._work.chat.store.after(conversation, 0)]
        of_this = [data for data in said if data.get("kind") == "handoff" and data.get("reference") == reference]
        return bool(of_this) and of_this[-1].get("state") == "queued" and of_this[-1].get("position") != 1
