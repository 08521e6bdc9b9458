"""Bringing a registry database to the newest revision (Alembic, without an alembic.ini)."""

import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine

from actions.registry.engine import for_writing
from actions.registry.errors import RegistryError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")
_ALEMBIC = Lock()
"""Alembic's context is one for the whole process; two upgrades in two threads would mix theirs up."""
LOCK = 0x1005
"""Number of the PostgreSQL advisory lock under which migrations and imports run one at a time."""


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision, in one transaction; nothing happens where it is there
    already.

    Several processes may call it at once: one does the work, the others wait. Raises RegistryError when the
    database is at a revision that this program does not know, that is when a newer one has been here; and
    SQLAlchemy's errors when the database cannot be reached.
    """
    if is_current(engine):
        return
    from alembic import command  # takes a tenth of a second that nobody needs who is up to date
    from alembic.util import CommandError

    with _ALEMBIC, for_writing(engine).begin() as connection:
        one_at_a_time(connection)
        config = _config()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise RegistryError(f"the registry was made by another version of this program: {error}") from error


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest revision. Raises SQLAlchemy's errors if not reachable."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        return set(found) == {newest_revision()}


@cache
def newest_revision() -> str:
    """The revision that no other one follows, as the migrations themselves say; read without Alembic."""
    sources = [file.read_text(encoding="utf-8") for file in (MIGRATIONS / "versions").glob("*.py")]
    revisions, followed = (
        {match for source in sources for match in re.findall(rf'^{name} = "(\w+)"$', source, re.MULTILINE)}
        for name in ("revision", "down_revision")
    )
    (newest,) = revisions - followed
    return newest


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other migration or import runs; the lock ends with the transaction.

    SQLite needs no more than a transaction begun `for_writing`.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
