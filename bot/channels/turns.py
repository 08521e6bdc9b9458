"""One turn, the same for every channel: typed text is text, a button is a signed promise of this bot."""

from __future__ import annotations

import json
import unicodedata
from typing import Any, Dict, List, Optional, Text

from itsdangerous import BadSignature, URLSafeSerializer
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.nlu.retrieval import parse_data


class Collector(OutputChannel):
    """Keeps what the bot says in a turn: text, buttons and `data` of each message together.

    `erased`: the customer had the conversation deleted in this turn.
    """

    def __init__(self, channel: Text) -> None:
        self.messages: List[Dict[Text, Any]] = []
        self.erased = False
        self._channel = channel

    def name(self) -> Text:  # type: ignore[override]
        """The channel that the answers are for."""
        return self._channel

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Called by Rasa for each answer."""
        metadata = message.get("metadata") or {}
        self.erased = self.erased or bool(metadata.get("erase_conversation"))
        said = {
            "text": message.get("text") or "",
            "buttons": message.get("buttons") or [],
            "data": metadata.get("data"),
        }
        if said["text"] or said["data"]:
            self.messages.append(said)


class Buttons:
    """Signs what a button does, bound to one conversation, and reads it back when it is pressed."""

    def __init__(self, secret: Text) -> None:
        self._secret = secret

    def _serializer(self, conversation: Text) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"button:{conversation}")

    def sign(self, conversation: Text, payload: Text, title: Text) -> Text:
        """An opaque id for a button."""
        return str(self._serializer(conversation).dumps([payload, title]))

    def read(self, conversation: Text, button: Text) -> Optional[List[Text]]:
        """[payload, title] of a button of this conversation; None for anything else."""
        try:
            payload, title = self._serializer(conversation).loads(button)
        except (BadSignature, ValueError, TypeError):
            return None
        return [payload, title]


def pressed(payload: Text, title: Text, **kwargs: Any) -> UserMessage:
    """The message that a button stands for. It needs no understanding: the payload says what it means."""
    topic, _, values = payload.lstrip(INTENT_MESSAGE_PREFIX).partition("{")
    entities = [
        {"entity": name, "value": value} for name, value in json.loads("{" + values if values else "{}").items()
    ]
    return UserMessage(title, parse_data=parse_data(title, topic, entities), **kwargs)


async def typed(agent: Agent, text: Text, **kwargs: Any) -> UserMessage:
    """The message that a customer typed. `/restart`, `/faq{…}` and the like are text like any other."""
    message = UserMessage(text, **kwargs)
    if message.text and message.text.startswith(INTENT_MESSAGE_PREFIX) and agent.processor:
        words = UserMessage(message.text.lstrip(INTENT_MESSAGE_PREFIX + " "))
        message.parse_data = {**await agent.processor.parse_message(words), "text": message.text}
    return message


def readable(text: Text) -> Text:
    """The text without control characters, unpaired surrogates and surrounding space, in composed form (NFC)."""
    unreadable = ("Cc", "Cs")
    kept = (letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in unreadable)
    return unicodedata.normalize("NFC", "".join(kept)).strip()
