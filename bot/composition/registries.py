"""The device registry, for the start and for commands."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Mapping, Text

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.registry import Counts, Progress, RegistryError, is_current, registry_engine, upgrade
from actions.registry import export_registry as write_registry
from actions.registry import import_registry as read_registry
from bot.composition import process
from bot.composition.process import make_folder


def registry() -> Engine:
    """The device registry (`REGISTRY_URL`), brought to the newest revision.

    Raises:
        RegistryError: the address cannot be used.
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    make_folder(process.settings().registry_url)
    engine = registry_engine(process.settings().registry_url)
    upgrade(engine)
    return engine


def registry_is_ready() -> bool:
    """Whether the registry answers and is at the newest revision."""
    try:
        return is_current(registry_engine(process.settings().registry_url))
    except (RegistryError, SQLAlchemyError):
        return False


def registry_is_empty() -> bool:
    """Whether no customer is in the registry."""
    with registry().connect() as connection:
        return connection.execute(sa.text("SELECT 1 FROM customers LIMIT 1")).first() is None


def import_registry(directory: Path, progress: Callable[[Progress], None]) -> Mapping[Text, Counts]:
    """See `actions.registry.import_registry`."""
    return read_registry(registry(), directory, progress)


def export_registry(directory: Path, progress: Callable[[Progress], None]) -> Mapping[Text, int]:
    """See `actions.registry.export_registry`."""
    return write_registry(registry(), directory, progress)
