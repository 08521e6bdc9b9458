"""Server-sent events: what the bot says, at least once over a reconnect and never twice."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, Optional, Text

from sanic.request import Request
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.hub import NEW, Signal
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import CUSTOMER, Erased

_HEARTBEAT = 15.0
_POLL = 1.0
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def last_event_id(value: Optional[Text]) -> int:
    """The position after which the stream goes on; without one, from the start of the conversation.

    Raises:
        Problem: 400, the header is no id of this stream.
    """
    if value is None or not value.strip():
        return 0
    if not value.strip().isdecimal() or len(value) > 9:
        raise Problem(400, "'Last-Event-ID' is not an id of this stream.")
    return int(value)


async def stream(request: Request, chat: WebChat, conversation: Text, position: int, poll: bool) -> None:
    """Send what is stored behind `position`, then everything new, until the client leaves or the data is erased.

    Messages are read from the store in order, so a missed signal delays a message but cannot lose it.

    Args:
        poll: look for messages of other processes, too (once a second).
    """
    with chat.hub.subscription(conversation) as signals:
        response = await request.respond(content_type="text/event-stream; charset=utf-8", headers=_HEADERS)
        await response.send(": open\n\n")
        standing = await _standing(chat, conversation)
        if standing:
            await response.send(_news(standing))
        while True:
            try:
                messages = await asyncio.to_thread(chat.store.after, conversation, position)
            except SQLAlchemyError:
                await response.eof()  # the client comes back with the last id that it saw
                return
            except Erased:
                await response.send(_event("ended", {"reason": "deleted"}))
                await response.eof()
                return
            for message in messages:
                position = int(message["id"])
                if message["from"] != CUSTOMER:
                    await response.send(_event("message", message, position))
            signal = NEW
            try:
                signal = await asyncio.wait_for(signals.get(), _POLL if poll else _HEARTBEAT)
            except asyncio.TimeoutError:
                await response.send(": still here\n\n")
            if signal is not NEW:
                await response.send(_news(signal))


async def _standing(chat: WebChat, conversation: Text) -> Optional[Signal]:
    try:
        return await chat.takeover.standing(conversation) if chat.takeover else None
    except SQLAlchemyError:
        return None  # reading what was said fails, too, and the client comes back


def _news(signal: Signal) -> Text:
    """What is of the moment only: it has no id, and after a reconnect it is not sent again."""
    return _event(signal["event"], {name: value for name, value in signal.items() if name != "event"})


def _event(name: Text, data: Dict[Text, Any], position: Optional[int] = None) -> Text:
    lines = [f"event: {name}", f"data: {json.dumps(data, ensure_ascii=False)}"]
    if position is not None:
        lines.insert(0, f"id: {position}")
    return "\n".join(lines) + "\n\n"
