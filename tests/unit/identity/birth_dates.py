"""Ways to write a date of birth and words around it, for the tests of reading and masking."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from actions.identity.birth_date import BirthDate, Unclear, read_birth_date

TODAY = date(2026, 6, 1)
SWEDISH = "januari februari mars april maj juni juli augusti september oktober november december".split()
ENGLISH = "January February March April May June July August September October November December".split()


def read(text: str, today: date = TODAY) -> BirthDate | Unclear:
    """What a message says to the question for a date of birth, where one must be 18."""
    return read_birth_date(text, today, 18)


def value(text: str, today: date = TODAY) -> date | Unclear:
    """The same without its places in the text."""
    found = read(text, today)
    return found.value if isinstance(found, BirthDate) else found


def ordinal(day: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day // 10 != 1 else 0, "th")


# Each way to write a date: with a full year, with two digits of it, and those whose order can be mistaken.
FULL: list[Callable[[date], str]] = [
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d:%Y.%m.%d}",
    lambda d: f"{d:%Y %m %d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.day} {SWEDISH[d.month - 1]} {d.year}",
    lambda d: f"den {d.day}:e {SWEDISH[d.month - 1].upper()} {d.year}",
    lambda d: f"{d.day} {SWEDISH[d.month - 1][:3]} {d.year}",
    lambda d: f"{d.day}{SWEDISH[d.month - 1][:3]}{d.year}",
    lambda d: f"{d.day}{ordinal(d.day)} of {ENGLISH[d.month - 1]} {d.year}",
    lambda d: f"{ENGLISH[d.month - 1]} {d.day}{ordinal(d.day)} {d.year}",
    lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{ENGLISH[d.month - 1][:3]}. {d.day}, {d.year}",
    lambda d: f"{d.day}-{ENGLISH[d.month - 1][:3]}-{d.year}",
    lambda d: f"{d:%Y%m%d}-1234",
    lambda d: f"{d:%Y%m%d}1234",
    lambda d: f"{d:%Y%m}{d.day + 60}-1234",
    lambda d: f"{d:%Y-%m-%d}".translate({ord("0") + n: chr(0x0660 + n) for n in range(10)}),
    lambda d: f"{d:%Y-%m-%d}".translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}),
    lambda d: f"{d:%Y–%m–%d}",
]
TWO_DIGITS: list[Callable[[date], str]] = [
    lambda d: f"{d:%y%m%d}",
    lambda d: f"{d:%y%m%d}-1234",
    lambda d: f"{d:%y%m}{d.day + 60}-1234",
    lambda d: f"{d.day}:e {SWEDISH[d.month - 1]} -{d:%y}",
    lambda d: f"{d.day}{SWEDISH[d.month - 1][:3]}{d:%y}",
    lambda d: f"{d.day} {ENGLISH[d.month - 1]} '{d:%y}",
    lambda d: f"{d.day} {ENGLISH[d.month - 1]} ’{d:%y}",
]
ORDER_UNSURE: list[Callable[[date], str]] = [
    lambda d: f"{d.day}/{d.month} {d.year}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d.day}/{d.month}-{d:%y}",
    lambda d: f"{d.day}/{d.month} -{d:%y}",
    lambda d: f"{d:%y-%m-%d}",
]

adults = st.dates(date(1906, 6, 2), date(2008, 6, 1))
recent_adults = st.dates(TODAY - timedelta(days=36500), date(2008, 6, 1))
around = st.sampled_from(
    [
        "{}",
        "I was born on {} thanks",
        "jag är född {}.",
        "Hej, {}!",
        "({})",
        "\t {}\n",
        "född:{}",
        "2 enheter, {}",
    ]
)

fragments = st.lists(
    st.sampled_from([*" -/.,:+'0192", "19", "05", "1990", "900517", "maj", "may ", "e ", "th ", "kr", "nr ", "född "]),
    max_size=16,
).map("".join)
