"""Opening hours and moments said in the customer's language. The words are in data/<language>/words.yml."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from actions.content import ContentError, read_mapping, read_pattern, read_text, require_keys
from actions.support.hours import Contact, Interval

DATA = Path(__file__).parents[2] / "data"
_LISTS = {"weekdays": 7, "months": 12}
_FILLED_IN = {  # what the code fills in; a pattern must have exactly these names
    "clock": {"hour", "minute"},
    "interval": {"opens", "closes"},
    "day_range": {"first", "last"},
    "day_hours": {"days", "hours"},
    "today": {"time"},
    "tomorrow": {"weekday", "time"},
    "this_week": {"weekday", "time"},
    "this_year": {"day", "month", "time"},
    "another_year": {"day", "month", "year", "time"},
    "date": {"day", "month", "year"},
}
_MOST_EXCEPTIONS = 5
UNITS = ("holder", "charger", "all_in_one", "unknown")
"""The kinds of unit that have a name; `unknown` is for one that the program's terms do not know."""



@dataclass(frozen=True)
class UnitName:
    """A kind of unit as a heading or on a button ("Charger"), and inside a sentence ("the charger")."""

    title: str
    the: str


@dataclass(frozen=True)
class Words:
    """One language's words.yml; what each is for is explained in the file."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    clock: str
    interval: str
    intervals_joined_by: str
    closed: str
    day_range: str
    day_hours: str
    days_joined_by: str
    today: str
    tomorrow: str
    this_week: str
    this_year: str
    another_year: str
    date: str
    units: dict[str, UnitName]


@lru_cache
def load_words(language: str, folder: Path = DATA) -> Words:
    """The words of a language ("en", "sv"), read once from `folder`/<language>/words.yml.

    Raises ContentError for a file that is missing or has other keys than `Words`, so that all languages have
    the same; also for a pattern without one of its names in braces, or with one that nothing fills in.
    """
    path = folder / language / "words.yml"
    keys = [field.name for field in fields(Words)]
    content = require_keys(path, "", read_mapping(path), keys)
    return Words(**{key: _value(path, key, content[key]) for key in keys})


def _value(path: Path, key: str, value: Any) -> Any:
    if key in _LISTS:
        if not isinstance(value, list) or len(value) != _LISTS[key]:
            raise ContentError(f"{path}: {key}: must be a list of {_LISTS[key]} names")
        return tuple(read_text(path, key, name) for name in value)
    if key.endswith("_joined_by"):  # may be nothing but a space
        return value if isinstance(value, str) else read_text(path, key, value)
    if key == "units":
        return _units(path, value)
    needed = _FILLED_IN.get(key, set())
    return read_pattern(path, key, value, needed, needed)


def _units(path: Path, value: Any) -> dict[str, UnitName]:
    kinds = require_keys(path, "units.", value, UNITS)
    forms = [field.name for field in fields(UnitName)]
    names = {}
    for kind in UNITS:
        given = require_keys(path, f"units.{kind}.", kinds[kind], forms)
        names[kind] = UnitName(**{form: read_text(path, f"units.{kind}.{form}", given[form]) for form in forms})
    return names


@lru_cache(maxsize=16)
def describe_week(contact: Contact, language: str) -> str:
    """The ordinary week in one line, equal neighbouring days as one; exceptions are not in it.

    Times are wall times in the contact time zone. Raises ContentError for a language that has no words.
    """
    words = load_words(language)
    week = contact.hours.week
    parts = []
    for hours, group in groupby(range(7), key=week.__getitem__):
        days = list(group)
        parts.append(words.day_hours.format(days=_days(words, days[0], days[-1]), hours=_hours(words, hours)))
    return words.days_joined_by.join(parts)


def describe_exceptions(contact: Contact, today: date, language: str) -> str:
    """The next days from `today` on (in the contact time zone) that are not like the ordinary week; "" for none.

    Raises ContentError for a language that has no words.
    """
    words = load_words(language)
    coming = sorted((each for each in contact.hours.exceptions if each.on >= today), key=lambda each: each.on)
    return words.days_joined_by.join(
        words.day_hours.format(days=describe_date(each.on, language), hours=_hours(words, each.intervals))
        for each in coming[:_MOST_EXCEPTIONS]
    )


def _days(words: Words, first: int, last: int) -> str:
    if first == last:
        return words.weekdays[first]
    return words.day_range.format(first=words.weekdays[first], last=words.weekdays[last])


def _hours(words: Words, intervals: tuple[Interval, ...]) -> str:
    said = [words.interval.format(opens=_clock(words, i.opens), closes=_clock(words, i.closes)) for i in intervals]
    return words.intervals_joined_by.join(said) if said else words.closed


def _clock(words: Words, minutes: int) -> str:
    return words.clock.format(hour=f"{minutes // 60:02}", minute=f"{minutes % 60:02}")


def describe_moment(moment: datetime, now: datetime, language: str) -> str:
    """A coming moment as part of a sentence, seen from `now`: later today, tomorrow, this week, or a date.

    Both must be aware (ValueError otherwise). What is said, and what counts as today, is the wall time of
    `moment`'s own time zone, which for `HoursStatus.next_change` is the contact time zone.
    Raises ContentError for a language that has no words.
    """
    if moment.utcoffset() is None or now.utcoffset() is None:
        raise ValueError("the moment has no time zone")
    words = load_words(language)
    today, day = now.astimezone(moment.tzinfo).date(), moment.date()
    ahead = (day - today) // timedelta(days=1)
    if ahead == 0:
        pattern = words.today
    elif ahead == 1:
        pattern = words.tomorrow
    elif 2 <= ahead <= 6:
        pattern = words.this_week
    else:
        pattern = words.this_year if day.year == today.year else words.another_year
    return pattern.format(
        time=_clock(words, moment.hour * 60 + moment.minute),
        weekday=words.weekdays[day.weekday()],
        day=day.day,
        month=words.months[day.month - 1],
        year=day.year,
    )


def describe_date(day: date, language: str) -> str:
    """A day with its year as part of a sentence: 14 August 2027. Raises ContentError as `load_words` does."""
    words = load_words(language)
    return words.date.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def unit_name(unit: str | None, language: str) -> UnitName:
    """What a kind of unit is called; None, or a kind that has no name, is called a device.

    Raises ContentError as `load_words` does.
    """
    units = load_words(language).units
    return units.get(unit or "unknown", units["unknown"])
