"""The web chat without HTTP: starts conversations, takes turns, erases."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered, SlotSet

from bot.channels.failures import STORAGE_FAILURES
from bot.channels.turns import Buttons, Collector, pressed, typed
from bot.channels.webchat.hub import NEW, Hub
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.requests import Feedback, MessageRequest, SessionRequest
from bot.channels.webchat.store import Message, WebChatStore
from bot.channels.webchat.turn import NAME, TurnTaker, now, stored_badly
from bot.understanding.wishes import ALARM

logger = logging.getLogger(__name__)

Unhelpful = Callable[[Agent, Text, Text], Awaitable[None]]
"""(agent, conversation, message): what is done when a customer says that this message did not help."""


class WebChat(TurnTaker):
    """One object a process. All customer-visible work of the channel goes through it.

    Args:
        store: what was said.
        hub: wakes open streams.
        buttons: signs and reads button ids.
        mask: replaces personal data in what customers write before it is stored.
        reference: makes a short name for an incident.
    """

    def __init__(
        self,
        store: WebChatStore,
        hub: Hub,
        buttons: Buttons,
        mask: Callable[[Text], Text],
        reference: Callable[[], Text],
    ) -> None:
        super().__init__(store, hub, buttons, reference)
        self._mask = mask
        self.unhelpful: Optional[Unhelpful] = None
        self._locks: WeakValueDictionary[Text, asyncio.Lock] = WeakValueDictionary()

    async def start(self, agent: Agent, request: SessionRequest) -> tuple[Text, List[Message]]:
        """A new conversation: its id (128 random bits, hexadecimal) and the bot's first messages.

        Raises:
            Problem: 503, the conversation cannot be stored.
        """
        conversation = secrets.token_hex(16)
        metadata = {"language": request.language, "identity": request.identity}

        async def greet(output: Collector, looked: Any) -> None:
            tracker = await agent.processor.fetch_tracker_and_update_session(  # type: ignore[union-attr]
                conversation, output, {key: value for key, value in metadata.items() if value}
            )
            await agent.processor.save_tracker(tracker)  # type: ignore[union-attr]

        try:
            await asyncio.to_thread(self.store.start, conversation, now())
        except STORAGE_FAILURES as error:
            raise stored_badly(error) from error
        return conversation, await self._turn(agent, conversation, None, None, greet)

    async def take(
        self, agent: Agent, conversation: Text, request: MessageRequest, address: Optional[Text] = None
    ) -> List[Message]:
        """The replies to a message; a repeated message gets the replies that it had, and does nothing.

        `address`: from where it came, for limits on attempts; it is not stored.

        Raises:
            Problem: 400, the button is not one of this conversation; 503, the turn cannot be stored.
            Erased: the conversation was deleted.
        """
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        async with lock:
            button = self._buttons.read(conversation, request.button) if request.button else None
            if request.button and button is None:
                raise Problem(400, "'button' is not a button of this conversation.")
            said = button[1] if button else request.text or ""
            masked = self._mask(said)

            async def handle(output: Collector, looked: Any) -> None:
                meant = button or self._wish(said, masked, looked)
                payload = meant[0] if meant else None
                person = self.takeover
                if person and await person.take(agent, conversation, said, payload, request.id, looked):
                    output.with_person = True
                    return
                if person and payload == ALARM and not button:
                    await person.pass_on(conversation, said, request.id, looked)
                self.hub.publish(conversation, {"event": "typing", "from": "bot", "typing": True})
                details: Dict[Text, Any] = {
                    "output_channel": output,
                    "sender_id": conversation,
                    "input_channel": NAME,
                    "metadata": {"address": address} if address else None,
                }
                message = pressed(*meant, **details) if meant else await typed(agent, said, masked, **details)
                await agent.processor.handle_message(message)  # type: ignore[union-attr]

            replies = await self._turn(agent, conversation, request.id, masked, handle)
        if self.takeover:
            await self.takeover.stored(conversation)
        return replies

    async def leave(self, agent: Agent, conversation: Text) -> None:
        """The customer ends the chat: out of the queue, away from the person. What was said stays.

        Raises:
            Problem: 503, it cannot be stored.
            Erased, UnknownConversation: there is none any more.
        """
        try:
            async with agent.lock_store.lock(conversation):
                await asyncio.to_thread(self.store.check, conversation)
                if self.takeover:
                    await self.takeover.leave(conversation)
        except STORAGE_FAILURES as error:
            raise stored_badly(error) from error

    async def types(self, conversation: Text, typing: bool) -> None:
        """The customer writes, or has stopped; a person who has the conversation sees it."""
        if self.takeover:
            await self.takeover.types(conversation, typing)

    async def tell(
        self,
        agent: Agent,
        conversation: Text,
        said: Dict[Text, Any],
        by: Optional[Dict[Text, Any]] = None,
        turn: Optional[Text] = None,
        change: Optional[Callable[[], Awaitable[bool]]] = None,
    ) -> List[Message]:
        """Say something outside the customer's turns: to the stream, and to the tracker, so that the bot knows.

        Args:
            agent: whose tracker it is.
            conversation: in which it is said.
            said: `text`, `buttons` (title and payload), `data`, `answer`, the name of the bot's answer, and `unset`,
                the names of slots that are emptied.
            by: `from` and `name` of a person; the bot itself where it is None.
            turn: makes it safe to repeat; the same again says nothing twice.
            change: runs first, under the conversation's lock; where it gives False, nothing is said.

        Raises:
            Problem: 503, the conversation cannot be stored.
            Erased, UnknownConversation: there is none any more.
        """
        try:
            async with agent.lock_store.lock(conversation):
                await self._store_rest(conversation)
                done = await asyncio.to_thread(self.store.replies, conversation, turn) if turn else None
                if done is not None:
                    return done
                if change and not await change():
                    return []
                message = {**self._message(conversation, {"buttons": [], "data": None, **said}), **(by or {})}
                stored = await asyncio.to_thread(self.store.add, conversation, turn, [message])
                tracker = await agent.tracker_store.retrieve(conversation)
                if tracker is not None:
                    buttons = {"buttons": said["buttons"]} if said.get("buttons") else {}
                    details = {"data": said.get("data"), "utter_action": said.get("answer"), **(by or {})}
                    known = {name: value for name, value in details.items() if value}
                    tracker.update(BotUttered(said["text"], buttons, known))
                    for slot in said.get("unset") or ():
                        tracker.update(SlotSet(slot, None))
                    await agent.tracker_store.save(tracker)
        except STORAGE_FAILURES as error:
            raise stored_badly(error) from error
        self.hub.publish(conversation, NEW)
        return stored

    def is_button(self, conversation: Text, text: Text) -> bool:
        """Whether this is the id of a button of the conversation."""
        return self._buttons.read(conversation, text) is not None

    async def rate(self, agent: Agent, conversation: Text, feedback: Feedback) -> None:
        """Keep whether an answer was helpful; the last word counts. Who says that it was not is offered a person.

        Raises:
            Problem: 400, it is not a message of the bot in this conversation.
            Erased: the conversation was deleted.
        """
        comment = self._mask(feedback.comment) if feedback.comment else None
        word = (feedback.message, feedback.helpful, comment, now())
        if not await asyncio.to_thread(self.store.rate, conversation, *word):
            raise Problem(400, "'message' is not an answer of this conversation.")
        if not feedback.helpful and self.unhelpful:
            await self.unhelpful(agent, conversation, feedback.message)

    async def erase(self, agent: Agent, conversation: Text) -> None:
        """Delete the conversation wherever this bot keeps it.

        Raises:
            Problem: 503, it cannot be deleted now.
        """
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        try:
            async with lock, agent.lock_store.lock(conversation):
                # The web chat's part last: it is what says that there is nothing left to erase.
                await agent.tracker_store.forget(conversation)  # type: ignore[attr-defined]
                await asyncio.to_thread(self.store.erase, conversation)
                for turn in self._unstored.of(conversation):
                    self._unstored.drop(turn)
        except STORAGE_FAILURES as error:
            raise stored_badly(error) from error
        self.hub.publish(conversation, NEW)

    def _wish(self, said: Text, masked: Text, looked: Any) -> Optional[List[Text]]:
        payload = self.takeover.wish(masked, looked) if self.takeover else None
        return [payload, said] if payload else None
