"""How much one conversation or one address may ask for."""

from __future__ import annotations

import math
import time
from typing import Mapping, Optional, Text

from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.channels.webchat.problems import Problem


class RateLimits:
    """Moving windows by name and key. In memory, or in Redis where several processes serve."""

    def __init__(self, limits: Optional[Mapping[Text, Text]], redis_url: Optional[Text] = None) -> None:
        self._items = {name: parse(limit) for name, limit in (limits or {}).items()}
        self._storage = storage_from_string(redis_url or "memory://")  # the limiter holds it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    def check(self, name: Text, key: Text) -> None:
        """Count one request.

        Raises:
            Problem: 429, with the seconds to wait in `Retry-After`.
        """
        item = self._items.get(name)
        if item is None or self._limiter.hit(item, name, key):
            return
        reset = self._limiter.get_window_stats(item, name, key)[0]
        seconds = max(1, math.ceil(reset - time.time()))
        raise Problem(429, f"Too many requests. Try again in {seconds} seconds.", {"Retry-After": str(seconds)})
