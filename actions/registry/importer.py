"""Importing a registry from its CSV files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from actions.registry.engine import for_writing
from actions.registry.errors import ImportRefused, Problem
from actions.registry.files import FILES, RegistryFile
from actions.registry.migrate import one_at_a_time
from actions.registry.reader import FileReader
from actions.registry.staging import Counts, Staging

BATCH = 5_000


@dataclass(frozen=True)
class Progress:
    """How far a long piece of work is: `done` of `total` (bytes of a file, or rows) of the step called
    `step`.
    """

    step: str
    done: int
    total: int


ReportProgress = Callable[[Progress], None]


def import_registry(engine: Engine, directory: Path, progress: ReportProgress = lambda _: None) -> Mapping[str, Counts]:
    """Import customers.csv, devices.csv and claims.csv from `directory`, in one transaction; what was done,
    by file name.

    An import adds rows and changes rows that differ (by customer_id, serial and claim_id). Rows of the
    registry that are missing from the files stay as they are, and a file that is not there leaves its part
    of the registry alone. Importing the same files again changes nothing. Memory does not grow with the
    files, only with the number of mistakes. Others can read and write the registry meanwhile, but for the
    last step on SQLite, which holds its one write lock (some 10 seconds for 1,000,000 new devices): a case
    that is opened then waits, and may be refused.

    Raises ImportRefused with every mistake of every file, and then nothing has changed; SQLAlchemy's errors
    when the database cannot be reached. `progress` is called often and from this thread. Source: the
    registry contract.
    """
    paths = _paths(directory)
    problems = _misplaced(directory, paths)
    with engine.connect() as connection:
        # Off the pool: closing the connection drops its temporary tables, whatever happened.
        connection.detach()
        with connection.begin():
            staging = Staging(connection)
            unreadable = {kind for kind, path in paths.items() if not _stage(staging, kind, path, problems, progress)}
            staging.seal()
        with connection.begin():
            problems += _cross_problems(staging, unreadable, progress)
        if problems:
            raise ImportRefused(sorted(problems, key=_place))
        with for_writing(connection).begin():
            one_at_a_time(connection)
            counts = dict(_write(staging, progress))
        _shorten_log(connection)
    return counts


def _paths(directory: Path) -> dict[RegistryFile, Path]:
    return {kind: directory / kind.name for kind in FILES if (directory / kind.name).is_file()}


def _misplaced(directory: Path, paths: Mapping[RegistryFile, Path]) -> list[Problem]:
    """A misspelt file would otherwise be left out without a word."""
    known = ", ".join(kind.name for kind in FILES)
    if not paths:
        return [Problem(str(directory), None, None, f"has none of the files {known}")]
    others = sorted(path.name for path in directory.iterdir() if path.suffix.lower() == ".csv")
    names = {path.name for path in paths.values()}
    return [Problem(name, None, None, f"is none of {known}") for name in others if name not in names]


def _stage(staging: Staging, kind: RegistryFile, path: Path, problems: list[Problem], progress: ReportProgress) -> bool:
    """Stage one file; says whether it could be read to its end."""
    reader = FileReader(path, kind, problems.append)
    try:
        total = path.stat().st_size
        rows = reader.rows()
        while batch := list(islice(rows, BATCH)):
            staging.add(kind, batch)
            progress(Progress(kind.name, reader.bytes_read, total))
    except OSError as error:
        problems.append(Problem(kind.name, None, None, f"cannot be read: {error.strerror}"))
        return False
    progress(Progress(kind.name, reader.bytes_read, total))
    return reader.is_readable


def _cross_problems(staging: Staging, unreadable: set[RegistryFile], progress: ReportProgress) -> list[Problem]:
    problems: list[Problem] = []
    for number, kind in enumerate(FILES, 1):
        problems += staging.duplicates(kind)
        if kind.owner not in unreadable:
            problems += staging.strays(kind)
        progress(Progress("checking", number, len(FILES)))
    return problems


def _write(staging: Staging, progress: ReportProgress) -> Iterator[tuple[str, Counts]]:
    for number, kind in enumerate(FILES, 1):
        yield kind.name, staging.apply(kind)
        progress(Progress("writing", number, len(FILES)))


def _shorten_log(connection: Connection) -> None:
    """SQLite's write-ahead log has grown with the import and would keep its size."""
    if connection.dialect.name == "sqlite":
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _place(problem: Problem) -> tuple[int, str, int, int]:
    kinds = [kind.name for kind in FILES]
    file = kinds.index(problem.file) if problem.file in kinds else len(kinds)
    header = FILES[file].header if file < len(kinds) else []
    column = header.index(problem.column) if problem.column in header else -1
    return file, problem.file, problem.line or 0, column
