"""Rasa's message processor without what it does anew for every message, and for log lines that nobody sees."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, List, Optional, Text

from rasa.core.actions.action import Action
from rasa.core.channels.channel import OutputChannel
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.events import ActionExecutionRejected, Event
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
        """Rasa copies what was found for a log line."""
        events = await self._get_action(ACTION_EXTRACT_SLOTS).run(  # type: ignore[union-attr]
            output_channel, self.nlg, tracker, self.domain
        )
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
