"""What customers say beside the question that is open, told by the word lists of `data/<language>/asides.yml`: what do
you mean, why, who sees that, what if I don't; and turns that only sound like something else ("I did reset it").

What it comes to is a topic, or the topic `repeat` with a remark, which `actions/asides.py` answers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, FrozenSet, Optional, Sequence, Set, Text

from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.phrases import Phrases, Word, split_words
from bot.settings import ROOT
from bot.understanding.danger import load_phrases
from bot.understanding.meaning import FURTHER, NOT_UNDERSTOOD, REMARK, TOPICS, ParseData, topic_of, with_topic

PUZZLED, WHY, PRIVATE, SAFE, UNLESS = "puzzled", "why", "private", "safe", "unless"
REFUSED, VALID, THERE, RESTARTED, GENUINE = "refused", "valid", "there", "restarted", "genuine"
"""Remarks; see the lists of the same names."""

_BARE, _BLAMES, _STORE, _WAY, _BYE, _CODE = "bare", "blames", "store", "way", "bye", "code"
_BESIDE, _ESCALATES, _SPARED, _SPARES, _FAULTY = "beside", "escalates", "spared", "spares", "faulty"
_NEXT, _EXPIRY, _NEUTRAL, _ELSEWHERE, _HARMLESS = "next", "expiry", "neutral", "elsewhere", "harmless"
_WHOLE = (PUZZLED, WHY, PRIVATE, SAFE, UNLESS, REFUSED, VALID, GENUINE, _NEXT, _EXPIRY, _STORE, _BYE)
_ALONE = (_BARE, THERE)
"""Lists beside which no other word may stand."""
_ANYWHERE = (_ESCALATES, RESTARTED, _ELSEWHERE)
_MAY_BE_HARMLESS = (_ESCALATES, RESTARTED)
_PHRASES = (*_WHOLE, *_ALONE, *_ANYWHERE, _NEUTRAL, _HARMLESS, _BLAMES, _WAY, _CODE, _BESIDE, _SPARED, _SPARES, _FAULTY)
_WHY_IN_PART, _LEAST = "why_in_part", 3
"""Of a message of which one clause, of so many words at least, asks what it is for, and its end asks nothing else."""
_LONGEST = 14
"""The most words of a message that is nothing but such phrases."""
_CLAUSE_END = re.compile(r"[.,!?;:\n]+")
_PUNCTUATION = re.compile(r"[^\w\s'’´`-]+")
_CERTAIN, _SURE = 1.0, 0.95
"""How sure the topic is of what is found here; of a threat, which may still be a part of a message to support."""
_ABOUT, _REPORT = "repeat", "report_damage"
_COMPLAINT, _UNSUPPORTED, _HELP, _FAQ = "complaint", "unsupported_topic", "help", "faq/"
_NOTHING_SAID = ("say_welcome", "say_age_confirmed_ask", "utter_greet", "say_started_over", "say_language")
"""Answers after which there is nothing that could be put in other words."""
_IDENTIFYING, _WRITING = ("credentials", "code"), ("message", "reply_address")
_BESIDE_THE_QUESTION: Dict[Text, Sequence[Text]] = {
    "credentials": (WHY, GENUINE, PRIVATE, SAFE, REFUSED, UNLESS, PUZZLED),
    "code": (WHY, VALID, GENUINE, PRIVATE, SAFE, REFUSED, UNLESS, PUZZLED),
    "damage": (WHY, PRIVATE, REFUSED, UNLESS, PUZZLED),
    "condition": (WHY, PRIVATE, REFUSED, UNLESS, PUZZLED),
    "unit": (WHY, PRIVATE, REFUSED, UNLESS, PUZZLED),
    "case": (WHY, PRIVATE, REFUSED, UNLESS, PUZZLED),
    "message": (THERE, WHY, PRIVATE, SAFE, PUZZLED),
    "reply_address": (THERE, WHY, GENUINE, PRIVATE, SAFE, PUZZLED),
}
"""The open question -> what may be said beside it, the first that fits."""
_AT_THE_GATE = (WHY, GENUINE, PRIVATE, SAFE, UNLESS, PUZZLED)
_PRIVACY, _START_OVER = "privacy", "start_over"


def said_in(text: Text) -> FrozenSet[Text]:
    """The lists that a message consists of, and those of which it has a phrase; mostly none.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words = split_words(text)
    tables, every = _tables(words), set(range(len(words)))
    said = _said_anywhere(words)
    if not words:
        return frozenset({_BARE} if "?" in text else ())
    if len(words) > _LONGEST:
        return frozenset(said)
    if any(word.after_pause for word in words):  # which parts no phrase where every word counts
        tables = _tables(split_words(_PUNCTUATION.sub(" ", text)))
    beside = tables.get(_BESIDE, set())
    for name in tables.keys() & set(_WHOLE):
        way = tables.get(_WAY, set()) if name == _STORE else set()
        said |= {name} if tables[name] | beside | way >= every else set()
    numbers = {number for number, word in enumerate(words) if word.text.isdigit()}
    said |= {_NEUTRAL} if tables.get(_NEUTRAL, set()) | beside | numbers >= every and _NEUTRAL in tables else set()
    said -= {PUZZLED} if _BLAMES in tables else set()
    said |= {name for name in _ALONE if tables.get(name, set()) >= every}
    asks_why = [_is_why(split_words(clause)) for clause in _CLAUSE_END.split(text) if clause.strip()]
    if len(asks_why) > 1 and any(asks_why) and (asks_why[-1] or not text.rstrip().endswith("?")):
        said |= {_WHY_IN_PART}
    return frozenset(said | {_CODE} if said and _CODE in tables else said)


