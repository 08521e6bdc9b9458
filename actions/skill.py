"""What every skill has: an error boundary, and access to the conversation."""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from abc import ABC, abstractmethod
from typing import Any, Dict, List, Optional, Text

from async_timeout import timeout
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, UserUttered
from rasa_sdk.executor import CollectingDispatcher

from actions.offer import offer, offered_by

logger = logging.getLogger(__name__)

Events = List[Dict[Text, Any]]

TIME_LIMIT = 10.0
"""Seconds after which a skill counts as failed."""

REMARK = "remark"
"""The key of parse data for it; see `remark_of`."""

SAID_OF_AGE = "said_of_age"
"""The key of parse data for it; see `said_of_age`."""

MINOR, SOMEBODY = "minor", "somebody"
"""What a message may say of an age: its writer is a minor; the date in it is somebody else's."""

_REFERENCE_LETTERS = "234679ACDEFGHJKMNPQRTUVWXYZ"


class Skill(Action, ABC):
    """A custom action that always answers: when it fails, the customer gets an apology, a reference and a person."""

    @abstractmethod
    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Do the work; exceptions are caught by `run`."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> Events:
        """Called by Rasa."""
        events = await self._events(dispatcher, tracker)
        reason = offered_by(dispatcher.messages)
        if reason:
            await offer(tracker, reason)
        return events

    async def _events(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        try:
            async with timeout(TIME_LIMIT):
                return await self.perform(dispatcher, tracker)
        except Exception as error:  # the boundary: whatever it was, the customer is answered
            reference = new_reference()
            # The message of an error may quote what the customer wrote; the place does not.
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {place.filename}:{place.lineno}"
            logger.error("%s failed (reference %s): %s", self.name(), reference, where)
            logger.debug("reference %s", reference, exc_info=True)
            dispatcher.utter_message(response="say_action_failed", reference=reference)
            return self.after_failure(tracker)

    def after_failure(self, tracker: Tracker) -> Events:
        """Events without which the conversation could not go on; most skills need none."""
        return []


def new_reference() -> Text:
    """A short name for an incident that a customer can read out, such as 3F9-KD2."""
    letters = [secrets.choice(_REFERENCE_LETTERS) for _ in range(6)]
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def topic_of(parse_data: Dict[Text, Any]) -> Optional[Text]:
    """The full intent of a parsed message: `faq/cost`, `greet`, or None."""
    intent = parse_data.get("intent") or {}
    return intent.get("full_retrieval_intent_name") or intent.get("name")


def remark_of(tracker: Tracker) -> Optional[Text]:
    """What the words of the customer's message say beside its topic; None for nearly all."""
    remark = tracker.latest_message.get(REMARK)
    return str(remark) if remark else None


def said_of_age(tracker: Tracker) -> Optional[Text]:
    """`MINOR`, `SOMEBODY`, or None for nearly all messages."""
    said = tracker.latest_message.get(SAID_OF_AGE)
    return str(said) if said else None


def entity_value(tracker: Tracker, entity: Text) -> Optional[Text]:
    """The last value of an entity in the customer's message; None where it has none."""
    return next(tracker.get_latest_entity_values(entity), None)


def last_bot_messages(tracker: Tracker) -> List[Dict[Text, Any]]:
    """What the bot said in its last turn, as tracker events, oldest first."""
    said: List[Dict[Text, Any]] = []
    seen_user = 0
    for event in reversed(tracker.events):
        if event["event"] == "user":
            seen_user += 1
            if said or seen_user > 1:
                break
        elif event["event"] == "bot" and seen_user:
            said.append(event)
    return said[::-1]


def said_last(tracker: Tracker, *answers: Text) -> bool:
    """Whether the bot said one of these in its last turn, whatever its name ends in."""
    names = [str((said.get("metadata") or {}).get("utter_action")) for said in last_bot_messages(tracker)]
    return any(name.startswith(answers) for name in names)


def last_buttons(tracker: Tracker) -> List[Dict[Text, Any]]:
    """The buttons under the bot's last messages; none where the session has ended since."""
    if came_back(tracker):
        return []
    return [button for said in last_bot_messages(tracker) for button in (said["data"].get("buttons") or [])]


def came_back(tracker: Tracker) -> bool:
    """Whether the customer's message is the first after a long while: a new session has begun in between."""
    seen_user = False
    for event in reversed(tracker.events):
        if event["event"] == "user":
            if seen_user:
                return False
            seen_user = True
        elif event["event"] == "bot" and seen_user:
            return False
        elif event["event"] == "session_started" and seen_user:
            return any(earlier["event"] == "user" for earlier in tracker.events[: tracker.events.index(event)])
    return False


def channel_of(tracker: Tracker) -> Text:
    """Through which channel the customer writes; what the dialogue replays came through none."""
    channels = (event.get("input_channel") for event in reversed(tracker.events) if event["event"] == "user")
    return next((channel for channel in channels if channel), "")


def replay(parse_data: Dict[Text, Any], text: Text) -> Events:
    """Events after which the dialogue goes on as if the customer had just sent this message.

    The language stays the one that the conversation has come to since.
    """
    understood = {key: value for key, value in parse_data.items() if key != "language"}
    return [ActionExecuted("action_listen"), UserUttered(text, parse_data=understood)]


def press(button: Dict[Text, Any], beside: Optional[Dict[Text, Any]] = None) -> Events:
    """Events after which the dialogue goes on as if the customer had pressed this button.

    `beside`: what else stands in the parse data, such as further questions.
    """
    topic, _, values = button["payload"].lstrip("/").partition("{")
    entities = [
        {"entity": name, "value": value} for name, value in json.loads("{" + values if values else "{}").items()
    ]
    base = topic.split("/")[0]
    parse_data: Dict[Text, Any] = {
        "text": button["title"],
        "intent": {"name": base, "confidence": 1.0},
        "entities": entities,
        **(beside or {}),
    }
    if base != topic:
        parse_data["intent"]["full_retrieval_intent_name"] = topic
        response = {"intent_response_key": topic, "utter_action": f"utter_{topic}", "confidence": 1.0, "responses": []}
        parse_data["response_selector"] = {"all_retrieval_intents": [base], base: {"response": response, "ranking": []}}
    return replay(parse_data, button["title"])


def network_address(tracker: Tracker) -> Dict[Text, Text]:
    """`address`: from where the message came, as far as the channel says; only ever compared, never stored."""
    said = (event for event in reversed(tracker.events) if event["event"] == "user" and event.get("input_channel"))
    message = next(said, None)  # not a button that a skill has pressed because of it
    address = (message.get("metadata") or {}).get("address") if message else None
    return {"address": address} if address else {}
