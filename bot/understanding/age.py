"""What a message says of an age, told by the word lists of `data/<language>/age.yml`: that its writer is a minor, or
that the date in it is somebody else's.

The date of birth itself is read by the skill that asks for it; the age that is named is kept nowhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Awaitable, Callable, List, Mapping, Optional, Sequence, Set, Text, Tuple

from bot.dialogue.content import LANGUAGES
from bot.nlu.phrases import Found, Phrases, Word, spellings, split_words
from bot.settings import ROOT
from bot.understanding.danger import read_lists
from bot.understanding.meaning import (
    FURTHER,
    NOT_UNDERSTOOD,
    TOPICS,
    ParseData,
    is_understood,
    topic_of,
    with_topic,
)

SAID_OF_AGE = "said_of_age"
"""The key of parse data for it; the skills read it (`actions/age.py`)."""
MINOR, MINOR_IF_ASKED, SOMEBODY = "minor", "minor_if_asked", "somebody"
"""The writer is a minor; is one where the date of birth is still asked for; the date is somebody else's."""
_SIGNS, _ALONE, _HARMLESS, _ADULT = "signs", "alone", "harmless", "adult"
_BIRTHS, _PEOPLE, _OWN = "births", "people", "own"
_PHRASES = (_SIGNS, _ALONE, _HARMLESS, _ADULT, _BIRTHS, _PEOPLE, _OWN)
_AGES, _OLDER, _ENDINGS, _KNOWN = "ages", "older", "endings", "known"
_LISTS = (*_PHRASES, _AGES, _OLDER, _ENDINGS, _KNOWN)
_YOUNG, _GROWN = "<minor>", "<adult>"
"""What stands in phrases for any of the ages of a list."""
_CERTAIN, _SOMETHING, _AROUND_AN_AGE = 1.0, 4, 2
"""How sure it is; the fewest words that may say something beside a date of birth; the most around a mere age."""
_AGE, _REPORT = "faq/age_requirement", "report_damage"
_MORE_OF_A_NUMBER = re.compile(r"[.,:/]\d|\s?[%°]")
_SENTENCE_END, _CLAUSE_END = re.compile(r"[.!?;\n]+(?:\s|$)"), re.compile(r"[.!?;,:\n–—]+(?:\s|$)|\s-+\s")
_DATE, _MARK = "[date]", re.compile(r"\[\w+\]")
_MAY_BE_A_DATE = re.compile(r"\d|\[date\]")


def said_of_age(text: Text, masked: Text) -> Optional[Text]:
    """`MINOR`, `MINOR_IF_ASKED`, `SOMEBODY` or None. `masked`: the text with marks such as `[date]`.

    What shares a word with a harmless phrase ("im 16 weeks into my warranty") says nothing of the writer's age, and
    neither does a message that names a grown-up age as well ("I am not 18, I am 45").

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words = split_words(text)
    found = [each for each in age_words().find(words) if not _is_cut(text, words, each)]
    harmless = {number for each in found if each.table == _HARMLESS for number in _reach(each)}
    signs = [each for each in found if each.table == _SIGNS and harmless.isdisjoint(each.words)]
    alone = [
        each
        for each in found
        if each.table == _ALONE and harmless.isdisjoint(each.words) and _is_clause(words, each)
    ]
    young = {number for each in (*signs, *alone) for number in _reach(each)}
    if any(each.table == _ADULT and young.isdisjoint(each.words) for each in found):
        signs, alone = [], []
    if signs or alone:
        return MINOR if signs else MINOR_IF_ASKED
    return SOMEBODY if _MAY_BE_A_DATE.search(masked) and _is_somebodys(masked) else None


async def beside_own_birth(text: Text, meant: ParseData, parse: Callable[[Text], Awaitable[ParseData]]) -> ParseData:
    """What a message means without the clause that tells of the writer's own birth; as it is, where that is all.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    clauses = [each.strip() for each in _CLAUSE_END.split(text) if each.strip()] if topic_of(meant) == _AGE else []
    rest = ". ".join(each for each in clauses if _OWN not in _tables(each))
    if not _SOMETHING <= len(rest.split()) < len(text.split()):
        return meant
    besides = await parse(rest)
    if is_understood(besides):
        return besides
    tells = any(each["entity"] == "damage_type" for each in besides.get("entities") or ())
    return with_topic(besides, _REPORT, _CERTAIN) if tells else meant


