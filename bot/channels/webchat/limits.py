"""How much one conversation or one address may ask for."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Mapping, Optional, Text

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.channels.webchat.problems import Problem

WAIT = 2
"""Seconds to wait for Redis."""


class RateLimits:
    """Moving windows by name and key. In memory, or in Redis where several processes serve.

    A Redis that does not answer holds up the request that asks, for `WAIT` seconds, and no other.
    """

    def __init__(self, limits: Optional[Mapping[Text, Text]], redis_url: Optional[Text] = None) -> None:
        self._items = {name: parse(limit) for name, limit in (limits or {}).items()}
        self._blocks = redis_url is not None
        timeouts = {"socket_timeout": WAIT, "socket_connect_timeout": WAIT} if redis_url else {}
        self._storage = storage_from_string(redis_url or "memory://", **timeouts)  # the limiter holds it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    async def count(self, name: Text, key: Text) -> None:
        """Count one request.

        Raises:
            Problem: 429, with the seconds to wait in `Retry-After`.
            redis.exceptions.RedisError: Redis does not answer.
        """
        item = self._items.get(name)
        if item is None:
            return
        if self._blocks:
            seconds = await asyncio.to_thread(self._hit, item, name, key)
        else:
            seconds = self._hit(item, name, key)
        if seconds:
            raise Problem(429, f"Too many requests. Try again in {seconds} seconds.", {"Retry-After": str(seconds)})

    def _hit(self, item: RateLimitItem, name: Text, key: Text) -> int:
        """Count; the whole seconds to wait, 0 for none."""
        if self._limiter.hit(item, name, key):
            return 0
        reset = self._limiter.get_window_stats(item, name, key)[0]
        return max(1, math.ceil(reset - time.time()))
