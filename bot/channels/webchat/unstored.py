"""Turns that the agent took and the database did not: they are stored before anything else happens."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Tuple

from bot.channels.webchat.store import Message, WebChatStore

_MOST = 1000
"""Turns that are remembered; a database that is away for longer loses the oldest."""


class Turn:
    """What was said in a turn, and what the agent has to keep of it (`bot.storage.held.Held`; None: nothing).

    `client_id`: of the customer's message.
    """

    def __init__(self, conversation: Text, client_id: Optional[Text], said: List[Message], held: Any) -> None:
        self.conversation, self.client_id, self.said, self.held = conversation, client_id, said, held

    def store(self, store: WebChatStore) -> List[Message]:
        """All of it or nothing; see `WebChatStore.add`. Blocks."""
        return store.add(self.conversation, self.client_id, self.said, self.held.write if self.held else None)

    def done(self) -> None:
        """It is stored."""
        if self.held:
            self.held.done()


class UnstoredTurns:
    """The turns by conversation, oldest first."""

    def __init__(self) -> None:
        self._turns: Dict[Tuple[Text, Optional[Text]], Turn] = {}

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
