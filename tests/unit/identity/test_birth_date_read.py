"""A date of birth in a message is read as it is meant, and asked for again when unsure."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.identity.birth_date import BirthDate, Unclear, read_birth_date
from actions.program.age import is_adult
from tests.unit.identity.birth_dates import (
    FULL,
    ORDER_UNSURE,
    TODAY,
    TWO_DIGITS,
    adults,
    around,
    fragments,
    read,
    recent_adults,
    value,
)


@given(born=adults, write=st.sampled_from(FULL), words=around)
@example(born=date(2004, 2, 29), write=FULL[0], words="{}")
@example(born=date(2008, 6, 1), write=FULL[0], words="{}")
def test_a_date_with_a_full_year_is_read_back(born: date, write: Callable[[date], str], words: str) -> None:
    text = words.format(write(born))
    found = read(text)
    assert isinstance(found, BirthDate)
    assert found.value == born
    ((start, end),) = found.spans
    assert text[start:end] == write(born).removeprefix("den ")


@given(born=recent_adults, write=st.sampled_from(TWO_DIGITS), words=around)
def test_two_digits_of_a_year_are_the_most_recent_past(born: date, write: Callable[[date], str], words: str) -> None:
    later = born.replace(year=born.year + 100, day=min(born.day, 28))
    if later > TODAY:  # else the same digits would be somebody much younger
        assert value(words.format(write(born))) == born


@given(born=recent_adults, write=st.sampled_from(ORDER_UNSURE), words=around)
def test_an_uncertain_order_is_read_the_usual_way_or_asked_about(
    born: date, write: Callable[[date], str], words: str
) -> None:
    found = value(words.format(write(born)))
    assert found in (born, Unclear.AMBIGUOUS)
    if 1932 <= born.year < 2000:  # every other order of these digits is an adult, too
        assert found == born


@given(born=adults.filter(lambda d: d.day > 12))
def test_month_first_is_read_when_it_is_the_only_way(born: date) -> None:
    assert value(f"{born:%m/%d/%Y}") == born


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("12/3 -85", date(1985, 3, 12)),
        ("17.5 1990", date(1990, 5, 17)),
        ("17. 5. 1990", date(1990, 5, 17)),
        ("1990 - 05 - 17", date(1990, 5, 17)),
        ("1990-05-17-1234", date(1990, 5, 17)),
        ("17 05 1990", date(1990, 5, 17)),
        ("17051990", date(1990, 5, 17)),
        ("May/17/1990", date(1990, 5, 17)),
        ("1990, 17 maj", date(1990, 5, 17)),
        ("9005171237", date(1990, 5, 17)),  # the check digit is right
        ("född900517", date(1990, 5, 17)),
        ("1990\u200b-05-17", date(1990, 5, 17)),
        ("260601", date(2026, 6, 1)),
        ("260602", date(1926, 6, 2)),
        ("240517+1234", date(1924, 5, 17)),
        ("000229", date(2000, 2, 29)),
        ("I was born on the fourth of May 1948, dear", date(1948, 5, 4)),
        ("May the twenty-first, 1990", date(1990, 5, 21)),
        ("thirty first of december in 1985", date(1985, 12, 31)),
        ("the TWELFTH of June, 1960", date(1960, 6, 12)),
        ("den fjärde maj 1948", date(1948, 5, 4)),
        ("tjugoförsta juni 1971", date(1971, 6, 21)),
        ("den fjarde maj år 1948", date(1948, 5, 4)),
        ("trettionde januari 1966", date(1966, 1, 30)),
    ],
)
def test_other_ways_to_write_a_date_are_read(text: str, born: date) -> None:
    assert value(text) == born


@pytest.mark.parametrize(
    "month",
    "janurari januray febuari febuary feburary marsh appril apirl agusti augsti septmber setpember "
    "septemeber oktobr ocotber otober novmber novemeber desember decemeber".split(),
)
def test_common_misspellings_of_months_are_read(month: str) -> None:
    assert value(f"3 {month} 1985") == value(f"{month} 3, 1985")
    assert isinstance(value(f"3 {month} 1985"), date)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Unclear.NONE),
        ("can my wife use it?", Unclear.NONE),
        ("jag är 34", Unclear.INCOMPLETE),
        ("34 år gammal", Unclear.INCOMPLETE),
        ("I'm 34", Unclear.INCOMPLETE),
        ("34", Unclear.INCOMPLETE),
        ("1985", Unclear.INCOMPLETE),
        ("född -85", Unclear.INCOMPLETE),
        ("maj 1990", Unclear.INCOMPLETE),
        ("1990-05", Unclear.INCOMPLETE),
        ("maj", Unclear.INCOMPLETE),
        ("17 May", Unclear.INCOMPLETE),
        ("17 maj", Unclear.INCOMPLETE),
        ("17/5", Unclear.INCOMPLETE),
        ("170590", Unclear.INCOMPLETE),  # day first is not how six digits are written
        ("9005171234", Unclear.INCOMPLETE),  # the check digit is wrong
        ("den sjuttonde maj nittonhundranittio", Unclear.INCOMPLETE),
        ("1990-02-31", Unclear.IMPOSSIBLE),
        ("thirtieth of February 1990", Unclear.IMPOSSIBLE),
        ("hundrade maj 1948", Unclear.INCOMPLETE),
        ("31 februari 1990", Unclear.IMPOSSIBLE),
        ("1990-13-05", Unclear.IMPOSSIBLE),
        ("13/13/1990", Unclear.IMPOSSIBLE),
        ("29/2 1991", Unclear.IMPOSSIBLE),
        ("900231-1234", Unclear.IMPOSSIBLE),
        ("2026-06-02", Unclear.FUTURE),
        ("17 maj 2090", Unclear.FUTURE),
        ("1906-05-31", Unclear.TOO_OLD),
        ("1790-05-17", Unclear.TOO_OLD),
        ("900517+1234", Unclear.TOO_OLD),
        ("05/06/2008", Unclear.AMBIGUOUS),
        ("04-03-12", Unclear.AMBIGUOUS),  # 2004 or 2012
        ("1985-03-12 or 1985-03-13", Unclear.AMBIGUOUS),
        ("1985-03-12 and 2030-01-01", Unclear.AMBIGUOUS),
    ],
)
def test_what_cannot_be_relied_on_has_its_reason(text: str, reason: Unclear) -> None:
    assert read(text) is reason


def test_a_day_and_month_that_can_be_swapped_matter_only_when_the_age_does() -> None:
    """On 1 June 2026 somebody born on 6 May 2008 is 18 and somebody born on 5 June 2008 is not."""
    assert value("05/06/2008") is Unclear.AMBIGUOUS
    assert value("05/06/2008", date(2026, 6, 5)) == date(2008, 6, 5)
    assert value("05/06/2009") == date(2009, 6, 5)
    assert read_birth_date("05/06/2008", TODAY, 20) == BirthDate(date(2008, 6, 5), ((0, 10),))


def test_a_reading_that_lies_ahead_is_not_meant() -> None:
    assert value("05/12/2026", date(2026, 6, 1)) == date(2026, 5, 12)


def test_the_same_date_may_stand_there_twice() -> None:
    text = "12/3 1985, alltså 12 mars 1985"
    assert read(text) == BirthDate(date(1985, 3, 12), ((0, 9), (18, 30)))


def test_another_writing_settles_an_uncertain_order() -> None:
    assert value("05/06/2008, I mean 6 May 2008") == date(2008, 5, 6)
    assert value("jag är 36, född 900517") == date(1990, 5, 17)


@pytest.mark.parametrize(
    ("today", "oldest"), [(date(2026, 6, 1), date(1906, 6, 1)), (date(2024, 2, 29), date(1904, 2, 29))]
)
def test_120_years_are_not_too_old_and_a_day_more_is(today: date, oldest: date) -> None:
    assert value(f"{oldest}", today) == oldest
    assert value(f"{oldest - timedelta(days=1)}", today) is Unclear.TOO_OLD


@given(text=st.one_of(fragments, st.text(max_size=60)))
def test_whatever_is_read_is_a_past_date_of_somebody_alive(text: str) -> None:
    found = read(text)
    if isinstance(found, BirthDate):
        assert found.value <= TODAY
        assert not is_adult(found.value, TODAY - timedelta(days=1), 120)
        assert all(0 <= start < end <= len(text) for start, end in found.spans)
