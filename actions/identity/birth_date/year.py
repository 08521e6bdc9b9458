"""The writer's year of birth without its day: enough to tell a minor, and never enough to tell an adult."""

import re

from actions.identity.birth_date.fold import fold
from actions.identity.birth_date.words import MONTH_NAME

_BEFORE = r"(?:(?:well|hi|hello|hey|yes|ok|sorry|hej|ja|jo|nej|no|actually|faktiskt|men|but|so|okej)[ ,.!:-]{1,3}){0,2}"
_WRITER = r"(?:(?:i (?:was|am)|i'?m|jag (?:är|ar|e|ä|var|blev)|ja (?:är|e|ä)) )?"
_BORN = rf"(?:{_WRITER}(?:född|fodd|born)|jag (?:föddes|foddes))"
_YEAR = rf"(?: (?:in|i|year|år|the|ar))*:? (?:{MONTH_NAME}[ .,/-]{{0,3}})?(?P<year>(?:19|20)\d\d)(?!\d)"
_AFTER = r"(?:[ ,.!-]{1,3}(?:so|then|sorry|thanks|thx|tack|så|då|ju|though|please)){0,2}"
_OWN_BIRTH = re.compile(rf"\W*{_BEFORE}{_BORN}{_YEAR}{_AFTER}[ .,!:)(]*")


def read_birth_year(text: str) -> int | None:
    """The year that the writer says to be born in, where the message says that and nothing else ("I was born in 2010");
    None for a year alone, which may be that of a purchase, and for everything else.
    """
    folded, _ = fold(text)
    found = _OWN_BIRTH.fullmatch(folded)
    return int(found["year"]) if found else None
