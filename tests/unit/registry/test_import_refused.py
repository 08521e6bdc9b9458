"""What an import says about files that are wrong, and that it then changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from actions.registry import ImportRefused, Problem, import_registry
from tests.unit.registry.csvfiles import CLAIMS, CUSTOMERS, DEVICES, write_files

MANY_MISTAKES: dict[str, str | bytes] = {
    "customers": """\
customer_id,email,phone,country,account_status
C-3,nobody,,SE,active
C-4,a@example.com,call me,SE,active
C-5,b@example.com,,sweden,active
C-6,c@example.com,,SE,paused
C-1,maja@example.com,,SE,active
C-7,d@example.com,,SE
""",
    "devices": b"""\
serial,customer_id,unit,model,purchased_on,purchase_country,registered_on,program_activated_on
HQA1 X773 0004,C-99,holder,m,2026-08-14,SE,,
HQA1 X773 0005,C-3,lighter,m,2026-08-14,SE,,
HQA1 X773 0006,C-3,holder,,14/08/2026,SE,2026-02-30,
hqai-x773-ooo4,C-3,holder,m,2026-08-14,SE,,
HQA?,C-3,holder,m,2026-08-14,XX,,
HQA1 X773 0007,C-3,holder,M\xe5ne,2026-08-14,SE,,
"HQA1 X773 0008,C-3,holder,m,2026-08-14,SE,,
HQA1 X773 0009,C-3,holder,m,2206-08-14,SE,,
""",
    "claims": """\