def of_age(meant: ParseData, said: Optional[Text], text: Text) -> ParseData:
    """The same message with what it says of an age; that of a minor is about nothing else. "I am 34" is no question.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    if said is None:
        is_answer = topic_of(meant) == _AGE and "?" not in text and _is_own_age(text)
        return with_topic(meant, NOT_UNDERSTOOD, _CERTAIN) if is_answer else meant
    if said == MINOR:
        alone = {key: value for key, value in meant.items() if key not in (FURTHER, TOPICS)}
        meant = with_topic(alone, NOT_UNDERSTOOD, _CERTAIN)
    return {**meant, SAID_OF_AGE: said}


def load_age(folder: Path) -> Phrases:
    """Read `<language>/age.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    rows: List[Tuple[Text, Text]] = []
    known: Set[Text] = set()
    for language in LANGUAGES:
        lists = read_lists(folder / language / "age.yml", "age", _LISTS)
        forms = {_YOUNG: _forms(lists[_AGES], lists[_ENDINGS]), _GROWN: _forms(lists[_OLDER], lists[_ENDINGS])}
        rows.extend((name, _with_ages(phrase, forms)) for name in _PHRASES for phrase in lists[name])
        known.update(word for words in lists[_KNOWN] for word in words.split("|"))
    return Phrases(rows, {spelling for word in known for spelling in spellings(word)})


@lru_cache(maxsize=1)
def age_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_age(ROOT / "data")


def _forms(ages: Sequence[Text], endings: Sequence[Text]) -> Text:
    """`16|16yo|sixteen`: the ages of lines such as `16|sixteen`, figures also with the endings written to them."""
    single = [age for line in ages for age in line.split("|")]
    return "|".join(age + ending for age in single for ending in ("", *(endings if age.isdigit() else ())))


def _with_ages(phrase: Text, forms: Mapping[Text, Text]) -> Text:
    for mark, ages in forms.items():
        phrase = phrase.replace(mark, ages)
    return phrase


def _reach(found: Found) -> range:
    """The numbers of its words, and of those in its gaps."""
    return range(found.first, found.last + 1)


def _is_cut(text: Text, words: Sequence[Word], found: Found) -> bool:
    """Whether its last word is only the beginning of a number (16.30, 17 %)."""
    last = words[found.last]
    return last.text[-1].isdigit() and bool(_MORE_OF_A_NUMBER.match(text, last.end))


def _is_clause(words: Sequence[Word], found: Found) -> bool:
    """Whether it stands by itself, between punctuation or the ends of the message."""
    begins = found.first == 0 or words[found.first].after_pause
    return begins and (found.last == len(words) - 1 or words[found.last + 1].after_pause)


def _is_own_age(text: Text) -> bool:
    """Whether it says that the writer is of a grown-up age, and hardly anything else: "I am 81 years old"."""
    words = split_words(text)
    found = [each for each in age_words().find(words) if each.table == _ADULT]
    return any(len(words) - len(each.words) <= _AROUND_AN_AGE for each in found)


def _is_somebodys(masked: Text) -> bool:
    """Whether somebody else's birth is told of, or a person is named in the sentence of the date, and no birth of the
    writer's own. The only date of a message is the writer's where its clause says so, whoever is named besides.
    """
    dates = [each for each in _CLAUSE_END.split(masked) if _DATE in each]
    if len(dates) == 1 and masked.count(_DATE) == 1 and _tables(dates[0]) & {_BIRTHS, _PEOPLE, _OWN} == {_OWN}:
        return False
    said = _tables(masked)
    if _BIRTHS in said:
        return True
    sentences = _SENTENCE_END.split(masked)
    dated = [each for each in sentences if _DATE in each] or [each for each in sentences if re.search(r"\d", each)]
    return _PEOPLE in said and any({_PEOPLE} == _tables(each) & {_PEOPLE, _OWN} for each in dated)


def _tables(text: Text) -> Set[Text]:
    """The lists of which a text has phrases, whatever punctuation stands between their words and a date."""
    return {each.table for each in age_words().find(split_words(_MARK.sub(" ", text)))}
