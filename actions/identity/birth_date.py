"""A date of birth inside a customer's message, as Swedes and English speakers write it: read, or masked.

Source: "This website is intended only for users of nicotine or tobacco products who are over 18." The date is
asked for to make sure of that and is never kept: what looks like one is masked before a message is stored.

The text is folded (lower case, ASCII digits, one kind of dash, single spaces), then each of `_SHAPES`
is looked for, the surest first. All repetitions have small bounds: the time grows with the text, no faster.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from actions.program.age import is_adult

MARK = "[date]"
OLDEST = 120  # years; older is a slip of the pen
MOST_PASSES = 4  # longer chains of numbers are no message: then the whole text counts as a date


class Unclear(Enum):
    """Why a message gives no date of birth; the dialogue chooses what to ask."""

    NONE = "none"  # nothing in it looks like one
    INCOMPLETE = "incomplete"  # an age, a year or a month, or a date that cannot be read with certainty
    IMPOSSIBLE = "impossible"  # no such day: 31 February, month 13
    FUTURE = "future"  # after today
    TOO_OLD = "too_old"  # somebody of more than 120 years
    AMBIGUOUS = "ambiguous"  # two readings that differ about being old enough, or two different dates


@dataclass(frozen=True)
class BirthDate:
    """The date, and where it stands in the text as (start, end) character positions, once or more often."""

    value: date
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Reading:
    year: str  # two or four digits
    month: int
    day: int
    over_100: bool = False  # a personal number with a plus sign

    def on(self, today: date) -> date | None:
        """The date meant; None: no such day. Two digits of a year mean the most recent date up to `today`."""
        newest = int(self.year) if len(self.year) == 4 else today.year // 100 * 100 + int(self.year)
        for year in (newest,) if len(self.year) == 4 else (newest, newest - 100, newest - 200):
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if len(self.year) == 4 or found <= today and (not self.over_100 or today.year - year >= 100):
                return found
        return None


_Readings = tuple[_Reading, ...]  # in order of preference; none: looks like a date but cannot be read as one


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    readings: _Readings


def read_birth_date(text: str, today: date, minimum_age: int) -> BirthDate | Unclear:
    """The date of birth in `text`, or why there is none that can be relied on.

    `today`: the customer's local date. `minimum_age`: whole years, see `is_adult`.
    - Two digits of a year mean the most recent such date that is not after `today`; a personal number with a
      plus sign means one at least 100 calendar years back. Co-ordination numbers have 60 added to the day.
    - Day and month (with two digits of a year also year and day: 04-03-12) can often be swapped. When all
      past readings agree about `minimum_age`, the usual one is taken: year first with dashes, else day first.
      When they do not, the result is AMBIGUOUS.
    - Six digits in a row are year, month, day as in a personal number.
    - Several dates must have a reading in common, else AMBIGUOUS; incomplete ones do not count then.
    """
    folded, origin = _fold(text)
    found = _find(folded)
    dates = [f for f in found if f.readings]
    if not dates:
        return Unclear.INCOMPLETE if found or _HINT.search(folded) else Unclear.NONE
    meant = [[r.on(today) for r in f.readings] for f in dates]
    real = [[d for d in days if d is not None] for days in meant]
    if not any(real):
        return Unclear.IMPOSSIBLE
    common = [d for d in real[0] if all(d in others for others in real[1:])]
    if not common:
        return Unclear.AMBIGUOUS
    past = [d for d in common if d <= today]
    likely = [d for d in past if not is_adult(d, today - timedelta(days=1), OLDEST)]
    if not likely:
        return Unclear.TOO_OLD if past else Unclear.FUTURE
    if len({is_adult(d, today, minimum_age) for d in likely}) > 1:
        return Unclear.AMBIGUOUS
    return BirthDate(likely[0], tuple((origin[f.start], origin[f.end - 1] + 1) for f in dates))


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
    folded, origin = _fold(text)
    for found in reversed(_find(folded)):
        text = text[: origin[found.start]] + MARK + text[origin[found.end - 1] + 1 :]
    return text


_USUAL = re.compile(r"(?:[!-_a-~åäöÅÄÖéÉ]|[ ](?![ ]))*")
"""Letters, digits and signs that have one notation, and single blanks."""


def _fold(text: str) -> tuple[str, list[int]]:
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


def _find(folded: str) -> list[_Found]:
    """Everything that looks like a date, in the order of the text."""
    found: list[_Found] = []
    for _ in range(MOST_PASSES):  # what stood beside a date may be one, too, once that is taken out
        more = False
        for shape, read in _SHAPES:
            position = 0
            while match := shape.search(folded, position):
                position = match.start() + 1
                readings = read(match)
                if readings is not None:
                    start, end = match.span("year" if "year" in shape.groupindex else 0)
                    found.append(_Found(start, end, readings))
                    folded = folded[:start] + "\0" * (end - start) + folded[end:]
                    position, more = end, True
        if not more:
            return sorted(found, key=lambda f: f.start)
    return [_Found(0, len(folded), ())]


# --- Words --------------------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari",
            "mar march mars",
            "apr april",
            "maj may mai",
            "jun june juni",
            "jul july juli",
            "aug august augusti",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}


def _without_one(name: str) -> set[str]:
    return {name[:i] + name[i + 1 :] for i in range(len(name))}


# A slip is a letter too many, too few, wrong or swapped with the next: less one letter, the words are equal.
_SLIPS = {less: number for name, number in _MONTHS.items() if len(name) > 4 for less in {name} | _without_one(name)}


def _month(word: str) -> int | None:
    if word in _MONTHS or len(word) < 5:
        return _MONTHS.get(word)
    return next((_SLIPS[less] for less in [word, *sorted(_without_one(word))] if less in _SLIPS), None)


_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_NUMBER = (  # numbers in words and the parts that they are put together from, with or without accents
    "(?:(?:seven|eight|eleven|twelve|twenty|thirt(?:een|y)|fort?y|fift(?:een|y)|sixt?|four|five|nine|three|ten|one|two"
    "|six|hundred|thousand|teen|ty|and|oh|noll|fjorton|fyrtio|femton|femtio|sexton|sextio|sjutton|sjuttio|arton"
    "|[åa]ttio|nittio|nitton|trettio|tretton|tjugo|elva|tolv|[åa]tta|fyra|fem|sex|sju|nio|tio|tre|ett|en|tv[åa]"
    "|hundra|tusen)[ -]?)"
)
_ORDINAL_NUMBER = (
    f"(?:{_NUMBER}{{0,2}}(?:first|second|third|fifth|eighth|ninth|twelfth|twentieth|thirtieth|första|forsta|andra|tredje"
    f"|fj[äa]rde|femte|sj[äa]tte|sjunde|[åa]ttonde|nionde|tionde|elfte|tolfte)|{_NUMBER}{{1,2}}(?:th|n?de))"
)
_OTHER_BEFORE = re.compile(
    r"(?:(?<!\w)(?:(?:order|best[äa]lln|arti[kc]|serie|serial|imei|faktur|invoice|konto|account|telefon|mobil|phone"
    r"|[äa]rende|kundn|referen)\w*|s/?n|kod(?:en)?|code|pin|ref|case|tel|tfn|ring|call|pris(?:et)?|price|kostar"
    r"|costs?|kl|klockan)(?:[ .:#]{1,2}(?:nr|nummer|number|no|id|is|[äa]r|was|p[åa])){0,2}[ .:#=-]{0,3}"
    r"|[#$€£+] ?|(?<!\d)\(?0\d{1,3}\)?[ -]{1,3}|\+\d[\d ()-]{0,15}"
    r"|(?<!\w)(?=\w{0,8}\d)(?=\w{0,8}[a-z])\w{2,9} )$"  # a part of a serial number written in parts
)
_OTHER_AFTER = re.compile(
    r" ?(?:(?:kr|kronor|sek|euros?|eur|usd|st|stycken|enheter|units|devices|people|personer|m[åa]n\w*|months?"
    r"|dagar|days|[åa]r|years|min\w*|tim\w*|h)\b|:-|[€$£%])"
)
_MONTH_AFTER = re.compile(rf" ?(?:of )?{_NAME}(?!\w)")


def _other_number(match: re.Match[str]) -> bool:
    """Whether the words around say that this is a phone, order or serial number, a time, price or count."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    return bool(_OTHER_BEFORE.search(before) or _OTHER_AFTER.match(match.string, match.end()))


