"""The customer's latest message, as policies look at it."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import FULL_RETRIEVAL_INTENT_NAME_KEY, INTENT_NAME_KEY


def is_unanswered(tracker: DialogueStateTracker) -> bool:
    """Whether nothing has been done since the customer's last message, whatever was done before it."""
    for event in reversed(tracker.applied_events()):
        if isinstance(event, (UserUttered, ActionExecuted)):
            return isinstance(event, UserUttered)
    return False


def topic_of(message: UserUttered) -> Optional[Text]:
    """The full intent of a message: `faq/cost`, `greet`, or None."""
    return message.intent.get(FULL_RETRIEVAL_INTENT_NAME_KEY) or message.intent.get(INTENT_NAME_KEY)


def waiting_questions(tracker: DialogueStateTracker) -> List[Dict[Text, Any]]:
    """The questions of the latest message that have not been answered yet, as parse data."""
    parse_data: Dict[Text, Any] = dict(tracker.latest_message.parse_data or {}) if tracker.latest_message else {}
    return parse_data.get("further") or []
