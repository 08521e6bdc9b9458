"""What the fake Chatwoot keeps, and the events that come of every change."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import datetime

from tests.chatwoot import as_told
from tests.chatwoot.records import Contact, Conversation, Message


class Keeping:
    """Conversations and contacts. `events`: what the bot is not told yet; `log`: one line for whatever happens.

    `newer`: also the events of 2026.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.newer = False
        self.conversations: dict[int, Conversation] = {}
        self.contacts: dict[str, Contact] = {}
        self.events: list[dict] = []
        self.log: list[str] = []
        self.people = itertools.count(501)
        self._ids, self._numbers = itertools.count(9001), itertools.count(41)

    def begin(self, inbox: int, channel: str, contact: Contact, source: str, more: dict) -> Conversation:
        """A new conversation, which the bot has."""
        number = next(self._numbers)
        made = Conversation(number, inbox, channel, contact, source, "pending", self.now(), more)
        self.conversations[number] = made
        return made

    def add(
        self,
        conversation: Conversation,
        message_type: str,
        content: str | None,
        sender: dict | None,
        private: bool = False,
        kind: str = "text",
        details: dict | None = None,
        attachments: list | None = None,
    ) -> Message:
        """A new message of a conversation."""
        message = Message(
            next(self._ids), message_type, content, sender, private, self.now(), kind, details or {}, attachments or []
        )
        conversation.messages.append(message)
        conversation.updated_at = self.now()
        if message_type != "activity":
            self.happen("message_created", as_told.message_event(conversation, message))
        return message

    def put_status(self, conversation: Conversation, status: str) -> None:
        """What everybody does who opens, resolves or returns a conversation."""
        if conversation.status == status:
            return
        before, conversation.status = conversation.status, status
        conversation.updated_at = self.now()
        self.add(conversation, "activity", f"The conversation is {status}.", None)
        names = {"open": "conversation_opened", "resolved": "conversation_resolved"}
        if status in names:  # of a return to the bot it tells nothing
            self.happen(names[status], as_told.state_of(conversation))
        if self.newer:
            changed = [{"status": {"previous_value": before, "current_value": status}}]
            body = {**as_told.state_of(conversation), "changed_attributes": changed}
            self.happen("conversation_status_changed", body)

    def happen(self, event: str, body: dict) -> None:
        """Something that the bot is to be told."""
        self.events.append(json.loads(json.dumps({**body, "event": event})))

    def now(self) -> float:
        """The moment, in seconds."""
        return self.clock().timestamp()

    def write(self, line: str) -> None:
        """A line of the log."""
        self.log.append(line)
