"""What agents do with a conversation, and what its customer hears of it."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Any, Awaitable, Callable, Dict, List, Mapping, Optional, Text

from rasa.core.agent import Agent

from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.store import CUSTOMER, Message

logger = logging.getLogger(__name__)

Answers = Mapping[Text, Text]
"""What is said when agents do something: `joined`, `moved`, `returned`, `closed`, `waiting` -> the answer's name."""

OPEN_QUESTION = ("task",)
"""Slots that hold what the bot has asked; once a person is there, nobody waits for an answer to that."""

Reply = Callable[[Any, Text, Text, Text], Awaitable[None]]
"""(hand-off, first name, text, turn): sends an answer by mail to the address that the customer gave, once a turn."""

ByHour = Callable[[Text, Text], tuple]
"""(answer, language) -> the answer's variant for this hour, with the values that it needs."""


class DeskWork:
    """One object a process, beside the web chat. Agents are known by their account's name.

    Args:
        desk: `actions.support.desk.EmbeddedDesk`.
        chat: where customers read.
        answers: see `Answers`.
        reply: see `Reply`.
        by_hour: see `ByHour`.
        now: the present moment, aware.
    """

    def __init__(
        self,
        desk: Any,
        chat: WebChat,
        answers: Answers,
        reply: Reply,
        by_hour: ByHour,
        now: Callable[[], datetime],
    ) -> None:
        self.desk, self.chat, self.now = desk, chat, now
        self._answers, self._reply, self._by_hour = answers, reply, by_hour

    async def take(self, agent: Agent, reference: Text, name: Text, first_name: Text) -> Any:
        """Give the conversation to this agent; its customer hears who it is.

        Raises (all calls): NotYours, UnknownHandoff of `actions.support.handoff`; what `WebChat.tell` raises.
        """
        before = await asyncio.to_thread(self.desk.store.get, reference)

        async def change() -> bool:
            await asyncio.to_thread(self.desk.store.take, reference, name, self.now())
            return before.owner != name

        event = "moved" if before.owner else "joined"  # a colleague who is gone may have had it
        await self._tell(agent, before, event, {"agent": first_name}, "assigned", change)
        return await asyncio.to_thread(self.desk.store.check, reference, name)

    async def assign(self, agent: Agent, reference: Text, name: Text, colleague: Text, first_name: Text) -> None:
        """Hand the conversation to a colleague with this first name."""
        before = await asyncio.to_thread(self.desk.store.get, reference)

        async def change() -> bool:
            await asyncio.to_thread(self.desk.store.assign, reference, name, colleague, self.now())
            return before.owner != colleague

        await self._tell(agent, before, "moved", {"agent": first_name}, "assigned", change)

    async def answer(
        self, agent: Agent, reference: Text, name: Text, first_name: Text, text: Text, turn: Text
    ) -> List[Message]:
        """Say something to the customer, in the chat or by mail; the same `turn` again says nothing twice."""
        handoff = await asyncio.to_thread(self.desk.store.check, reference, name)
        said: List[Message] = []
        if handoff.reply_by.value == "mail":
            turn, add_note = f"{reference} {turn}"[:64], self.desk.records.add_note
            await self._reply(handoff, first_name, text, turn)  # first: repeated, it is harmless; lost, it is not
            await asyncio.to_thread(add_note, reference, "answer", name, text, self.now(), turn)
        else:

            async def change() -> bool:
                await asyncio.to_thread(self.desk.store.check, reference, name)
                return True

            by = {"from": "agent", "name": first_name}
            turn = f"desk {turn}"[:64]
            said = await self.chat.tell(agent, handoff.conversation, {"text": text}, by, turn, change)
        self.desk.on_change(reference)
        return said

    async def finish(
        self, agent: Agent, reference: Text, name: Text, first_name: Text, state: Any, outcome: Text
    ) -> None:
        """Return the conversation to the bot, or close it (`state`), and let the bot say so."""
        before = await asyncio.to_thread(self.desk.store.get, reference)

        async def change() -> bool:
            return await asyncio.to_thread(self.desk.store.finish, reference, name, state, outcome, self.now())

        await self._tell(agent, before, state.value, {"agent": first_name}, "closed", change)

    async def typing(self, reference: Text, name: Text, first_name: Text, typing: bool) -> None:
        """Show the customer that the agent writes, or has stopped."""
        handoff = await asyncio.to_thread(self.desk.store.check, reference, name)
        if not handoff.silences_bot:  # an answer by mail: the customer may be talking to the bot
            return
        signal = {"event": "typing", "from": "agent", "name": first_name, "typing": typing}
        self.chat.hub.publish(handoff.conversation, signal)

    async def remind(self, agent: Agent) -> int:
        """Tell those who have waited too long of the other ways to support; how many they were."""
        now, told = self.now(), 0
        for handoff in await asyncio.to_thread(self.desk.overdue, now):
            answer, values = self._by_hour(self._answers["waiting"], handoff.language)

            async def change(handoff: Any = handoff) -> bool:
                return await asyncio.to_thread(self.desk.store.remind, handoff, now)

            try:
                if not handoff.owner or await self._waits_for_an_answer(handoff.conversation):
                    told += bool(await self._say(agent, handoff, answer, values, None, change))
            except Exception as error:  # the others are told all the same, this one in the next round
                logger.warning("A waiting customer was not told of other ways (%s).", type(error).__name__)
        return told

    async def _waits_for_an_answer(self, conversation: Text) -> bool:
        """Whether the customer has said the last word."""
        latest = await asyncio.to_thread(self.chat.store.latest, [conversation])
        return latest.get(conversation, {}).get("from") == CUSTOMER

    def tell_place(self, conversation: Text, waiting: Any) -> None:
        """A signal to the customer's stream: the place in the queue (`actions.support.desk.Waiting`)."""
        takeover = self.chat.takeover
        if takeover and self.chat.hub.is_listening(conversation):
            self.chat.hub.publish(conversation, takeover.waiting(conversation, waiting))

    async def tell_standing(self, conversation: Text, reference: Text) -> None:
        """A signal to the customer's stream: where the hand-off stands now."""
        takeover = self.chat.takeover
        if takeover:
            standing = await takeover.standing(conversation)
            self.chat.hub.publish(conversation, standing or takeover.over(reference))

    async def tell_next(self, agent: Agent, reference: Text) -> None:
        """Tell a waiting customer, once, that nobody is ahead any more."""
        handoff = await asyncio.to_thread(self.desk.store.get, reference)

        async def change() -> bool:
            return (await asyncio.to_thread(self.desk.store.get, reference)).state.value == "queued"

        data = {"kind": "handoff", "state": "queued", "position": 1, "reference": reference}
        await self._say(agent, handoff, self._answers["next"], {}, data, change, f"next {reference}")

    async def _tell(
        self,
        agent: Agent,
        handoff: Any,
        event: Text,
        values: Dict[Text, Text],
        state: Text,
        change: Callable,
    ) -> None:
        """Make the change and say what it means; who is answered by mail hears nothing of it."""
        if handoff.reply_by.value == "mail":
            await change()
        else:
            data = {"kind": "handoff", "state": state, "position": None, "reference": handoff.reference}
            await self._say(agent, handoff, self._answers[event], values, data, change)
            await self.tell_standing(handoff.conversation, handoff.reference)
        self.desk.on_change(handoff.reference)

    async def _say(
        self,
        agent: Agent,
        handoff: Any,
        answer: Text,
        values: Dict[Text, Text],
        data: Optional[Dict[Text, Any]],
        change: Callable,
        turn: Optional[Text] = None,
    ) -> List[Message]:
        nlg: Any = agent.processor.nlg  # type: ignore[union-attr]
        filled = nlg.fill(answer, handoff.language, "webchat", **values) or {"text": "", "buttons": []}
        said = {"text": filled["text"], "buttons": filled["buttons"], "data": data, "answer": answer}
        if data and data["state"] == "assigned":
            said["unset"] = OPEN_QUESTION
        said["language"] = handoff.language
        return await self.chat.tell(agent, handoff.conversation, said, None, turn, change)
