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
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

ACCOUNT, TOKEN, SECRET, INBOX = 7, "bot-token-of-the-fake", "webhook-secret-of-the-fake", "aPiInBoX"
TYPES = {"incoming": 0, "outgoing": 1, "activity": 2, "template": 3}
NOT_FOUND = '{"error": "Resource could not be found"}'
BOT = {"id": 3, "name": "Assistant", "type": "agent_bot"}


@dataclass
class Contact:
    """Somebody who writes to support."""

    id: int
    name: str
    email: str | None = None


@dataclass
class Message:
    """One line of a conversation, as Chatwoot keeps it."""

    id: int
    message_type: str
    content: str | None
    sender: dict | None
    private: bool
    created_at: float
    content_type: str = "text"
    content_attributes: dict = field(default_factory=dict)
    attachments: list = field(default_factory=list)
    status: str = "sent"


@dataclass
class Conversation:
    """One conversation. `source`: key of the contact in its inbox."""

    id: int
    inbox: int
    channel: str
    contact: Contact
    source: str
    status: str
    updated_at: float
    additional: dict
    messages: list[Message] = field(default_factory=list)
    custom_attributes: dict = field(default_factory=dict)
    assignee: dict | None = None
    priority: str | None = None

    def said(self, private: bool = False) -> list[str]:
        """What customers see, or the notes that they do not."""
        return [each.content for each in self.messages if each.private is private and each.message_type != "activity"]

    @property
    def notes(self) -> list[str]:
        """The private notes."""
        return self.said(private=True)

    @property
    def by_bot(self) -> list[Message]:
        """What the bot said to the customer."""
        return [each for each in self.messages if each.sender == BOT and not each.private]


