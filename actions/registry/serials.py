"""Serial numbers and case references: how they are written and how they are compared."""

import re
import secrets
import unicodedata

SERIAL_KEY = re.compile(r"[0-9A-Z]{4,32}")
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_DASHES_AND_SPACES = re.compile(r"[\s\u002d\u2010-\u2015\u2212]+")
_ALIKE = str.maketrans("OI", "01")


def serial_key(serial: str) -> str | None:
    """What `serial` is compared by, or None where the text cannot be a serial number.

    Case, spaces and dashes do not count, O and 0 are alike, and so are I and 1. What remains must be 4 to
    32 letters A-Z and digits. Source: the registry contract ("Serials are compared without case, spaces and
    dashes, and with O/0 and I/1 alike").
    """
    plain = unicodedata.normalize("NFKC", serial)
    key = _DASHES_AND_SPACES.sub("", plain).upper().translate(_ALIKE)
    return key if SERIAL_KEY.fullmatch(key) else None


def tidy_serial(serial: str) -> str:
    """`serial` as it is kept and shown: as written, with plain spaces and dashes only."""
    plain = unicodedata.normalize("NFKC", serial).strip()
    return _DASHES_AND_SPACES.sub(lambda found: " " if found.group().isspace() else "-", plain)


def new_reference() -> str:
    """A new case reference such as `7KQ-42P`: 31**6 (about 888 million) of them, without letters that look
    like digits.
    """
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(6)]
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"
