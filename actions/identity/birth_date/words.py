"""Names of months, with the slips that they are typed with, and numbers in words, in Swedish and English."""

import re

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


def month_called(word: str) -> int | None:
    """The month that `word` names, 1 to 12, also with a slip in a name of five letters and more."""
    if word in _MONTHS or len(word) < 5:
        return _MONTHS.get(word)
    return next((_SLIPS[less] for less in [word, *sorted(_without_one(word))] if less in _SLIPS), None)


MONTH_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
NUMBER = (  # numbers in words and the parts that they are put together from, with or without accents
    "(?:(?:seven|eight|eleven|twelve|twenty|thirt(?:een|y)|fort?y|fift(?:een|y)|sixt?|four|five|nine|three|ten|one|two"
    "|six|hundred|thousand|teen|ty|and|oh|noll|fjorton|fyrtio|femton|femtio|sexton|sextio|sjutton|sjuttio|arton"
    "|[åa]ttio|nittio|nitton|trettio|tretton|tjugo|elva|tolv|[åa]tta|fyra|fem|sex|sju|nio|tio|tre|ett|en|tv[åa]"
    "|hundra|tusen)[ -]?)"
)
ORDINAL_NUMBER = (
    f"(?:{NUMBER}{{0,2}}(?:first|second|third|fifth|eighth|ninth|twelfth|twentieth|thirtieth|första|forsta|andra|tredje"
    f"|fj[äa]rde|femte|sj[äa]tte|sjunde|[åa]ttonde|nionde|tionde|elfte|tolfte)|{NUMBER}{{1,2}}(?:th|n?de))"
)

_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth",
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde",
)
_MORE = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "tionde elfte tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde",
)
_TENS = (("twenty", "thirty", "thirtieth"), ("tjugo", "trettio", "trettionde"))
_NO_LETTER = re.compile("[ -]")
_WITHOUT_ACCENT = str.maketrans("åäö", "aao")


def _days() -> dict[str, int]:
    days: dict[str, int] = {}
    for ones, more, (twenty, thirty, thirtieth) in zip(_ONES, _MORE, _TENS):
        days.update((word, number) for number, word in enumerate(f"{ones} {more}".split(), 1))
        days.update((twenty + word, 20 + number) for number, word in enumerate(ones.split(), 1))
        days.update({thirtieth: 30, thirty + ones.split()[0]: 31})
    return {word.translate(_WITHOUT_ACCENT): number for word, number in days.items()}


_DAYS = _days()


def day_called(words: str) -> int | None:
    """The day of a month that an ordinal names, 1 to 31: `twenty-first`, `tjugo första`."""
    return _DAYS.get(_NO_LETTER.sub("", words).translate(_WITHOUT_ACCENT))
