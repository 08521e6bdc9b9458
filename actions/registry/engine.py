"""The way from REGISTRY_URL to a database: SQLite in a file, or PostgreSQL."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from actions.registry.errors import RegistryUrlError

Bind = TypeVar("Bind", Engine, Connection)

DEFAULT_URL = "sqlite:///var/registry.db"
FORMS = "sqlite:///path/to/file.db or postgresql://user:password@host/name"
DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql",
    "postgresql+psycopg2": "postgresql",
}
WAIT = 5
"""Seconds to wait for a connection, or for somebody else's write to SQLite."""


def registry_url(environment: Mapping[str, str] = os.environ) -> str:
    """The value of REGISTRY_URL; a SQLite file under `var/` where it is unset or empty."""
    return environment.get("REGISTRY_URL", "").strip() or DEFAULT_URL


def registry_engine(url: str, answer_within: float | None = None) -> Engine:
    """An engine for the registry at `url`, in SQLAlchemy's 2.0 style. It does not connect yet.

    A SQLite file and its directory are made, for their owner's eyes. `answer_within` (seconds) is the
    longest that one statement may take on PostgreSQL; None, for imports, is no limit. Transactions that
    will write must be begun by `for_writing`. Raises RegistryUrlError.
    """
    parsed = _checked(url)
    if DRIVERS[parsed.drivername] == "sqlite":
        return _sqlite_engine(parsed)
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg2"),
        future=True,
        pool_pre_ping=True,
        pool_timeout=WAIT,
        connect_args={"connect_timeout": WAIT},
    )
    if answer_within is not None:
        _limit_statements(engine, int(answer_within * 1000))
    return engine


def for_writing(bind: Bind) -> Bind:
    """The same engine (with its pool) or connection, whose transactions take SQLite's write lock when they
    begin.

    A SQLite transaction that reads first and writes later fails at once when somebody else wrote in
    between, without waiting; one that says so at its beginning waits for its turn.
    """
    return bind.execution_options(writes=True)


def insert_into(table: Table, dialect: str) -> Any:
    """An INSERT that knows ON CONFLICT, which SQLAlchemy spells once for each of the two databases."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)


def _checked(url: str) -> URL:
    text = "postgresql://" + url[len("postgres://") :] if url.startswith("postgres://") else url
    try:
        parsed = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise RegistryUrlError(f"REGISTRY_URL is not a database address; it looks like {FORMS}") from error
    if parsed.drivername not in DRIVERS:
        raise RegistryUrlError(f"REGISTRY_URL: {parsed.drivername!r} is not supported; it looks like {FORMS}")
    if DRIVERS[parsed.drivername] == "postgresql" and not parsed.database:
        raise RegistryUrlError(f"REGISTRY_URL names no database; it looks like {FORMS}")
    if DRIVERS[parsed.drivername] == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise RegistryUrlError("REGISTRY_URL names no file: a SQLite registry in memory would be empty at every start")
    return parsed


def _sqlite_engine(url: URL) -> Engine:
    file = Path(str(url.database))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)
    except OSError as error:
        raise RegistryUrlError(f"REGISTRY_URL: the file {file} cannot be made: {error.strerror}") from error
    engine = create_engine(
        url,
        future=True,
        poolclass=QueuePool,
        pool_timeout=WAIT,
        connect_args={"timeout": WAIT, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Python's driver begins transactions itself, but not before DDL and SELECT. _begin_sqlite begins ours.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {WAIT * 1000}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _limit_statements(engine: Engine, milliseconds: int) -> None:
    @event.listens_for(engine, "connect")
    def limit(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {milliseconds}")
        connection.commit()
