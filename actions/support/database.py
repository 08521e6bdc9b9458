"""The desk's way to the conversations' database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from actions.support.tables import metadata

_LOCK = 0x1006
"""Number of the PostgreSQL advisory lock under which the tables are made by one process at a time."""


class Database:
    """Transactions on the database at `url`. The tables are made before the first one; nothing connects before.

    Safe to share between threads. Every call blocks and is meant for a thread.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._prepared = False
        self._preparing = Lock()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Committed at its end, rolled back on an error. Let a change come first in it: SQLite then waits its turn.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database does not answer as it should.
        """
        self._prepare()
        with self._engine.begin() as connection:
            yield connection

    def insert_if_free(self, table: sa.Table) -> Any:
        """An INSERT that does nothing where a unique key is taken; its rowcount tells."""
        make = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        return make(table).on_conflict_do_nothing()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def _prepare(self) -> None:
        with self._preparing:
            if self._prepared:
                return
            with self._engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                metadata.create_all(connection)
            self._prepared = True


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(url, future=True, pool_pre_ping=True)
    arguments = {"timeout": 5, "check_same_thread": False}
    engine = sa.create_engine(url, future=True, poolclass=QueuePool, connect_args=arguments)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:
    """Changes are appended to a log, which is flushed at each commit: what was acknowledged outlives a power cut."""
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
