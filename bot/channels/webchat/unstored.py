"""Turns that the agent took and the database did not: they are stored before anything else happens."""

from __future__ import annotations

import secrets
from typing import Any, Dict, List, Optional, Text, Tuple

from bot.channels.webchat.store import Message, WebChatStore

_MOST = 1000
"""Turns that are remembered; a database that is away for longer loses the oldest."""


class Turn:
    """What was said in a turn, and what the agent has to keep of it (`bot.storage.held.Held`; None: nothing).

    `client_id`: of the customer's message; a turn without one gets an id of its own, by which it is known again.
    `forgotten`: nothing that the customer wrote may be kept, in this turn or before.
    """

    def __init__(
        self,
        conversation: Text,
        client_id: Optional[Text],
        said: List[Message],
        held: Any,
        forgotten: bool = False,
    ) -> None:
        self.conversation, self.said, self.held, self.forgotten = conversation, said, held, forgotten
        self.client_id = client_id or secrets.token_hex(16)
        self._is_tried = False

    def store(self, store: WebChatStore) -> List[Message]:
        """All of it or nothing; see `WebChatStore.add`. Blocks.

        What was tried before may be stored although it was reported as failed, or by another process that took the
        same message: then it stays as it is.
        """
        done = store.replies(self.conversation, self.client_id) if self._is_tried else None
        self._is_tried = True
        if done is None:
            return store.add(self.conversation, self.client_id, self.said, self._change)
        self.held = None
        return done

    def _change(self, connection: Any) -> None:
        if self.held:
            self.held.write(connection)
        if self.forgotten:
            WebChatStore.blank(connection, self.conversation)

    def done(self) -> None:
        """It is stored."""
        if self.held:
            self.held.done()


class UnstoredTurns:
    """The turns by conversation, oldest first."""

    def __init__(self) -> None:
        self._turns: Dict[Tuple[Text, Text], Turn] = {}

    def put(self, turn: Turn) -> None:
        """Remember a turn until it is stored."""
        self._turns[turn.conversation, turn.client_id] = turn
        while len(self._turns) > _MOST:
            del self._turns[next(iter(self._turns))]

    def of(self, conversation: Text) -> List[Turn]:
        """Those of a conversation."""
        return [turn for turn in self._turns.values() if turn.conversation == conversation] if self._turns else []

    def drop(self, turn: Turn) -> None:
        """It is stored, or is to be forgotten."""
        self._turns.pop((turn.conversation, turn.client_id), None)
