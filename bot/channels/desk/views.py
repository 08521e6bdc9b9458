"""What agents see, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import AbstractSet, Any, Dict, List, Mapping, Optional, Text

import sqlalchemy as sa

from bot.channels.desk.work import DeskWork
from bot.channels.webchat.store import CUSTOMER, Erased, Message, UnknownConversation

_OPEN = ("queued", "assigned")
_MOST_FOUND = 50


def board(work: DeskWork, accounts: Any, name: Text) -> Dict[Text, Any]:
    """Queue, conversations and colleagues, and the figures of the day. Blocks."""
    now, table = work.now(), _table(work)
    waiting = work.desk.store.select(table.c.state.in_(_OPEN))
    today, here = work.desk.records.today(now), work.desk.records.here(now)
    chats = [each.conversation for each in waiting if each.owner and each.silences_bot]
    latest = work.chat.store.latest(chats)
    return {
        "now": now.isoformat(),
        "open": work.desk.is_open(now),
        "handoffs": [
            {**card(work, each, now, here), "unanswered": each.silences_bot and _speaks_last(latest, each.conversation)}
            for each in waiting
        ],
        "agents": [
            {
                "name": each.agent.name,
                "first_name": each.agent.first_name,
                "here": each.agent.name in here,
                "me": each.agent.name == name,
            }
            for each in accounts.everybody()
        ],
        "today": {
            "ended": today.ended,
            "cancelled": today.cancelled,
            "waited": today.waited,
            "longest": today.longest,
            "handled": today.handled,
            "reasons": today.reasons,
            "outcomes": today.outcomes,
        },
    }


def _speaks_last(latest: Mapping[Text, Message], conversation: Text) -> bool:
    """Whether the customer of a conversation that an agent has said the last word."""
    return latest.get(conversation, {}).get("from") == CUSTOMER


def card(work: DeskWork, handoff: Any, now: datetime, here: AbstractSet[Text]) -> Dict[Text, Any]:
    """One hand-off in a list. `waited`: seconds in open hours, up to when an agent took it.

    `here`: who is at the desk; `free`: anybody may take it, because nobody has it or its agent is not at the desk.
    """
    return {
        "reference": handoff.reference,
        "state": handoff.state.value,
        "reply_by": handoff.reply_by.value,
        "language": handoff.language,
        "reason": handoff.reason,
        "requested_at": handoff.requested_at.isoformat(),
        "waited": work.desk.waited(handoff, handoff.assigned_at or handoff.ended_at or now),
        "owner": handoff.owner,
        "free": handoff.state.value in _OPEN and handoff.owner not in here,
        "outcome": handoff.outcome,
        "topic": handoff.brief.get("topic"),
        "first_question": handoff.brief.get("message") or handoff.brief.get("first_question"),
    }


def conversation(work: DeskWork, handoff: Any) -> Dict[Text, Any]:
    """Everything about one hand-off that is masked: brief, notes and transcript. Blocks."""
    now = work.now()
    return {
        **card(work, handoff, now, work.desk.records.here(now)),
        "brief": handoff.brief,
        "notes": [
            {"kind": each.kind, "author": each.author, "text": each.text, "at": each.at.isoformat()}
            for each in work.desk.records.notes(handoff.reference)
        ],
        "messages": _transcript(work, handoff.conversation, handoff.reference),
    }


def search(work: DeskWork, words: Text) -> List[Dict[Text, Any]]:
    """Hand-offs by reference, or by words in what was asked; the latest first. Blocks."""
    table, now = _table(work), work.now()
    wanted = words.strip().replace("\\", "").replace("%", "").replace("_", "")
    if not wanted:
        return []
    hit = sa.or_(table.c.reference == wanted.upper(), table.c.brief.ilike(f"%{wanted}%"))
    found = work.desk.store.select(hit & (table.c.state != "offered"))
    here = work.desk.records.here(now)
    return [card(work, each, now, here) for each in found[::-1][:_MOST_FOUND]]


def _table(work: DeskWork) -> Any:
    return work.desk.table


def _transcript(
    work: DeskWork, conversation_id: Text, reference: Text
) -> Optional[List[Dict[Text, Any]]]:
    """What was said, masked as it is stored; None where the web chat does not have it.

    What the customer says to the bot after the bot has said that the hand-off is over is not for its agent.
    """
    try:
        messages = _up_to_the_end(work.chat.store.after(conversation_id, 0), reference)
        ratings = work.chat.store.ratings(conversation_id)
    except (Erased, UnknownConversation):
        return None
    shown = ("id", "from", "name", "text", "data", "language", "at")
    return [
        {
            **{key: message[key] for key in shown if key in message},
            **ratings.get(message["id"], {}),
            "buttons": [button["title"] for button in message.get("buttons") or []],
        }
        for message in messages
    ]


def _up_to_the_end(messages: List[Message], reference: Text) -> List[Message]:
    over = {"kind": "handoff", "state": "closed", "reference": reference}
    for number, message in enumerate(messages, start=1):
        if over.items() <= (message.get("data") or {}).items():
            return messages[:number]
    return messages
