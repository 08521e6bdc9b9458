"""The desk's page and its API, under `/desk`."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Text, Tuple, Type

from rasa.core.agent import Agent
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import file as file_response
from sanic.response import json as json_response

from bot.background import while_serving
from bot.channels.desk import views
from bot.channels.desk.requests import fields
from bot.channels.desk.rounds import Rounds
from bot.channels.desk.sign_in import COOKIE, SignIn, keep
from bot.channels.desk.stream import stream
from bot.channels.desk.texts import NOT_CHOSEN, OUTCOMES
from bot.channels.desk.work import DeskWork
from bot.channels.failures import STORAGE_FAILURES
from bot.channels.webchat.channel import agent_of
from bot.channels.webchat.hub import Hub, TooManyStreams
from bot.channels.webchat.problems import Problem, unavailable
from bot.channels.webchat.store import Erased, UnknownConversation

logger = logging.getLogger(__name__)

PAGES = Path(__file__).parents[2] / "web" / "desk"
_FILES = (
    "desk.js", "board.js", "conversation.js", "facts.js", "notices.js", "keys.js", "api.js", "dom.js", "desk.css",
)  # fmt: skip
_SHARED = ("cards.js", "dom.js", "times.js", "sound.js")
"""Modules of the customers' widget: what a customer was shown looks the same to the agent."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_RELOAD = 5.0
"""Seconds in which a page that was closed may be open again."""

Personal = Callable[[Any], Awaitable[Dict[Text, Any]]]
"""hand-off -> what is still known of its customer unmasked."""


