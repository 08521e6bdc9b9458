"""What cannot wait and is not about the device, and short messages right after the answer to a customer in danger.

The word lists are those of `data/<language>/emergency.yml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Awaitable, Callable, FrozenSet, List, Optional, Text

from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.phrases import Phrases, split_words
from bot.settings import ROOT
from bot.understanding.danger import load_phrases
from bot.understanding.meaning import FURTHER, REMARK, TOPICS, ParseData, confidence_of, topic_of, with_topic

HEALTH, CRY, ASKED = "health", "cry", "danger_asked"
"""Remarks, which the skills read: somebody is unwell, a cry for help, and a question about what to do in danger."""
DISPOSAL = "disposal"
"""The key of parse data that says that a message in danger, or after it, asks where to throw the device away."""

Retrieve = Callable[[], Awaitable[Optional[DialogueStateTracker]]]

_GENERAL, _CRIES, _URGENT, _AROUND = "general", "cries", "urgent", "around"
_QUESTION, _GOES_ON, _UNHURT = "asked", "goes_on", "unhurt"
_AFTER = (_QUESTION, DISPOSAL, _GOES_ON, _UNHURT)
_PHRASES = (HEALTH, _GENERAL, _CRIES, _URGENT, _AROUND, *_AFTER)
_CERTAIN, _SURE = 1.0, 0.7
"""How sure the topic is of what is found here; from when on, a wish for a person is one."""
_REPORT, _CONTACT = "report_damage", "ask_contact"
_NOT_MEANT = ("damage_type", "condition", "agreement", "order")
"""Entities that words such as "no one is hurt" have, which are not about the device."""
_ANSWERS, _UNWELL = frozenset({"say_danger", "say_danger_advice", "say_danger_disposal"}), "say_health"
_BESIDE = frozenset({
    _UNWELL, "say_emergency", "utter_thank", "say_noted", "say_rephrase", "say_did_you_mean", "say_affirm_person",
    "say_affirm_unclear", "utter_out_of_scope", "utter_unsupported_topic", "say_ask_birth_date", "say_age_confirmed",
    "say_ask_birth_date_again", "say_danger_birth_date",
})  # fmt: skip
"""Answers that do not end what was said of the danger: to what was not understood, too."""
_WRITING = ("message", "reply_address")
_TO_PEOPLE = ("talk_to_human", "complaint")
_LONGEST = 10
"""The most words of a message about the answer before it."""
_LOUD, _SENTENCE_END = re.compile("!!"), re.compile(r"[.!?\n]")


async def in_need(text: Text, meant: ParseData, retrieve: Retrieve) -> Optional[ParseData]:
    """What the message means if it cannot wait, or is about the answer to a customer in danger; None: what it says.

    `retrieve` gives the conversation, None where there is none yet; it is awaited for few messages only.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    need = need_in(text)
    if need != HEALTH:
        lists = _after(text)
        tracker = await retrieve() if lists else None
        meaning = _about_danger(meant, lists, tracker) if tracker else None
        if meaning:
            return meaning
    return {**_alone(meant, _CONTACT), REMARK: need} if need else None


def need_in(text: Text) -> Optional[Text]:
    """`HEALTH`: somebody is unwell or has swallowed something; `CRY`: for help, and nothing else; mostly None.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words = split_words(text)
    found = emergency_words().find(words)
    general = [each.last for each in found if each.table == _GENERAL]
    if any(each.table == HEALTH and not any(last < each.first for last in general) for each in found):
        return HEALTH
    counts = (_URGENT, _CRIES) if _LOUD.search(text) else (_URGENT,)
    cries = [each for each in found if each.table in counts]
    covered = {number for each in found if each.table in (*counts, _AROUND) for number in each.words}
    return CRY if cries and covered >= set(range(len(words))) else None


def asks_of_report(text: Text) -> bool:
    """Whether a question in a message about danger is what becomes of the report: is it covered, do I get a new one.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    return any(each.table == _GOES_ON for each in emergency_words().find(split_words(text)))


def asks_of_disposal(text: Text) -> bool:
    """Whether a message about danger asks where to throw the device away.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    return any(each.table == DISPOSAL for each in emergency_words().find(split_words(text)))


def load_emergency(folder: Path) -> Phrases:
    """Read `<language>/emergency.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, "emergency", _PHRASES)


@lru_cache(maxsize=1)
def emergency_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_emergency(ROOT / "data")


def _after(text: Text) -> FrozenSet[Text]:
    """The lists for after the answer of which a short message has words, or the last sentence of a longer one."""
    words = split_words(text)
    if len(words) > _LONGEST:
        words = split_words([each for each in _SENTENCE_END.split(text) if each.strip()][-1])
    if len(words) > _LONGEST:
        return frozenset()
    return frozenset(each.table for each in emergency_words().find(words)) & frozenset(_AFTER)


def _about_danger(meant: ParseData, lists: FrozenSet[Text], tracker: DialogueStateTracker) -> Optional[ParseData]:
    """A question about what to do gets that; what becomes of the device, and that nobody is hurt, the report.

    A question behind what is said to who is unwell gets the same again.
    """
    if topic_of(meant) in _TO_PEOPLE and confidence_of(meant) >= _SURE:
        return None
    answers = _answers(tracker)
    last = next((each for each in reversed(answers) if each and not each <= _BESIDE), frozenset())
    just_told, told = bool(last & _ANSWERS), any(each & _ANSWERS for each in answers)
    writes = (tracker.get_slot("task") or {}).get("asks") in _WRITING
    goes_on = _GOES_ON in lists and just_told or _UNHURT in lists and told
    if goes_on and not writes:
        report = _alone(meant, _REPORT)
        entities = [each for each in report.get("entities") or () if each["entity"] not in _NOT_MEANT]
        return {**report, "entities": entities}
    if lists & {_QUESTION, DISPOSAL} and just_told:
        return {**_alone(meant, _REPORT), REMARK: ASKED, DISPOSAL: DISPOSAL in lists}
    if _QUESTION in lists and answers[-1] & {_UNWELL}:
        return {**_alone(meant, _CONTACT), REMARK: HEALTH}
    return None


def _answers(tracker: DialogueStateTracker) -> List[FrozenSet[Text]]:
    """The names of the answers to each message since the conversation last began, the latest last."""
    turns: List[FrozenSet[Text]] = [frozenset()]
    for event in tracker.events:
        if event.type_name == SessionStarted.type_name:
            turns = [frozenset()]
        elif event.type_name == UserUttered.type_name:
            turns.append(frozenset())
        elif event.type_name == BotUttered.type_name:
            turns[-1] |= {str(event.metadata.get("utter_action"))}
    return turns


def _alone(meant: ParseData, topic: Text) -> ParseData:
    """The same text about this topic and nothing else."""
    return with_topic({key: value for key, value in meant.items() if key not in (FURTHER, TOPICS)}, topic, _CERTAIN)
