"""E-mail addresses, serial numbers and one-time codes in what customers write: reading and masking them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from actions.identity.birth_date import mask_birth_dates

CODE_DIGITS = 6

_EMAIL = re.compile(r"[^\s<>()\[\]\",;:@]+@[^\s<>()\[\]\",;:@]+\.[^\W\d_]{2,}")
_DOT = r"(?:[ ]?\.[ ]?|[ ](?:dot|punkt)[ ])"
_DOT_SAID = r"[ ](?:dot|punkt)[ ]"
_NAME = r"[\w+-]+"
_TOP = r"(?:com|net|org|se|nu|eu|io|me|info|dk|no|fi|uk|de)"
_SPELT = re.compile(
    rf"\b{_NAME}(?:{_DOT_SAID}{_NAME})*(?:"
    rf"[ ]?(?:[(\[][ ]?at[ ]?[)\]]|[ ]snabel[- ]?a|[ ]@)[ ]?{_NAME}(?:{_DOT}{_NAME})*{_DOT}{_TOP}"
    rf"|[ ]at[ ]{_NAME}(?:{_DOT}{_NAME})*{_DOT_SAID}{_TOP})\b",
    re.IGNORECASE,
)
"""An address in words: `maja at example dot com`, `maja snabel-a example.se`; "at example.com" alone is a place."""
_CODE = re.compile(r"(?<!\w)(?<!\d[ .,:/+-])\d{3}[ -]?\d{3}(?![\w:/-]|[.,]\d| \d)")
_CODE_ALONE = re.compile(r"\A[\W_]*(?:\d[\W_]{0,3}){5}\d[\W_]*\Z")
_PHONE = re.compile(r"(?<![\w+])(?:\+\d{1,3}|00[1-9]\d|\(?0[1-9]\d{0,2}\)?)(?:[ ()/-]{0,3}\d){5,12}(?!\w)")
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"[A-Za-z0-9]+")
_BETWEEN_PARTS = re.compile(r"[ \t\u00a0]{1,3}|[ ]?[-/._\u2010-\u2014][ ]?")
_LETTERS_ONLY = re.compile(r"[A-Za-z]{2,6}")

_LEAST, _LEAST_ALONE, _MOST = 8, 6, 32


def read_email(text: str, spelt: bool = True) -> str | None:
    """The last e-mail address in the text (who corrects himself writes the right one last); None without one.

    `spelt`: it may be spelt out, as where an address was asked for.
    """
    found = _EMAIL.findall(_SPELT.sub(_written, text) if spelt else text)
    return found[-1].strip(".") if found else None


def read_code(text: str) -> str | None:
    """The one-time code in the text, six digits however they are grouped; None without one."""
    found = _CODE_ALONE.search(text) or _CODE.search(text)
    return re.sub(r"\D", "", found[0]) if found else None


def read_serials(text: str) -> list[str]:
    """What may be the serial number in the text, as written, the likeliest first; at most three.

    A number behind it may not belong to it (`HQA1 X773 0002 12 months`). A word of letters before it may, in capitals
    (`HQAB X773 0002`) or with its digits 0 and 1 written as O and I (`hqai x773 0002`).
    """
    text = _PHONE.sub(_blank, mask_birth_dates(_EMAIL.sub(_blank, _SPELT.sub(_blank, text))))
    spans = list(_serials(text))
    if not spans:
        return []
    start, end = spans[-1]
    before = list(_PART.finditer(text, 0, start))
    candidates = [text[start:end]]
    parts = list(_PART.finditer(text, start, end))
    alike = list(takewhile(lambda part: len(part[0]) == len(parts[0][0]), parts))
    if len(alike) < len(parts) and _is_serial([part[0] for part in alike]):
        candidates.append(text[start : alike[-1].end()])
    if before and _adjoins(text, before[-1].end(), start) and _may_be_a_part(before[-1][0]):
        candidates.append(text[before[-1].start() : end])
    return [re.sub(r"[/._]", " ", candidate) for candidate in candidates]


def mask_personal_data(text: str) -> str:
    """The text with `[email]`, `[date]`, `[phone]`, `[serial]`, `[number]` and `[code]` in place of what they name.

    A serial number is known by its shape: letters with digits, in parts or in one. `[number]` is any number of eight
    digits and more: a serial number, an order, a customer. Masking again changes nothing.
    """
    text = mask_birth_dates(_EMAIL.sub("[email]", _SPELT.sub("[email]", text)))
    if not _DIGIT.search(text):
        return text
    text = _PHONE.sub("[phone]", text)
    for start, end in reversed(list(_serials(text))):
        mark = "[serial]" if any(letter.isalpha() for letter in text[start:end]) else "[number]"
        text = f"{text[:start]}{mark}{text[end:]}"
    return _CODE.sub("[code]", _CODE_ALONE.sub("[code]", text))


def _serials(text: str) -> Iterator[tuple[int, int]]:
    """Where serial numbers stand: neighbouring parts that each have a digit, long enough together."""
    run: list[re.Match[str]] = []
    for part in [*_PART.finditer(text), None]:
        if run and (part is None or not _has_digit(part[0]) or not _adjoins(text, run[-1].end(), part.start())):
            if _is_serial([each[0] for each in run]):
                yield run[0].start(), run[-1].end()
            run = []
        if part is not None and _has_digit(part[0]) and not _inside_a_word(text, part):
            run.append(part)


def _is_serial(parts: list[str]) -> bool:
    joined = "".join(parts)
    digits = sum(letter.isdigit() for letter in joined)
    if digits == len(joined):  # a number: only where it is long, in one part or in fours
        return _LEAST <= len(joined) <= _MOST and (len(parts) == 1 or {len(part) for part in parts} == {4})
    least = _LEAST_ALONE if len(parts) == 1 else _LEAST
    return digits >= 3 and least <= len(joined) <= _MOST


def _has_digit(part: str) -> bool:
    return any(letter.isdigit() for letter in part)


def _may_be_a_part(word: str) -> bool:
    return bool(_LETTERS_ONLY.fullmatch(word)) and (word.isupper() or any(letter in "oi" for letter in word))


def _adjoins(text: str, end: int, start: int) -> bool:
    return bool(_BETWEEN_PARTS.fullmatch(text[end:start]))


def _inside_a_word(text: str, part: re.Match[str]) -> bool:
    around = text[max(0, part.start() - 1) : part.start()] + text[part.end() : part.end() + 1]
    return any(letter.isalpha() or letter in "@[]" for letter in around)


def _written(match: re.Match[str]) -> str:
    """The address as it is written: `maja@example.com`."""
    dotted = re.sub(_DOT, ".", match[0], flags=re.IGNORECASE)
    return re.sub(r"[ ]?[(\[][ ]?at[ ]?[)\]][ ]?|[ ](?:snabel[- ]?a|at|@)[ ]?", "@", dotted, flags=re.IGNORECASE)


def _blank(match: re.Match[str]) -> str:
    return "\n"  # keeps what stood on either side apart
