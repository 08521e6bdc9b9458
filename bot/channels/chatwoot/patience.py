"""An event that fails again and again holds up its conversation for seconds, not for days."""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable, Dict, Mapping, Text, Tuple, Type

from bot.channels.failures import STORAGE_FAILURES
from bot.channels.webchat.problems import Problem

logger = logging.getLogger(__name__)

_ATTEMPTS = 3

Work = Callable[[Mapping[Text, Any]], Awaitable[None]]
"""Works off an event; raises where that fails."""

GiveUp = Callable[[Mapping[Text, Any], Text], Awaitable[None]]
"""(event, name of the problem): lets the customer know."""


class Patience:
    """Works off an event a few times; what comes right by itself, such as a database that is away, is not counted.

    Args:
        work: see `Work`.
        give_up: see `GiveUp`.
        not_now, never: exceptions that mean "try again" and "nobody needs to try again".
    """

    def __init__(self, work: Work, give_up: GiveUp, not_now: Type[Exception], never: Type[Exception]) -> None:
        self._work, self._give_up, self._never = work, give_up, never
        self._comes_right: Tuple[Type[Exception], ...] = (*STORAGE_FAILURES, Problem, not_now)
        self._failed: Dict[Tuple[Text, Text], int] = {}

    async def __call__(self, body: Mapping[Text, Any]) -> None:
        """See `Work`."""
        key = (body["lane"], body.get("event", {}).get("key", ""))
        try:
            await self._work(body)
        except self._comes_right:
            raise
        except Exception as error:
            self._failed[key] = self._failed.get(key, 0) + 1
            if self._failed[key] < _ATTEMPTS:
                raise
            await self._tell(body, type(error).__name__)
            del self._failed[key]
            raise self._never(type(error).__name__) from error
        self._failed.pop(key, None)

    async def _tell(self, body: Mapping[Text, Any], problem: Text) -> None:
        try:
            await self._give_up(body, problem)
        except self._comes_right:
            raise
        except Exception as error:
            logger.error("A customer in Chatwoot was not told that something failed (%s).", type(error).__name__)
