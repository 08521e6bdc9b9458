"""What is kept of conversations that are in Chatwoot. Moments are seconds since 1970, UTC."""

from __future__ import annotations

import sqlalchemy as sa

from actions.support.tables import metadata

places = sa.Table(
    "chatwoot_places",
    metadata,
    sa.Column("lane", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("number", sa.BigInteger, unique=True),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("contact", sa.Text),
    sa.Column("status", sa.String(10)),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("claim", sa.String(10)),
    sa.Column("claim_out", sa.Boolean, nullable=False),
    sa.Column("attributes", sa.Text),
    sa.Column("attributes_at", sa.Float, nullable=False),
    sa.Column("agent", sa.String(40)),
)
"""Where one of our conversations is in Chatwoot.

`lane`: our conversation's id, or the reference of a message that was left. `number`: of Chatwoot's conversation.
`contact` (sealed): its contact's key in the API inbox; whoever has it reads the conversation. `status`: as Chatwoot
last said, up to the message `position`, at `at`. `claim`: the status that we have asked for, as long as what Chatwoot
says may be older; `claim_out`: it has been told. `attributes` (sealed): the custom attributes as last seen. `agent`:
first name of who writes.
"""

gone = sa.Table("chatwoot_gone", metadata, sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False))
"""Numbers of conversations that we had brought to Chatwoot and whose customers have had everything deleted here."""

posts = sa.Table(
    "chatwoot_posts",
    metadata,
    sa.Column("key", sa.String(128), primary_key=True),
    sa.Column("lane", sa.String(64), nullable=False, index=True),
    sa.Column("words", sa.String(64), nullable=False),
    sa.Column("tried_at", sa.Float, nullable=False, index=True),
    sa.Column("message", sa.BigInteger),
)
"""Messages that were sent to Chatwoot, or may have been: an answer can be lost on its way.

`words`: a mark of what was said, made with our key, by which Chatwoot's echo of it is known again. `message`:
Chatwoot's id, once it is known.
"""
