"""Wakes the open streams of a conversation when something is new."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import contextmanager
from typing import Any, DefaultDict, Dict, Generator, Set, Text

MOST_STREAMS = 8
"""Streams that one conversation may hold open at once (tabs and reconnects)."""

Signal = Dict[Text, Any]
NEW: Signal = {"event": "new"}


class TooManyStreams(Exception):
    """The conversation holds `MOST_STREAMS` streams open already."""


class Hub:
    """In-process: each open stream has a queue of signals. What was said itself is read from the store."""

    def __init__(self) -> None:
        self._queues: DefaultDict[Text, Set[asyncio.Queue[Signal]]] = defaultdict(set)

    @contextmanager
    def subscription(self, conversation: Text) -> Generator[asyncio.Queue[Signal], None, None]:
        """A queue of the conversation's signals for as long as the stream is open."""
        if len(self._queues[conversation]) >= MOST_STREAMS:
            raise TooManyStreams
        queue: asyncio.Queue[Signal] = asyncio.Queue(maxsize=100)
        self._queues[conversation].add(queue)
        try:
            yield queue
        finally:
            self._queues[conversation].discard(queue)
            if not self._queues[conversation]:
                del self._queues[conversation]

    def is_listening(self, conversation: Text) -> bool:
        """Whether a stream is open."""
        return bool(self._queues.get(conversation))

    def publish(self, conversation: Text, signal: Signal) -> None:
        """Hand a signal to every open stream; a stream that does not keep up misses it, never what was said."""
        for queue in self._queues.get(conversation, ()):
            if not queue.full():
                queue.put_nowait(signal)

    def publish_to_all(self, signal: Signal) -> None:
        """Hand a signal to every open stream of every key."""
        for key in list(self._queues):
            self.publish(key, signal)
