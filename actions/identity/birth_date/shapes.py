"""The shapes that dates have, the surest first: how a match is read, and its expression."""

import re

from actions.identity.birth_date.other_numbers import OTHER_AFTER
from actions.identity.birth_date.readings import (
    Reader,
    day_in_words,
    digits_only,
    incomplete,
    named_month,
    ten_digits,
    two_digit_year,
    unless_other_number,
    year_first,
    year_first_roughly,
    year_last,
)
from actions.identity.birth_date.words import MONTH_NAME, NUMBER, ORDINAL_NUMBER

_START = r"(?:(?<!\w)|(?<=född)|(?<=fodd)|(?<=born))"
_ALONE = _START + r"(?<!\d[-/.:])"  # not the rest of a longer number
_SPACED = _START + r"(?<!\d[ -])"
_END = r"(?!\w|-\d)"
_ALONE_END = r"(?!\d|[-/.:]\d)"
_SEPARATOR = r"(?:\.| ?[-/] ?)"
_CENTURY = "(?:18|19|20)"
_FULL = r"[12]\d{3}(?!\d)"
_YEAR = rf"(?P<y>{_FULL}|\d\d{_ALONE_END})"
_A_B = r"(?P<a>\d\d?)(?P<s>{})(?P<b>\d\d?)(?P<t>{})"
_LAST = r"(?P<last> ?[-+] ?\d{4}(?!\d))?"
_ORDINAL = r"(?: ?:?(?:e|a|de|te)\b| ?(?:st|nd|rd|th)\b)?"
_DAY = rf"(?P<d>\d\d?){_ORDINAL}"
_WORD = r"(?P<mon>[a-z]{3,10})"
_GAP = "[ .,/-]{0,2}"
_OF = "(?:(?:of|in|i) )?"
_SPELLED_YEAR = rf"(?:[ ,]{{1,2}}(?:{NUMBER}{{2,8}}(?<![ -])(?!\w)|{_FULL}))?"
_NOT_MAY = rf"(?!may){MONTH_NAME}"  # "may" beside a number of one digit is mostly the verb

# the seventeenth of May, nineteen ninety; den sjuttonde maj nittonhundranittio; May the seventeenth, 1990
_DAY_AND_MONTH = (
    rf"(?<!\w){ORDINAL_NUMBER} (?:(?:of |i )?{_NOT_MAY}"
    rf"|of may|may(?=[ ,]{{1,2}}(?:\d\d|ninet|twent|two )))(?!\w){_SPELLED_YEAR}"
)
_MONTH_AND_DAY = rf"(?<!\w){MONTH_NAME}[ ,]{{1,2}}(?:the )?{ORDINAL_NUMBER}(?!\w){_SPELLED_YEAR}"

_DAY_IN_WORDS = rf"(?P<day>{ORDINAL_NUMBER})"
_MONTH = rf"(?P<mon>{MONTH_NAME})"
_OF_YEAR = rf"[ ,]{{1,3}}(?:(?:in|of|år) )?(?P<y>{_FULL})(?!\w)"

