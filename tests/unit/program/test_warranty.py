"""When a warranty ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.program import Device, Terms, months_later, under_warranty, warranty_end
from tests.unit.program.builders import TERMS, a_device, days, devices


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 8, 14), 12, date(2027, 8, 14)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
    ],
)
def test_ends_on_the_same_day_number_or_the_last_day_of_the_month(day: date, months: int, end: date) -> None:
    assert months_later(day, months) == end


def test_a_day_past_the_calendar_is_the_last_day_of_the_calendar() -> None:
    assert months_later(date.max, 12) == date.max


def test_the_last_covered_day_is_covered_and_the_day_after_is_not() -> None:
    device = a_device(purchased_on=date(2026, 8, 14))
    assert under_warranty(device, date(2027, 8, 14), TERMS)
    assert not under_warranty(device, date(2027, 8, 15), TERMS)


def test_the_day_of_purchase_is_covered_and_the_day_before_is_not() -> None:
    device = a_device(purchased_on=date(2026, 8, 14))
    assert under_warranty(device, date(2026, 8, 14), TERMS)
    assert not under_warranty(device, date(2026, 8, 13), TERMS)


@given(days, st.integers(1, 120))
def test_the_end_is_in_the_month_that_many_months_later(day: date, months: int) -> None:
    end = months_later(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months


@given(days, st.integers(1, 120))
def test_the_day_number_is_kept_or_the_month_is_over(day: date, months: int) -> None:
    end = months_later(day, months)
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(days, st.integers(1, 120))
def test_a_later_purchase_never_ends_earlier(day: date, months: int) -> None:
    assert months_later(day, months) <= months_later(day + timedelta(days=1), months)


@given(devices, st.integers(1, 120))
def test_covered_exactly_from_purchase_to_end(device: Device, months: int) -> None:
    terms = Terms(months, 1, date(2020, 1, 1), 18)
    end = warranty_end(device, terms)
    day = timedelta(days=1)
    covered = (device.purchased_on, end)
    outside = (device.purchased_on - day, end + day)
    assert all(under_warranty(device, today, terms) for today in covered)
    assert not any(under_warranty(device, today, terms) for today in outside)
