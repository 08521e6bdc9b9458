"""What Chatwoot tells, read into what the bot needs of it. Types vary between its versions; strangers are skipped."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any, Dict, List, Mapping, Optional, Text

from bot.channels.turns import readable

MESSAGE, CHOICE, STATE = "message", "choice", "state"
CONTACT, AGENT, BOT, OTHER = "contact", "agent", "bot", "other"

_TYPES = {0: "incoming", 1: "outgoing", 2: "activity", 3: "template"}
_LONGEST = 20_000
_LATEST = 1e12
_LARGEST = 2**63 - 1


class Unreadable(ValueError):
    """The body is not an event of Chatwoot; the message says why."""


@dataclass(frozen=True)
class Event:
    """Something that happened in one of Chatwoot's conversations.

    `kind`: a new message, a choice among a message's buttons, or only how the conversation stands. `key`: the same for
    every repetition. `position`: the greatest id of a message that Chatwoot names, `at`: when (seconds since 1970, its
    clock). `by`: who said it. `values`, `titles`: of the choice. `files`: addresses of attachments. `assignee`,
    `sender`: an agent's id and first name, or None. `attributes`: the conversation's custom attributes.
    """

    kind: Text
    key: Text
    conversation: int
    status: Text
    position: int
    at: float
    message: int = 0
    text: Text = ""
    by: Text = OTHER
    private: bool = False
    values: List[Text] = field(default_factory=list)
    titles: List[Text] = field(default_factory=list)
    files: List[Text] = field(default_factory=list)
    sender: Optional[List[Text]] = None
    assignee: Optional[List[Text]] = None
    language: Optional[Text] = None
    attributes: Optional[Dict[Text, Any]] = None

    def as_body(self) -> Dict[Text, Any]:
        """As JSON can hold it."""
        return asdict(self)


def read(body: bytes, account: int) -> Optional[Event]:
    """The event in a request's body; None for one that is nothing to us.

    Args:
        body: of the request.
        account: the number of ours; events of others are skipped.

    Raises:
        Unreadable: see there.
    """
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("The body must be JSON in UTF-8.") from None
    if not isinstance(given, dict) or not isinstance(given.get("event"), str):
        raise Unreadable("The body must be a JSON object with an 'event'.")
    name = given["event"]
    if _number(_mapping(given.get("account")).get("id"), account) != account:
        return None
    try:
        if name in ("message_created", "message_updated"):
            return _message(given, name)
        if name.startswith("conversation_"):
            return Event(STATE, f"state {hashlib.sha256(body).hexdigest()}", **_standing(given, 0, given))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        raise Unreadable(f"The event '{name[:40]}' lacks what Chatwoot's events have.") from None
    return None  # webwidget_triggered and what else there may be


def _message(given: Mapping[Text, Any], name: Text) -> Optional[Event]:
    conversation, message = given["conversation"], _id(given["id"])
    kind = _TYPES.get(given.get("message_type"), given.get("message_type"))  # type: ignore[arg-type]
    details = _mapping(given.get("content_attributes"))
    chosen = [each for each in details.get("submitted_values") or () if isinstance(each, dict)]
    shared = {**_standing(conversation, message, given), "message": message}
    if name == "message_updated":
        values = [_text(each.get("value")) for each in chosen if each.get("value") is not None]
        if not values:
            return None
        titles = [_text(each.get("title") or each.get("value")) for each in chosen if each.get("value") is not None]
        key = hashlib.sha256(json.dumps(values).encode()).hexdigest()[:32]
        return Event(CHOICE, f"choice {message} {key}", values=values, titles=titles, by=CONTACT, **shared)
    if kind not in ("incoming", "outgoing"):
        return None  # what Chatwoot itself says
    sender = _mapping(given.get("sender"))
    return Event(
        MESSAGE,
        f"message {message}",
        text=_text(given.get("content")),
        by=CONTACT if kind == "incoming" else {"user": AGENT, "agent_bot": BOT}.get(sender.get("type"), OTHER),  # type: ignore[arg-type]
        private=given.get("private") is True,
        files=[_text(each.get("data_url")) for each in given.get("attachments") or () if isinstance(each, dict)],
        sender=_agent(sender),
        **shared,
    )


def _standing(conversation: Mapping[Text, Any], message: int, given: Mapping[Text, Any]) -> Dict[Text, Any]:
    said = [_number(_mapping(each).get("id"), 0) for each in conversation.get("messages") or ()]
    meta = _mapping(conversation.get("meta"))
    assignee = _mapping(meta.get("assignee"))
    attributes = conversation.get("custom_attributes")
    return {
        "conversation": _id(conversation["id"]),
        "status": _text(conversation["status"])[:10],
        "position": max([message, *said]),
        "at": _moment(conversation.get("updated_at") or conversation.get("timestamp") or given.get("created_at")),
        "assignee": None if assignee.get("type") == "agent_bot" else _agent(assignee),
        "language": _language(conversation, _mapping(meta.get("sender")), _mapping(given.get("sender"))),
        "attributes": dict(attributes) if isinstance(attributes, Mapping) else None,
    }


def _language(*holders: Mapping[Text, Any]) -> Optional[Text]:
    """`sv` or `en`, where Chatwoot knows the customer's language."""
    for holder in holders:
        more = _mapping(holder.get("additional_attributes"))
        browser = _mapping(more.get("browser"))
        for said in (more.get("conversation_language"), browser.get("browser_language"), more.get("language_code")):
            if isinstance(said, str) and said[:2].lower() in ("sv", "en"):
                return said[:2].lower()
    return None


def _agent(who: Mapping[Text, Any]) -> Optional[List[Text]]:
    if who.get("id") is None:
        return None
    names = _text(who.get("available_name") or who.get("name")).split()
    return [_text(who["id"])[:40], names[0][:40] if names else ""]


def _moment(value: Any) -> float:
    """Chatwoot writes moments as seconds, or as ISO 8601."""
    if isinstance(value, (int, float)):
        return min(float(value), _LATEST)
    try:
        moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()


def _mapping(value: Any) -> Mapping[Text, Any]:
    return value if isinstance(value, Mapping) else {}


def _id(value: Any) -> int:
    number = int(value)
    if not 0 <= number <= _LARGEST:
        raise ValueError("no id of a database")
    return number


def _number(value: Any, default: int) -> int:
    try:
        return _id(value)
    except (OverflowError, TypeError, ValueError):
        return default


def _text(value: Any) -> Text:
    """Without what cannot be stored: an unpaired surrogate, say, of an emoji that was cut through."""
    return readable(str(value)[:_LONGEST]) if value is not None else ""
