"""What clients may send: each field checked, each refusal naming what and where."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Dict, Optional, Text

from bot.channels.turns import readable
from bot.channels.webchat.problems import Problem

LONGEST_TEXT = 1000
LONGEST_ID = 64
LONGEST_COMMENT = 500
_POSITION = re.compile(r"[1-9][0-9]{0,8}")
LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class SessionRequest:
    """`POST /sessions`: the page's language and the website's signed identity, both optional."""

    language: Optional[Text]
    identity: Optional[Text]


@dataclass(frozen=True)
class MessageRequest:
    """`POST /messages`: the client's own id, and either a text or a pressed button."""

    id: Text
    text: Optional[Text]
    button: Optional[Text]


@dataclass(frozen=True)
class Feedback:
    """`POST /feedback`: whether a message of the bot (its id) was helpful, and a word about it."""

    message: Text
    helpful: bool
    comment: Optional[Text]


def session_request(body: bytes) -> SessionRequest:
    """Read the body of `POST /sessions`; an empty body is an empty object.

    Raises:
        Problem: 400.
    """
    fields = _fields(body or b"{}", {"language", "identity"})
    language = fields.get("language")
    if language is not None and language not in LANGUAGES:
        raise Problem(400, '\'language\' must be "sv" or "en", or left out.')
    return SessionRequest(language, _string(fields, "identity", 4096) if "identity" in fields else None)


def message_request(body: bytes) -> MessageRequest:
    """Read the body of `POST /messages`.

    Raises:
        Problem: 400.
    """
    fields = _fields(body, {"id", "text", "button"})
    if "id" not in fields:
        raise Problem(400, "'id' is missing: the client's own id of this message.")
    if ("text" in fields) == ("button" in fields):
        raise Problem(400, "Exactly one of 'text' and 'button' must be given.")
    message_id = _string(fields, "id", LONGEST_ID)
    if "button" in fields:
        return MessageRequest(message_id, None, _string(fields, "button", 4096))
    text = readable(_string(fields, "text", LONGEST_TEXT))
    if not text:
        raise Problem(400, "'text' has no readable character.")
    return MessageRequest(message_id, text, None)


def feedback_request(body: bytes) -> Feedback:
    """Read the body of `POST /feedback`.

    Raises:
        Problem: 400.
    """
    fields = _fields(body, {"message", "helpful", "comment"})
    for name in ("message", "helpful"):
        if name not in fields:
            raise Problem(400, f"'{name}' is missing.")
    if not _POSITION.fullmatch(_string(fields, "message", 9)):
        raise Problem(400, "'message' must be the id of a message.")
    if not isinstance(fields["helpful"], bool):
        raise Problem(400, "'helpful' must be true or false.")
    comment = readable(_string(fields, "comment", LONGEST_COMMENT)) if "comment" in fields else None
    return Feedback(fields["message"], fields["helpful"], comment or None)


def typing_request(body: bytes) -> bool:
    """Read the body of `POST /typing`: whether the customer is writing.

    Raises:
        Problem: 400.
    """
    fields = _fields(body, {"typing"})
    if not isinstance(fields.get("typing"), bool):
        raise Problem(400, "'typing' must be true or false.")
    return bool(fields["typing"])


def _fields(body: bytes, known: set) -> Dict[Text, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "The body must be JSON in UTF-8.") from None
    if not isinstance(fields, dict):
        raise Problem(400, "The body must be a JSON object.")
    unknown = sorted(set(fields) - known)
    if unknown:
        raise Problem(400, f"Unknown field; known fields are {', '.join(sorted(known))}.")
    return fields


def _string(fields: Dict[Text, Any], name: Text, longest: int) -> Text:
    value = fields[name]
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise Problem(400, f"'{name}' must be a text of 1 to {longest:,} characters.")
    if name == "id" and any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
        raise Problem(400, "'id' has control characters.")
    return value
