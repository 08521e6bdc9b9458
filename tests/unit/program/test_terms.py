"""Reading the terms file."""

from datetime import date
from pathlib import Path

import pytest

from actions.program import Terms, TermsError, load_terms

REAL = Path(__file__).parents[3] / "data" / "program.yml"
GOOD = "warranty_months: 12\naccident_claims_per_unit: 1\nlaunched_on: 2020-01-01\nminimum_age: 18\n"


def load(tmp_path: Path, text: str) -> Terms:
    path = tmp_path / "program.yml"
    path.write_text(text, encoding="utf-8")
    return load_terms(path)


def test_the_project_s_own_terms_can_be_read() -> None:
    terms = load_terms(REAL)
    assert (terms.warranty_months, terms.accident_claims_per_unit, terms.minimum_age) == (12, 1, 18)


def test_all_four_terms_are_read(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == Terms(12, 1, date(2020, 1, 1), 18)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("warranty_months: 12", "warranty_months: twelve", "warranty_months: must be a whole number"),
        ("warranty_months: 12", "warranty_months: 12.5", "warranty_months: must be a whole number"),
        ("warranty_months: 12", "warranty_months: yes", "warranty_months: must be a whole number, not True"),
        ("warranty_months: 12", "warranty_months: 0", "warranty_months: must be from 1 to 120, not 0"),
        ("warranty_months: 12", "warranty_months:", "warranty_months: must be a whole number, not None"),
        ("claims_per_unit: 1", "claims_per_unit: -1", "accident_claims_per_unit: must be from 1 to 10"),
        ("minimum_age: 18", "minimum_age: 16", "minimum_age: must be from 18"),
        ("launched_on: 2020-01-01", "launched_on: 2020", "launched_on: must be a day like"),
        ("launched_on: 2020-01-01", "launched_on: 2020-01-01 10:00:00", "launched_on: must be a day like"),
        ("launched_on: 2020-01-01", "launched_on: 2020-13-01", "launched_on: cannot be read: month"),
        ("minimum_age: 18\n", "", "minimum_age: is missing"),
        ("minimum_age", "minimum_agee", "minimum_agee: unknown key; allowed are warranty_months"),
        (
            "minimum_age: 18",
            "minimum_age: 18\nwarranty_months: 24",
            "warranty_months: stands a second time on line 5",
        ),
        (GOOD, "", "must have lines of the form"),
        (GOOD, "- 12", "must have lines of the form"),
        (GOOD, "warranty_months: [", "is not YAML"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(TermsError) as refused:
        load(tmp_path, GOOD.replace(old, new))
    assert "program.yml: " in str(refused.value)
    assert message in str(refused.value)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(TermsError) as refused:
        load(tmp_path, "warranty_months: 0\ncolour: red\n")
    assert len(str(refused.value).splitlines()) == 5


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TermsError, match="nowhere.yml: cannot be read: No such file"):
        load_terms(tmp_path / "nowhere.yml")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "program.yml"
    path.write_bytes(b"# \xe5\n")
    with pytest.raises(TermsError, match="is not UTF-8"):
        load_terms(path)
