"""A conversation on its way from the bot to a person and back: its states, and what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class State(str, Enum):
    """Where a hand-off stands. Without one, the bot has the conversation.

    offered -> queued -> assigned -> returned (the bot goes on) or closed (it is settled). A customer who changes
    his mind goes from queued, or from assigned, to returned. The last two are final: a new wish is a new hand-off.
    """

    OFFERED = "offered"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    CLOSED = "closed"


class ReplyBy(str, Enum):
    """How the person answers: in the chat, which silences the bot; or by mail, which does not."""

    CHAT = "chat"
    MAIL = "mail"


WITH_PEOPLE = (State.QUEUED, State.ASSIGNED)
"""States in which a chat belongs to people: the bot is silent."""

ASKED = "asked"
IN_DANGER = "danger"
"""The reason of who was offered nothing and asked for a person."""

CANCELLED, LEFT = "cancelled", "left"
"""Outcomes that the customer brings about: out of the queue, or away from the person."""


@dataclass(frozen=True)
class Handoff:
    """One hand-off. Moments are aware, in UTC. `owner`: the one agent who has it; None before and where nobody had.

    `reminded_at`: when the customer was told last, while waiting, of other ways to support.
    `reason`: why it was asked for or offered. `outcome`: how it ended. `brief`: what the agent gets to know, as JSON
    can hold it, personal data masked. `sealed`: what only `Sealer` can read of it, or None.
    """

    reference: str
    conversation: str
    state: State
    reply_by: ReplyBy
    language: str
    reason: str
    requested_at: datetime
    owner: str | None = None
    reminded_at: datetime | None = None
    assigned_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    brief: Mapping[str, Any] = field(default_factory=dict)
    sealed: str | None = None

    @property
    def silences_bot(self) -> bool:
        """Whether the conversation belongs to people now."""
        return self.reply_by is ReplyBy.CHAT and self.state in WITH_PEOPLE

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.state in (State.RETURNED, State.CLOSED)


class UnknownHandoff(Exception):
    """There is no such hand-off, or its conversation was erased."""


class NotYours(Exception):
    """Somebody else has the conversation, or nobody any more. `handoff` is how it stands."""

    def __init__(self, handoff: Handoff) -> None:
        super().__init__(handoff.reference)
        self.handoff = handoff
