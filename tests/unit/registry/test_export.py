"""Writing the registry to files."""

import stat
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from actions.registry import Progress, Registry, export_registry
from tests.unit.registry.csvfiles import CUSTOMERS, DEVICES


def test_an_export_has_the_rows_of_the_import(engine: Engine, registry: Registry, tmp_path: Path) -> None:
    rows = export_registry(engine, tmp_path / "out")
    assert rows == {"customers.csv": 2, "devices.csv": 3, "claims.csv": 2}
    assert (tmp_path / "out" / "customers.csv").read_text(encoding="utf-8") == CUSTOMERS
    assert (tmp_path / "out" / "devices.csv").read_text(encoding="utf-8") == DEVICES


def test_claims_are_exported_under_the_serial_of_their_device(
    engine: Engine, registry: Registry, tmp_path: Path
) -> None:
    export_registry(engine, tmp_path)
    lines = (tmp_path / "claims.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "K-1,HQA1 X773 0001,accident,2026-09-01,open",
        "K-2,HQB2-K418-0003,warranty,2024-04-02,approved",
    ]


def test_an_empty_registry_is_exported_as_three_headers(engine: Engine, tmp_path: Path) -> None:
    export_registry(engine, tmp_path)
    assert [len(path.read_text().splitlines()) for path in sorted(tmp_path.glob("*.csv"))] == [1, 1, 1]


def test_exported_files_are_for_their_owner_only(engine: Engine, tmp_path: Path) -> None:
    export_registry(engine, tmp_path / "out")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}


def test_an_export_that_fails_leaves_the_old_files_and_no_drafts(
    engine: Engine, registry: Registry, tmp_path: Path
) -> None:
    (tmp_path / "customers.csv").write_text("old")

    def fail(progress: Progress) -> None:
        if progress.step == "devices.csv":
            raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        export_registry(engine, tmp_path, fail)
    assert (tmp_path / "customers.csv").read_text() == "old"
    assert not (tmp_path / "devices.csv").exists()
    assert not list(tmp_path.glob(".*.new"))


def test_progress_counts_the_rows(engine: Engine, registry: Registry, tmp_path: Path) -> None:
    seen: list[Progress] = []
    export_registry(engine, tmp_path, seen.append)
    assert seen == [
        Progress("customers.csv", 2, 2),
        Progress("devices.csv", 3, 3),
        Progress("claims.csv", 2, 2),
    ]
