"""Bringing a registry database to the newest revision (Alembic, without an alembic.ini)."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from actions.registry.engine import for_writing
from actions.registry.errors import RegistryError

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
    newest = ScriptDirectory.from_config(_config()).get_heads()
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(newest)


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other migration or import runs; the lock ends with the transaction.

    SQLite needs no more than a transaction begun `for_writing`.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