def aside(text: Text, meant: ParseData, tracker: DialogueStateTracker, said: FrozenSet[Text]) -> Optional[ParseData]:
    """What the message means beside the open question, or in spite of how it sounds; None: what it means by itself.

    `said`: the lists of which it has words (`said_in`).
    """
    said = said | {PUZZLED} if _BARE in said else said
    status, topic = tracker.get_slot("age_status"), topic_of(meant)
    if status != "adult":
        said = said | {WHY} if _WHY_IN_PART in said else said
        said = said | {PUZZLED} if _NEXT in said else said
        asked = [name for name in _AT_THE_GATE if name in said and (name, topic) != (PRIVATE, _PRIVACY)]
        return _remarked(meant, asked[0]) if asked and _asks_birth_date(tracker) else None
    task: Dict[Text, Any] = tracker.get_slot("task") or {}
    asks = str(task.get("asks"))
    if _BYE in said:
        return _about(meant, "goodbye")
    is_at_a_loss = PUZZLED in said or WHY in said and not str(topic).startswith(_FAQ)
    if is_at_a_loss and asks == "None" and _nothing_was_said(tracker):
        return _about(meant, _HELP)
    if _STORE in said and asks != "message":
        return _about(meant, "ask_contact")
    about = _beside_the_question(task, topic, said)
    if about == WHY and asks in _IDENTIFYING:
        return {**meant, "entities": [{"entity": "identification", "value": WHY, "start": 0, "end": len(text)}]}
    if about:
        return _remarked(meant, about)
    if asks in _WRITING:
        return None
    if _ELSEWHERE in said and RESTARTED not in said and topic == _START_OVER:
        return _about(meant, _UNSUPPORTED)
    if "?" in text:
        return None
    if _ESCALATES in said:
        return _complaint(meant)
    if _NEUTRAL in said and topic == _COMPLAINT:
        return _about(meant, NOT_UNDERSTOOD)
    if RESTARTED in said and topic == _START_OVER and not _asks_how(meant):
        return with_topic(meant, _REPORT, _CERTAIN) if _tells_damage(meant) else _remarked(meant, RESTARTED)
    return None


def is_about_the_question(text: Text) -> bool:
    """Whether a message asks whether anybody is there, or says that the question is not understood.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    return bool(said_in(text) & {THERE, PUZZLED, _BARE})


def is_spared(text: Text) -> bool:
    """Whether the name of a unit, and what stands behind it, say that nothing is wrong with it.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    tables = _tables(split_words(text))
    return _SPARED in tables and _FAULTY not in tables


