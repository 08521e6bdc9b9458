"""A Chatwoot that keeps to the contract: conversations with state, both APIs, signed events, and its bad days.

What it does is what Chatwoot 4 does with an agent bot of the type webhook. What it does not have (a page, mail, real
channels) is played by the test: `customer_says`, `agent_says` and the like.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from tests.chatwoot import as_told
from tests.chatwoot.account import SECRET
from tests.chatwoot.bot_api import BotApi
from tests.chatwoot.inbox_api import InboxApi
from tests.chatwoot.keeping import Keeping
from tests.chatwoot.records import Contact, Conversation, Message


class FakeChatwoot(Keeping):
    """A server on a free port. Events wait in `events` until `tell` delivers them.

    `bad_day`: what the APIs do instead of answering - "refuse" (503), "limit" (429), a status such
    as "404" (with a page that somebody in between has written), "half" (the work is done, and the
    answer is lost) or "close" (the connection ends before anything is done).
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(clock)
        self.webhook = ""
        self.patience = 5.0
        self.bad_day = ""
        self.told: list[tuple[dict, dict, int]] = []
        self.calls: list[tuple[str, str, dict]] = []
        self.agents = {"Anna": self._user(11, "Anna Berg"), "Bo": self._user(12, "Bo Ek")}
        self._deliveries = itertools.count(1)

    async def start(self) -> FakeChatwoot:
        """Listen."""
        app = web.Application(middlewares=[self._mood])
        BotApi(self).add_to(app)
        InboxApi(self).add_to(app)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await self.listen()
        return self

    async def listen(self) -> None:
        """Be there, at the same address as before."""
        port = getattr(self, "port", 0)
        self._site = web.TCPSite(self._runner, "127.0.0.1", port)
        await self._site.start()
        self.port = self._site._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def go_down(self) -> None:
        """Nobody listens any more, and who was connected is not."""
        await self._site.stop()
        await self._runner.server.shutdown(0.1)

    async def stop(self) -> None:
        """End."""
        await self._runner.cleanup()

    # What people do.

    def arrives(self, language: str | None = "sv", name: str = "Maja") -> Conversation:
        """A customer opens a conversation in a website inbox to which the bot is connected."""
        browser = {"browser": {"browser_language": language}} if language else {}
        contact = Contact(next(self.people), name)
        return self.begin(2, "Channel::WebWidget", contact, f"web-{contact.id}", browser)

    def customer_says(self, conversation: Conversation, text: str | None, files: tuple[str, ...] = ()) -> Message:
        """The customer writes, or sends files."""
        if conversation.status == "resolved":
            self.put_status(conversation, "pending")  # what Chatwoot does where a bot is connected
        attachments = [{"id": n, "file_type": "image", "data_url": url} for n, url in enumerate(files, start=1)]
        self.write(f"customer: {text or ''}{' [file]' * len(files)}")
        return self.add(conversation, "incoming", text, as_told.customer(conversation), attachments=attachments)

    def customer_chooses(self, conversation: Conversation, title: str) -> Message:
        """The customer presses a button: the latest of this title."""
        for message in reversed(conversation.messages):
            for item in message.content_attributes.get("items", ()):
                if item["title"] == title:
                    message.content_attributes["submitted_values"] = [dict(item)]
                    self.write(f"customer presses [{title}]")
                    self.happen("message_updated", as_told.message_event(conversation, message))
                    return message
        raise AssertionError(f"no button '{title}' in {conversation.said()}")

    def agent_says(self, conversation: Conversation, name: str, text: str, private: bool = False) -> Message:
        """An agent answers, or leaves a note for colleagues."""
        self.write(f"{name}{' (private note)' if private else ''}: {text}")
        return self.add(conversation, "outgoing", text, self.agents[name], private=private)

    def assign(self, conversation: Conversation, name: str | None) -> None:
        """Give the conversation to an agent. Chatwoot tells bots nothing of it by itself."""
        conversation.assignee = self.agents[name] if name else None
        conversation.updated_at = self.now()
        self.write(f"assigned to {name}")

    def set_status(self, conversation: Conversation, status: str) -> None:
        """An agent opens, resolves or returns the conversation."""
        self.write(f"an agent sets the status to {status}")
        self.put_status(conversation, status)

    # What the bot is told.

    async def tell(self) -> int:
        """Deliver everything that waits, in order; how many the bot took."""
        taken = 0
        while self.events:
            taken += await self.deliver(self.events.pop(0)) < 300
        return taken

    async def deliver(self, event: dict, age: float = 0, **headers: str) -> int:
        """One event, signed `age` seconds ago; the bot's answer (599: none). Where the bot fails, people get it."""
        body = json.dumps(event).encode()
        timestamp = str(int(self.now() - age))
        signature = hmac.new(SECRET.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
        signed = {
            "Content-Type": "application/json",
            "X-Chatwoot-Timestamp": timestamp,
            "X-Chatwoot-Signature": f"sha256={signature}",
            "X-Chatwoot-Delivery": f"delivery-{next(self._deliveries)}",
            **headers,
        }
        status = 599
        try:
            timeout = aiohttp.ClientTimeout(total=self.patience)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.webhook, data=body, headers=signed) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, asyncio.TimeoutError):
            pass
        self.told.append((event, signed, status))
        self.write(f"    → webhook: {as_told.in_short(event)} · answered {status}")
        if status >= 300:
            self._bot_failed(event)
        return status

    def _bot_failed(self, event: dict) -> None:
        if event["event"] not in ("message_created", "message_updated"):
            return
        conversation = self.conversations[event["conversation"]["id"]]
        if conversation.status == "pending":
            self.add(conversation, "activity", "The bot did not answer; the conversation is open.", None)
            self.put_status(conversation, "open")
            self.write("the bot did not take an event: the conversation is open")

    # How the APIs feel today.

    @web.middleware
    async def _mood(self, request: web.Request, handler: Any) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else {}
        self.calls.append((request.method, request.path, body))
        if self.bad_day == "refuse":
            return web.json_response({}, status=503)
        if self.bad_day == "limit":
            return web.json_response({}, status=429, headers={"Retry-After": "40"})
        if self.bad_day.isdecimal():
            return web.Response(status=int(self.bad_day), text="<h1>Back soon</h1>", content_type="text/html")
        if self.bad_day == "close":
            request.transport.close()
            return web.Response()
        answer = await handler(request)
        if self.bad_day == "half":
            request.transport.close()
        return answer

    @staticmethod
    def _user(number: int, name: str) -> dict:
        return {"id": number, "name": name, "available_name": name, "email": f"{number}@shop.example", "type": "user"}
