"""A year of birth without its day: enough to tell a minor, and never enough to tell an adult."""

import re

from actions.identity.birth_date.fold import fold
from actions.identity.birth_date.words import MONTH_NAME

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_MONTH = rf"(?:{MONTH_NAME}[ .,/-]{{0,3}})?"
_ALONE = re.compile(rf"\W*(?:(?:in|i|year|år) )?{_MONTH}{_YEAR}\W*")
_BORN = re.compile(rf"(?<!\w)(?:född|fodd|born)(?: (?:in|i|year|år|the))*:? {_MONTH}{_YEAR}(?![-/.]\d)")
_SUPPOSED = re.compile(r"\?|n't(?!\w)|(?<!\w)(?:not|if|when|before|after|inte|ej|om|när|före|efter|innan)(?!\w)")


def read_birth_year(text: str) -> int | None:
    """The year, where it is all that a message says, or is called the year of a birth; None for what is only supposed
    or denied ("if I was born in 2010").
    """
    folded, _ = fold(text)
    found = _ALONE.fullmatch(folded) or _BORN.search(folded)
    return int(found["year"]) if found and not _SUPPOSED.search(folded) else None
