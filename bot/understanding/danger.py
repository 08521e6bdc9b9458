"""Messages of customers in danger, told by the word lists of `data/<language>/danger.yml`.

They go before everything else: no topic, open question or offer may keep them from the answer that says what to do now.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import List, Mapping, Optional, Sequence, Text

from bot.dialogue.content import LANGUAGES, ContentError, read_yaml
from bot.nlu.phrases import Found, Phrases, spellings, split_words
from bot.settings import ROOT
from bot.understanding.meaning import FURTHER, REMARK, ParseData, topic_of, with_topic

DANGER = "danger"
"""The remark on such a message; the skills read it (`actions/danger.py`)."""
WARNED = "danger_warned"
"""The remark on a part of it that is answered after what to do."""
_TOPIC, _GENERAL, _CERTAIN = "report_damage", "faq/", 1.0
_SIGNS, _ALONE, _CRIES, _HARMLESS, _KNOWN = "signs", "alone", "cries", "harmless", "known"
_PHRASES = (_SIGNS, _ALONE, _CRIES, _HARMLESS)


def is_in_danger(text: Text) -> bool:
    """Whether a message tells of fire, smoke, burns, a swollen battery, a shock and the like, in any language.

    A sign that shares a word with a harmless phrase ("burning question") is none.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words = split_words(text)
    found = danger_words().find(words)
    cries = {number for each in found if each.table == _CRIES for number in each.words}
    if any(each.table == _ALONE and cries.union(each.words) >= set(range(len(words))) for each in found):
        return True
    harmless = {number for each in found if each.table == _HARMLESS for number in _reach(each)}
    return any(each.table == _SIGNS and harmless.isdisjoint(each.words) for each in found)


def of_danger(meant: ParseData, asked: Optional[ParseData] = None) -> ParseData:
    """The same message, understood as one of a customer in danger: what it tells of the device stays.

    `asked`: what it asks besides, which is answered after that; whether the customer's own device is covered, by a
    report.
    """
    if asked and not str(topic_of(asked)).startswith(_GENERAL):
        asked = {**with_topic(asked, _TOPIC, _CERTAIN), REMARK: WARNED}
    return {**with_topic(meant, _TOPIC, _CERTAIN), REMARK: DANGER, **({FURTHER: [asked]} if asked else {})}


def load_danger(folder: Path) -> Phrases:
    """Read `<language>/danger.yml` below `folder`: all languages together, so that a word of one is no slip in another.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, DANGER, _PHRASES)


@lru_cache(maxsize=1)
def danger_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_danger(ROOT / "data")


def load_phrases(folder: Path, key: Text, names: Sequence[Text]) -> Phrases:
    """The phrases of these lists in `<language>/<key>.yml`; what its list `known` names is never taken for a slip.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    read = [read_lists(folder / language / f"{key}.yml", key, (*names, _KNOWN)) for language in LANGUAGES]
    known = {word for lists in read for words in lists[_KNOWN] for word in words.split("|")}
    rows = [(name, phrase) for lists in read for name in names for phrase in lists[name]]
    try:
        return Phrases(rows, {spelling for word in known for spelling in spellings(word)})
    except ValueError as error:
        raise ContentError(f"{folder}, '{key}.yml': {error}") from error


def read_lists(file: Path, key: Text, names: Sequence[Text]) -> Mapping[Text, List[Text]]:
    """The lists with these names that stand under the only key of a file.

    Raises:
        ContentError: the file is unreadable, or a list is missing, unknown or not one of texts.
    """
    content = read_yaml(file)
    lists = content.get(key) if isinstance(content, dict) and set(content) == {key} else None
    if not isinstance(lists, dict) or set(lists) != set(names):
        raise ContentError(f"{file}: must have the key '{key}' with the lists {', '.join(names)}, and no other.")
    for name, phrases in lists.items():
        if not isinstance(phrases, list) or not all(isinstance(each, str) and each.strip() for each in phrases):
            raise ContentError(f"{file}, '{name}': must be a list of texts.")
    return lists


def _reach(found: Found) -> range:
    """The numbers of its words, and of those in its gaps."""
    return range(found.first, found.last + 1)
