"""`python -m bot registry …`: the device registry's files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Optional, Text

from bot import composition

DEMO = composition.DATA / "registry"


def run(action: Text, directory: Optional[Path]) -> int:
    """`import` or `export` of a directory, or `demo`; 0: done, 1: refused, and every mistake is printed."""
    if action == "demo":
        return _demo()
    assert directory is not None
    return _import(directory) if action == "import" else _export(directory)


def _import(directory: Path) -> int:
    try:
        counts = composition.import_registry(directory, _Bar())
    except composition.ImportRefused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        print(f"Error: {refused}.", file=sys.stderr)
        return 1
    for file, count in counts.items():
        print(f"{file}: {count.added} added, {count.changed} changed, {count.unchanged} unchanged")
    return 0


def _export(directory: Path) -> int:
    for file, rows in composition.export_registry(directory, _Bar()).items():
        print(f"{file}: {rows} rows")
    return 0


def _demo() -> int:
    if not composition.settings().registry_url.startswith("sqlite"):
        print("REGISTRY_URL names a server: made-up customers are not loaded there.")
    elif composition.registry_is_empty():
        composition.import_registry(DEMO, _Bar())
        print("The registry was empty; it now holds the made-up customers of data/registry/.")
    return 0


class _Bar:
    """A progress bar a step on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        self._step: Text = ""
        self._bar: Any = None

    def __call__(self, progress: composition.Progress) -> None:
        from tqdm import tqdm

        if progress.step != self._step:
            self._step = progress.step
            self._bar = tqdm(total=progress.total, desc=progress.step, disable=None, leave=False)
        if self._bar is not None:
            self._bar.update(progress.done - self._bar.n)
