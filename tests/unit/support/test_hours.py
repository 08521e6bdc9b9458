"""When support is open: the ordinary week, exceptions, and the days on which the clocks change."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.support.hours import (
    LOOK_AHEAD,
    ExceptionDay,
    HoursStatus,
    Interval,
    OpeningHours,
    load_contact,
)

ZONE = ZoneInfo("Europe/Stockholm")
SHIPPED = load_contact(Path(__file__).parents[3] / "data" / "contact.yml").hours
ALL_DAY = (Interval(0, 1440),)
CLOCK_CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def in_utc(moment: datetime | None) -> datetime:
    """For comparing: Python calls a wall time that comes twice unequal to any moment of another time zone."""
    assert moment is not None
    return moment.astimezone(timezone.utc)


def hours(*week: tuple[Interval, ...], exceptions: tuple[ExceptionDay, ...] = ()) -> OpeningHours:
    return OpeningHours(week if len(week) == 7 else week * 7, exceptions, ZONE)


@pytest.mark.parametrize(
    ("now", "is_open", "next_change"),
    [
        ("2026-06-01T07:59:59", False, "2026-06-01T08:00"),  # a Monday
        ("2026-06-01T08:00", True, "2026-06-01T19:00"),
        ("2026-06-01T18:59:59.999999", True, "2026-06-01T19:00"),
        ("2026-06-01T19:00", False, "2026-06-02T08:00"),
        ("2026-06-05T19:00", False, "2026-06-06T10:00"),
        ("2026-06-07T09:59", False, "2026-06-07T10:00"),
        ("2026-06-07T18:00", False, "2026-06-08T08:00"),
    ],
)
def test_opens_and_closes_on_the_minute(now: str, is_open: bool, next_change: str) -> None:
    assert SHIPPED.status(local(now)) == HoursStatus(is_open, local(next_change))


@pytest.mark.parametrize("sunday", CLOCK_CHANGES)
def test_hours_are_wall_time_on_the_day_of_a_clock_change(sunday: date) -> None:
    opens = datetime.combine(sunday, datetime.min.time(), ZONE).replace(hour=10)
    closes = opens.replace(hour=18)
    assert SHIPPED.status(opens - timedelta(days=1, hours=-9)).next_change == opens
    assert not SHIPPED.status(opens.astimezone(timezone.utc) - timedelta(seconds=1)).open
    assert SHIPPED.status(opens) == HoursStatus(True, closes)
    assert SHIPPED.status(closes).next_change == closes + timedelta(hours=14)


def test_the_same_wall_time_is_another_moment_after_the_clock_change() -> None:
    assert SHIPPED.status(utc("2026-03-28T08:59")).next_change == utc("2026-03-28T09:00")
    assert SHIPPED.status(utc("2026-03-29T07:59")).next_change == utc("2026-03-29T08:00")
    assert SHIPPED.status(utc("2026-10-24T07:59")).next_change == utc("2026-10-24T08:00")
    assert SHIPPED.status(utc("2026-10-25T08:59")).next_change == utc("2026-10-25T09:00")


def test_an_opening_inside_the_skipped_hour_is_when_the_clock_has_skipped_it() -> None:
    night = hours((Interval(150, 300),))  # 02.30-05.00
    assert night.status(utc("2026-03-29T00:59")) == HoursStatus(False, utc("2026-03-29T01:00"))
    assert night.status(utc("2026-03-29T01:00")).open


def test_an_hour_that_comes_twice_counts_twice() -> None:
    night = hours((Interval(60, 150),))  # 01.00-02.30
    now, turns = utc("2026-10-25T00:00"), []
    for _ in range(3):
        status = night.status(now)
        now = in_utc(status.next_change)
        turns.append((status.open, now))
    assert turns == [
        (True, utc("2026-10-25T00:30")),
        (False, utc("2026-10-25T01:00")),
        (True, utc("2026-10-25T01:30")),
    ]


def test_next_change_is_in_the_contact_time_zone_wherever_now_is_from() -> None:
    moment = SHIPPED.status(utc("2026-06-01T05:00")).next_change
    assert moment is not None
    assert (moment.tzinfo, moment.isoformat()) == (ZONE, "2026-06-01T08:00:00+02:00")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SHIPPED.status(datetime(2026, 6, 1))


def test_an_exception_counts_instead_of_the_weekday() -> None:
    eve = hours(
        (Interval(480, 1140),),
        exceptions=(
            ExceptionDay(date(2026, 12, 24), ()),
            ExceptionDay(date(2026, 12, 25), (Interval(600, 720),), "Christmas"),
        ),
    )
    assert eve.status(local("2026-12-23T19:00")).next_change == local("2026-12-25T10:00")
    assert not eve.status(local("2026-12-24T12:00")).open
    assert eve.status(local("2026-12-25T11:00")) == HoursStatus(True, local("2026-12-25T12:00"))
    assert eve.status(local("2026-12-25T12:00")).next_change == local("2026-12-26T08:00")


def test_nobody_closes_at_midnight_when_the_next_day_opens_at_midnight() -> None:
    late = hours((), (), (), (), (Interval(1200, 1440),), (Interval(0, 120),), ())
    assert late.status(local("2026-06-05T20:00")) == HoursStatus(True, local("2026-06-06T02:00"))
    assert late.status(local("2026-06-06T02:00")) == HoursStatus(False, local("2026-06-12T20:00"))


def test_closing_at_24_is_the_next_midnight() -> None:
    assert hours((Interval(1200, 1440),)).status(local("2026-06-05T23:59")).next_change == local("2026-06-06")


def test_a_pause_in_the_day_closes() -> None:
    lunch = hours((Interval(480, 720), Interval(780, 1140)))
    assert lunch.status(local("2026-06-01T12:00")) == HoursStatus(False, local("2026-06-01T13:00"))


def test_closed_for_weeks_still_finds_the_next_opening() -> None:
    first = date(2026, 7, 1)
    away = tuple(ExceptionDay(first + timedelta(days=n), ()) for n in range(60))
    assert hours((Interval(480, 1140),), exceptions=away).status(local("2026-06-30T19:00")) == HoursStatus(
        False, local("2026-08-30T08:00")
    )


@pytest.mark.parametrize(("week", "is_open"), [((), False), (ALL_DAY, True)])
def test_no_next_change_when_there_never_is_one(week: tuple[Interval, ...], is_open: bool) -> None:
    assert hours(week).status(local("2026-03-28T12:00")) == HoursStatus(is_open, None)


@pytest.mark.parametrize(("days", "found"), [(400, True), (401, False)])
def test_looks_ahead_400_days_and_no_further(days: int, found: bool) -> None:
    now = datetime(2026, 6, 1, tzinfo=timezone.utc)
    opens = ExceptionDay(date(2026, 6, 1) + timedelta(days=days), ALL_DAY)
    status = OpeningHours(((),) * 7, (opens,), ZoneInfo("UTC")).status(now)
    assert status.next_change == (now + LOOK_AHEAD if found else None)


days_of_intervals = st.lists(st.integers(0, 48).map(lambda half_hour: half_hour * 30), unique=True, max_size=6).map(
    lambda edges: tuple(Interval(*pair) for pair in zip(*[iter(sorted(edges))] * 2, strict=False))
)
zones = st.sampled_from(["Europe/Stockholm", "America/Havana", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata"])


@given(
    week=st.lists(days_of_intervals, min_size=7, max_size=7).map(tuple),
    zone=zones.map(ZoneInfo),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(timezone.utc)),
    near=st.sampled_from([None, *CLOCK_CHANGES]),
)
def test_status_is_what_the_clock_on_the_wall_shows_minute_by_minute(
    week: tuple[tuple[Interval, ...], ...], zone: ZoneInfo, start: datetime, near: date | None
) -> None:
    """The oracle looks at each minute of two days; `near` puts them around a clock change in Stockholm."""
    now = start.replace(second=0, microsecond=0)
    if near is not None:
        now = now.replace(year=near.year, month=near.month, day=near.day) - timedelta(days=1)

    def shown_open(moment: datetime) -> bool:
        wall = moment.astimezone(zone)
        return any(i.opens <= wall.hour * 60 + wall.minute < i.closes for i in week[wall.weekday()])

    status = OpeningHours(week, (), zone).status(now)
    minutes = (now + timedelta(minutes=n) for n in range(2 * 1440))
    turned = next((minute for minute in minutes if shown_open(minute) != status.open), None)
    assert status.open == shown_open(now)
    if turned is not None:
        assert in_utc(status.next_change) == turned
    else:
        assert status.next_change is None or in_utc(status.next_change) >= now + timedelta(days=2)
