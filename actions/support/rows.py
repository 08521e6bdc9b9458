"""Hand-offs as rows of their table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from actions.support.handoff import Handoff, ReplyBy, State


def row_of(
    conversation: str,
    state: State,
    reply_by: ReplyBy,
    language: str,
    reason: str,
    now: datetime,
    brief: Mapping[str, Any] | None = None,
    sealed: str | None = None,
) -> dict[str, Any]:
    """The columns of a new hand-off, but for its reference."""
    return {
        "conversation_id": conversation,
        "state": state.value,
        "reply_by": reply_by.value,
        "language": language,
        "reason": reason,
        "requested_at": now.timestamp(),
        "brief": json.dumps(brief or {}, ensure_ascii=False),
        "sealed": sealed,
    }


def handoff_of(row: Any) -> Handoff:
    """The hand-off in a row of the table `handoffs`."""
    return Handoff(
        reference=row.reference,
        conversation=row.conversation_id,
        state=State(row.state),
        reply_by=ReplyBy(row.reply_by),
        language=row.language,
        reason=row.reason,
        requested_at=moment(row.requested_at),
        owner=row.owner,
        reminded_at=moment(row.reminded_at) if row.reminded_at is not None else None,
        assigned_at=moment(row.assigned_at) if row.assigned_at is not None else None,
        ended_at=moment(row.ended_at) if row.ended_at is not None else None,
        outcome=row.outcome,
        brief=json.loads(row.brief),
        sealed=row.sealed,
    )


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(seconds, timezone.utc)
