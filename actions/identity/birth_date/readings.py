"""What something that looks like a date means: its readings.

A reader gives them for a match of its shape. No readings: a date, but not a whole one; None: no date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from actions.identity.birth_date.other_numbers import MONTH_AFTER, OTHER_AFTER, other_number
from actions.identity.birth_date.words import day_called, month_called


@dataclass(frozen=True)
class Reading:
    """One way to understand the digits and words of a date."""

    year: str  # two or four digits
    month: int
    day: int
    over_100: bool = False  # a personal number with a plus sign

    def on(self, today: date) -> date | None:
        """The date meant; None: no such day. Two digits of a year mean the most recent date up to `today`."""
        newest = int(self.year) if len(self.year) == 4 else today.year // 100 * 100 + int(self.year)
        for year in (newest,) if len(self.year) == 4 else (newest, newest - 100, newest - 200):
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if len(self.year) == 4 or found <= today and (not self.over_100 or today.year - year >= 100):
                return found
        return None


Readings = tuple[Reading, ...]  # in order of preference; none: looks like a date but cannot be read as one
Reader = Callable[[re.Match[str]], Readings | None]


def unless_other_number(reader: Reader) -> Reader:
    """For shapes that other numbers have as well."""
    return lambda match: None if other_number(match) else reader(match)


def _plausible(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _roughly(month: int, day: int) -> bool:
    """A slip may still be meant as a date: month 13, day 32. Further off it is some other number."""
    return 1 <= month <= 19 and 1 <= day <= 39


def _real_day(day: str) -> int:
    return int(day) - 60 if int(day) > 60 else int(day)  # co-ordination numbers have the day raised by 60


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - i % 2) for i, digit in enumerate(digits)]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def year_first(match: re.Match[str]) -> Readings:
    last = match.groupdict().get("last")  # of a personal number
    day = _real_day(match["d"]) if last else int(match["d"])
    return (Reading(match["y"], int(match["m"]), day, over_100="+" in (last or "")),)


def year_first_roughly(match: re.Match[str]) -> Readings | None:
    (reading,) = year_first(match)
    return (reading,) if _roughly(reading.month, reading.day) else None


def ten_digits(match: re.Match[str]) -> Readings | None:
    """A personal number without its sign may be any number: it is read with the right check digit only.

    With 0 in front it is more likely a phone number, and never read.
    """
    (reading,), digits = year_first(match), match[0].replace(" ", "")
    if not _plausible(reading.month, reading.day):
        return None
    if digits[0] == "0":
        return () if " " in match[0] or _luhn(digits) else None
    return (reading,) if _luhn(digits) else ()


def digits_only(match: re.Match[str]) -> Readings | None:
    """Year first as in a personal number; else day, month and a full year. A number never fits both ways."""
    digits = match[0]
    reading = Reading(digits[:-4], int(digits[-4:-2]), int(digits[-2:]))
    if _roughly(reading.month, reading.day) and (len(digits) == 6 or reading.year[:2] in ("18", "19", "20")):
        return (reading,)
    a, b, year = int(digits[:2]), int(digits[2:4]), digits[4:]
    if len(digits) == 6:
        return () if _plausible(b, a) else None
    fits = year[:2] in ("18", "19", "20") and (_plausible(b, a) or _plausible(a, b))
    return (Reading(year, b, a), Reading(year, a, b)) if fits else None


def year_last(match: re.Match[str]) -> Readings | None:
    a, b, first = int(match["a"]), int(match["b"]), match["s"].strip()
    certain = first == "/" or first == match["t"].strip() != ""
    if not certain and not _plausible(b, a) and not _plausible(a, b):  # 10.00-1900
        return None
    return (Reading(match["y"], b, a), Reading(match["y"], a, b))


def two_digit_year(match: re.Match[str]) -> Readings | None:
    a, b, c, first = match["a"], match["b"], match["c"], match["s"].strip()
    last = match.groupdict().get("last")  # of a personal number
    year_first = [Reading(a, int(b), _real_day(c) if last else int(c), over_100="+" in (last or ""))]
    year_last = [Reading(c, int(b), int(a)), Reading(c, int(a), int(b))]
    if len(a) < 2 or first != match["t"].strip():
        year_first = []
    if len(c) < 2 or last:
        year_last = []
    orders = year_last + year_first if first in ("/", ".") else year_first + year_last
    likely = [order for order in orders if _plausible(order.month, order.day)]
    return tuple(likely or [order for order in orders if first and _roughly(order.month, order.day)]) or None


def named_month(match: re.Match[str]) -> Readings | None:
    """After two digits of a year no unit or month may follow: 17 May 10 people, 17 May - 19 June."""
    month, year = month_called(match["mon"]), match["y"]
    if (
        month is None
        or len(year) == 2
        and (OTHER_AFTER.match(match.string, match.end()) or MONTH_AFTER.match(match.string, match.end()))
    ):
        return None
    return (Reading(year, month, int(match["d"])),)


def day_in_words(match: re.Match[str]) -> Readings | None:
    """With a year in digits; a day that no month has is a slip."""
    month, day = month_called(match["mon"]), day_called(match["day"])
    return (Reading(match["y"], month, day),) if month and day else ()


def incomplete(match: re.Match[str]) -> Readings | None:
    return None if match[0] == "24/7" else ()
