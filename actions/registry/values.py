"""The values that a registry file may hold. Each parser takes the text of one field, without outer spaces.

A parser raises ValueError with a sentence for the operator who made the file.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import lru_cache

from actions.registry.countries import COUNTRIES
from actions.registry.models import FIRST_DAY, LAST_DAY
from actions.registry.serials import serial_key, tidy_serial

Value = str | date | None

LONGEST_EMAIL, LONGEST_ID, LONGEST_MODEL, SHOWN = 254, 64, 80, 40
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
_PHONE = re.compile(r"\+?[0-9 ()/.\-]{4,30}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST, _LAST = date.fromisoformat(FIRST_DAY), date.fromisoformat(LAST_DAY)


def identifier(text: str) -> str:
    """A customer's or a claim's id: 1 to 64 printable characters without a space."""
    if not could_be_id(text):
        raise ValueError(f"must be 1 to {LONGEST_ID} characters without spaces, not {_shown(text)}")
    return text


def could_be_id(text: str) -> bool:
    """Whether `text` could be an id at all.

    A database driver would stumble over some that cannot (NUL, surrogates), and ids come from tokens, too.
    """
    return 1 <= len(text) <= LONGEST_ID and " " not in text and text.isprintable()


def email(text: str) -> str:
    """An e-mail address, kept as written."""
    if email_key(text) is None:
        raise ValueError(f"is not an e-mail address: {_shown(text)}")
    return text


def email_key(text: str) -> str | None:
    """What an address is compared by: without outer spaces and case. None where the text cannot be an
    address.
    """
    address = text.strip()
    if len(address) > LONGEST_EMAIL or not address.isprintable() or not _EMAIL.fullmatch(address):
        return None
    return address.lower()


def phone(text: str) -> str | None:
    """A telephone number, kept as written. May be empty: None."""
    if not text:
        return None
    if not _PHONE.fullmatch(text):
        raise ValueError(f"is not a telephone number: {_shown(text)}")
    return text


def country(text: str) -> str:
    """A country by its ISO 3166-1 alpha-2 code."""
    if text not in COUNTRIES:
        raise ValueError(f"is not a country code such as SE (ISO 3166-1 alpha-2, capitals): {_shown(text)}")
    return text


def serial(text: str) -> str:
    """A serial number, as it is kept and shown. See `serials.serial_key` for what it is compared by."""
    if serial_key(text) is None:
        raise ValueError(f"is not a serial number (4 to 32 letters A-Z and digits): {_shown(text)}")
    return tidy_serial(text)


def serial_by_key(text: str) -> str:
    """A serial number, as it is compared."""
    return serial_key(serial(text)) or ""


def model(text: str) -> str:
    """The product's name: 1 to 80 printable characters."""
    if not text or len(text) > LONGEST_MODEL or not text.isprintable():
        raise ValueError(f"must be 1 to {LONGEST_MODEL} printable characters, not {_shown(text)}")
    return text


@lru_cache(maxsize=20_000)
def day(text: str) -> date:
    """A calendar day, ISO 8601, from 1990 to 2099."""
    try:
        value = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        value = None
    if value is None:
        raise ValueError(f"is not a day like 2026-01-31 (ISO 8601): {_shown(text)}")
    if not _FIRST <= value <= _LAST:
        raise ValueError(f"must be from {FIRST_DAY} to {LAST_DAY}, not {text}")
    return value


def day_or_never(text: str) -> date | None:
    """A calendar day, or None where the field is empty: it has not happened."""
    return day(text) if text else None


def word_of(words: type[Enum]) -> Callable[[str], str]:
    """A parser for the words of `words`, exactly as written there."""
    known = {str(word.value) for word in words}
    listed = ", ".join(str(word.value) for word in words)

    def parse(text: str) -> str:
        if text not in known:
            raise ValueError(f"must be one of {listed}, not {_shown(text)}")
        return text

    return parse


def _shown(text: str) -> str:
    if not text:
        return "empty"
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")
