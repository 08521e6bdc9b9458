"""Rasa's tracker, without doing again in every turn what was done in the turns before."""

from __future__ import annotations

import copy
from collections import deque
from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionReverted,
    ActiveLoop,
    Event,
    LegacyForm,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

_BEGINNINGS = frozenset({Restarted.type_name, SessionStarted.type_name})
_REVISIONS = frozenset(
    kind.type_name for kind in (ActionReverted, UserUtteranceReverted, ActiveLoop, LegacyForm)
)
"""Events after which Rasa has to look at all of them to tell which still count."""


class Conversation(DialogueStateTracker):
    """A tracker that is copied as it is instead of by replaying its events, which remembers which of them count and
    what they are as dictionaries. All of it would otherwise be done anew several times in each turn, for all events.

    `stored`: the mark of the conversation in the database when this tracker was read from it or saved, and how many of
    its events were there; None where nobody knows.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._applied: List[Event] = []
        self._added = 0
        self._revised = False
        self._as_dicts: List[Dict[Text, Any]] = []
        self.stored: Optional[Tuple[Any, int]] = None
        super().__init__(*args, **kwargs)

    def update(self, event: Event, domain: Optional[Domain] = None) -> None:
        """See Rasa."""
        super().update(event, domain)
        self._added += 1
        if event.type_name in _BEGINNINGS:
            self._applied = []
        elif event.type_name in _REVISIONS:
            self._revised = True
        else:
            self._applied.append(event)

    def applied_events(self) -> List[Event]:
        """See Rasa."""
        if self._revised or self._added != len(self.events):  # or somebody has changed `events` itself
            return super().applied_events()
        return list(self._applied)

    def copy(self) -> Conversation:
        """See Rasa: with the same events, but neither model nor assistant."""
        twin = copy.copy(self)
        twin.events = deque(self.events, self._max_event_history)
        twin.slots = copy.copy(self.slots)
        for name, slot in self.slots.items():
            twin.slots[name] = other = slot.__class__.__new__(slot.__class__)
            other.__dict__.update(slot.__dict__)  # as `copy.copy` does, in a third of the time
        twin.latest_action = copy.copy(self.latest_action)
        twin.active_loop = copy.copy(self.active_loop)
        twin._applied = list(self._applied)
        twin._as_dicts = list(self._as_dicts)
        twin.model_id = twin.assistant_id = None
        return twin

    def current_state(self, event_verbosity: EventVerbosity = EventVerbosity.NONE) -> Dict[Text, Any]:
        """See Rasa. Events are not changed once they are in a conversation, so that each is put into words once; those
        words are not to be changed either, everybody is given the same.
        """
        if event_verbosity is not EventVerbosity.ALL or self._added != len(self.events):
            return super().current_state(event_verbosity)
        self.describe()
        return {**super().current_state(), "events": list(self._as_dicts)}

    def describe(self) -> None:
        """Put the events that are new into words; later copies have them, too."""
        for number in range(len(self._as_dicts), len(self.events)):
            self._as_dicts.append(self.events[number].as_dict())
