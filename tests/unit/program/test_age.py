"""Who is old enough."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.program import is_adult

births = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        (date(2008, 11, 23), date(2026, 11, 23)),
        (date(2008, 12, 31), date(2026, 12, 31)),
        (date(2008, 3, 1), date(2026, 3, 1)),
        (date(2007, 2, 28), date(2025, 2, 28)),
    ],
)
def test_adult_from_the_birthday_and_not_the_day_before(born: date, birthday: date) -> None:
    assert is_adult(born, birthday, 18)
    assert not is_adult(born, birthday - timedelta(days=1), 18)


def test_born_on_29_february_is_adult_on_1_march_of_a_year_without_that_day() -> None:
    assert not is_adult(date(2008, 2, 29), date(2026, 2, 28), 18)
    assert is_adult(date(2008, 2, 29), date(2026, 3, 1), 18)


def test_born_on_29_february_is_adult_on_29_february_of_a_leap_year() -> None:
    assert not is_adult(date(2008, 2, 29), date(2028, 2, 28), 20)
    assert is_adult(date(2008, 2, 29), date(2028, 2, 29), 20)


def test_born_after_today_is_never_adult() -> None:
    assert not is_adult(date(2026, 11, 24), date(2026, 11, 23), 0)


def test_an_age_past_the_end_of_the_calendar_is_not_reached() -> None:
    assert not is_adult(date(9990, 1, 1), date.max, 18)


@given(births, births)
def test_once_adult_stays_adult(born: date, today: date) -> None:
    if is_adult(born, today, 18):
        assert is_adult(born, today + timedelta(days=1), 18)


@given(births)
def test_nobody_is_adult_before_eighteen_years_have_passed(born: date) -> None:
    first = next(
        day
        for day in (date(born.year + 18, born.month, 1) + timedelta(days=n) for n in range(32))
        if is_adult(born, day, 18)
    )
    assert (first.year - 18, first.month, first.day) >= (born.year, born.month, born.day)
