"""What is saved of a conversation, held back to be written together with something else."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Protocol, Text, Tuple

from rasa.shared.core.trackers import DialogueStateTracker

from bot.storage.kept import Mark


class Written(NamedTuple):
    """What a change did: the mark before it, the mark then, and the new events in the form in which they are stored."""

    before: Mark
    after: Mark
    events: List[Dict[Text, Any]]


class Writer(Protocol):
    """A store of conversations."""

    def read(self, sender_id: Text, connection: Any = None) -> Tuple[Mark, Any]:
        """The mark at which the conversation is, and its events where they are not known already. Blocks.

        `connection`: to its database; one is made where none is given.
        """

    def append(self, connection: Any, tracker: DialogueStateTracker) -> Written:
        """Write the events that are new, within the connection's transaction. Blocks."""

    def remember(self, tracker: DialogueStateTracker, written: Written) -> None:
        """It has been committed."""


class Held:
    """All that was saved of one conversation, to be stored together with something else: all of it or nothing.

    `tracker`: saved last; `looked`: what the database has of it; `is_open`: what is saved now is held back.
    """

    def __init__(self, store: Writer, sender_id: Text) -> None:
        self._store, self.sender_id = store, sender_id
        self.tracker: Optional[DialogueStateTracker] = None
        self.looked: Optional[Tuple[Mark, Any]] = None
        self.is_open = True
        self._written: Optional[Written] = None

    def look(self, connection: Any = None) -> None:
        """Read what the conversation will be asked for, see `Writer.read`. Blocks."""
        self.looked = self._store.read(self.sender_id, connection)

    def write(self, connection: Any) -> None:
        """Write it; again, where the transaction was rolled back. Blocks."""
        self._written = self._store.append(connection, self.tracker) if self.tracker else None

    def done(self) -> None:
        """The transaction is committed."""
        if self.tracker and self._written:
            self._store.remember(self.tracker, self._written)
        self.tracker = None


_current: ContextVar[Optional[Held]] = ContextVar("held", default=None)


def held_back(sender_id: Text) -> Optional[Held]:
    """Where what is saved of this conversation now is held; None: it is to be stored at once."""
    held = _current.get()
    return held if held is not None and held.sender_id == sender_id and held.is_open else None


@contextmanager
def holding(store: Writer, sender_id: Text) -> Iterator[Held]:
    """Within it, what is saved of the conversation is held back."""
    held = Held(store, sender_id)
    token = _current.set(held)
    try:
        yield held
    finally:
        held.is_open = False  # also for tasks that began in here and go on
        _current.reset(token)
