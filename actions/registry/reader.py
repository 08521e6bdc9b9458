"""Reading one file of a registry line by line: what is wrong with it, and the rows to stage.

One line is one row: a quote that is left open spoils its own line only, and the line numbers are those of
an editor.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from actions.registry.errors import Problem
from actions.registry.files import RegistryFile

LONGEST_LINE = 65_536
"""Bytes. A longer line is no row of these files, whatever it is."""
BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}

Report = Callable[[Problem], None]
Row = dict[str, Any]


class FileReader:
    """Reads `path` as the registry file `kind`, telling `report` every mistake.

    `bytes_read` follows the reading. `is_readable` is false once the file as a whole had to be given up.
    """

    def __init__(self, path: Path, kind: RegistryFile, report: Report) -> None:
        self._path = path
        self._kind = kind
        self._report = report
        self.bytes_read = 0
        self.is_readable = True

    def rows(self) -> Iterator[Row]:
        """The rows that have a key, as the columns of the table and the number of their `line`.

        Columns with a mistake are None: such a row is never imported, but others may refer to it. Raises
        OSError where the file cannot be read.
        """
        with self._path.open("rb") as file:
            header = file.readline(LONGEST_LINE + 1)
            self.bytes_read = len(header)
            wrong = _wrong_header(header, self._kind.header)
            if wrong is not None:
                self._give_up(1, wrong)
                return
            for number, raw in self._lines(file):
                row = self._row(number, raw)
                if row is not None:
                    yield row

    def _lines(self, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
        number = 1
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            self.bytes_read += len(raw)
            if len(raw) > LONGEST_LINE:
                self._give_up(number, f"is longer than {LONGEST_LINE} bytes; the rest of the file was not read")
                return
            yield number, raw

    def _row(self, number: int, raw: bytes) -> Row | None:
        try:
            text = raw.decode("utf-8").rstrip("\r\n")
            texts = next(csv.reader((text,), strict=True), [])
        except UnicodeDecodeError as error:
            return self._spoilt(number, raw, f"is not UTF-8 (byte {error.start + 1} is 0x{raw[error.start]:02X})")
        except csv.Error as error:
            return self._spoilt(number, raw, f"is not CSV: {error}; one line is one row")
        if not texts:
            return None
        if len(texts) != len(self._kind.fields):
            reason = f"has {len(texts)} columns where the header has {len(self._kind.fields)}"
            return self._spoilt(number, raw, reason)
        return self._parsed(number, texts)

    def _parsed(self, number: int, texts: list[str]) -> Row | None:
        row: Row = {"line": number}
        for field, text in zip(self._kind.fields, texts, strict=True):
            try:
                row[field.column] = field.parse(text.strip())
            except ValueError as error:
                row[field.column] = None
                self._wrong(number, field.name, str(error))
        for column, source, derive in self._kind.derived:
            row[column] = None if row[source] is None else derive(row[source])
        return None if row[self._kind.key] is None else row

    def _spoilt(self, number: int, raw: bytes, reason: str) -> Row | None:
        """Report a line that cannot be read. What looks like its key is kept, for the rows that refer to
        it.
        """
        self._wrong(number, None, reason)
        try:
            key = self._kind.read_key(raw.decode("utf-8", errors="replace").split(",")[0].strip(' "\r\n'))
        except ValueError:
            key = None
        if key is None:
            return None
        return dict.fromkeys(self._kind.columns) | {"line": number, self._kind.key: key}

    def _wrong(self, line: int, column: str | None, reason: str) -> None:
        self._report(Problem(self._path.name, line, column, reason))

    def _give_up(self, line: int, reason: str) -> None:
        self.is_readable = False
        self._wrong(line, None, reason)


def _wrong_header(raw: bytes, expected: list[str]) -> str | None:
    """A sentence about what is wrong with a file, seen from its first line; None where it is right."""
    wanted = f"the first line must be: {','.join(expected)}"
    if not raw:
        return f"the file is empty; {wanted}"
    if raw.startswith(UTF_16) or b"\x00" in raw:
        return "the file is not UTF-8 but looks like UTF-16; save it as UTF-8"
    try:
        text = raw.removeprefix(BOM).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return "the file is not UTF-8; save it as UTF-8"
    if len(raw) > LONGEST_LINE or "\r" in text:
        return f"the file has no line ends that can be read; {wanted}"
    names = [name.strip().strip('"') for name in text.split(",")]
    if names == expected:
        return None
    for delimiter, called in OTHER_DELIMITERS.items():
        if delimiter in text and len(names) < len(expected):
            return f"the columns are separated by {called}; they must be separated by commas"
    return f"the header is {text[:200]!r}; {wanted}"
