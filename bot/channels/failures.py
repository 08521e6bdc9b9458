"""A turn that fails: what is tried again, and the apology that the customer gets for everything else."""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable, Dict, Text

from rasa.core.agent import Agent
from rasa.core.lock_store import LockError
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.turns import Collector

logger = logging.getLogger(__name__)

STORAGE_FAILURES = (SQLAlchemyError, LockError, RedisError)
"""Storage that is away or busy: the same is to be tried again."""

_APOLOGY = "say_action_failed"


class Apologies:
    """Sees to it that no turn leaves its customer without an answer.

    Args:
        reference: makes a short name for an incident.
    """

    def __init__(self, reference: Callable[[], Text]) -> None:
        self._reference = reference

    async def answer(
        self, agent: Agent, conversation: Text, output: Collector, handle: Callable[[], Awaitable[None]]
    ) -> None:
        """Run a turn; where it fails or stays silent, the customer gets an apology with a reference.

        Raises:
            SQLAlchemyError, LockError, RedisError: try again.
        """
        try:
            await handle()
            if output.messages or output.with_person:
                return
            problem = "no answer"
        except STORAGE_FAILURES:
            raise
        except Exception as error:  # whatever it was, the customer is answered
            problem = type(error).__name__
            logger.debug("turn failed", exc_info=True)
        output.messages.append(await self.apology(agent, conversation, output.name(), problem))

    async def apology(self, agent: Agent, conversation: Text, channel: Text, problem: Text) -> Dict[Text, Any]:
        """What the customer is told where something has failed; the log names the `problem` with the same reference."""
        reference = self._reference()
        logger.error("A turn failed (reference %s): %s", reference, problem)
        tracker = await agent.tracker_store.get_or_create_tracker(conversation)
        nlg: Any = agent.processor.nlg  # type: ignore[union-attr]
        said = await nlg.generate(_APOLOGY, tracker, channel, reference=reference)
        return {"text": "", "buttons": [], "data": None, **(said or {})}
