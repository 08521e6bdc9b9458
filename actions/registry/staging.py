"""Temporary tables that hold the rows of an import until all of them are known to be right.

They belong to one connection and take no lock on the registry. What is compared, found twice or missing is
worked out by the database, so that memory does not grow with the files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Table, exists, func, insert, or_, select, text, true
from sqlalchemy.engine import Connection

from actions.registry.engine import insert_into
from actions.registry.errors import Problem
from actions.registry.files import FILES, RegistryFile


@dataclass(frozen=True)
class Counts:
    """Rows of one file by what they did to the registry."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class Staging:
    """The staged rows of every file of one import, on one connection that is not to be used again
    afterwards.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        metadata = MetaData()
        self._tables = {kind.name: _staging_table(kind, metadata) for kind in FILES}
        metadata.create_all(connection, checkfirst=False)

    def add(self, kind: RegistryFile, rows: list[dict[str, Any]]) -> None:
        """Stage some rows of a file."""
        self._connection.execute(insert(self._tables[kind.name]), rows)

    def seal(self) -> None:
        """Call once after the last row: makes the keys quick to find."""
        for kind in FILES:
            table = self._tables[kind.name]
            Index(f"ix_{table.name}_key", table.c[kind.key], table.c.line).create(self._connection)
            if self._connection.dialect.name == "postgresql":
                self._connection.execute(text(f"ANALYZE {table.name}"))

    def duplicates(self, kind: RegistryFile) -> Iterator[Problem]:
        """Every row whose key stands on an earlier line of the same file, naming both lines."""
        staged = self._tables[kind.name]
        key = staged.c[kind.key]
        several = (
            select(key.label("key"), func.min(staged.c.line).label("first"))
            .group_by(key)
            .having(func.count() > 1)
            .subquery()
        )
        rows = self._connection.execute(
            select(staged.c.line, key, several.c.first)
            .join(several, key == several.c.key)
            .where(staged.c.line > several.c.first)
        )
        for line, value, first in rows:
            yield Problem(kind.name, line, kind.key_name, f"{value} stands on line {first} already")

    def strays(self, kind: RegistryFile) -> Iterator[Problem]:
        """Every row that refers to a customer or device which is neither in the files nor in the registry."""
        if kind.owner is None:
            return
        staged, owners = self._tables[kind.name], self._tables[kind.owner.name]
        wanted = staged.c[kind.owner_key]
        registered = kind.owner.table.c[kind.owner.key]
        rows = self._connection.execute(
            select(staged.c.line, wanted).where(
                wanted.is_not(None),
                ~exists().where(owners.c[kind.owner.key] == wanted),
                ~exists().where(registered == wanted),
            )
        )
        for line, value in rows:
            reason = f"{value} is neither in {kind.owner.name} nor in the registry"
            yield Problem(kind.name, line, kind.owner.key_name, reason)

    def apply(self, kind: RegistryFile) -> Counts:
        """Write the staged rows of a file to the registry, and say what that did; rows that are the same
        are not touched.

        The counts are right as long as no other import runs at the same time.
        """
        staged, target, columns = self._tables[kind.name], kind.table, kind.columns
        rows = select(*(staged.c[column] for column in columns)).where(true()).order_by(staged.c[kind.key])
        statement = insert_into(target, self._connection.dialect.name).from_select(columns, rows)
        new = {column: statement.excluded[column] for column in columns if column != kind.key}
        upsert = statement.on_conflict_do_update(
            index_elements=[kind.key],
            set_=new,
            where=or_(*(target.c[column].is_distinct_from(value) for column, value in new.items())),
        )
        before = self._size(target)
        written = self._connection.execute(upsert).rowcount
        added = self._size(target) - before
        return Counts(added=added, changed=written - added, unchanged=self._size(staged) - written)

    def _size(self, table: Table) -> int:
        return int(self._connection.execute(select(func.count()).select_from(table)).scalar_one())


def _staging_table(kind: RegistryFile, metadata: MetaData) -> Table:
    columns = [Column(column, kind.table.c[column].type) for column in kind.columns]
    return Table(f"import_{kind.table.name}", metadata, Column("line", Integer), *columns, prefixes=["TEMPORARY"])
