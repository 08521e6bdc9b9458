"""What is said against what the bot told of the customer's own devices, told by the list `objects` of `speech.yml`."""

from __future__ import annotations

from typing import Awaitable, Callable, Mapping, Optional, Text

from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.meaning import ParseData
from bot.understanding.speech import OBJECTS, Speech

OBJECTION = "negative_feedback"
"""The topic of who says that what was told is not so."""
_DISPUTABLE, _OBJECTION_ANSWER = ("damage_decision", "coverage"), "say_objection"


async def objects(
    text: Text,
    meant: ParseData,
    speech: Mapping[Text, Speech],
    retrieve: Callable[[], Awaitable[Optional[DialogueStateTracker]]],
) -> bool:
    """Whether the message says that what the bot said last is not so."""
    if not any(each.says(OBJECTS, text) for each in speech.values()):
        return False
    tracker = await retrieve()
    return bool(tracker and _may_be_objected_to(tracker)) and not _asks_or_reports(text, meant, speech)


def _may_be_objected_to(tracker: DialogueStateTracker) -> bool:
    """Whether what the bot said last was about the customer's own devices, or about an objection to that."""
    for event in reversed(tracker.events):
        if isinstance(event, (UserUttered, SessionStarted)):
            return False
        if isinstance(event, BotUttered):
            data, answer = event.metadata.get("data") or {}, event.metadata.get("utter_action") or ""
            if data.get("kind") in _DISPUTABLE or answer.startswith(_OBJECTION_ANSWER):
                return True
    return False


def _begins_with(speech: Speech, name: Text, text: Text) -> bool:
    """Whether a phrase of a list stands at the beginning of a message."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return not speech.without(name, text).strip().startswith(first)


def _asks_or_reports(text: Text, meant: ParseData, speech: Mapping[Text, Speech]) -> bool:
    """Whether it is a question, or tells of damage."""
    found = meant.get("entities") or ()
    asks = any(entity["entity"] == "question" and entity.get("start") == 0 for entity in found)
    asks = asks and not any(_begins_with(each, OBJECTS, text) for each in speech.values())
    return "?" in text or asks or any(entity["entity"] == "damage_type" for entity in found)
