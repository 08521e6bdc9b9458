"""Agents who are at the embedded desk, and hand-offs whose agents are not."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from actions.support.handoff import State
from actions.support.tables import agents, handoffs

AT_WORK = timedelta(seconds=90)
"""An agent whose page has been heard of within this time is at the desk."""


def is_here(now: datetime) -> sa.sql.ColumnElement:
    """The condition on `agents` that one is at the desk at `now` (aware)."""
    return agents.c.seen_at > (now - AT_WORK).timestamp()


def is_abandoned(now: datetime) -> sa.sql.ColumnElement:
    """The condition on `handoffs` that one has an agent who is not at the desk, or whose account is gone."""
    here = sa.exists().where(agents.c.name == handoffs.c.owner, is_here(now))
    return sa.and_(handoffs.c.state == State.ASSIGNED.value, sa.not_(here))
