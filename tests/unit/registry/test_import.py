"""What an import does to a registry."""

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from actions.program import ClaimStatus, Damage
from actions.registry import Counts, Progress, Registry, export_registry, import_registry
from tests.unit.registry.csvfiles import CLAIMS, CUSTOMERS, DEVICES, write_files

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
UNCHANGED = {
    "customers.csv": Counts(unchanged=2),
    "devices.csv": Counts(unchanged=3),
    "claims.csv": Counts(unchanged=2),
}


def test_a_first_import_adds_every_row(engine: Engine, tmp_path: Path) -> None:
    assert import_registry(engine, write_files(tmp_path)) == {
        "customers.csv": Counts(added=2),
        "devices.csv": Counts(added=3),
        "claims.csv": Counts(added=2),
    }


def test_the_same_files_again_change_nothing(engine: Engine, registry: Registry, tmp_path: Path) -> None:
    before = registry.account("C-1")
    assert import_registry(engine, write_files(tmp_path)) == UNCHANGED
    assert registry.account("C-1") == before


def test_added_changed_and_unchanged_rows_are_counted(engine: Engine, registry: Registry, tmp_path: Path) -> None:
    claims = (
        CLAIMS.replace("2026-09-01,open", "2026-09-01,approved") + "K-3,HQB2K4180003,accident,2024-05-01,rejected\n"
    )
    counts = import_registry(engine, write_files(tmp_path, claims=claims))
    assert counts == UNCHANGED | {"claims.csv": Counts(added=1, changed=1, unchanged=1)}
    account = registry.account("C-1")
    assert account is not None
    assert account.customer.devices[0].claims[0].status is ClaimStatus.APPROVED


def test_a_field_that_becomes_empty_or_filled_is_a_change(engine: Engine, registry: Registry, tmp_path: Path) -> None:
    customers = CUSTOMERS.replace("+46 70 174 06 05", "")
    devices = DEVICES.replace("2024-02-29,NO,,", "2024-02-29,NO,2024-03-01,")
    counts = import_registry(engine, write_files(tmp_path, customers, devices))
    assert (counts["customers.csv"].changed, counts["devices.csv"].changed) == (1, 1)


def test_a_serial_written_in_another_way_is_the_same_device(
    engine: Engine, registry: Registry, tmp_path: Path, count: Callable[[str], int]
) -> None:
    devices = DEVICES.replace("HQA1 X773 0001", "hqai-x773-ooo1")
    assert import_registry(engine, write_files(tmp_path, devices=devices))["devices.csv"].changed == 1
    assert count("devices") == 3


def test_rows_that_are_missing_from_the_files_stay(
    engine: Engine, registry: Registry, tmp_path: Path, count: Callable[[str], int]
) -> None:
    header = [text.splitlines()[0] for text in (CUSTOMERS, DEVICES, CLAIMS)]
    counts = import_registry(engine, write_files(tmp_path, *header))
    assert set(counts.values()) == {Counts()}
    assert [count(table) for table in ("customers", "devices", "claims")] == [2, 3, 2]


def test_a_file_alone_may_refer_to_what_is_in_the_registry(engine: Engine, registry: Registry, tmp_path: Path) -> None:
    claims = "claim_id,serial,kind,happened_on,status\nK-9,HQA1X7730002,accident,2026-10-01,open\n"
    directory = write_files(tmp_path, customers=None, devices=None, claims=claims)
    assert import_registry(engine, directory)["claims.csv"] == Counts(added=1)


def test_an_open_case_survives_an_import(engine: Engine, registry: Registry, tmp_path: Path) -> None:
    opened = registry.open_case("C-1", "HQA1 X773 0001", Damage.ACCIDENT, "sv", NOW)
    devices = DEVICES.replace("IQOS ILUMA PRIME", "IQOS ILUMA i")
    import_registry(engine, write_files(tmp_path, devices=devices))
    account = registry.account("C-1")
    assert account is not None
    assert account.open_cases == {"HQA1 X773 0001": opened.case}


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("\n", "\n\n").encode(),
        lambda text: text.replace("C-1,", " C-1 ,").encode(),
        lambda text: text.replace("C-1,", '"C-1",').encode(),
    ],
    ids=["byte order mark", "CRLF", "no last line end", "empty lines", "outer spaces", "quotes"],
)
def test_what_spreadsheets_do_to_a_file_is_accepted(
    engine: Engine, registry: Registry, tmp_path: Path, rewrite: Callable[[str], bytes]
) -> None:
    files = [rewrite(text) for text in (CUSTOMERS, DEVICES, CLAIMS)]
    assert import_registry(engine, write_files(tmp_path, *files)) == UNCHANGED


def test_progress_reaches_the_end_of_every_step(engine: Engine, tmp_path: Path) -> None:
    seen: list[Progress] = []
    import_registry(engine, write_files(tmp_path), seen.append)
    last = {progress.step: progress for progress in seen}
    assert list(last) == ["customers.csv", "devices.csv", "claims.csv", "checking", "writing"]
    assert all(progress.done == progress.total for progress in last.values())


def test_an_import_leaves_no_temporary_tables_behind(engine: Engine, tmp_path: Path) -> None:
    for _ in range(3):
        import_registry(engine, write_files(tmp_path))


words = st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=12)
days = st.dates(datetime(1990, 1, 1).date(), datetime(2099, 12, 31).date()).map(str)


@st.composite
def registries(draw: st.DrawFn) -> tuple[str, str, str]:
    """Three files of rows that are right, whatever the words in them."""
    ids = draw(st.lists(st.text("ABC019._-", min_size=1, max_size=6), min_size=1, max_size=5, unique=True))
    numbers = draw(st.lists(st.integers(0, 9999), max_size=6, unique=True))
    customers = [f"{one},p@example.com,,SE,{draw(st.sampled_from(['active', 'closed']))}" for one in ids]
    devices = [
        f'HQ{number:04d},{draw(st.sampled_from(ids))},holder,"{draw(words).replace(chr(34), chr(34) * 2)}",'
        f"{draw(days)},SE,{draw(days | st.just(''))},{draw(days | st.just(''))}"
        for number in numbers
    ]
    claims = [f"K{number},hq-{number:04d},accident,{draw(days)},open" for number in numbers]
    texts = zip((CUSTOMERS, DEVICES, CLAIMS), (customers, devices, claims), strict=True)
    first, second, third = ("\n".join([text.splitlines()[0], *rows]) for text, rows in texts)
    return first, second, third


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(registries())
def test_an_export_imported_again_changes_nothing(engine: Engine, tmp_path: Path, files: tuple[str, str, str]) -> None:
    import_registry(engine, write_files(tmp_path / "in", *files))
    exported = export_registry(engine, tmp_path / "out")
    again = import_registry(engine, tmp_path / "out")
    assert {name: counts.unchanged for name, counts in again.items()} == exported
    assert {(counts.added, counts.changed) for counts in again.values()} == {(0, 0)}
