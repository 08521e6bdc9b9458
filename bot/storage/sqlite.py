"""SQLite as a database of conversations: connections stay open, and a change is one flush to the disk."""

from __future__ import annotations

from typing import Any, Dict, Text

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

_WAIT = 5.0
"""Seconds to wait for another connection that writes."""

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL")
"""Changes are appended to a log, which is flushed at each commit: what was acknowledged outlives a power cut."""


def engine_for(url: Text) -> Engine:
    """The engine for an address of `TRACKER_URL`; nothing connects before it is used."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, future=True, pool_pre_ping=True)
    arguments: Dict[Text, Any] = {"timeout": _WAIT, "check_same_thread": False}
    engine = sa.create_engine(url, future=True, poolclass=QueuePool, connect_args=arguments)
    sa.event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