class DeskRoutes:
    """Everything under `/desk`.

    Args:
        work: what agents do.
        sign_in: who they are.
        texts: the page's texts by language.
        personal: see `Personal`.
        errors: exceptions that mean "not yours" and "unknown", as the desk raises them.
        states: the final states by what agents call them: `return` and `close`.
        poll: other processes serve, too.
    """

    def __init__(
        self,
        work: DeskWork,
        sign_in: SignIn,
        texts: Mapping[Text, Any],
        personal: Personal,
        errors: Tuple[Type[Exception], Type[Exception]],
        states: Mapping[Text, Any],
        poll: bool,
    ) -> None:
        self.work, self.sign_in = work, sign_in
        self._texts, self._personal, self._states, self._poll = texts, personal, states, poll
        self._not_yours, self._unknown = errors
        self.hub = Hub()
        self._rounds = Rounds(work, shared=poll)
        self._leaving: Optional[asyncio.Future] = None
        self._app: Any = None
        work.desk.on_change, work.desk.on_typing = self._changed, self._customer_types

    def blueprint(self) -> Blueprint:
        """The routes; the rounds are made while the application runs."""
        routes = Blueprint("desk", url_prefix="/desk")
        routes.add_route(_page, "/", methods=["GET"], name="page", strict_slashes=False)
        routes.add_route(_file, "/files/<name:str>", methods=["GET"], name="file")
        routes.add_route(_shared, "/files/shared/<name:str>", methods=["GET"], name="shared")
        for path, method, handler in (
            ("/api/texts", "GET", self._get_texts),
            ("/api/sign-in", "POST", self._post_sign_in),
            ("/api/sign-out", "POST", self._post_sign_out),
            ("/api/me", "GET", self._get_me),
            ("/api/board", "GET", self._get_board),
            ("/api/search", "GET", self._get_search),
            ("/api/events", "GET", self._get_events),
            ("/api/handoffs/<reference:str>", "GET", self._get_handoff),
            ("/api/handoffs/<reference:str>/<what:str>", "POST", self._post_handoff),
        ):
            routes.add_route(self._answering(handler), path, methods=[method], name=handler.__name__.strip("_"))
        routes.listener("before_server_start")(self._prepare)
        while_serving(routes, self._make_rounds)
        return routes

    def _changed(self, reference: Optional[Text]) -> None:
        self.hub.publish_to_all({"event": "changed", "reference": reference})
        self._rounds.queue_moved()

    def _customer_types(self, reference: Text, typing: bool) -> None:
        self.hub.publish_to_all({"event": "typing", "reference": reference, "typing": typing})

    async def _prepare(self, app: Any, loop: Any) -> None:
        self._app = app

    async def _make_rounds(self) -> None:
        await self._rounds.go(self._app.ctx.agent)

    async def _get_texts(self, request: Request) -> HTTPResponse:
        return json_response(self._texts, headers=_NO_STORE)

    async def _post_sign_in(self, request: Request) -> HTTPResponse:
        given = fields(request.body, name=64, password=128)
        agent, token = await self.sign_in.begin(request, given["name"], given["password"])
        return keep(self._me(agent, token), request, token)

    async def _post_sign_out(self, request: Request) -> HTTPResponse:
        agent = await self.sign_in.agent(request)
        await asyncio.to_thread(self.sign_in.accounts.sign_out, request.cookies[COOKIE])
        await asyncio.to_thread(self.sign_in.accounts.seen, agent.name, None)
        return keep(json_response({}, headers=_NO_STORE), request, None)

    async def _get_me(self, request: Request) -> HTTPResponse:
        return self._me(await self.sign_in.agent(request), request.cookies[COOKIE])

    def _me(self, agent: Any, token: Text) -> HTTPResponse:
        me = {"name": agent.name, "first_name": agent.first_name, "token": self.sign_in.csrf(token)}
        return json_response(me, headers=_NO_STORE)

    async def _get_board(self, request: Request) -> HTTPResponse:
        agent = await self.sign_in.agent(request)
        shown = await asyncio.to_thread(views.board, self.work, self.sign_in.accounts, agent.name)
        return json_response(shown, headers=_NO_STORE)

    async def _get_search(self, request: Request) -> HTTPResponse:
        await self.sign_in.agent(request)
        found = await asyncio.to_thread(views.search, self.work, (request.args.get("words") or "")[:100])
        return json_response({"handoffs": found}, headers=_NO_STORE)

    async def _get_events(self, request: Request) -> None:
        agent = await self.sign_in.agent(request)
        token = request.cookies[COOKIE]

        async def alive() -> bool:
            now = self.work.now()
            if await asyncio.to_thread(self.sign_in.accounts.agent_of, token, now, False) is None:
                return False
            await asyncio.to_thread(self.sign_in.accounts.seen, agent.name, now)
            return True

        await alive()
        self._changed(None)  # one more at work: the others wait less
        try:
            await stream(request, self.hub, agent.name, alive, self._poll)
        finally:
            with suppress(RuntimeError):  # the server is stopping, and its loop with it
                asyncio.get_running_loop().call_later(_RELOAD, self._may_be_gone, agent.name)

    def _may_be_gone(self, name: Text) -> None:
        self._leaving = asyncio.ensure_future(self._gone(name))

    async def _gone(self, name: Text) -> None:
        """Whose last page was closed is not at the desk any more; a page that is loaded anew is back before that."""
        await asyncio.sleep(_RELOAD)
        if not self.hub.is_listening(name):
            await asyncio.to_thread(self.sign_in.accounts.seen, name, None)
            self._changed(None)

    async def _get_handoff(self, request: Request, reference: Text) -> HTTPResponse:
        await self.sign_in.agent(request)
        return await self._shown(reference)

    async def _post_handoff(self, request: Request, reference: Text, what: Text) -> HTTPResponse:
        me = await self.sign_in.agent(request)
        do = getattr(self, f"_do_{what}", None)
        if do is None:
            raise Problem(404, "There is nothing at this address.")
        answer = await asyncio.shield(do(agent_of(request), request.body, reference, me))
        return answer or await self._shown(reference)

    async def _shown(self, reference: Text) -> HTTPResponse:
        handoff = await asyncio.to_thread(self.work.desk.store.get, reference)
        shown = await asyncio.to_thread(views.conversation, self.work, handoff)
        return json_response(shown, headers=_NO_STORE)

    async def _do_take(self, agent: Agent, body: bytes, reference: Text, me: Any) -> None:
        fields(body)
        await self.work.take(agent, reference, me.name, me.first_name)

    async def _do_assign(self, agent: Agent, body: bytes, reference: Text, me: Any) -> None:
        wanted = fields(body, to=64)["to"]
        everybody = await asyncio.to_thread(self.sign_in.accounts.everybody)
        colleague = next((each.agent for each in everybody if each.agent.name == wanted), None)
        if colleague is None:
            raise Problem(400, "'to' is nobody who works at the desk.")
        await self.work.assign(agent, reference, me.name, colleague.name, colleague.first_name)

    async def _do_answer(self, agent: Agent, body: bytes, reference: Text, me: Any) -> HTTPResponse:
        given = fields(body, id=40, text=4000)
        try:
            await self.work.answer(agent, reference, me.name, me.first_name, given["text"], given["id"])
        except ValueError as error:
            raise Problem(410, "The customer's address is not known any more.") from error
        return json_response({}, headers=_NO_STORE)

    async def _do_typing(self, agent: Agent, body: bytes, reference: Text, me: Any) -> HTTPResponse:
        typing = fields(body, typing=3)["typing"] == "yes"
        await self.work.typing(reference, me.name, me.first_name, typing)
        return json_response({}, headers=_NO_STORE)

    async def _do_note(self, agent: Agent, body: bytes, reference: Text, me: Any) -> None:
        text = fields(body, text=4000)["text"]
        await asyncio.to_thread(self.work.desk.store.get, reference)
        await asyncio.to_thread(
            self.work.desk.records.add_note, reference, "note", me.name, text, self.work.now()
        )
        self._changed(reference)

    async def _do_return(self, agent: Agent, body: bytes, reference: Text, me: Any) -> None:
        fields(body)
        state = self._states["return"]
        await self.work.finish(agent, reference, me.name, me.first_name, state, "returned")

    async def _do_close(self, agent: Agent, body: bytes, reference: Text, me: Any) -> None:
        outcome = fields(body, reason=40)["reason"]
        if outcome not in self._texts["sv"][OUTCOMES] or outcome in NOT_CHOSEN:
            raise Problem(400, "'reason' is none of the reasons for closing.")
        await self.work.finish(agent, reference, me.name, me.first_name, self._states["close"], outcome)

    async def _do_reveal(self, agent: Agent, body: bytes, reference: Text, me: Any) -> HTTPResponse:
        """Personal data, for the agent who has the conversation; that it was shown is kept, and in the log."""
        fields(body)
        handoff = await asyncio.to_thread(self.work.desk.store.check, reference, me.name)
        await asyncio.to_thread(
            self.work.desk.records.add_note, reference, "shown", me.name, me.name, self.work.now()
        )
        logger.warning("Personal data of the hand-off %s was shown to the agent %s.", reference, me.name)
        self._changed(reference)
        return json_response(await self._personal(handoff), headers=_NO_STORE)

    def _answering(self, handler: Callable) -> Callable:
        """The handler with every foreseen failure turned into a problem document."""

        async def answer(request: Request, **parts: Text) -> Optional[HTTPResponse]:
            try:
                return await handler(request, **parts)
            except Problem as problem:
                return problem.response()
            except self._not_yours:
                return Problem(409, "Somebody else has the conversation, or it has ended.").response()
            except (self._unknown, Erased, UnknownConversation):
                return Problem(404, "The conversation is not there, or the customer had it deleted.").response()
            except TooManyStreams:
                return Problem(429, "Too many open event streams.", {"Retry-After": "30"}).response()
            except STORAGE_FAILURES:
                return unavailable().response()

        return answer


async def _page(request: Request) -> HTTPResponse:
    return await file_response(PAGES / "index.html", headers=_HEADERS)


async def _file(request: Request, name: Text) -> HTTPResponse:
    if name not in _FILES:
        return Problem(404, "There is nothing at this address.").response()
    return await file_response(PAGES / name, headers=_HEADERS)


async def _shared(request: Request, name: Text) -> HTTPResponse:
    if name not in _SHARED:
        return Problem(404, "There is nothing at this address.").response()
    return await file_response(PAGES.with_name("widget") / name, headers=_HEADERS)
