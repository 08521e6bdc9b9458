"""The desk's tables, in the conversations' database (`TRACKER_URL`). Moments are seconds since 1970, UTC."""

from __future__ import annotations

import sqlalchemy as sa

from actions.support.handoff import ReplyBy, State

metadata = sa.MetaData()

handoffs = sa.Table(
    "handoffs",
    metadata,
    sa.Column("reference", sa.String(16), primary_key=True),
    sa.Column("conversation_id", sa.String(64), nullable=False, index=True),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("reply_by", sa.String(4), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("reason", sa.String(40), nullable=False),
    sa.Column("requested_at", sa.Float, nullable=False),
    sa.Column("owner", sa.String(64)),
    sa.Column("assigned_at", sa.Float),
    sa.Column("ended_at", sa.Float),
    sa.Column("outcome", sa.String(40)),
    sa.Column("reminded_at", sa.Float),
    sa.Column("brief", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text),
    sa.Index("ix_handoffs_state", "state", "requested_at"),
)

_open_chat = sa.and_(
    handoffs.c.reply_by == ReplyBy.CHAT.value,
    handoffs.c.state.in_([State.OFFERED.value, State.QUEUED.value, State.ASSIGNED.value]),
)
sa.Index(
    "ux_handoffs_one_open_chat",
    handoffs.c.conversation_id,
    unique=True,
    sqlite_where=_open_chat,
    postgresql_where=_open_chat,
)
"""However many ask at once, a conversation has one open hand-off in the chat. Messages by mail may be several."""

notes = sa.Table(
    "handoff_notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reference", sa.String(16), sa.ForeignKey(handoffs.c.reference), nullable=False, index=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("author", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("turn", sa.String(64), unique=True),
)
"""`kind`: note, assigned (to a colleague), shown (personal data), answer (by mail), lost (such an answer).

`turn`: makes it safe to repeat.
"""

originals = sa.Table(
    "handoff_originals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reference", sa.String(16), sa.ForeignKey(handoffs.c.reference), nullable=False, index=True),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

times = sa.Table(
    "handoff_times",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("ended_at", sa.Float, nullable=False, index=True),
    sa.Column("reply_by", sa.String(4), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("reason", sa.String(40), nullable=False),
    sa.Column("outcome", sa.String(40), nullable=False),
    sa.Column("waited", sa.Float, nullable=False),
    sa.Column("handled", sa.Float),
)
"""How long it took, in seconds (`waited` in open hours). It names no conversation, so it outlives an erasure."""

agents = sa.Table(
    "desk_agents",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("first_name", sa.String(40), nullable=False),
    sa.Column("password", sa.String(200), nullable=False),
    sa.Column("seen_at", sa.Float),
)

sessions = sa.Table(
    "desk_sessions",
    metadata,
    sa.Column("token", sa.String(64), primary_key=True),
    sa.Column("agent", sa.String(64), sa.ForeignKey(agents.c.name), nullable=False, index=True),
    sa.Column("started_at", sa.Float, nullable=False),
    sa.Column("used_at", sa.Float, nullable=False),
)
"""`token`: the SHA-256 of what the agent's browser holds."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("lane", sa.String(100), nullable=False, index=True),
    sa.Column("key", sa.String(128), unique=True),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("sealed", sa.Text),
    sa.Column("added_at", sa.Float, nullable=False),
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("last_try_at", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("lease", sa.String(32)),
    sa.Column("leased_until", sa.Float),
    sa.Column("error", sa.String(60)),
    sa.Column("ended_at", sa.Float),
    sa.Index("ix_outbox_turn", "state", "kind", "lane", "id"),
)
"""What must leave the house, in order within a kind and lane; see `actions.support.outbox`.

`state`: waiting, sent (its `key` is kept for a while, its body is not) or given_up. `lease`: who tries to deliver it,
until `leased_until`. After `last_try_at` it is given up. `error`: the name of the last failure's class.
"""
