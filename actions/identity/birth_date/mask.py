"""Masking dates and personal numbers, so that no date of birth is stored."""

import re

from actions.identity.birth_date.find import find
from actions.identity.birth_date.fold import fold

MARK = "[date]"
_NUMBERS_IN_A_ROW = re.compile(r"(?<![A-Za-z0-9])[0-9]{1,4}(?:[ .,:;_|/\\-]{1,3}[0-9]{1,4}){2,9}(?![A-Za-z0-9])")


def _may_be_a_date(row: str) -> bool:
    """Three numbers with a year at one end, whatever stands between them, or six digits and more one by one."""
    numbers = re.findall(r"[0-9]+", row)
    if len(numbers) == 3:
        return any(len(year) == 4 and year[:2] in ("19", "20") for year in (numbers[0], numbers[2]))
    return len(numbers) >= 6 and all(len(number) == 1 for number in numbers)


def mask_birth_dates(text: str) -> str:
    """`text` with `MARK` for everything that looks like a date or a personal number, even one that cannot be.

    Also without a day or without a year (May 1990, 17 May), and written in words. An age, and a year that
    no word calls a year of birth, stay. Masking again changes nothing.
    """
    text = _NUMBERS_IN_A_ROW.sub(lambda row: MARK if _may_be_a_date(row[0]) else row[0], text)
    folded, origin = fold(text)
    for found in reversed(find(folded)):
        text = text[: origin[found.start]] + MARK + text[origin[found.end - 1] + 1 :]
    return text
