"""A registry on SQLite and on a real PostgreSQL server, which the tests start themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from actions.registry import Registry, import_registry, registry_engine, upgrade
from tests.unit.registry.csvfiles import write_files


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/registry.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty registry."""
    engine = registry_engine(empty_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def registry(engine: Engine, tmp_path: Path) -> Registry:
    """A registry that holds the rows of `csvfiles`."""
    import_registry(engine, write_files(tmp_path / "seed"))
    return Registry(engine)


@pytest.fixture
def count(engine: Engine) -> Callable[[str], int]:
    """How many rows a table has."""

    def count_rows(table: str) -> int:
        with engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    return count_rows