class FakeChatwoot:
    """A server on a free port. Events wait in `events` until `tell` delivers them.

    `bad_day`: what the APIs do instead of answering - "refuse" (503), "limit" (429), a status such
    as "404" (with a page that somebody in between has written), "half" (the work is done, and the
    answer is lost) or "close" (the connection ends before anything is done). `newer`: also the events of 2026.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.webhook = ""
        self.patience = 5.0
        self.bad_day = ""
        self.newer = False
        self.conversations: dict[int, Conversation] = {}
        self.contacts: dict[str, Contact] = {}
        self.events: list[dict] = []
        self.told: list[tuple[dict, dict, int]] = []
        self.calls: list[tuple[str, str, dict]] = []
        self.log: list[str] = []
        self.agents = {"Anna": self._user(11, "Anna Berg"), "Bo": self._user(12, "Bo Ek")}
        self._ids, self._numbers, self._people = itertools.count(9001), itertools.count(41), itertools.count(501)
        self._deliveries = itertools.count(1)

    async def start(self) -> FakeChatwoot:
        """Listen."""
        app = web.Application(middlewares=[self._mood])
        bot = "/api/v1/accounts/{account}/conversations/{number}"
        app.router.add_post(f"{bot}/messages", self._post_message)
        app.router.add_post(f"{bot}/toggle_status", self._post_status)
        app.router.add_post(f"{bot}/toggle_priority", self._post_priority)
        app.router.add_post(f"{bot}/custom_attributes", self._post_attributes)
        app.router.add_route("*", "/api/v1/{rest:.*}", self._not_for_bots)
        public = "/public/api/v1/inboxes/{inbox}/contacts"
        app.router.add_post(public, self._post_contact)
        app.router.add_get(public + "/{source}/conversations", self._get_conversations)
        app.router.add_post(public + "/{source}/conversations", self._post_conversation)
        app.router.add_get(public + "/{source}/conversations/{number}/messages", self._get_messages)
        app.router.add_post(public + "/{source}/conversations/{number}/messages", self._post_words)
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
        contact = Contact(next(self._people), name)
        return self._conversation(2, "Channel::WebWidget", contact, f"web-{contact.id}", browser)

    def customer_says(self, conversation: Conversation, text: str | None, files: tuple[str, ...] = ()) -> Message:
        """The customer writes, or sends files."""
        if conversation.status == "resolved":
            self._set_status(conversation, "pending")  # what Chatwoot does where a bot is connected
        attachments = [{"id": n, "file_type": "image", "data_url": url} for n, url in enumerate(files, start=1)]
        self._write(f"customer: {text or ''}{' [file]' * len(files)}")
        return self._message(conversation, "incoming", text, self._customer(conversation), attachments=attachments)

    def customer_chooses(self, conversation: Conversation, title: str) -> Message:
        """The customer presses a button: the latest of this title."""
        for message in reversed(conversation.messages):
            for item in message.content_attributes.get("items", ()):
                if item["title"] == title:
                    message.content_attributes["submitted_values"] = [dict(item)]
                    self._write(f"customer presses [{title}]")
                    self._happen("message_updated", self._message_event(conversation, message))
                    return message
        raise AssertionError(f"no button '{title}' in {conversation.said()}")

    def agent_says(self, conversation: Conversation, name: str, text: str, private: bool = False) -> Message:
        """An agent answers, or leaves a note for colleagues."""
        self._write(f"{name}{' (private note)' if private else ''}: {text}")
        return self._message(conversation, "outgoing", text, self.agents[name], private=private)

    def assign(self, conversation: Conversation, name: str | None) -> None:
        """Give the conversation to an agent. Chatwoot tells bots nothing of it by itself."""
        conversation.assignee = self.agents[name] if name else None
        conversation.updated_at = self._now()
        self._write(f"assigned to {name}")

    def set_status(self, conversation: Conversation, status: str) -> None:
        """An agent opens, resolves or returns the conversation."""
        self._write(f"an agent sets the status to {status}")
        self._set_status(conversation, status)

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
        timestamp = str(int(self._now() - age))
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
        self._write(f"    → webhook: {_in_short(event)} · answered {status}")
        if status >= 300:
            self._bot_failed(event)
        return status

    def _bot_failed(self, event: dict) -> None:
        if event["event"] not in ("message_created", "message_updated"):
            return
        conversation = self.conversations[event["conversation"]["id"]]
        if conversation.status == "pending":
            self._message(conversation, "activity", "The bot did not answer; the conversation is open.", None)
            self._set_status(conversation, "open")
            self._write("the bot did not take an event: the conversation is open")

    # The agent bot's API.

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

    def _of_bot(self, request: web.Request) -> Conversation:
        if request.headers.get("api_access_token") != TOKEN:
            raise web.HTTPUnauthorized(text='{"error": "Invalid Access Token"}', content_type="application/json")
        number = int(request.match_info["number"])
        if int(request.match_info["account"]) != ACCOUNT or number not in self.conversations:
            raise web.HTTPNotFound(text=NOT_FOUND, content_type="application/json")
        return self.conversations[number]

    async def _not_for_bots(self, request: web.Request) -> web.Response:
        return web.json_response({"error": "Access to this endpoint is not authorized for bots"}, status=401)

    async def _post_message(self, request: web.Request) -> web.Response:
        conversation, body = self._of_bot(request), await request.json()
        assert "source_id" not in body, "Chatwoot would take it for a message that the channel has already"
        details = body.get("content_attributes") or {}
        kind = body.get("content_type") or "text"
        items = details.get("items", [])
        wrong = [each for each in items if not isinstance(each, dict) or set(each) != {"title", "value"}]
        if body.get("message_type") == "incoming" or wrong or (kind == "input_select" and not items):
            return web.json_response({"message": "Validation failed"}, status=422)
        private = bool(body.get("private"))
        buttons = "".join(f" [{each['title']}]" for each in items)
        self._write(f"bot{' (private note)' if private else ''}: {body['content']}{buttons}")
        message = self._message(
            conversation, "outgoing", body["content"], BOT, private=private, kind=kind, details={**details}
        )
        return web.json_response(self._message_reply(conversation, message))

    async def _post_status(self, request: web.Request) -> web.Response:
        conversation, wanted = self._of_bot(request), (await request.json()).get("status")
        if wanted not in ("open", "pending", "resolved", "snoozed"):
            return web.json_response({"message": "invalid status"}, status=422)
        hands_over = conversation.status == "pending" and wanted == "open"
        self._write(f"bot sets the status to {wanted}")
        self._set_status(conversation, wanted)
        payload = {
            "success": None if hands_over else True,
            "conversation_id": conversation.id,
            "current_status": conversation.status,
            "snoozed_until": None,
        }
        return web.json_response({"meta": {}, "payload": payload})

    async def _post_priority(self, request: web.Request) -> web.Response:
        conversation = self._of_bot(request)
        conversation.priority = (await request.json()).get("priority")
        self._write(f"bot sets the priority to {conversation.priority}")
        return web.json_response({})

    async def _post_attributes(self, request: web.Request) -> web.Response:
        conversation = self._of_bot(request)
        conversation.custom_attributes = (await request.json())["custom_attributes"]  # all of them, always
        conversation.updated_at = self._now()
        named = ", ".join(f"{name}={value}" for name, value in conversation.custom_attributes.items())
        self._write(f"bot sets the custom attributes: {named}")
        return web.json_response({"custom_attributes": conversation.custom_attributes})

    # The API inbox's public API.

    def _inbox(self, request: web.Request) -> None:
        if request.match_info["inbox"] != INBOX:
            raise web.HTTPNotFound(text=NOT_FOUND, content_type="application/json")

    def _of_contact(self, request: web.Request) -> Conversation:
        self._inbox(request)
        conversation = self.conversations.get(int(request.match_info["number"]))
        if conversation is None or conversation.source != request.match_info["source"]:
            raise web.HTTPNotFound(text=NOT_FOUND, content_type="application/json")
        return conversation

    async def _post_contact(self, request: web.Request) -> web.Response:
        self._inbox(request)
        body = await request.json()
        source = body.get("source_id") or f"uuid-{next(self._people)}"
        known = [each for each in self.contacts.values() if each.email and each.email == body.get("email")]
        made = known[0] if known else Contact(next(self._people), body.get("name") or "", body.get("email"))
        self.contacts.setdefault(source, made)
        contact = self.contacts[source]
        about = {"id": contact.id, "name": contact.name, "email": contact.email}
        return web.json_response({"source_id": source, "pubsub_token": "p", **about})

    async def _get_conversations(self, request: web.Request) -> web.Response:
        self._inbox(request)
        source = request.match_info["source"]
        return web.json_response([{"id": each.id} for each in self.conversations.values() if each.source == source])

    async def _post_conversation(self, request: web.Request) -> web.Response:
        self._inbox(request)
        source = request.match_info["source"]
        if source not in self.contacts:
            raise web.HTTPNotFound(text=NOT_FOUND, content_type="application/json")
        made = self._conversation(5, "Channel::Api", self.contacts[source], source, {})
        self._write(f"(conversation {made.id} begins in the API inbox)")
        return web.json_response({"id": made.id, "inbox_id": made.inbox, "status": made.status, "messages": []})

    async def _get_messages(self, request: web.Request) -> web.Response:
        conversation = self._of_contact(request)
        shown = [each for each in conversation.messages if not each.private and each.message_type != "activity"]
        return web.json_response([self._message_reply(conversation, each) for each in shown])

    async def _post_words(self, request: web.Request) -> web.Response:
        conversation, body = self._of_contact(request), await request.json()
        self._write(f"customer: {body['content']}")
        if conversation.status == "resolved":
            self._set_status(conversation, "pending")
        message = self._message(conversation, "incoming", body["content"], self._customer(conversation))
        return web.json_response({**self._message_reply(conversation, message), "echo_id": body.get("echo_id")})

    # How it keeps and tells.

    def _conversation(self, inbox: int, channel: str, contact: Contact, source: str, more: dict) -> Conversation:
        number = next(self._numbers)
        made = Conversation(number, inbox, channel, contact, source, "pending", self._now(), more)
        self.conversations[number] = made
        return made

    def _message(
        self,
        conversation: Conversation,
        message_type: str,
        content: str | None,
        sender: dict | None,
        private: bool = False,
        kind: str = "text",
        details: dict | None = None,
        attachments: list | None = None,
    ) -> Message:
        message = Message(
            next(self._ids), message_type, content, sender, private, self._now(), kind, details or {}, attachments or []
        )
        conversation.messages.append(message)
        conversation.updated_at = self._now()
        if message_type != "activity":
            self._happen("message_created", self._message_event(conversation, message))
        return message

    def _set_status(self, conversation: Conversation, status: str) -> None:
        if conversation.status == status:
            return
        before, conversation.status = conversation.status, status
        conversation.updated_at = self._now()
        self._message(conversation, "activity", f"The conversation is {status}.", None)
        names = {"open": "conversation_opened", "resolved": "conversation_resolved"}
        if status in names:  # of a return to the bot it tells nothing
            self._happen(names[status], self._state_of(conversation))
        if self.newer:
            changed = [{"status": {"previous_value": before, "current_value": status}}]
            self._happen("conversation_status_changed", {**self._state_of(conversation), "changed_attributes": changed})

    def _happen(self, event: str, body: dict) -> None:
        self.events.append(json.loads(json.dumps({**body, "event": event})))

    def _message_event(self, conversation: Conversation, message: Message) -> dict:
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
            "conversation": self._state_of(conversation),
        }
        return {**body, **({"attachments": message.attachments} if message.attachments else {})}

    def _state_of(self, conversation: Conversation) -> dict:
        chat = [each for each in conversation.messages if not each.private and each.message_type != "activity"]
        return {
            "id": conversation.id,
            "inbox_id": conversation.inbox,
            "status": conversation.status,
            "channel": conversation.channel,
            "can_reply": True,
            "contact_inbox": {"source_id": conversation.source},
            "messages": [self._message_reply(conversation, each) for each in chat[-1:]],
            "labels": [],
            "meta": {
                "sender": {**self._customer(conversation), "type": "contact"},
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

    def _message_reply(self, conversation: Conversation, message: Message) -> dict:
        return {
            "id": message.id,
            "content": message.content,
            "message_type": TYPES[message.message_type],
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

    def _customer(self, conversation: Conversation) -> dict:
        contact = conversation.contact
        return {"id": contact.id, "name": contact.name, "email": contact.email, "additional_attributes": {}}

    @staticmethod
    def _user(number: int, name: str) -> dict:
        return {"id": number, "name": name, "available_name": name, "email": f"{number}@shop.example", "type": "user"}

    def _now(self) -> float:
        return self.clock().timestamp()

    def _write(self, line: str) -> None:
        self.log.append(line)


def _in_short(event: dict) -> str:
    name = event["event"]
    if not name.startswith("message_"):
        return f"{name} (status {event.get('status')})"
    details = [str(event.get("message_type")), *(["private"] if event.get("private") else [])]
    status = event.get("conversation", {}).get("status")
    return f"{name} {event.get('id')} ({', '.join(details)}; status {status})"
