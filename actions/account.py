"""What the skills have in common that ask the device registry."""

from __future__ import annotations

import logging
from abc import abstractmethod
from typing import Any, Dict, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.identification import details_kept
from actions.registry import RegistryUnavailable
from actions.several import NEXT_QUESTION, waiting_questions
from actions.skill import Events, Skill, new_reference
from actions.task import Task

ACTION_LISTEN = "action_listen"

logger = logging.getLogger(__name__)


class AccountSkill(Skill):
    """A skill that answers although the registry does not: with a reference, the way to a person, and a new try."""

    topic: Text
    """What the customer tries again."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> Events:
        """Called by Rasa. The turn ends here unless another skill goes on, whichever way it was come by.

        A message with several questions goes on with the next.
        """
        events = await super().run(dispatcher, tracker, domain)
        goes_on = any(event["event"] == "followup" for event in events)
        after = NEXT_QUESTION if waiting_questions(tracker) else ACTION_LISTEN
        return events if goes_on else [*events, FollowupAction(after)]

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        try:
            return await self.answer(dispatcher, tracker)
        except RegistryUnavailable as error:
            reference = new_reference()
            logger.error("%s: %s (reference %s)", self.name(), error, reference)
            dispatcher.utter_message(
                response="say_registry_unavailable",
                reference=reference,
                topics=[Task.of(tracker).topic or self.topic],
                **self.unavailable(tracker),
            )
            return self.unfinished(tracker)

    @abstractmethod
    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Do the work; RegistryUnavailable is caught by `perform`."""

    def unavailable(self, tracker: Tracker) -> Dict[Text, Any]:
        """What goes with the sentence that the registry cannot be reached: `data`, or nothing."""
        return {}

    def unfinished(self, tracker: Tracker) -> Events:
        """Events that keep what the customer has told, so that a new try asks for nothing twice."""
        return details_kept(tracker)


def no_devices(account: Optional[Any]) -> bool:
    """Whether there is nothing to tell of: no such customer, or no devices."""
    return account is None or not account.customer.devices
