"""The end of a conversation, for what need not know how it began."""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_SLOTS = (SlotSet, AllSlotsReset, Restarted)

MOST_TURNS = 3
"""How many messages of the customer are kept, with all that followed on them."""


def recent(tracker: DialogueStateTracker, domain: Domain) -> DialogueStateTracker:
    """The conversation from the third-last message on, with the slots as they were then and as they became.

    The tracker itself where it is no longer than that.
    """
    events = list(tracker.events)
    said = [number for number, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(said) <= MOST_TURNS:
        return tracker
    start = said[-MOST_TURNS]
    while start and not _listens(events[start]):
        start -= 1
    kept = [event for event in events[:start] if isinstance(event, _SLOTS)] + events[start:]
    return DialogueStateTracker.from_events(tracker.sender_id, kept, tracker.slots.values(), domain=domain)


def _listens(event: object) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
