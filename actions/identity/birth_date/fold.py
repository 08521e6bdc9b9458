"""One notation for what people type: letters, digits, dashes and spaces of all kinds become the usual ones."""

import re
import unicodedata

_USUAL = re.compile(r"(?:[!-_a-~åäöÅÄÖéÉ]|[ ](?![ ]))*")
"""Letters, digits and signs that have one notation, and single blanks."""


def fold(text: str) -> tuple[str, list[int]]:
    """The text in one notation, and for each of its characters the position of the one that it comes from."""
    if _USUAL.fullmatch(text):
        return text.lower(), list(range(len(text)))
    chars: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        kind = unicodedata.category(char)
        if char.isascii() and char.isalnum():  # most of any text
            chars.append(char.lower())
        elif kind[0] == "M" and chars:  # a combining mark: a + ring is å
            whole = unicodedata.normalize("NFC", chars[-1] + char)
            chars[-1] = whole if len(whole) == 1 else chars[-1]
        elif kind == "Nd":
            chars.append(str(unicodedata.decimal(char)))
        elif kind == "Pd" or char == "−":
            chars.append("-")
        elif char in "'’‘´`′ʼ":
            chars.append("'")
        elif char.isspace():
            chars.extend(" " if not chars or chars[-1] != " " else "")
        elif kind != "Cf":  # Cf: invisible, such as a zero-width space
            plain = unicodedata.normalize("NFKC", char).lower().replace("⁄", "/")
            chars.extend(plain if len(plain) <= 4 else " ")  # a few signs stand for whole sentences
        origin.extend([position] * (len(chars) - len(origin)))
    return "".join(chars), origin
