"""One turn, the same for every channel: typed text is text, a button is a signed promise of this bot."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Dict, List, Optional, Text

from itsdangerous import BadSignature, URLSafeSerializer
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.nlu.remembered import forget
from bot.understanding.conversation import understand, with_age
from bot.understanding.meaning import of_button

_CONTACT = ("email", "phone")
_MARK = re.compile(r"\[(email|serial|number|code|date|phone)\]")


class Collector(OutputChannel):
    """Keeps what the bot says in a turn: text, buttons and `data` of each message together.

    `erased`: the customer had the conversation deleted in this turn. `forgotten`: nothing that the customer wrote
    may be kept. `with_person`: a person answers, so that the bot says nothing.
    """

    def __init__(self, channel: Text) -> None:
        self.messages: List[Dict[Text, Any]] = []
        self.erased = False
        self.forgotten = False
        self.with_person = False
        self._channel = channel

    def name(self) -> Text:  # type: ignore[override]
        """The channel that the answers are for."""
        return self._channel

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Called by Rasa for each answer."""
        self.erased = self.erased or bool(message.get("erase_conversation"))
        self.forgotten = self.forgotten or bool(message.get("forget_customer"))
        said = {
            "text": message.get("text") or "",
            "buttons": message.get("buttons") or [],
            "data": message.get("data"),
            "language": message.get("language"),
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
    """The message that a button stands for."""
    return UserMessage(title, parse_data=of_button(payload, title), **kwargs)


async def typed(agent: Agent, text: Text, masked: Text, **kwargs: Any) -> UserMessage:
    """The message that a customer typed, with all of its questions.

    `/restart`, `/faq{…}` and the like are text like any other.

    Args:
        agent: understands it.
        text: what was typed; the skills see it.
        masked: the same with marks such as `[date]` for personal data: what is understood is the rest. Each mark
            becomes an entity of its name, so that the dialogue knows what was written without knowing it.
        kwargs: of the UserMessage.
    """
    marks = [{"entity": mark[1], "value": mark[0]} for mark in _MARK.finditer(masked)]
    contact = any(mark["entity"] in _CONTACT for mark in marks)
    try:
        understood = await understand(agent, _MARK.sub(" ", masked), kwargs.get("sender_id"), bool(marks), contact)
        understood = await with_age(agent, understood, text, masked, kwargs.get("sender_id"))
    finally:
        forget()
    entities = [*(understood.get("entities") or []), *marks]
    return UserMessage(text, parse_data={**understood, "text": text, "entities": entities}, **kwargs)


def readable(text: Text) -> Text:
    """The text without control characters, unpaired surrogates and surrounding space, in composed form (NFC)."""
    unreadable = ("Cc", "Cs")
    kept = (letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in unreadable)
    return unicodedata.normalize("NFC", "".join(kept)).strip()
