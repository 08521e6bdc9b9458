"""What can go wrong with the registry, by name. Texts are for operators and logs, never for customers."""

from collections.abc import Sequence
from dataclasses import dataclass


class RegistryError(Exception):
    """Anything that the registry refuses or cannot do."""


class RegistryUrlError(RegistryError, ValueError):
    """REGISTRY_URL cannot be used. The text names the variable and never holds a password."""


class RegistryUnavailable(RegistryError):
    """The registry cannot be reached, is not migrated, or does not answer in time. Callers say
    `registry_unavailable`.
    """


class UnknownDevice(RegistryError):
    """There is no such device, or it is somebody else's: the two are never told apart."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file of an import. `line` counts from 1, the header; `column` is None where it is
    the whole line.
    """

    file: str
    line: int | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        """The place and the reason in one line, for example `devices.csv, line 7, unit: …`."""
        place = [self.file]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(self.column)
        return f"{', '.join(place)}: {self.reason}"


class ImportRefused(RegistryError):
    """An import changed nothing because of `problems`, in the order of the files, their lines and their
    columns.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"nothing was imported: {len(problems)} problem{'s' if len(problems) != 1 else ''}")
        self.problems = tuple(problems)
