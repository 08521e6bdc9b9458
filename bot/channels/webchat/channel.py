"""The web chat's HTTP API, mounted by Rasa at `/webhooks/webchat`."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Awaitable, Callable, Coroutine, Dict, Optional, Sequence, Text

from itsdangerous import BadSignature, SignatureExpired
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from ruamel.yaml import YAML
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.failures import STORAGE_FAILURES
from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.hub import TooManyStreams
from bot.channels.webchat.limits import RateLimits
from bot.channels.webchat.problems import Problem, unavailable
from bot.channels.webchat.requests import feedback_request, message_request, session_request, typing_request
from bot.channels.webchat.store import CUSTOMER, Erased, UnknownConversation
from bot.channels.webchat.stream import last_event_id, stream
from bot.channels.webchat.tokens import TOKEN_LIFE, SessionTokens
from bot.channels.webchat.turn import NAME

LARGEST_BODY = 32 * 1024
_NO_STORE = {"Cache-Control": "no-store"}

IdentityCheck = Callable[[Text], Optional[Text]]
"""Why a website identity is refused; None when it is good."""


class WebChatChannel(InputChannel):
    """Sessions, messages, events, transcript, feedback and erasure, as the contract says."""

    def __init__(
        self,
        chat: WebChat,
        limits: RateLimits,
        secret: Text,
        refused: IdentityCheck,
        poll: bool,
        origins: Sequence[Text] = (),
    ) -> None:
        self.chat = chat
        self._limits = limits
        self._tokens = SessionTokens(secret)
        self._refused = refused
        self._poll = poll
        self._origins = {origin.lower() for origin in origins}
        self._openapi = YAML(typ="safe").load((Path(__file__).parent / "openapi.yml").read_text(encoding="utf-8"))

    @classmethod
    def name(cls) -> Text:
        """The channel's name in URLs and in stored events."""
        return NAME

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, relative to `/webhooks/webchat`."""
        api = Blueprint("webchat_api", "webchat_api")
        for path, method, handler in (
            ("/sessions", "POST", self._post_session),
            ("/messages", "POST", self._post_message),
            ("/events", "GET", self._get_events),
            ("/transcript", "GET", self._get_transcript),
            ("/feedback", "POST", self._post_feedback),
            ("/typing", "POST", self._post_typing),
            ("/end", "POST", self._post_end),
            ("/conversation", "DELETE", self._delete_conversation),
            ("/openapi.json", "GET", self._get_openapi),
        ):
            api.add_route(_answering(handler), path, methods=[method], name=handler.__name__.strip("_"))
        return api

    async def _post_session(self, request: Request) -> HTTPResponse:
        await self._limits.count("address", _address(request))
        await self._limits.count("sessions", _address(request))
        self._refuse_strangers(request)
        wanted = session_request(_body(request))
        reason = self._refused(wanted.identity) if wanted.identity else None
        if reason:
            raise Problem(401, f"'identity' is refused: {reason}.")
        conversation, messages = await asyncio.shield(self.chat.start(agent_of(request), wanted))
        token = self._tokens.make(conversation)
        expires_at = (datetime.now(timezone.utc) + TOKEN_LIFE).isoformat(timespec="seconds")
        answer = {"token": token, "expires_at": expires_at, "messages": messages}
        return json_response(answer, status=201, headers=_NO_STORE)

    async def _post_message(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        await self._limits.count("conversation", conversation)
        wanted = message_request(_body(request))
        replies = await asyncio.shield(self.chat.take(agent_of(request), conversation, wanted, _address(request)))
        return json_response({"messages": replies}, headers=_NO_STORE)

    async def _get_events(self, request: Request) -> Optional[HTTPResponse]:
        conversation = await self._conversation(request)
        position = last_event_id(request.headers.get("last-event-id"))
        await asyncio.to_thread(self.chat.store.check, conversation)
        if position and not await asyncio.to_thread(self.chat.store.after, conversation, position - 1):
            raise Problem(400, "'Last-Event-ID' is ahead of this conversation.")
        await stream(request, self.chat, conversation, position, poll=self._poll)
        return None

    async def _get_transcript(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        started_at = await asyncio.to_thread(self.chat.store.check, conversation)
        messages = await asyncio.to_thread(self.chat.store.after, conversation, 0)
        ratings = await asyncio.to_thread(self.chat.store.ratings, conversation)
        without_ids = [{**_for_reading(message), **ratings.get(message["id"], {})} for message in messages]
        return json_response({"started_at": started_at, "messages": without_ids}, headers=_NO_STORE)

    async def _post_feedback(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        await self._limits.count("conversation", conversation)
        await asyncio.shield(self.chat.rate(agent_of(request), conversation, feedback_request(_body(request))))
        return json_response({"kept": True}, headers=_NO_STORE)

    async def _post_typing(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        await self.chat.types(conversation, typing_request(_body(request)))
        return json_response({}, headers=_NO_STORE)

    async def _post_end(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        await asyncio.shield(self.chat.leave(agent_of(request), conversation))
        return json_response({}, headers=_NO_STORE)

    async def _delete_conversation(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        await asyncio.to_thread(self.chat.store.check, conversation)
        await asyncio.shield(self.chat.erase(agent_of(request), conversation))
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        return json_response({"deleted": True, "at": at}, headers=_NO_STORE)

    async def _get_openapi(self, request: Request) -> HTTPResponse:
        return json_response(self._openapi)

    def _refuse_strangers(self, request: Request) -> None:
        """A page of a website that is not listed starts no conversation; browsers say where a request comes from."""
        elsewhere = request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if elsewhere and (request.headers.get("origin") or "").lower() not in self._origins:
            raise Problem(403, "This website may not start conversations (CORS_ORIGINS).")

    async def _conversation(self, request: Request) -> Text:
        """The conversation that the bearer token is for, after counting the request for its address."""
        await self._limits.count("address", _address(request))
        scheme, _, token = (request.headers.get("authorization") or "").partition(" ")
        challenge = {"WWW-Authenticate": "Bearer"}
        if scheme.lower() != "bearer" or not token.strip():
            raise Problem(401, "The header 'Authorization: Bearer TOKEN' is missing.", challenge)
        try:
            return self._tokens.read(token.strip())
        except SignatureExpired:
            raise Problem(401, "The token has expired. Start a new session.", challenge) from None
        except (BadSignature, ValueError):
            raise Problem(401, "The token is not valid. Start a new session.", challenge) from None


def _answering(
    handler: Callable[[Request], Awaitable[Optional[HTTPResponse]]],
) -> Callable[..., Coroutine[Any, Any, Optional[HTTPResponse]]]:
    """The handler with every foreseen failure turned into a problem document."""

    async def answer(request: Request) -> Optional[HTTPResponse]:
        try:
            return await handler(request)
        except Problem as problem:
            return problem.response()
        except Erased:
            return Problem(410, "The conversation was deleted. Start a new session.").response()
        except UnknownConversation:
            detail = "The conversation is not known here. Start a new session."
            return Problem(401, detail, {"WWW-Authenticate": "Bearer"}).response()
        except TooManyStreams:
            return Problem(429, "Too many open event streams.", {"Retry-After": "30"}).response()
        except STORAGE_FAILURES:
            return unavailable().response()

    return answer


def agent_of(request: Request) -> Agent:
    """The agent of this application.

    Raises:
        Problem: 503, it is not there yet.
    """
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready() or agent.processor is None:
        raise Problem(503, "The assistant is starting. Try again in a few seconds.", {"Retry-After": "5"})
    return agent


def _body(request: Request) -> bytes:
    if len(request.body) > LARGEST_BODY:
        raise Problem(413, f"The body is larger than {LARGEST_BODY:,} bytes.")
    return request.body


def _address(request: Request) -> Text:
    return request.remote_addr or request.ip


def _for_reading(message: Dict[Text, Any]) -> Dict[Text, Any]:
    """A message as the customer keeps it: what was offered, without the ids of buttons."""
    shown = {**message, "buttons": [button["title"] for button in message.get("buttons") or []]}
    return message if message["from"] == CUSTOMER else shown
