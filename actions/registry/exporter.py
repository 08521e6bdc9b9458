"""Exporting the registry to the CSV files that an import reads."""

import csv
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from actions.registry.files import CLAIMS, DEVICES, FILES, RegistryFile
from actions.registry.importer import Progress

BATCH = 5_000


def export_registry(
    engine: Engine, directory: Path, progress: Callable[[Progress], None] = lambda _: None
) -> Mapping[str, int]:
    """Write customers.csv, devices.csv and claims.csv to `directory` (made if need be); rows by file name.

    All three are of one moment, sorted by id or serial, in UTF-8 with plain line feeds. Files of these
    names are replaced once all three are complete. Serials are written as they were registered. Only the
    owner of the files can read them: they hold personal data. Memory does not grow with the registry.
    Raises OSError where a file cannot be written, and SQLAlchemy's errors when the database cannot be
    reached. Source: the registry contract.
    """
    directory.mkdir(parents=True, exist_ok=True)
    drafts = {kind: directory / f".{kind.name}.new" for kind in FILES}
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                rows = {kind.name: _write(connection, kind, draft, progress) for kind, draft in drafts.items()}
        for kind, draft in drafts.items():
            draft.replace(directory / kind.name)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return rows


def _write(connection: Connection, kind: RegistryFile, path: Path, progress: Callable[[Progress], None]) -> int:
    total = connection.execute(select(func.count()).select_from(kind.table)).scalar_one()
    query = _rows(kind)
    written = 0
    result = connection.execution_options(stream_results=True, max_row_buffer=BATCH).execute(query)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(kind.header)
        for batch in result.partitions(BATCH):
            writer.writerows([_text(value) for value in row] for row in batch)
            written += len(batch)
            progress(Progress(kind.name, written, total))
    return written


def _rows(kind: RegistryFile) -> "select":
    if kind is not CLAIMS:
        return select(*(kind.table.c[field.column] for field in kind.fields)).order_by(kind.table.c[kind.key])
    devices = DEVICES.table
    columns = (devices.c.serial if field.name == "serial" else kind.table.c[field.column] for field in kind.fields)
    joined = kind.table.join(devices, devices.c.serial_key == kind.table.c.serial_key)
    return select(*columns).select_from(joined).order_by(kind.table.c[kind.key])


def _text(value: str | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