# --- What a match means: its readings; no readings: a date, but not a whole one; None: no date --------------

_Reader = Callable[[re.Match[str]], _Readings | None]


def _unless_other_number(reader: _Reader) -> _Reader:
    """For shapes that other numbers have as well."""
    return lambda match: None if _other_number(match) else reader(match)


def _plausible(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _roughly(month: int, day: int) -> bool:
    """A slip may still be meant as a date: month 13, day 32. Further off it is some other number."""
    return 1 <= month <= 19 and 1 <= day <= 39


def _real_day(day: str) -> int:
    return int(day) - 60 if int(day) > 60 else int(day)  # co-ordination numbers have the day raised by 60


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - i % 2) for i, digit in enumerate(digits)]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _year_first(match: re.Match[str]) -> _Readings:
    last = match.groupdict().get("last")  # of a personal number
    day = _real_day(match["d"]) if last else int(match["d"])
    return (_Reading(match["y"], int(match["m"]), day, over_100="+" in (last or "")),)


def _year_first_roughly(match: re.Match[str]) -> _Readings | None:
    (reading,) = _year_first(match)
    return (reading,) if _roughly(reading.month, reading.day) else None


def _ten_digits(match: re.Match[str]) -> _Readings | None:
    """A personal number without its sign may be any number: it is read with the right check digit only.

    With 0 in front it is more likely a phone number, and never read.
    """
    (reading,), digits = _year_first(match), match[0].replace(" ", "")
    if not _plausible(reading.month, reading.day):
        return None
    if digits[0] == "0":
        return () if " " in match[0] or _luhn(digits) else None
    return (reading,) if _luhn(digits) else ()


