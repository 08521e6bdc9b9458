"""The start of a conversation, and its language."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.access import GRANT_SLOT
from actions.identity.signed import IdentityRefused, SignedIdentity
from actions.services import LANGUAGES, services
from actions.skill import (
    MINOR,
    Events,
    Skill,
    came_back,
    entity_value,
    last_bot_messages,
    replay,
    said_of_age,
    topic_of,
)
from actions.task import Task

OTHER_LANGUAGE = "other_language"
"""The topic of a message that is neither in Swedish nor in English."""

_SURE = 0.65
"""From this confidence on, the language of a message becomes the language of the conversation."""

_VERY_SURE = 0.9
"""The same, once the customer has shown a language: words that both share ("prata med en person") are no change."""


class SessionStart(Skill):
    """Greets, says that it is automated, and keeps what outlives a session: language, age status, and
    what was told of a device.

    A customer for whom the website vouches is identified from here on.
    """

    def name(self) -> Text:
        return "action_session_start"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        metadata = tracker.get_slot("session_started_metadata") or {}
        language = _language(tracker, metadata)
        vouched = _vouched_for(metadata.get("identity"))
        age_status = tracker.get_slot("age_status") or ("adult" if vouched and vouched.age_verified else None)
        kept = [SlotSet("language", language), SlotSet("age_status", age_status)]
        if vouched:
            grant = services().grants.grant(tracker.sender_id, vouched.customer_id, services().now())
            kept.append(SlotSet(GRANT_SLOT, grant))
        if not any(event["event"] == "user" for event in tracker.events):
            dispatcher.utter_message(response="say_welcome", language=language)
        task = Task.of(tracker)
        if task.report or task.topic:  # nothing that was told is asked for again
            kept.append(task.left().kept())
        return [SessionStarted(), *kept, ActionExecuted("action_listen")]

    def after_failure(self, tracker: Tracker) -> Events:
        kept = [SlotSet(name, tracker.get_slot(name)) for name in ("language", "age_status")]
        return [SessionStarted(), *kept, ActionExecuted("action_listen")]


def _language(tracker: Tracker, metadata: dict) -> Text:
    wanted = metadata.get("language")
    return wanted if wanted in LANGUAGES else tracker.get_slot("language") or LANGUAGES[0]


def _vouched_for(token: Optional[Text]) -> Optional[SignedIdentity]:
    """Whom the website says that the customer is; None where it says nothing, or nothing that counts."""
    if not token:
        return None
    try:
        return services().identities.read(token, services().now())
    except IdentityRefused:
        return None


class DetectLanguage(Skill):
    """Runs for every message, before anything is done about it: one that is surely in the other language switches the
    conversation to it, and who says to be a minor is one from there on, so that the age gate is shut.
    """

    def name(self) -> Text:
        return "action_detect_language"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        minor = [SlotSet("age_status", "minor")] if said_of_age(tracker) == MINOR else []
        return [*minor, *self._language(tracker)]

    def _language(self, tracker: Tracker) -> Events:
        detected = tracker.latest_message.get("language") or {}
        text = tracker.latest_message.get("text") or ""
        if topic_of(tracker.latest_message) == OTHER_LANGUAGE:
            return []
        has_shown_one = _has_written_sentences(tracker)
        if _is_a_bare_number_or_date(text) or len(text.split()) == 1 and has_shown_one:
            return []
        needed = _VERY_SURE if has_shown_one else _SURE
        if detected.get("name") in LANGUAGES and detected.get("confidence", 0) >= needed:
            return [SlotSet("language", detected["name"])]
        return []


def _is_a_bare_number_or_date(text: Text) -> bool:
    """Such as "12 mars": its one word is no sign of a language."""
    return any(character.isdigit() for character in text) and len(text.split()) <= 3


def _has_written_sentences(tracker: Tracker) -> bool:
    """Whether the customer has shown a language before: a single word, then, is hardly a change of it."""
    said = [event.get("text") or "" for event in tracker.events if event["event"] == "user"]
    return any(len(text.split()) > 2 for text in said)


_MAY_BE_REPEATED = {
    "ask_contact", "ask_opening_hours", "check_coverage", "check_claims", "list_devices", "help", "privacy",
    "bot_challenge", "unsupported_topic",
}  # fmt: skip
"""Topics, beside every question about the program, whose answers change nothing."""


class ChangeLanguage(Skill):
    """Switches to the language that is asked for, and says in it again what was just answered; asks which where none
    is named.
    """

    def name(self) -> Text:
        return "action_change_language"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        wanted = entity_value(tracker, "requested_language")
        if wanted not in LANGUAGES:
            dispatcher.utter_message(response="say_which_language")
            return []
        before = _answered_before(tracker)
        if before is None or wanted in _spoken(tracker):
            dispatcher.utter_message(response="say_language_changed", language=wanted)
            return [SlotSet("language", wanted)]
        dispatcher.utter_message(response="say_language_now", language=wanted)
        return [SlotSet("language", wanted), *replay(before.get("parse_data") or {}, before.get("text") or "")]


def _spoken(tracker: Tracker) -> List[Any]:
    """The languages of what the bot said last."""
    return [(said.get("metadata") or {}).get("language") for said in last_bot_messages(tracker)]


def _answered_before(tracker: Tracker) -> Optional[Dict[Text, Any]]:
    """The question just answered, as an event, where the answer may be given again in another language.

    None while something else is open, and where nothing was asked that can be asked twice without harm.
    """
    asked = [event for event in tracker.events if event["event"] == "user"][:-1]
    if not asked or Task.of(tracker).is_open or came_back(tracker):
        return None
    topic = topic_of(asked[-1].get("parse_data") or {}) or ""
    return asked[-1] if topic.startswith("faq/") or topic in _MAY_BE_REPEATED else None


class OtherLanguage(Skill):
    """Says, in English, which languages it speaks; the language of the conversation stays."""

    def name(self) -> Text:
        return "action_other_language"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        dispatcher.utter_message(response="say_other_language", language="en")
        return []
