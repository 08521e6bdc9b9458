"""The registry for an event loop: no call blocks it, and none is waited for longer than a customer would."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from actions.program import Damage
from actions.registry.cases import OpenedCase
from actions.registry.errors import RegistryUnavailable
from actions.registry.queries import Account, Owner
from actions.registry.service import Registry

ANSWER_WITHIN = 3.0
"""Seconds after which the registry counts as unavailable."""

_THREADS = 8  # of its own: a registry that hangs must not take the threads that store conversations

Answer = TypeVar("Answer")


class TimelyRegistry:
    """`Registry`, call for call. Every method raises RegistryUnavailable after `answer_within` seconds, too.

    What was given up may still be done: a case whose opening took too long is there when it is asked for again.
    """

    def __init__(self, registry: Registry, answer_within: float = ANSWER_WITHIN) -> None:
        self._registry = registry
        self._answer_within = answer_within
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="registry")

    async def account(self, customer_id: str) -> Account | None:
        """See `Registry.account`."""
        return await self._call(self._registry.account, customer_id)

    async def owner(self, serial: str, email: str) -> Owner | None:
        """See `Registry.owner`."""
        return await self._call(self._registry.owner, serial, email)

    async def open_case(
        self, customer_id: str, serial: str, damage: Damage, language: str, now: datetime, conversation_id: str
    ) -> OpenedCase:
        """See `Registry.open_case`."""
        return await self._call(
            self._registry.open_case, customer_id, serial, damage, language, now, conversation_id
        )

    async def _call(self, method: Callable[..., Answer], *arguments: Any) -> Answer:
        work = asyncio.get_running_loop().run_in_executor(self._threads, partial(method, *arguments))
        try:
            return await asyncio.wait_for(work, self._answer_within)
        except asyncio.TimeoutError:
            raise RegistryUnavailable(f"the registry did not answer within {self._answer_within:g} s") from None
