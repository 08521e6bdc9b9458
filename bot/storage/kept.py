"""Conversations as they were stored last, so that the next message need not read them again."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Callable, NamedTuple, Optional, Text

from bot.storage.conversation import Conversation

MOST_EVENTS = 8_000
"""Of all conversations together: about a hundred customers in the middle of theirs, and 17 MB."""
LONGEST_IDLE = 1800.0
"""Seconds after which a conversation is let go; later messages read it from the database."""


class Mark(NamedTuple):
    """What tells one state of a stored conversation from every other: whoever appends, changes or erases changes it.

    The number of its events; the number of the last one's row, which may be used again after an erasure; and its time.
    """

    events: int
    row: Optional[int]
    timestamp: Optional[float]


@dataclass(frozen=True)
class _Entry:
    mark: Mark
    conversation: Conversation
    used: float


class KeptConversations:
    """By id, those used last; in all no more than `most_events` events, and none longer than `LONGEST_IDLE` after its
    use: whoever reads or keeps one lets go of the others.

    What is in here is never changed: everybody gets a copy. Not for several threads; use it from the event loop.
    """

    def __init__(self, most_events: int = MOST_EVENTS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_events, self._clock = most_events, clock
        self._entries: OrderedDict[Text, _Entry] = OrderedDict()
        self._events = 0

    def mark(self, sender_id: Text) -> Optional[Mark]:
        """At which mark the conversation is here, if it is."""
        entry = self._entries.get(sender_id)
        return entry.mark if entry else None

    def get(self, sender_id: Text, mark: Mark) -> Optional[Conversation]:
        """A copy of the conversation as it was stored at `mark`; None where it is not here, or not that one."""
        entry = self._entries.get(sender_id)
        if entry is None or entry.mark != mark:
            self.drop(sender_id)
            return None
        self.keep(mark, entry.conversation)
        return entry.conversation.copy()

    def take(self, sender_id: Text, mark: Mark) -> Optional[Conversation]:
        """The conversation itself, which is not here any more then: whoever takes it may change it."""
        entry = self._entries.get(sender_id)
        self.drop(sender_id)
        return entry.conversation if entry is not None and entry.mark == mark else None

    def keep(self, mark: Mark, conversation: Conversation) -> None:
        """`conversation` is what the database holds at `mark`; whoever gives it does not change it any more."""
        self.drop(conversation.sender_id)
        self._entries[conversation.sender_id] = _Entry(mark, conversation, self._clock())
        self._events += len(conversation.events)
        self.let_go()

    def let_go(self) -> None:
        """Of what nobody has used for too long, and of what is too much."""
        while self._entries and self._is_too_much():
            self.drop(next(iter(self._entries)))

    def _is_too_much(self) -> bool:
        oldest = next(iter(self._entries.values()))
        return self._events > self._most_events or self._clock() - oldest.used > LONGEST_IDLE

    def drop(self, sender_id: Text) -> None:
        """Let go of a conversation."""
        entry = self._entries.pop(sender_id, None)
        if entry is not None:
            self._events -= len(entry.conversation.events)

    def __len__(self) -> int:
        return len(self._entries)
