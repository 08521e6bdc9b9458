"""What Chatwoot says of a conversation and its messages, in events and in what its APIs answer."""

from __future__ import annotations

from datetime import datetime

from tests.chatwoot.account import ACCOUNT
from tests.chatwoot.records import Conversation, Message

_TYPES = {"incoming": 0, "outgoing": 1, "activity": 2, "template": 3}


def message_event(conversation: Conversation, message: Message) -> dict:
    """Of a message, in an event."""
    body = {
        "id": message.id,
        "content": message.content,
        "content_type": message.content_type,
        "content_attributes": message.content_attributes,
        "created_at": datetime.fromtimestamp(message.created_at).astimezone().isoformat(),
        "message_type": message.message_type,
        "private": message.private,
        "source_id": None,
        "additional_attributes": {},
        "sender": message.sender,
        "inbox": {"id": conversation.inbox, "name": "Website"},
        "account": {"id": ACCOUNT, "name": "Shop"},
        "conversation": state_of(conversation),
    }
    return {**body, **({"attachments": message.attachments} if message.attachments else {})}


def state_of(conversation: Conversation) -> dict:
    """Of a conversation, in an event."""
    chat = [each for each in conversation.messages if not each.private and each.message_type != "activity"]
    return {
        "id": conversation.id,
        "inbox_id": conversation.inbox,
        "status": conversation.status,
        "channel": conversation.channel,
        "can_reply": True,
        "contact_inbox": {"source_id": conversation.source},
        "messages": [message_reply(conversation, each) for each in chat[-1:]],
        "labels": [],
        "meta": {
            "sender": {**customer(conversation), "type": "contact"},
            "assignee": conversation.assignee,
            "team": None,
            "hmac_verified": False,
        },
        "custom_attributes": conversation.custom_attributes,
        "additional_attributes": conversation.additional,
        "priority": conversation.priority,
        "unread_count": 0,
        "timestamp": int(conversation.updated_at),
        "created_at": int(conversation.updated_at),
        "updated_at": conversation.updated_at,
    }


def message_reply(conversation: Conversation, message: Message) -> dict:
    """Of a message, where an API answers."""
    return {
        "id": message.id,
        "content": message.content,
        "message_type": _TYPES[message.message_type],
        "content_type": message.content_type,
        "content_attributes": message.content_attributes,
        "created_at": int(message.created_at),
        "private": message.private,
        "conversation_id": conversation.id,
        "inbox_id": conversation.inbox,
        "source_id": None,
        "status": message.status,
        "sender": message.sender,
    }


def customer(conversation: Conversation) -> dict:
    """Who writes in it."""
    contact = conversation.contact
    return {"id": contact.id, "name": contact.name, "email": contact.email, "additional_attributes": {}}


def in_short(event: dict) -> str:
    """An event in one line of the log."""
    name = event["event"]
    if not name.startswith("message_"):
        return f"{name} (status {event.get('status')})"
    details = [str(event.get("message_type")), *(["private"] if event.get("private") else [])]
    status = event.get("conversation", {}).get("status")
    return f"{name} {event.get('id')} ({', '.join(details)}; status {status})"
