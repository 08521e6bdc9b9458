"""What a message takes back of what it tells itself of a damaged device.

"I left it in a taxi, and when it came back it was crushed" tells of no loss; "stolen. no wait, smashed" of no theft;
"is it the accident or the warranty" of nothing. The word lists are those of `data/<language>/corrections.yml`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Text, Tuple

from bot.nlu.phrases import Phrases, Word, split_words
from bot.settings import ROOT
from bot.understanding.choice import choice_in
from bot.understanding.danger import load_phrases
from bot.understanding.meaning import FURTHER, ParseData, confidence_of, topic_of, with_topic

_FOUND, _NOT_FOUND, _CORRECTS, _TERMS = "found", "not_found", "corrects", "terms"
_MALFUNCTIONS, _NO_ACCIDENT, _NOT_THAT = "malfunctions", "no_accident", "not_that"
_LISTS = (_FOUND, _NOT_FOUND, _CORRECTS, _TERMS, _MALFUNCTIONS, _NO_ACCIDENT, _NOT_THAT)
_DAMAGE, _CONDITION, _DEFECT = "damage_type", "condition", "defect"
_GONE = ("lost", "stolen")
_ORDER, _OTHER, _AGES = "order", "other", {"oldest": "newest", "newest": "oldest"}
_COSMETIC = "faq/cosmetic_damage"
_REPORT, _SURE = "report_damage", 0.7

Span = Tuple[int, int]
"""Where a phrase begins and ends in a text, in characters."""


def as_corrected(text: Text, meant: ParseData, is_danger: bool = False) -> ParseData:
    """The message, and each of its parts, without the damage that it takes back itself.

    `is_danger`: it tells of fire, a shock and the like, which is a defect where it says that there was no accident.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    found = _spans(text)
    if not found:
        return meant
    corrected: ParseData = {**meant, "entities": _corrected(text, meant, found, is_danger)}
    if found.get(_MALFUNCTIONS) and topic_of(meant) == _COSMETIC and not choice_in(text).questions:
        corrected = with_topic(corrected, _REPORT, confidence_of(meant))
    if meant.get(FURTHER):
        corrected[FURTHER] = [as_corrected(str(part.get("text") or ""), part) for part in meant[FURTHER]]
    return corrected


def asks_about_terms(text: Text) -> List[Span]:
    """Where a question has words of the terms ("is it an accident"), which tell of no damage.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    terms = _spans(text).get(_TERMS, [])
    asked = [(text.find(question), len(question)) for question in (choice_in(text).questions if terms else ())]
    return [span for span in terms if any(start <= span[0] < start + length for start, length in asked)]


def without_terms(text: Text, meant: ParseData) -> ParseData:
    """The message without damage that is nothing but a word of the terms in a question.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    spans = asks_about_terms(text)
    kept = [each for each in _entities(meant) if each["entity"] != _DAMAGE or _span(each) not in spans]
    return {**meant, "entities": kept} if spans else meant


def last_unit_of(text: Text) -> Optional[Text]:
    """The last sentence, where those before say only which unit it is not ("that's the old one. the other").

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words = split_words(text)
    starts = [number for number, word in enumerate(words) if word.after_pause]
    ends = [words[each.last].end for each in correction_words().find(words) if each.table == _NOT_THAT]
    begins = words[starts[-1]].start if starts else 0
    return text[begins:] if any(end <= begins for end in ends) else None


def other_than(before: ParseData, named: ParseData) -> ParseData:
    """The other one than that of its age: "that is the old one. the other" is the new one."""
    ages = [_AGES[each["value"]] for each in _entities(before) if each["entity"] == _ORDER and each["value"] in _AGES]
    if not ages:
        return named
    changed = [{**each, "value": ages[0]} if each.get("value") == _OTHER else each for each in _entities(named)]
    return {**named, "entities": changed}


def load_corrections(folder: Path) -> Phrases:
    """Read `<language>/corrections.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, "corrections", _LISTS)


@lru_cache(maxsize=1)
def correction_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_corrections(ROOT / "data")


def _spans(text: Text) -> Dict[Text, List[Span]]:
    words = split_words(text)
    spans: Dict[Text, List[Span]] = {}
    for each in correction_words().find(words):
        spans.setdefault(each.table, []).append(_between(words, each.first, each.last))
    return spans


def _between(words: Sequence[Word], first: int, last: int) -> Span:
    return words[first].start, words[last].end


def _corrected(
    text: Text, meant: ParseData, found: Mapping[Text, List[Span]], is_danger: bool
) -> List[Dict[Text, Any]]:
    entities = _entities(meant)
    still_gone = found.get(_NOT_FOUND, [])
    again = [span for span in found.get(_FOUND, []) if not any(_share(span, other) for other in still_gone)]
    if again:
        back = max(end for _, end in again)
        entities = [each for each in entities if not (_is_gone(each) and _span(each)[0] < back)]
    turn = max((end for _, end in found.get(_CORRECTS, [])), default=0)
    if turn and any(each["entity"] == _DAMAGE and _span(each)[0] >= turn for each in entities):
        entities = [each for each in entities if each["entity"] != _DAMAGE or _span(each)[0] >= turn]
    if found.get(_MALFUNCTIONS) and not any(each.get("value") == _DEFECT for each in entities):
        start, end = found[_MALFUNCTIONS][0]
        told = {"entity": _DAMAGE, "value": _DEFECT, "start": start, "end": end}
        entities = [*(each for each in entities if each["entity"] != _CONDITION), told]
    if is_danger and found.get(_NO_ACCIDENT) and not any(each["entity"] == _DAMAGE for each in entities):
        entities = [*entities, {"entity": _DAMAGE, "value": _DEFECT, "start": 0, "end": len(text)}]
    if found.get(_TERMS) and not (topic_of(meant) == _REPORT and confidence_of(meant) >= _SURE):
        return _entities(without_terms(text, {**meant, "entities": entities}))
    return entities


def _is_gone(entity: Mapping[Text, Any]) -> bool:
    return entity["entity"] == _DAMAGE and entity.get("value") in _GONE


def _span(entity: Mapping[Text, Any]) -> Span:
    return entity.get("start", -1), entity.get("end", -1)


def _share(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _entities(meant: ParseData) -> List[Dict[Text, Any]]:
    return list(meant.get("entities") or ())
