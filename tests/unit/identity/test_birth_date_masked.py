"""What looks like a date of birth is masked, and never kept."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.identity.birth_date import MARK, Unclear, mask_birth_dates
from tests.unit.identity.birth_dates import FULL, ORDER_UNSURE, TWO_DIGITS, around, fragments, read


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("I was born on 17 May 1990, thanks", "I was born on [date], thanks"),
        ("den 17:e maj -90 alltså", "den [date] alltså"),
        ("pnr 900517-1234.", "pnr [date]."),
        ("19900517-1234", "[date]"),
        ("900578+1234", "[date]"),
        ("199005171234", "[date]"),
        ("9005171234", "[date]"),
        ("0503121234 0503121238", "0503121234 [date]"),  # only the second has a right check digit
        ("31 februari 1990", "[date]"),
        ("1990-13-45", "[date]"),
        ("2090-01-01", "[date]"),
        ("04-03-12", "[date]"),
        ("maj 1990", "[date]"),
        ("1990-05", "[date]"),
        ("17 May", "[date]"),
        ("born in 1990", "born in [date]"),
        ("seventeenth of May, nineteen ninety", "[date]"),
        ("den sjuttonde maj nittonhundranittio", "den [date]"),
        ("May the seventeenth, 1990", "[date]"),
        ("１９９０-05-17", "[date]"),
        ("jag är 34, laddaren HQA1X7730002 dog 1985", "jag är 34, laddaren HQA1X7730002 dog 1985"),
    ],
)
def test_what_looks_like_a_date_is_masked(text: str, masked: str) -> None:
    assert mask_birth_dates(text) == masked


@given(
    born=st.dates(date(1850, 1, 1), date(2090, 12, 31)),
    write=st.sampled_from(FULL + TWO_DIGITS + ORDER_UNSURE),
    words=around,
)
def test_masking_leaves_nothing_of_a_date(born: date, write: Callable[[date], str], words: str) -> None:
    masked = mask_birth_dates(words.format(write(born)))
    assert not any(char.isdigit() for char in masked.replace("2 enheter", ""))
    assert masked == words.format(MARK) or masked == words.format(f"den {MARK}")
    assert mask_birth_dates(masked) == masked


@given(text=st.one_of(fragments, st.text(max_size=60)))
def test_masking_twice_changes_nothing_and_leaves_nothing_to_read(text: str) -> None:
    masked = mask_birth_dates(text)
    assert mask_birth_dates(masked) == masked
    assert read(masked) in (Unclear.NONE, Unclear.INCOMPLETE)


@given(st.text(st.sampled_from("abMAYZ0129 -.,/'’`´åäÖé_~!@\t\n·½"), max_size=30))
def test_usual_writing_is_folded_as_every_other_is(text):
    """Such a text takes a short way; a sign of width 0 in front sends it the long way."""
    assert mask_birth_dates("\u200b" + text) == "\u200b" + mask_birth_dates(text)
