"""Contacts, conversations and their messages, as Chatwoot keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field

BOT = {"id": 3, "name": "Assistant", "type": "agent_bot"}


@dataclass
class Contact:
    """Somebody who writes to support."""

    id: int
    name: str
    email: str | None = None


@dataclass
class Message:
    """One line of a conversation, as Chatwoot keeps it."""

    id: int
    message_type: str
    content: str | None
    sender: dict | None
    private: bool
    created_at: float
    content_type: str = "text"
    content_attributes: dict = field(default_factory=dict)
    attachments: list = field(default_factory=list)
    status: str = "sent"


@dataclass
class Conversation:
    """One conversation. `source`: key of the contact in its inbox."""

    id: int
    inbox: int
    channel: str
    contact: Contact
    source: str
    status: str
    updated_at: float
    additional: dict
    messages: list[Message] = field(default_factory=list)
    custom_attributes: dict = field(default_factory=dict)
    assignee: dict | None = None
    priority: str | None = None

    def said(self, private: bool = False) -> list[str]:
        """What customers see, or the notes that they do not."""
        return [each.content for each in self.messages if each.private is private and each.message_type != "activity"]

    @property
    def notes(self) -> list[str]:
        """The private notes."""
        return self.said(private=True)

    @property
    def by_bot(self) -> list[Message]:
        """What the bot said to the customer."""
        return [each for each in self.messages if each.sender == BOT and not each.private]