def _digits_only(match: re.Match[str]) -> _Readings | None:
    """Year first as in a personal number; else day, month and a full year. A number never fits both ways."""
    digits = match[0]
    reading = _Reading(digits[:-4], int(digits[-4:-2]), int(digits[-2:]))
    if _roughly(reading.month, reading.day) and (len(digits) == 6 or reading.year[:2] in ("18", "19", "20")):
        return (reading,)
    a, b, year = int(digits[:2]), int(digits[2:4]), digits[4:]
    if len(digits) == 6:
        return () if _plausible(b, a) else None
    fits = year[:2] in ("18", "19", "20") and (_plausible(b, a) or _plausible(a, b))
    return (_Reading(year, b, a), _Reading(year, a, b)) if fits else None


def _year_last(match: re.Match[str]) -> _Readings | None:
    a, b, first = int(match["a"]), int(match["b"]), match["s"].strip()
    certain = first == "/" or first == match["t"].strip() != ""
    if not certain and not _plausible(b, a) and not _plausible(a, b):  # 10.00-1900
        return None
    return (_Reading(match["y"], b, a), _Reading(match["y"], a, b))


def _two_digit_year(match: re.Match[str]) -> _Readings | None:
    a, b, c, first = match["a"], match["b"], match["c"], match["s"].strip()
    last = match.groupdict().get("last")  # of a personal number
    year_first = [_Reading(a, int(b), _real_day(c) if last else int(c), over_100="+" in (last or ""))]
    year_last = [_Reading(c, int(b), int(a)), _Reading(c, int(a), int(b))]
    if len(a) < 2 or first != match["t"].strip():
        year_first = []
    if len(c) < 2 or last:
        year_last = []
    orders = year_last + year_first if first in ("/", ".") else year_first + year_last
    likely = [order for order in orders if _plausible(order.month, order.day)]
    return tuple(likely or [order for order in orders if first and _roughly(order.month, order.day)]) or None


def _named_month(match: re.Match[str]) -> _Readings | None:
    """After two digits of a year no unit or month may follow: 17 May 10 people, 17 May - 19 June."""
    month, year = _month(match["mon"]), match["y"]
    if (
        month is None
        or len(year) == 2
        and (_OTHER_AFTER.match(match.string, match.end()) or _MONTH_AFTER.match(match.string, match.end()))
    ):
        return None
    return (_Reading(year, month, int(match["d"])),)


