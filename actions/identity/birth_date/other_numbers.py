"""Numbers that look like dates and are none, by the words around them: of phones, orders, prices, counts."""

import re

from actions.identity.birth_date.words import MONTH_NAME

_OTHER_BEFORE = re.compile(
    r"(?:(?<!\w)(?:(?:order|best[äa]lln|arti[kc]|serie|serial|imei|faktur|invoice|konto|account|telefon|mobil|phone"
    r"|[äa]rende|kundn|referen)\w*|s/?n|kod(?:en)?|code|pin|ref|case|tel|tfn|ring|call|pris(?:et)?|price|kostar"
    r"|costs?|kl|klockan)(?:[ .:#]{1,2}(?:nr|nummer|number|no|id|is|[äa]r|was|p[åa])){0,2}[ .:#=-]{0,3}"
    r"|[#$€£+] ?|(?<!\d)\(?0\d{1,3}\)?[ -]{1,3}|\+\d[\d ()-]{0,15}"
    r"|(?<!\w)(?=\w{0,8}\d)(?=\w{0,8}[a-z])\w{2,9} )$"  # a part of a serial number written in parts
)
OTHER_AFTER = re.compile(
    r" ?(?:(?:kr|kronor|sek|euros?|eur|usd|st|stycken|enheter|units|devices|people|personer|m[åa]n\w*|months?"
    r"|dagar|days|[åa]r|years|min\w*|tim\w*|h)\b|:-|[€$£%])"
)
MONTH_AFTER = re.compile(rf" ?(?:of )?{MONTH_NAME}(?!\w)")


def other_number(match: re.Match[str]) -> bool:
    """Whether the words around say that this is a phone, order or serial number, a time, price or count."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    return bool(_OTHER_BEFORE.search(before) or OTHER_AFTER.match(match.string, match.end()))
