"""Damage told of in a message that was taken for something else, or told in words that are no entity.

A message that is said to be about nothing that the bot knows is a report all the same if it tells (does not ask) of
damage to one of our units, or is nothing but damage told in words that name no other thing: "my phone fell" is not
ours, "fell down the stairs with me lol" is. The word lists are those of `data/<language>/told.yml`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Set, Text

from bot.nlu.phrases import Phrases, Word, split_words
from bot.settings import ROOT
from bot.understanding.danger import load_phrases
from bot.understanding.meaning import FURTHER, NOT_UNDERSTOOD, ParseData, topic_of, with_topic
from bot.understanding.parts import parts_of
from bot.understanding.speech import Speech

_ACCIDENT, _DEFECT, _WHAT_NOW, _AROUND = "accident", "defect", "what_now", "around"
_LISTS = (_ACCIDENT, _DEFECT, _WHAT_NOW, _AROUND)
_DAMAGE, _UNIT = "damage_type", "unit"
_REPORT, _UNKNOWN, _ELSEWHERE = "report_damage", "unsupported_topic", "out_of_scope"
_TAKEN_FOR = (_UNKNOWN, _ELSEWHERE)
_CERTAIN = 1.0


def as_told(text: Text, meant: ParseData, speech: Mapping[Text, Speech]) -> ParseData:
    """The message as a report, if it is one in spite of its topic; with the damage that its own words do not name.

    Lights and the like, asked about or told of, stay what they are: what they mean is not known here.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    topic = topic_of(meant)
    if topic not in (*_TAKEN_FOR, _REPORT, NOT_UNDERSTOOD) or meant.get(FURTHER):
        return meant
    words = split_words(text)
    found = told_words().find(words)
    entities = list(meant.get("entities") or ())
    named = [each for each in entities if each["entity"] == _DAMAGE]
    damages = named or [
        {"entity": _DAMAGE, "value": each.table, "start": words[each.first].start, "end": words[each.last].end}
        for each in found
        if each.table in (_ACCIDENT, _DEFECT)
    ]
    told = meant if named else {**meant, "entities": [*entities, *damages[:1]]}
    if not damages or topic == _REPORT:
        return told
    if named and topic == NOT_UNDERSTOOD or topic == _UNKNOWN and _is_lights(damages):
        return meant  # what is not understood and names damage is taken for a report by the skills
    is_told = _is_told(text, damages, speech)
    if named and is_told and any(each["entity"] == _UNIT for each in entities):
        return with_topic(told, _REPORT, _CERTAIN)
    asks_what_now = any(each.table == _WHAT_NOW for each in found)
    around = {number for each in found if each.table in (_WHAT_NOW, _AROUND) for number in each.words}
    is_report = (is_told or asks_what_now) and _names_nothing_else(words, damages, around)
    return with_topic(told, _REPORT, _CERTAIN) if is_report else meant


def load_told(folder: Path) -> Phrases:
    """Read `<language>/told.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, "told", _LISTS)


@lru_cache(maxsize=1)
def told_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_told(ROOT / "data")


def _is_lights(damages: Sequence[Dict[Text, Any]]) -> bool:
    return all(each["value"] == _DEFECT for each in damages)


def _names_nothing_else(words: Sequence[Word], damages: Sequence[Dict[Text, Any]], around: Set[int]) -> bool:
    """Whether every word is of the damage, or one of those around it."""
    spans = [(each["start"], each["end"]) for each in damages if "start" in each]
    named = {number for number, word in enumerate(words) if any(a <= word.start and word.end <= b for a, b in spans)}
    return around | named >= set(range(len(words)))


def _is_told(text: Text, damages: Sequence[Dict[Text, Any]], speech: Mapping[Text, Speech]) -> bool:
    """Whether a part of the message that asks nothing has one of the damages, in every language."""
    told: List[List[Text]] = [[part.text for part in parts_of(text, each) if not part.asks] for each in speech.values()]
    words = [text[each["start"] : each["end"]] for each in damages if "start" in each]
    return all(any(damage in part for damage in words for part in parts) for parts in told)