def is_spared_before(text: Text) -> bool:
    """The same of what stands before it, and its name.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    return _SPARES in _tables(split_words(text))


def load_asides(folder: Path) -> Phrases:
    """Read `<language>/asides.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, "asides", _PHRASES)


@lru_cache(maxsize=1)
def aside_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_asides(ROOT / "data")


def _said_anywhere(words: Sequence[Word]) -> Set[Text]:
    """The lists of `_ANYWHERE` of which there is a phrase; of some, one that shares no word with a harmless one."""
    found = [each for each in aside_words().find(words) if each.table in (*_ANYWHERE, _HARMLESS)]
    harmless = {number for each in found if each.table == _HARMLESS for number in each.words}
    certain = (each for each in found if each.table not in _MAY_BE_HARMLESS or harmless.isdisjoint(each.words))
    return {each.table for each in certain} - {_HARMLESS}


def _is_why(clause: Sequence[Word]) -> bool:
    tables = _tables(clause) if len(clause) >= _LEAST else {}
    return WHY in tables and tables[WHY] | tables.get(_BESIDE, set()) >= set(range(len(clause)))


def _tables(words: Sequence[Word]) -> Dict[Text, set]:
    """The lists of which there are phrases, and the numbers of the words that these have."""
    tables: Dict[Text, set] = {}
    for each in aside_words().find(words):
        tables.setdefault(each.table, set()).update(each.words)
    return tables


def _beside_the_question(task: Dict[Text, Any], topic: Optional[Text], said: FrozenSet[Text]) -> Optional[Text]:
    """What is said beside the open question; where none is open, what is about the last answer or the open case."""
    asks = str(task.get("asks"))
    if asks not in _BESIDE_THE_QUESTION:
        has_case = bool((task.get("report") or {}).get("case"))
        return PUZZLED if PUZZLED in said else REFUSED if REFUSED in said and has_case else None
    if asks == "credentials" and ({VALID, _CODE} <= said or _EXPIRY in said):
        return VALID
    said = said | {PUZZLED} if _NEXT in said and asks in _IDENTIFYING else said
    about = next((name for name in _BESIDE_THE_QUESTION[asks] if name in said), None)
    return None if (about, topic) == (PRIVATE, _PRIVACY) else about  # its own rule comes back to the question, too


def _complaint(meant: ParseData) -> ParseData:
    """A complaint, and behind it what the same message tells of damage."""
    complaint = _about(meant, _COMPLAINT, _SURE)
    parts = [
        {key: value for key, value in each.items() if key != FURTHER} for each in (meant, *(meant.get(FURTHER) or ()))
    ]
    reports = [with_topic(each, _REPORT, _CERTAIN) for each in parts if _tells_damage(each)]
    topics = [_COMPLAINT, _REPORT]
    return {**complaint, FURTHER: [{**reports[0], TOPICS: topics}], TOPICS: topics} if reports else complaint


def _nothing_was_said(tracker: DialogueStateTracker) -> bool:
    """Whether the bot has given no answer yet since the conversation last began, or last one to nothing."""
    for event in reversed(tracker.events):
        if isinstance(event, SessionStarted):
            return True
        if isinstance(event, BotUttered):
            return str(event.metadata.get("utter_action")).startswith(_NOTHING_SAID)
    return True


def _asks_birth_date(tracker: DialogueStateTracker) -> bool:
    """Whether the bot asked for the date of birth last."""
    for event in reversed(tracker.events):
        if isinstance(event, (UserUttered, SessionStarted)):
            return False
        if isinstance(event, BotUttered):
            return bool((event.metadata.get("data") or {}).get("field") == "birth_date")
    return False


def _asks_how(meant: ParseData) -> bool:
    """Whether it begins with "how" or the like."""
    return any(each["entity"] == "question" and each.get("start") == 0 for each in meant.get("entities") or ())


def _tells_damage(meant: ParseData) -> bool:
    return any(each["entity"] == "damage_type" for each in meant.get("entities") or ())


def _remarked(meant: ParseData, remark: Text) -> ParseData:
    return {**_about(meant, _ABOUT), REMARK: remark}


def _about(meant: ParseData, topic: Text, confidence: float = _CERTAIN) -> ParseData:
    """The same text about this topic and nothing else: the words of damage and the like in it are no answers."""
    bare = {key: value for key, value in meant.items() if key not in (FURTHER, TOPICS, "entities")}
    return with_topic({**bare, "entities": []}, topic, confidence)
