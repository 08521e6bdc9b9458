"""Questions that the source says nothing about, and that are easily taken for something else: the law, second-hand
devices, the police, a message that may be a fraud, who has the last word, where to send a device, how to leave the
program, holidays. And what is the difference between warranty and accident protection, which is two questions.

The word lists are those of `data/<language>/beyond.yml`. What the skills answer themselves has a remark, the name of
its list (`actions/beyond.py`); the rest is led to the topic whose answer says so.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Awaitable, Callable, List, Mapping, Optional, Text

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.phrases import Phrases, split_words
from bot.settings import ROOT
from bot.understanding.danger import load_phrases
from bot.understanding.meaning import (
    FURTHER,
    NOT_UNDERSTOOD,
    REMARK,
    TOPICS,
    ParseData,
    confidence_of,
    topic_of,
    with_topic,
)

LAW, USED, POLICE, SCAM, DECIDES, HOLIDAY = "law", "used", "police", "scam", "decides", "holiday"
"""Remarks."""
_SENDING, _LEAVING, _DIFFERENCE = "sending", "leaving", "difference"
_LISTS = (LAW, SCAM, POLICE, USED, DECIDES, _SENDING, _LEAVING, _DIFFERENCE, HOLIDAY)
_CONTACT, _HOURS, _UNKNOWN, _REPORT = "ask_contact", "ask_opening_hours", "unsupported_topic", "report_damage"
_ELSEWHERE, _PERSON = "out_of_scope", "talk_to_human"
_NOTHING_KNOWN = (_UNKNOWN, NOT_UNDERSTOOD)
_TOPICS: Mapping[Text, Text] = {HOLIDAY: _HOURS, _SENDING: _UNKNOWN, _LEAVING: _UNKNOWN}
_WARRANTY, _PROTECTION = "faq/warranty", "faq/accident_protection"
_KEPT: Mapping[Text, List[Text]] = {
    LAW: ["privacy", "delete_my_data", "export_my_data", "faq/warranty", "faq/stolen_device"],
    SCAM: ["bot_challenge"],
    USED: ["faq/transfer", "faq/cannot_join", "faq/country", "list_devices", "check_coverage", _ELSEWHERE],
    _LEAVING: ["delete_my_data", "export_my_data", "faq/transfer", "faq/duration", "negative_feedback", _ELSEWHERE],
    _SENDING: ["complaint", "ask_contact", "faq/international_assistance"],
    POLICE: ["complaint", "faq/stolen_device", _ELSEWHERE],
    DECIDES: ["faq/transfer", "faq/cannot_join", "complaint"],
}
"""Topics that such a message may well have: where they are sure, they count."""
_CERTAIN, _SURE, _FEW = 1.0, 0.6, 5
_WRITING = ("message", "reply_address")
_HOURS_TOLD, _STOLEN = "say_ask_opening_hours", ("utter_faq/stolen_device", "say_decision_stolen", "say_beyond_police")


async def asked_beyond(
    text: Text, meant: ParseData, retrieve: Callable[[], Awaitable[Optional[DialogueStateTracker]]]
) -> Optional[ParseData]:
    """The message as such a question; None: what it means by itself. What it tells of a damaged device comes after it.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words = split_words(text)
    found = {each.table for each in beyond_words().find(words)}
    kind = next((name for name in _LISTS if name in found), None)
    if kind is None or topic_of(meant) == _PERSON and confidence_of(meant) >= _SURE:
        return None
    tracker = await retrieve()
    is_kept = topic_of(meant) in _KEPT.get(kind, ()) and confidence_of(meant) >= _SURE
    if is_kept and not (kind == POLICE and _told_last(tracker, *_STOLEN)):  # that was said already
        return None
    if tracker and (tracker.get_slot("task") or {}).get("asks") in _WRITING:
        return None
    if kind == HOLIDAY and topic_of(meant) != _HOURS and not (len(words) <= _FEW and _told_last(tracker, _HOURS_TOLD)):
        return None
    bare = {key: value for key, value in meant.items() if key not in (FURTHER, TOPICS, "entities")}
    if kind == _DIFFERENCE:
        return _all_of([with_topic({**bare, "entities": []}, each, _CERTAIN) for each in (_WARRANTY, _PROTECTION)])
    asked = with_topic({**bare, "entities": []}, _TOPICS.get(kind, _CONTACT), _CERTAIN)
    asked = asked if kind in (_SENDING, _LEAVING) else {**asked, REMARK: kind}
    said = meant if "?" in text or topic_of(meant) not in _NOTHING_KNOWN else with_topic(meant, _REPORT, _CERTAIN)
    reports = [each for each in (said, *(meant.get(FURTHER) or ())) if topic_of(each) == _REPORT and _tells(each)]
    return _all_of([asked, *reports[:1]]) if kind != POLICE else asked


def load_beyond(folder: Path) -> Phrases:
    """Read `<language>/beyond.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, "beyond", _LISTS)


@lru_cache(maxsize=1)
def beyond_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_beyond(ROOT / "data")


def _all_of(questions: List[ParseData]) -> ParseData:
    """One message with these questions, in this order."""
    first, *further = [
        {key: value for key, value in each.items() if key not in (FURTHER, TOPICS)} for each in questions
    ]
    topics = [topic_of(each) for each in questions]
    return {**first, FURTHER: [{**each, TOPICS: topics} for each in further], TOPICS: topics} if further else first


def _tells(meant: ParseData) -> bool:
    return any(each["entity"] == "damage_type" for each in meant.get("entities") or ())


def _told_last(tracker: Optional[DialogueStateTracker], *answers: Text) -> bool:
    """Whether one of these was the last answer, whatever its name ends in."""
    for event in reversed(tracker.events if tracker else ()):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, BotUttered) and str(event.metadata.get("utter_action")).startswith(answers):
            return True
    return False
