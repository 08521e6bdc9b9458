"""How and when support can be reached: data/contact.yml as typed values, and whether it is open at a moment.

Source: "Please contact IQOS Support by phone 020 - 25 10 10 (Monday-Friday from 08.00-19.00 and
Saturday-Sunday from 10.00-18.00)" in the program's FAQ. The values themselves live in data/contact.yml.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.content import ContentError, read_mapping, read_text, require_keys

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LOOK_AHEAD = timedelta(days=400)  # more than a year, so that a yearly exception cannot hide the next opening
_DAY = 24 * 60
_CLOSED = "closed"
_INTERVAL = re.compile(r"([0-9]{1,2})[.:]([0-9]{2}) ?[-–] ?([0-9]{1,2})[.:]([0-9]{2})")


@dataclass(frozen=True, order=True)
class Interval:
    """Open from `opens` (included) to `closes` (excluded), in minutes after local midnight; 1440 is 24.00."""

    opens: int
    closes: int


@dataclass(frozen=True)
class ExceptionDay:
    """The hours of one local date instead of its weekday's; no intervals: closed. `note` is internal."""

    on: date
    intervals: tuple[Interval, ...]
    note: str | None = None


@dataclass(frozen=True)
class HoursStatus:
    """`next_change`: when `open` turns, aware, in the contact time zone; None: not within `LOOK_AHEAD`."""

    open: bool
    next_change: datetime | None


@dataclass(frozen=True)
class OpeningHours:
    """`week` has the intervals of the seven weekdays, Monday first, all in the wall time of `zone`.

    Open means: the clock on the wall there shows a time inside an interval. An hour that the clock skips does
    not count, and an hour that it shows twice counts both times.
    """

    week: tuple[tuple[Interval, ...], ...]
    exceptions: tuple[ExceptionDay, ...]
    zone: ZoneInfo

    def on(self, day: date) -> tuple[Interval, ...]:
        """The intervals of a local date, its exception first."""
        return next((e.intervals for e in self.exceptions if e.on == day), self.week[day.weekday()])

    def status(self, now: datetime) -> HoursStatus:
        """Whether support is open at `now` (aware, any time zone) and when that changes next.

        Raises ValueError when `now` is naive: a moment without a time zone is not a moment.
        """
        if now.utcoffset() is None:
            raise ValueError("the moment has no time zone")
        now = now.astimezone(timezone.utc)
        is_open = self._open_at(now)
        today = now.astimezone(self.zone).date()
        for ahead in range(LOOK_AHEAD.days + 1):
            for moment in sorted(self._possible_changes(today + timedelta(days=ahead))):
                if now < moment <= now + LOOK_AHEAD and self._open_at(moment) != is_open:
                    return HoursStatus(is_open, moment.astimezone(self.zone))
        return HoursStatus(is_open, None)

    def _open_at(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(i.opens <= minute < i.closes for i in self.on(local.date()))

    def _possible_changes(self, day: date) -> Iterator[datetime]:
        """The moments of a local date, in UTC, when it may open or close."""
        start, end = self._utc(day, 0), self._utc(day, _DAY)
        for minute in {0} | {m for i in self.on(day) for m in (i.opens, i.closes)}:
            yield from (self._utc(day, minute, fold) for fold in (0, 1))
        if start.astimezone(self.zone).utcoffset() != end.astimezone(self.zone).utcoffset():
            yield self._clock_change(start, end)

    def _utc(self, day: date, minute: int, fold: int = 0) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(minutes=minute)
        return wall.replace(tzinfo=self.zone, fold=fold).astimezone(timezone.utc)

    def _clock_change(self, before: datetime, after: datetime) -> datetime:
        """The first minute with the new offset; zoneinfo does not name its transitions."""
        old = before.astimezone(self.zone).utcoffset()
        while after - before > timedelta(minutes=1):
            middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
            same = middle.astimezone(self.zone).utcoffset() == old
            before, after = (middle, after) if same else (before, middle)
        return after


@dataclass(frozen=True)
class Contact:
    """The ways to support that customers are told."""

    phone: str
    email: str
    hours: OpeningHours


def load_contact(path: Path) -> Contact:
    """Read contact.yml. Raises ContentError on anything that it does not understand; guesses nothing."""
    content = read_mapping(path)
    require_keys(path, "", content, ("phone", "email", "time_zone", "opening_hours", "exceptions"))
    phone = read_text(path, "phone", content["phone"])
    email = read_text(path, "email", content["email"])
    if not re.fullmatch(r"\+?[0-9][0-9 ()-]+", phone):
        raise ContentError(f"{path}: phone: {phone!r} is not a phone number")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise ContentError(f"{path}: email: {email!r} is not an e-mail address")
    days = require_keys(path, "opening_hours.", content["opening_hours"], WEEKDAYS)
    week = tuple(_intervals(path, f"opening_hours.{day}", days[day]) for day in WEEKDAYS)
    dates = content["exceptions"] or {}
    if not isinstance(dates, Mapping):
        raise ContentError(f"{path}: exceptions: needs dates below it, or {{}} for none")
    exceptions = sorted((_exception(path, on, dates[on]) for on in dates), key=lambda entry: entry.on)
    return Contact(phone, email, OpeningHours(week, tuple(exceptions), _zone(path, content["time_zone"])))


def _zone(path: Path, value: object) -> ZoneInfo:
    name = read_text(path, "time_zone", value)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ContentError(f"{path}: time_zone: {name!r} is not a known time zone") from None


def _exception(path: Path, on: str, value: object) -> ExceptionDay:
    key = f"exceptions.{on}"
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise ContentError(f"{path}: {key}: {on!r} is not a date like 2026-12-24") from None
    entry = require_keys(path, f"{key}.", value, ("hours",), optional=("note",))
    note = read_text(path, f"{key}.note", entry["note"]) if "note" in entry else None
    return ExceptionDay(day, _intervals(path, f"{key}.hours", entry["hours"]), note)


def _intervals(path: Path, key: str, value: object) -> tuple[Interval, ...]:
    """The intervals in a text such as "08.00-12.00, 13.00-19.00", in order, those that adjoin made one."""
    text = read_text(path, key, value)
    parts = text.split(",") if text != _CLOSED else []
    merged: list[Interval] = []
    for interval in sorted(_interval(path, key, part.strip()) for part in parts):
        if merged and interval.opens < merged[-1].closes:
            raise ContentError(f"{path}: {key}: {text!r} has hours that overlap")
        if merged and interval.opens == merged[-1].closes:
            interval = Interval(merged.pop().opens, interval.closes)
        merged.append(interval)
    return tuple(merged)


def _interval(path: Path, key: str, text: str) -> Interval:
    match = _INTERVAL.fullmatch(text)
    if match is None:
        raise ContentError(f"{path}: {key}: {text!r} is not of the form 08.00-19.00 or closed")
    hour, minute, last_hour, last_minute = (int(group) for group in match.groups())
    interval = Interval(hour * 60 + minute, last_hour * 60 + last_minute)
    if max(minute, last_minute) > 59 or max(interval.opens, interval.closes) > _DAY:
        raise ContentError(f"{path}: {key}: {text!r} has a time that no clock shows")
    if interval.opens >= interval.closes:
        raise ContentError(f"{path}: {key}: {text!r} does not close after it opens; split a night at 24.00")
    return interval
