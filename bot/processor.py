"""Rasa's message processor without what it does anew for every message, and for log lines that nobody sees."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Text

from rasa.core.actions.action import Action
from rasa.core.channels.channel import OutputChannel
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import (
    ACTION_EXTRACT_SLOTS,
    ACTION_VALIDATE_SLOT_MAPPINGS,
    DEFAULT_SLOT_NAMES,
    MAPPING_TYPE,
    SlotMappingType,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecutionRejected, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.graph_runner import StraightRunner


class LeanProcessor(MessageProcessor):
    """Understands messages and runs actions as Rasa's does, and takes less time for it.

    Args:
        loaded: Rasa's processor, with its model; it is taken over.
    """

    def __init__(self, loaded: MessageProcessor) -> None:
        self.__dict__.update(vars(loaded))
        self.graph_runner = StraightRunner(loaded.graph_runner)  # type: ignore[arg-type]
        self._actions: Dict[Text, Optional[Action]] = {}
        self._filling = actions_that_fill(self.domain)
        self._known: FrozenSet[Text] = frozenset({*self.domain.intents, *self.domain.entities})

    def _check_for_unseen_features(self, parse_data: Dict[Text, Any]) -> None:
        """Rasa makes an empty domain for each message, only to see that ours is another one."""
        found = (parse_data["intent"]["name"], *(entity["entity"] for entity in parse_data["entities"] or ()))
        if any(name and name not in self._known for name in found):
            super()._check_for_unseen_features(parse_data)

    def _get_action(self, action_name: Text) -> Optional[Action]:
        """Rasa makes all of its own actions anew to find one."""
        if action_name not in self._actions:
            self._actions[action_name] = super()._get_action(action_name)
        return self._actions[action_name]

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Rasa looks at every way in which a slot may be filled, and copies what was found for a log line."""
        extract: Any = self._get_action(ACTION_EXTRACT_SLOTS)
        if self._filling is None:
            events = await extract.run(output_channel, self.nlg, tracker, self.domain)
        else:
            asked = [
                await extract._run_custom_action(action, output_channel, self.nlg, tracker, self.domain)
                for action in self._filling
            ]
            events = [event for found in asked for event in found if isinstance(event, SlotSet)]
        await self._send_bot_messages(events, tracker, output_channel)
        tracker.update_with_events(events, self.domain)
        return tracker

    def _log_slots(self, tracker: DialogueStateTracker) -> None:  # type: ignore[override]
        """Rasa puts all slots in words for a log line, that none may have: they are personal."""

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: Optional[List[Event]],
        prediction: PolicyPrediction,
    ) -> None:
        """Rasa copies all events for a log line."""
        if not any(isinstance(event, ActionExecutionRejected) for event in events or ()):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events or [], self.domain)


def actions_that_fill(domain: Domain) -> Optional[List[Text]]:
    """The actions that set slots after each message; None where slots are filled in other ways, too."""
    own = [slot for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES]
    mappings = [mapping for slot in own for mapping in slot.mappings]
    if ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions or not all(_is_custom(mapping) for mapping in mappings):
        return None
    return list(dict.fromkeys(mapping["action"] for mapping in mappings if "action" in mapping))


def _is_custom(mapping: Mapping[Text, Any]) -> bool:
    """Whether nothing but an action of ours, or none, fills a slot, whatever the message says."""
    return mapping.get(MAPPING_TYPE) == str(SlotMappingType.CUSTOM) and mapping.keys() <= {MAPPING_TYPE, "action"}
