"""The end of a conversation, for what need not know how it began."""

from __future__ import annotations

from itertools import islice
from typing import List

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, Event, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_OF_SLOTS = frozenset({SlotSet.type_name, AllSlotsReset.type_name, Restarted.type_name})


def recent(tracker: DialogueStateTracker, domain: Domain, turns: int) -> DialogueStateTracker:
    """The conversation from so many messages of the customer before its end on, with all that followed on them, and
    the action before: it tells that this is not the beginning.

    Of the slots it has those that policies look at, as they were then and as they became. The tracker itself where it
    is no longer than that.
    """
    said, start = 0, len(tracker.events)
    for number, event in enumerate(reversed(tracker.events), start=1):
        if event.type_name == UserUttered.type_name:
            said += 1
            if said > turns:
                break
            start = len(tracker.events) - number
    else:
        return tracker
    while start and not _listens(tracker.events[start]):
        start -= 1
    start = max(start - 1, 0)
    while start and tracker.events[start].type_name != ActionExecuted.type_name:
        start -= 1
    slots = [slot for slot in tracker.slots.values() if slot.influence_conversation]
    known = {slot.name for slot in slots}

    def counts(event: Event) -> bool:
        return event.type_name != SlotSet.type_name or event.key in known

    kept: List[Event] = []
    if known:
        before = islice(tracker.events, start)
        kept = [event for event in before if event.type_name in _OF_SLOTS and counts(event)]
    kept += [event for event in islice(tracker.events, start, None) if counts(event)]
    return type(tracker).from_events(tracker.sender_id, kept, slots, domain=domain)


def _listens(event: Event) -> bool:
    return event.type_name == ActionExecuted.type_name and event.action_name == ACTION_LISTEN_NAME