_EXPRESSIONS: tuple[tuple[Reader, str], ...] = (
    # 900517-1234, 19900517-1234, 900517+1234; 199005171234; 9005171234
    (year_first, rf"{_START}(?P<y>{_CENTURY}?\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<last> ?[-+] ?\d{{4}}){_END}"),
    (
        unless_other_number(year_first_roughly),
        rf"{_START}(?P<y>{_CENTURY}\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<last> ?\d{{4}}){_END}",
    ),
    (
        unless_other_number(ten_digits),
        rf"{_START}(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<last> ?\d{{4}}){_END}",
    ),
    # 1990-05-17, 1990/5/17, 1990.05.17, 1990-05-17-1234
    (year_first, rf"(?<!\d)(?P<y>[12]\d{{3}}){_SEPARATOR}(?P<m>\d\d?){_SEPARATOR}(?P<d>\d\d?){_LAST}(?!\d)"),
    # 17/5/1990, 17-05-1990, 17.5.1990, 17. 5. 1990, 17/5-1990, 05/17/1990; 17/5 1990, 17.5 1990
    (year_last, rf"(?<!\d){_A_B.format(r'[.] ?| ?[-/] ?', r'[.] ?| ?[-/] ?')}'?(?P<y>{_FULL})"),
    (unless_other_number(year_last), rf"(?<!\d){_A_B.format('[.]| ?/ ?', ',? ')}(?P<y>{_FULL})"),
    # 90-05-17, 90-05-17-1234, 17.5.90; 17/5-90, 12/3 -85, 17/5/90; 17/5 90
    (two_digit_year, rf"{_ALONE}{_A_B.format(' ?- ?|[.]', '(?P=s)')}(?P<c>\d\d?){_LAST}{_ALONE_END}"),
    (two_digit_year, rf"{_ALONE}{_A_B.format(' ?/ ?', ' ?[-/] ?')}'?(?P<c>\d\d){_ALONE_END}"),
    (
        unless_other_number(two_digit_year),
        rf"{_ALONE}(?!24/7){_A_B.format('/', ' ')}'?(?P<c>\d\d){_ALONE_END}",
    ),
    # 17 maj 1990, 17:e maj -90, 17maj90, 17th of May '90; May 17th, 1990; 1990 May 17; 1990, 17 May
    (named_month, rf"(?<!\d){_DAY}{_GAP}{_OF}{_WORD}[ .,/'-]{{0,3}}(?:(?:in|of|år) )?{_YEAR}"),
    (
        named_month,
        rf"(?<![a-z]){_WORD}{_GAP}(?:the )?{_DAY}(?:[ .,/-]{{1,3}}(?:in )?(?={_FULL})| -|, |/| ?,? '){_YEAR}",
    ),
    (named_month, rf"(?<!\d)(?P<y>{_FULL}){_GAP}{_WORD}{_GAP}(?:the )?(?P<d>\d\d?)(?!\d){_ORDINAL}"),
    (named_month, rf"(?<!\d)(?P<y>{_FULL})[ ,.]{{1,2}}(?:den )?{_DAY}{_GAP}{_OF}{_WORD}(?!\w)"),
    # 1990 05 17; 17 05 1990; 90 05 17
    (
        unless_other_number(year_first_roughly),
        rf"{_SPACED}(?P<y>{_CENTURY}\d\d) (?P<m>\d\d?) (?P<d>\d\d?){_LAST}(?!\w)",
    ),
    (unless_other_number(year_last), rf"{_SPACED}{_A_B.format(' ', ' ')}(?P<y>{_CENTURY}\d\d){_END}"),
    (
        unless_other_number(two_digit_year),
        rf"{_SPACED}(?=\d\d \d\d ){_A_B.format(' ', ' ')}(?P<c>\d\d)(?!\w| ?-?\d)",
    ),
    # 19900517, 17051990, 900517
    (unless_other_number(digits_only), rf"{_ALONE}(?:\d{{8}}|\d{{6}})(?!\w){_ALONE_END}"),
    # the seventeenth of May 1990, den sjuttonde maj 1990; May the seventeenth, 1990
    (day_in_words, rf"(?<!\w){_DAY_IN_WORDS} (?:of |i )?{_MONTH}{_OF_YEAR}"),
    (day_in_words, rf"(?<!\w){_MONTH}[ ,]{{1,2}}(?:the )?{_DAY_IN_WORDS}{_OF_YEAR}"),
    (incomplete, _DAY_AND_MONTH),
    (incomplete, _MONTH_AND_DAY),
    # May 1990, maj -90, May '90, May 17; 1990 May, 17 May; 1990-05; 05/1990; 17/5
    (
        unless_other_number(incomplete),
        rf"(?<!\w)(?:{MONTH_NAME}[ .,/'-]{{0,3}}(?:in )?{_CENTURY}\d\d|{_NOT_MAY}[ .,/'-]{{0,3}}\d\d?{_ORDINAL}"
        rf"|may ?['-]\d\d|may (?:the )?\d\d?(?:st|nd|rd|th)|may [1-3]\d)(?!\w){_ALONE_END}",
    ),
    (
        incomplete,
        rf"(?<!\d)(?:{_CENTURY}\d\d{_GAP}{MONTH_NAME}|\d\d?{_ORDINAL}{_GAP}{_OF}{_NOT_MAY}"
        rf"|\d\d? ?(?:of may|(?:st|nd|rd|th|:?e) (?:of )?may)|[1-3]\d ?may|\d may(?= ?(?:$|[.,;!?)])))(?!\w)",
    ),
    (unless_other_number(incomplete), rf"{_ALONE}{_CENTURY}\d\d[-/.](?:0?[1-9]|1[0-2])(?!\w){_ALONE_END}"),
    (
        unless_other_number(incomplete),
        rf"{_ALONE}(?:0?[1-9]|1[0-2]) ?[-/.] ?{_CENTURY}\d\d(?!\w| \d){_ALONE_END}",
    ),
    (
        unless_other_number(incomplete),
        rf"{_ALONE}(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\w){_ALONE_END}",
    ),
    # född 1990, born in '90: only the year itself
    (
        unless_other_number(incomplete),
        r"(?:född|fodd|born|birth)\w{0,4}(?: (?:år|ar|in|i|year|is|är|was)){0,3}[ :'-]{1,3}"
        rf"(?P<year>{_CENTURY}\d\d|\d\d)(?!\w){_ALONE_END}",
    ),
)
SHAPES = tuple((re.compile(expression), reader) for reader, expression in _EXPRESSIONS)
IN_WORDS = tuple(shape for shape in SHAPES if shape[0].pattern in (_DAY_AND_MONTH, _MONTH_AND_DAY))
"""Those of dates without a digit."""

# Not masked, but worth another question than for a date: a year, an age, a month.
HINT = re.compile(
    rf"(?<![\w.,:/+-])(?:19\d\d|20[0-2]\d)(?!\w|[.,:/-]\d|{OTHER_AFTER.pattern})"
    r"|(?:jag [äa]r|jag e|i'?m|i am|aged?|[åa]lder|fyllde|fyller|turned) (?:över |over |snart |just )?"
    r"\d{1,3}(?!\w|[.,:/-]\d)"
    r"|(?<!\w)[1-9]\d ?(?:[åa]r\b|[åa]ring|years old|yo\b|y/o|bast\b|-?tal)"
    rf"|\A\W*\d{{1,4}}\W*\Z|(?:\A\W*|född i |fodd i |born in ){MONTH_NAME}\W*\Z"
)
