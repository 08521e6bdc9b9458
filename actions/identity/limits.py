"""How often anybody may ask for a one-time code."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping

from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

LIMITS = {"conversation": "5/hour", "email": "5/hour", "address": "20/hour"}
"""Codes in a moving window: for one conversation, one e-mail address, one network address."""

WAIT = 2
"""Seconds to wait for Redis."""


class AttemptLimits:
    """Counts in memory, or in Redis where several processes share the count. Keys are kept as hashes only."""

    def __init__(self, redis_url: str | None = None, limits: Mapping[str, str] = LIMITS) -> None:
        self._items = {kind: parse(limit) for kind, limit in limits.items()}
        timeouts = {"socket_timeout": WAIT, "socket_connect_timeout": WAIT} if redis_url else {}
        self._storage = storage_from_string(redis_url or "memory://", **timeouts)  # the limiter holds it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    async def allow(self, keys: Mapping[str, str]) -> bool:
        """`allows` without blocking the event loop."""
        return await asyncio.to_thread(self.allows, keys)

    def allows(self, keys: Mapping[str, str]) -> bool:
        """Count one request under each kind of key ("conversation", "email", "address"); False: one is over its limit.

        A kind that is over counts no further, the others do: trying on does not go unnoticed.
        """
        counted = [self._limiter.hit(self._items[kind], kind, _hash(key)) for kind, key in keys.items()]
        return all(counted)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
