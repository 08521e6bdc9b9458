"""From REGISTRY_URL to a database."""

import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from actions.registry import (
    Registry,
    RegistryUnavailable,
    RegistryUrlError,
    registry_engine,
    registry_url,
)
from actions.registry.engine import for_writing


@pytest.mark.parametrize(
    "url",
    [
        "registry.db",
        "mysql://u:hunter2@host/db",
        "sqlite+aiosqlite:///r.db",
        "postgresql://host",
        "",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://u:hunter2@host:port/db",
    ],
)
def test_a_bad_url_is_refused_in_one_line_that_names_the_variable_and_no_password(url: str) -> None:
    with pytest.raises(RegistryUrlError) as refused:
        registry_engine(url)
    message = str(refused.value)
    assert message.startswith("REGISTRY_URL")
    assert "\n" not in message
    assert "hunter2" not in message


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RegistryUrlError, match="file/r.db cannot be made"):
        registry_engine(f"sqlite:///{tmp_path}/file/r.db")


def test_unset_and_empty_mean_a_sqlite_file_under_var() -> None:
    assert registry_url({}) == registry_url({"REGISTRY_URL": " "}) == "sqlite:///var/registry.db"


def test_the_short_name_of_postgresql_is_understood() -> None:
    assert registry_engine("postgres://u@host/db").dialect.name == "postgresql"


def test_a_sqlite_file_is_for_its_owner_only(tmp_path: Path) -> None:
    registry_engine(f"sqlite:///{tmp_path}/new/r.db")
    assert stat.S_IMODE((tmp_path / "new" / "r.db").stat().st_mode) == 0o600


def test_sqlite_keeps_foreign_keys_waits_and_writes_ahead(tmp_path: Path) -> None:
    engine = registry_engine(f"sqlite:///{tmp_path}/r.db")
    with engine.connect() as connection:
        pragmas = [
            connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("foreign_keys", "busy_timeout", "journal_mode")
        ]
    engine.dispose()
    assert pragmas == [1, 5000, "wal"]


def test_a_second_sqlite_writer_waits_for_the_first(tmp_path: Path) -> None:
    engine = for_writing(registry_engine(f"sqlite:///{tmp_path}/r.db"))
    order = []

    def write() -> None:
        with engine.begin():
            order.append("second")

    with engine.begin():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    engine.dispose()
    assert order == ["first", "second"]


def test_a_registry_that_is_not_migrated_is_unavailable_and_not_ready(empty_url: str) -> None:
    registry = Registry.at(empty_url)
    with pytest.raises(RegistryUnavailable):
        registry.account("C-1")
    assert not registry.is_ready()
    registry.close()


def test_a_registry_that_cannot_be_reached_is_unavailable_and_not_ready(tmp_path: Path) -> None:
    registry = Registry.at(f"postgresql://u@/db?host={tmp_path}")
    with pytest.raises(RegistryUnavailable):
        registry.owner("HQA1 X773 0001", "maja@example.com")
    assert not registry.is_ready()


def test_the_error_says_nothing_about_the_customer(empty_url: str) -> None:
    registry = Registry.at(empty_url)
    with pytest.raises(RegistryUnavailable) as failed:
        registry.owner("HQA1 X773 0001", "maja@example.com")
    registry.close()
    assert "maja" not in str(failed.value)
    assert failed.value.__cause__ is None


def test_a_slow_statement_is_given_up_on_postgresql(postgres_url: str) -> None:
    engine = registry_engine(postgres_url, answer_within=0.1)
    with engine.connect() as connection, pytest.raises(OperationalError, match="statement timeout"):
        connection.execute(text("SELECT pg_sleep(5)"))
    engine.dispose()


def test_a_migrated_registry_is_ready(engine: Engine) -> None:
    assert Registry(engine).is_ready()
