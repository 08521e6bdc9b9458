"""Bringing a database to the newest revision."""

import pkgutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

import actions.registry
from actions.registry import RegistryError, is_current, registry_engine, upgrade
from actions.registry.migrate import MIGRATIONS, newest_revision
from actions.registry.models import metadata

PROJECT = Path(__file__).parents[3]


def test_a_new_database_is_not_current_until_upgraded(empty_url: str) -> None:
    engine = registry_engine(empty_url)
    before = is_current(engine)
    upgrade(engine)
    after = is_current(engine)
    engine.dispose()
    assert (before, after) == (False, True)


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    assert is_current(engine)


def test_the_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_migrations_make_the_checks_of_the_models(engine: Engine) -> None:
    migrated = checks(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert checks(engine) == migrated


def checks(engine: Engine) -> set[tuple[str, str, str]]:
    inspector = inspect(engine)
    return {
        (table, check["name"], check["sqltext"])
        for table in metadata.tables
        for check in inspector.get_check_constraints(table)
    }


def test_a_database_of_a_newer_program_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not is_current(engine)
    with pytest.raises(RegistryError, match="another version of this program"):
        upgrade(engine)


def test_walking_the_package_does_not_import_the_migrations() -> None:
    found = {module.name for module in pkgutil.walk_packages(actions.registry.__path__, "actions.registry.")}
    assert "actions.registry.migrate" in found
    assert not any("migrations" in name for name in found)


def test_processes_that_start_at_once_upgrade_a_new_database_together(empty_url: str) -> None:
    code = "import sys; from actions.registry import *; upgrade(registry_engine(sys.argv[1]))"
    started = [
        subprocess.Popen([sys.executable, "-c", code, empty_url], cwd=PROJECT, stderr=subprocess.PIPE) for _ in range(3)
    ]
    errors = [process.communicate(timeout=60)[1].decode() for process in started]
    assert errors == ["", "", ""]


def test_threads_that_start_at_once_upgrade_a_new_database_together(empty_url: str) -> None:
    engine = registry_engine(empty_url)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(upgrade, [engine] * 6))
    engine.dispose()


def test_the_newest_revision_that_is_read_without_alembic_is_alembics() -> None:
    script = Config()
    script.set_main_option("script_location", str(MIGRATIONS))
    assert [newest_revision()] == ScriptDirectory.from_config(script).get_heads()


def test_a_database_without_a_revision_is_brought_to_the_newest(engine: Engine) -> None:
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DELETE FROM alembic_version"))
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
