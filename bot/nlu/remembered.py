"""What is found in a message is remembered as long as the message is being understood, and not longer.

One list after the other is asked about the same words; but what customers write is kept nowhere beyond their turn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, List, TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., Any])
_remembered: List[Any] = []


def remembered(most: int) -> Callable[[_Function], _Function]:
    """A decorator: what the function gave for the last `most` arguments, until `forget` is called."""

    def decorate(function: _Function) -> _Function:
        cached = lru_cache(maxsize=most)(function)
        _remembered.append(cached)
        return cast(_Function, cached)

    return decorate


def forget() -> None:
    """Let go of all of it: the turn is over."""
    for cached in _remembered:
        cached.cache_clear()