def _incomplete(match: re.Match[str]) -> _Readings | None:
    return None if match[0] == "24/7" else ()


# --- Shapes, the surest first: how the match is read, and its expression ------------------------------------

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
_SPELLED_YEAR = rf"(?:[ ,]{{1,2}}(?:{_NUMBER}{{2,8}}(?<![ -])(?!\w)|{_FULL}))?"
_NOT_MAY = rf"(?!may){_NAME}"  # "may" beside a number of one digit is mostly the verb

_EXPRESSIONS: tuple[tuple[_Reader, str], ...] = (
    # 900517-1234, 19900517-1234, 900517+1234; 199005171234; 9005171234
    (_year_first, rf"{_START}(?P<y>{_CENTURY}?\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<last> ?[-+] ?\d{{4}}){_END}"),
    (
        _unless_other_number(_year_first_roughly),
        rf"{_START}(?P<y>{_CENTURY}\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<last> ?\d{{4}}){_END}",
    ),
    (
        _unless_other_number(_ten_digits),
        rf"{_START}(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<last> ?\d{{4}}){_END}",
    ),
    # 1990-05-17, 1990/5/17, 1990.05.17, 1990-05-17-1234
    (_year_first, rf"(?<!\d)(?P<y>[12]\d{{3}}){_SEPARATOR}(?P<m>\d\d?){_SEPARATOR}(?P<d>\d\d?){_LAST}(?!\d)"),
    # 17/5/1990, 17-05-1990, 17.5.1990, 17. 5. 1990, 17/5-1990, 05/17/1990; 17/5 1990, 17.5 1990
    (_year_last, rf"(?<!\d){_A_B.format(r'[.] ?| ?[-/] ?', r'[.] ?| ?[-/] ?')}'?(?P<y>{_FULL})"),
    (_unless_other_number(_year_last), rf"(?<!\d){_A_B.format('[.]| ?/ ?', ',? ')}(?P<y>{_FULL})"),
    # 90-05-17, 90-05-17-1234, 17.5.90; 17/5-90, 12/3 -85, 17/5/90; 17/5 90
    (_two_digit_year, rf"{_ALONE}{_A_B.format(' ?- ?|[.]', '(?P=s)')}(?P<c>\d\d?){_LAST}{_ALONE_END}"),
    (_two_digit_year, rf"{_ALONE}{_A_B.format(' ?/ ?', ' ?[-/] ?')}'?(?P<c>\d\d){_ALONE_END}"),
    (
        _unless_other_number(_two_digit_year),
        rf"{_ALONE}(?!24/7){_A_B.format('/', ' ')}'?(?P<c>\d\d){_ALONE_END}",
    ),
    # 17 maj 1990, 17:e maj -90, 17maj90, 17th of May '90; May 17th, 1990; 1990 May 17; 1990, 17 May
    (_named_month, rf"(?<!\d){_DAY}{_GAP}{_OF}{_WORD}[ .,/'-]{{0,3}}(?:(?:in|of|år) )?{_YEAR}"),
    (
        _named_month,
        rf"(?<![a-z]){_WORD}{_GAP}(?:the )?{_DAY}(?:[ .,/-]{{1,3}}(?:in )?(?={_FULL})| -|, |/| ?,? '){_YEAR}",
    ),
    (_named_month, rf"(?<!\d)(?P<y>{_FULL}){_GAP}{_WORD}{_GAP}(?:the )?(?P<d>\d\d?)(?!\d){_ORDINAL}"),
    (_named_month, rf"(?<!\d)(?P<y>{_FULL})[ ,.]{{1,2}}(?:den )?{_DAY}{_GAP}{_OF}{_WORD}(?!\w)"),
    # 1990 05 17; 17 05 1990; 90 05 17
    (
        _unless_other_number(_year_first_roughly),
        rf"{_SPACED}(?P<y>{_CENTURY}\d\d) (?P<m>\d\d?) (?P<d>\d\d?){_LAST}(?!\w)",
    ),
    (_unless_other_number(_year_last), rf"{_SPACED}{_A_B.format(' ', ' ')}(?P<y>{_CENTURY}\d\d){_END}"),
    (
        _unless_other_number(_two_digit_year),
        rf"{_SPACED}(?=\d\d \d\d ){_A_B.format(' ', ' ')}(?P<c>\d\d)(?!\w| ?-?\d)",
    ),
    # 19900517, 17051990, 900517
    (_unless_other_number(_digits_only), rf"{_ALONE}(?:\d{{8}}|\d{{6}})(?!\w){_ALONE_END}"),
    # the seventeenth of May, nineteen ninety; den sjuttonde maj nittonhundranittio; May the seventeenth, 1990
    (
        _incomplete,
        rf"(?<!\w){_ORDINAL_NUMBER} (?:(?:of |i )?{_NOT_MAY}"
        rf"|of may|may(?=[ ,]{{1,2}}(?:\d\d|ninet|twent|two )))(?!\w){_SPELLED_YEAR}",
    ),
    (
        _incomplete,
        rf"(?<!\w){_NAME}[ ,]{{1,2}}(?:the )?{_ORDINAL_NUMBER}(?!\w){_SPELLED_YEAR}",
    ),
    # May 1990, maj -90, May '90, May 17; 1990 May, 17 May; 1990-05; 05/1990; 17/5
    (
        _unless_other_number(_incomplete),
        rf"(?<!\w)(?:{_NAME}[ .,/'-]{{0,3}}(?:in )?{_CENTURY}\d\d|{_NOT_MAY}[ .,/'-]{{0,3}}\d\d?{_ORDINAL}"
        rf"|may ?['-]\d\d|may (?:the )?\d\d?(?:st|nd|rd|th)|may [1-3]\d)(?!\w){_ALONE_END}",
    ),
    (
        _incomplete,
        rf"(?<!\d)(?:{_CENTURY}\d\d{_GAP}{_NAME}|\d\d?{_ORDINAL}{_GAP}{_OF}{_NOT_MAY}"
        rf"|\d\d? ?(?:of may|(?:st|nd|rd|th|:?e) (?:of )?may)|[1-3]\d ?may|\d may(?= ?(?:$|[.,;!?)])))(?!\w)",
    ),
    (_unless_other_number(_incomplete), rf"{_ALONE}{_CENTURY}\d\d[-/.](?:0?[1-9]|1[0-2])(?!\w){_ALONE_END}"),
    (
        _unless_other_number(_incomplete),
        rf"{_ALONE}(?:0?[1-9]|1[0-2]) ?[-/.] ?{_CENTURY}\d\d(?!\w| \d){_ALONE_END}",
    ),
    (
        _unless_other_number(_incomplete),
        rf"{_ALONE}(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\w){_ALONE_END}",
    ),
    # född 1990, born in '90: only the year itself
    (
        _unless_other_number(_incomplete),
        r"(?:född|fodd|born|birth)\w{0,4}(?: (?:år|ar|in|i|year|is|är|was)){0,3}[ :'-]{1,3}"
        rf"(?P<year>{_CENTURY}\d\d|\d\d)(?!\w){_ALONE_END}",
    ),
)
_SHAPES = tuple((re.compile(expression), reader) for reader, expression in _EXPRESSIONS)

# Not masked, but worth another question than for a date: a year, an age, a month.
_HINT = re.compile(
    rf"(?<![\w.,:/+-])(?:19\d\d|20[0-2]\d)(?!\w|[.,:/-]\d|{_OTHER_AFTER.pattern})"
    r"|(?:jag [äa]r|jag e|i'm|i am|aged?|[åa]lder|fyllde|fyller|turned) (?:över |over |snart |just )?"
    r"\d{1,3}(?!\w|[.,:/-]\d)"
    r"|(?<!\w)[1-9]\d ?(?:[åa]r\b|[åa]ring|years old|yo\b|y/o|bast\b|-?tal)"
    rf"|\A\W*\d{{1,4}}\W*\Z|(?:\A\W*|född i |fodd i |born in ){_NAME}\W*\Z"
)
