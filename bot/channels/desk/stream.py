"""Server-sent events for the desk's page: that something has changed; the page then reads what."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Awaitable, Callable, List, Text

from sanic.request import Request

from bot.channels.webchat.hub import Hub, Signal

_HEARTBEAT = 15.0
_POLL = 2.0
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def stream(request: Request, hub: Hub, name: Text, alive: Callable[[], Awaitable[bool]], poll: bool) -> None:
    """Send `changed` for every change and `typing` for customers who write, until the agent leaves or the session ends.

    Args:
        request: the page's.
        hub: carries the changes of this process.
        name: of the agent; each has streams of their own.
        alive: notes that the agent is here, and says whether the session still lasts.
        poll: other processes change things, too: say `changed` every two seconds.
    """
    with hub.subscription(name) as signals:
        response = await request.respond(content_type="text/event-stream; charset=utf-8", headers=_HEADERS)
        news = _event("changed", {})
        while await alive():
            await response.send(news)
            try:
                news = _news([await asyncio.wait_for(signals.get(), _POLL if poll else _HEARTBEAT), *_rest(signals)])
            except asyncio.TimeoutError:
                news = _event("changed", {}) if poll else ": still here\n\n"
        await response.send(_event("ended", {}))
        await response.eof()


def _rest(signals: asyncio.Queue[Signal]) -> List[Signal]:
    return [signals.get_nowait() for _ in range(signals.qsize())]


def _news(signals: List[Signal]) -> Text:
    """Many changes at once are one; of who writes, the last word counts."""
    changes = [signal for signal in signals if signal["event"] == "changed"]
    typing = {signal["reference"]: signal["typing"] for signal in signals if signal["event"] == "typing"}
    news = [_event("typing", {"reference": reference, "typing": is_so}) for reference, is_so in typing.items()]
    if changes:
        news.append(_event("changed", {"reference": changes[-1].get("reference")}))
    return "".join(news)


def _event(name: Text, data: Any) -> Text:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
