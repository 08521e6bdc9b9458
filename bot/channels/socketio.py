"""For widgets that speak Rasa's Socket.IO protocol (`session_request`, `user_uttered`, `bot_uttered`), hardened.

Rasa's own channel lets a client claim any conversation, and typed text such as /restart trigger intents. Here the
session id is the token that the server signed, text is text, and a quick reply carries a signed button.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Sequence, Text

from itsdangerous import BadSignature
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from socketio import AsyncServer

from bot.channels.failures import STORAGE_FAILURES
from bot.channels.turns import readable
from bot.channels.webchat.channel import LARGEST_BODY
from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.hub import TooManyStreams
from bot.channels.webchat.limits import RateLimits
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.requests import LANGUAGES, LONGEST_TEXT, MessageRequest, SessionRequest
from bot.channels.webchat.store import CUSTOMER, Erased, Message, UnknownConversation
from bot.channels.webchat.tokens import SessionTokens

logger = logging.getLogger(__name__)

_POLL = 1.0


@dataclass
class Visit:
    """One connected client: where it calls from, its language, and its conversation once it has one."""

    address: Text
    language: Text
    conversation: Optional[Text] = None
    follower: Optional[asyncio.Task] = None


class SocketChannel(InputChannel):
    """Conversations of the web chat over Socket.IO: the same store, locks, limits and tokens.

    Args:
        chat: takes the turns.
        limits: those of the web chat.
        tokens: signs and reads session ids; the web chat's.
        origins: websites whose pages may connect, besides the bot's own.
        texts: the widget's texts by language, for what is said when something is in the way.
        poll: look for messages of other processes, too (once a second).
    """

    def __init__(
        self,
        chat: WebChat,
        limits: RateLimits,
        tokens: SessionTokens,
        origins: Sequence[Text],
        texts: Mapping[Text, Mapping[Text, Any]],
        poll: bool = False,
    ) -> None:
        self._chat = chat
        self._limits = limits
        self._tokens = tokens
        self._origins = {origin.lower() for origin in origins}
        self._texts = texts
        self._poll = poll
        self._visits: Dict[Text, Visit] = {}
        self._server: Any = None
        self._app: Any = None

    @classmethod
    def name(cls) -> Text:
        """As in Rasa."""
        return "socketio"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The endpoint `/socket.io`, attached when the blueprint is registered."""
        self._server = AsyncServer(
            async_mode="sanic", cors_allowed_origins=self._may_connect, max_http_buffer_size=LARGEST_BODY
        )
        self._server.eio._cors_headers = lambda environ: []  # Sanic-CORS writes them; twice is refused by browsers
        for event, handler in (
            ("connect", self._connect),
            ("disconnect", self._disconnect),
            ("session_request", self._session_request),
            ("user_uttered", self._user_uttered),
        ):
            self._server.on(event, handler)
        channel = self

        class Attached(Blueprint):
            def register(self, app: Sanic, options: Dict[Text, Any]) -> None:
                channel._app = app
                channel._server.attach(app, "/socket.io")
                super().register(app, options)

        return Attached("socketio_channel")

    def _may_connect(self, origin: Text, environ: Dict[Text, Any]) -> bool:
        """From the bot's own pages and the listed websites; a client that is no browser names no origin."""
        own = environ.get("HTTP_HOST") or ""
        return origin.lower() in self._origins or origin.lower() in (f"http://{own}", f"https://{own}")

    async def _connect(self, sid: Text, environ: Dict[Text, Any], auth: Any = None) -> None:
        request = environ["sanic.request"]
        accepted = (environ.get("HTTP_ACCEPT_LANGUAGE") or "").lower()
        wanted = request.args.get("language")
        language = wanted if wanted in LANGUAGES else ("en" if accepted.startswith("en") else LANGUAGES[0])
        self._visits[sid] = Visit(request.remote_addr or request.ip, language)

    async def _disconnect(self, sid: Text, reason: Any = None) -> None:
        visit = self._visits.pop(sid, None)
        if visit and visit.follower:
            visit.follower.cancel()

    async def _session_request(self, sid: Text, data: Any = None) -> None:
        """Goes on with the conversation whose token the client shows; anything else begins a new one."""
        visit = self._visits.get(sid)
        if visit is None:
            return
        with self._told(sid, visit):
            await self._limits.count("address", visit.address)
            token = data.get("session_id") if isinstance(data, dict) else None
            conversation = await self._known(token)
            if conversation is None:
                await self._begin(sid, visit)
                return
            said = await asyncio.to_thread(self._chat.store.after, conversation, 0)
            await self._server.emit("session_confirm", token, to=sid)
            self._follow(sid, visit, conversation, int(said[-1]["id"]) if said else 0)

    async def _user_uttered(self, sid: Text, data: Any = None) -> None:
        visit = self._visits.get(sid)
        if visit is None or not isinstance(data, dict):
            return
        with self._told(sid, visit):
            await self._limits.count("address", visit.address)
            message = data.get("message")
            text = readable(message) if isinstance(message, str) else ""
            if not text:
                return
            conversation = await self._known(data.get("session_id")) or visit.conversation
            if conversation is None:
                conversation = await self._begin(sid, visit)
            if visit.conversation != conversation:
                raise Problem(400, "The session id is not the one of this connection.")
            await self._limits.count("conversation", conversation)
            await self._take(sid, visit, conversation, text)

    async def _take(self, sid: Text, visit: Visit, conversation: Text, text: Text) -> None:
        button = self._chat.is_button(conversation, text)
        if not button and len(text) > LONGEST_TEXT:
            raise Problem(400, "The text is too long.")
        request = MessageRequest(secrets.token_hex(16), None if button else text, text if button else None)
        replies = await asyncio.shield(self._chat.take(self._app.ctx.agent, conversation, request))
        try:
            await asyncio.to_thread(self._chat.store.check, conversation)
        except Erased:  # nothing of it is in the store any more, so the follower has nothing to bring
            for reply in replies:
                await self._server.emit("bot_uttered", uttered(reply), to=sid)
            visit.conversation = None

    async def _begin(self, sid: Text, visit: Visit) -> Text:
        """A new conversation; its token goes to the client, and its welcome with the follower."""
        await self._limits.count("sessions", visit.address)
        agent = getattr(self._app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            raise Problem(503, "The assistant is starting.")
        conversation, _ = await asyncio.shield(self._chat.start(agent, SessionRequest(visit.language, None)))
        await self._server.emit("session_confirm", self._tokens.make(conversation), to=sid)
        self._follow(sid, visit, conversation, 0)
        return conversation

    async def _known(self, token: Any) -> Optional[Text]:
        """The conversation that a token is for; None for anything that is no token, or over."""
        if not isinstance(token, str):
            return None
        try:
            conversation = self._tokens.read(token)
            await asyncio.to_thread(self._chat.store.check, conversation)
        except (BadSignature, ValueError, Erased, UnknownConversation):
            return None
        return conversation

    def _follow(self, sid: Text, visit: Visit, conversation: Text, position: int) -> None:
        if visit.follower:
            visit.follower.cancel()
        visit.conversation = conversation
        visit.follower = asyncio.create_task(self._bring(sid, visit, conversation, position))

    async def _bring(self, sid: Text, visit: Visit, conversation: Text, position: int) -> None:
        """Everything behind `position` that the bot or an agent says, in order and once."""
        with self._told(sid, visit), self._chat.hub.subscription(conversation) as signals:
            while True:
                for message in await asyncio.to_thread(self._chat.store.after, conversation, position):
                    position = int(message["id"])
                    if message["from"] != CUSTOMER:
                        await self._server.emit("bot_uttered", uttered(message), to=sid)
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(signals.get(), _POLL if self._poll else None)

    def _told(self, sid: Text, visit: Visit) -> _Told:
        return _Told(self, sid, visit)

    def say(self, sid: Text, visit: Visit, section: Text, key: Text, **values: Any) -> None:
        """One of the widget's texts, in the client's language."""
        texts = self._texts[visit.language]
        text = texts[section][key].format_map({**texts["support"], **values})
        asyncio.create_task(self._server.emit("bot_uttered", {"text": text}, to=sid))


class _Told:
    """Turns every foreseen failure into a sentence for the client."""

    def __init__(self, channel: SocketChannel, sid: Text, visit: Visit) -> None:
        self._say: Callable[..., None] = lambda *place, **values: channel.say(sid, visit, *place, **values)
        self._visit = visit

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Optional[BaseException], trace: Any) -> bool:
        if isinstance(error, Problem):
            if error.status == 429:
                self._say("trouble", "busy", seconds=error.headers.get("Retry-After", "30"))
            elif error.status == 503:
                self._say("trouble", "chat")
            else:
                self._say("state", "refused")
            return True
        if isinstance(error, (Erased, UnknownConversation)):
            self._visit.conversation = None
            return True
        if isinstance(error, (TooManyStreams, *STORAGE_FAILURES)):
            self._say("trouble", "chat")
            return True
        return False


def uttered(message: Message) -> Dict[Text, Any]:
    """A message as Rasa's widgets take it: exactly these keys, or they do not draw it."""
    text = f"{message['name']}: {message['text']}" if message.get("name") else message["text"]
    replies = [
        {"content_type": "text", "title": button["title"], "payload": button["id"]} for button in message["buttons"]
    ]
    return {"text": text, "quick_replies": replies} if replies else {"text": text}