claim_id,serial,kind,happened_on,status
K-1,HQA1 X773 9999,accident,2026-09-01,open
K-1,HQA1 X773 0006,theft,,lost
""",
}
NO_COUNTRY = "is not a country code such as SE (ISO 3166-1 alpha-2, capitals)"
EXPECTED = [
    "customers.csv, line 2, email: is not an e-mail address: 'nobody'",
    "customers.csv, line 3, phone: is not a telephone number: 'call me'",
    f"customers.csv, line 4, country: {NO_COUNTRY}: 'sweden'",
    "customers.csv, line 5, account_status: must be one of active, closed, not 'paused'",
    "customers.csv, line 7: has 4 columns where the header has 5",
    "devices.csv, line 2, customer_id: C-99 is neither in customers.csv nor in the registry",
    "devices.csv, line 3, unit: must be one of holder, charger, all_in_one, not 'lighter'",
    "devices.csv, line 4, model: must be 1 to 80 printable characters, not empty",
    "devices.csv, line 4, purchased_on: is not a day like 2026-01-31 (ISO 8601): '14/08/2026'",
    "devices.csv, line 4, registered_on: is not a day like 2026-01-31 (ISO 8601): '2026-02-30'",
    "devices.csv, line 5, serial: HQA1X7730004 stands on line 2 already",
    "devices.csv, line 6, serial: is not a serial number (4 to 32 letters A-Z and digits): 'HQA?'",
    f"devices.csv, line 6, purchase_country: {NO_COUNTRY}: 'XX'",
    "devices.csv, line 7: is not UTF-8 (byte 28 is 0xE5)",
    "devices.csv, line 8: is not CSV: unexpected end of data; one line is one row",
    "devices.csv, line 9, purchased_on: must be from 1990-01-01 to 2099-12-31, not 2206-08-14",
    "claims.csv, line 2, serial: HQA1X7739999 is neither in devices.csv nor in the registry",
    "claims.csv, line 3, claim_id: K-1 stands on line 2 already",
    "claims.csv, line 3, kind: must be one of accident, warranty, not 'theft'",
    "claims.csv, line 3, happened_on: is not a day like 2026-01-31 (ISO 8601): empty",
    "claims.csv, line 3, status: must be one of open, approved, rejected, not 'lost'",
]


def problems(engine: Engine, directory: Path) -> list[str]:
    """What the import says about the files in `directory`."""
    with pytest.raises(ImportRefused) as refused:
        import_registry(engine, directory)
    return [str(problem) for problem in refused.value.problems]


def test_every_mistake_of_every_file_is_named_at_once_and_nothing_changes(
    engine: Engine, tmp_path: Path, count: Callable[[str], int]
) -> None:
    assert problems(engine, write_files(tmp_path, **MANY_MISTAKES)) == EXPECTED
    assert [count(table) for table in ("customers", "devices", "claims")] == [0, 0, 0]


def test_one_bad_row_at_the_end_leaves_the_registry_as_it_was(
    engine: Engine, tmp_path: Path, count: Callable[[str], int]
) -> None:
    import_registry(engine, write_files(tmp_path))
    found = problems(engine, write_files(tmp_path, CUSTOMERS.replace("active", "closed"), claims=CLAIMS + "K-3\n"))
    assert found == ["claims.csv, line 4: has 1 columns where the header has 5"]
    with pytest.raises(ImportRefused, match="nothing was imported: 1 problem$"):
        import_registry(engine, tmp_path)
    assert count("customers WHERE account_status = 'active'") == 1


def test_a_problem_has_its_place_and_reason_apart(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_registry(engine, write_files(tmp_path, CUSTOMERS.replace("SE,closed", "SE,shut")))
    reason = "must be one of active, closed, not 'shut'"
    assert refused.value.problems == (Problem("customers.csv", 3, "account_status", reason),)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty; the first line must be: customer_id,email,phone,country,account_status"),
        (
            CUSTOMERS.replace(",", ";"),
            "the columns are separated by semicolons; they must be separated by commas",
        ),
        (CUSTOMERS.replace(",", "\t"), "the columns are separated by tabs; they must be separated by commas"),
        (CUSTOMERS.encode("utf-16"), "the file is not UTF-8 but looks like UTF-16; save it as UTF-8"),
        (CUSTOMERS.encode("utf-16-le"), "the file is not UTF-8 but looks like UTF-16; save it as UTF-8"),
        (b"kund\xe5,email\n", "the file is not UTF-8; save it as UTF-8"),
        (
            CUSTOMERS.replace("phone", "fax"),
            "the header is 'customer_id,email,fax,country,account_status'; "
            "the first line must be: customer_id,email,phone,country,account_status",
        ),
        (
            "C-1,a@example.com,,SE,active\n",
            "the header is 'C-1,a@example.com,,SE,active'; "
            "the first line must be: customer_id,email,phone,country,account_status",
        ),
        (
            CUSTOMERS.replace("\n", "\r"),
            "the file has no line ends that can be read; "
            "the first line must be: customer_id,email,phone,country,account_status",
        ),
    ],
)
def test_a_file_that_is_no_such_file_is_refused_with_one_sentence(
    engine: Engine, tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    assert problems(engine, write_files(tmp_path, content)) == [f"customers.csv, line 1: {sentence}"]


def test_a_file_in_another_encoding_is_refused_line_by_line(engine: Engine, tmp_path: Path) -> None:
    found = problems(engine, write_files(tmp_path, CUSTOMERS.encode("latin-1"), DEVICES.replace("C-2", "C-1")))
    assert found == ["customers.csv, line 3: is not UTF-8 (byte 5 is 0xC5)"]


def test_a_line_without_end_stops_the_reading_of_its_file(engine: Engine, tmp_path: Path) -> None:
    found = problems(engine, write_files(tmp_path, claims=CLAIMS + "K" * 70_000 + "\nnot read\n"))
    assert found == ["claims.csv, line 4: is longer than 65536 bytes; the rest of the file was not read"]


@pytest.mark.parametrize("text", ["\x00", "\x07", "\u202e", "\u2028"])
def test_characters_that_do_not_print_are_refused(engine: Engine, tmp_path: Path, text: str) -> None:
    found = problems(engine, write_files(tmp_path, devices=DEVICES.replace("ILUMA ONE", f"ILUMA{text}ONE")))
    assert len(found) == 1
    assert found[0].startswith("devices.csv, line 4")


def test_a_directory_without_any_of_the_files_is_refused(engine: Engine, tmp_path: Path) -> None:
    assert problems(engine, tmp_path / "nowhere") == [
        f"{tmp_path}/nowhere: has none of the files customers.csv, devices.csv, claims.csv"
    ]


def test_a_misspelt_file_is_not_left_out_without_a_word(engine: Engine, tmp_path: Path) -> None:
    write_files(tmp_path)
    (tmp_path / "devices.csv").rename(tmp_path / "device.csv")
    (tmp_path / "README.md").touch()
    assert problems(engine, tmp_path)[-1] == "device.csv: is none of customers.csv, devices.csv, claims.csv"
