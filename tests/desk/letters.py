"""Messages to support that are answered by mail, as the embedded desk keeps them."""

from __future__ import annotations

from actions.support.handoff import ReplyBy


def tickets(room) -> list:
    """What was sent to support, oldest first."""
    from actions.support.tables import handoffs

    return list(room.desk.store.select(handoffs.c.reply_by == ReplyBy.MAIL.value))
