"""Who says that an answer did not help is offered a person."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Any, Callable, Text

from rasa.core.agent import Agent

from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.store import Message
from bot.channels.webchat.turn import NAME

logger = logging.getLogger(__name__)


class OfferAPerson:
    """See `bot.channels.webchat.chat.Unhelpful`. One offer for a message, and none on top of another one.

    Args:
        chat: where it is said.
        desk: `actions.support.desk.Desk`; it remembers why a person was offered.
        answer: the answer that offers one.
        reason: the reason that the desk remembers.
        now: the present moment, aware.
    """

    def __init__(
        self, chat: WebChat, desk: Any, answer: Text, reason: Text, now: Callable[[], datetime]
    ) -> None:
        self._chat, self._desk, self._answer, self._reason, self._now = chat, desk, answer, reason, now

    async def __call__(self, agent: Agent, conversation: Text, message: Text) -> None:
        """A failure is logged: what the customer thinks of the answer is kept all the same."""
        try:
            await self._offer(agent, conversation, message)
        except Exception as error:
            logger.error("Who found an answer unhelpful was not offered a person (%s).", type(error).__name__)

    async def _offer(self, agent: Agent, conversation: Text, message: Text) -> None:
        tracker = await agent.tracker_store.retrieve(conversation)
        if tracker is None or tracker.get_slot("age_status") != "adult":
            return  # before the age question is answered, and to minors, nothing is offered
        language, nlg = tracker.get_slot("language"), agent.processor.nlg  # type: ignore[union-attr]
        filled = nlg.fill(self._answer, language, NAME)  # type: ignore[attr-defined]

        async def is_wanted() -> bool:
            if self._chat.takeover and await self._chat.takeover.standing(conversation):
                return False
            said = await asyncio.to_thread(self._chat.store.after, conversation, 0)
            if _offered_last(said, filled["text"]):
                return False
            await self._desk.offer(conversation, language, self._reason, self._now())
            return True

        said = {"text": filled["text"], "buttons": filled["buttons"], "language": language, "answer": self._answer}
        await self._chat.tell(agent, conversation, said, None, f"unhelpful {message}", is_wanted)


def _offered_last(said: list[Message], offer: Text) -> bool:
    return bool(said) and said[-1]["from"] == "bot" and said[-1]["text"] == offer.strip()
