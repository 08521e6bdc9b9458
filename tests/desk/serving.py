"""The application of a test's web chat and desk on a free port, in the test's own event loop."""

from __future__ import annotations

import itertools
import socket
from typing import Any

import aiohttp

_numbers = itertools.count(1)
PASSWORD = "correct horse battery"
ANSWER_TIME = aiohttp.ClientTimeout(total=20)


class Site:
    """`url`: of the running application."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._agents: list[AgentAtWork] = []

    async def agent(self, name: str = "anna", password: str = PASSWORD) -> AgentAtWork:
        """An agent who has signed in."""
        agent = AgentAtWork(self.url)
        self._agents.append(agent)
        reply = await agent.post("sign-in", name=name, password=password)
        assert reply.status == 200, reply
        agent.token = reply.json["token"]
        return agent

    def stranger(self) -> AgentAtWork:
        """A browser in which nobody is signed in."""
        stranger = AgentAtWork(self.url)
        self._agents.append(stranger)
        return stranger

    async def close(self) -> None:
        """Close every browser."""
        for agent in self._agents:
            await agent.session.close()


class Reply:
    def __init__(self, status: int, headers: Any, json: Any) -> None:
        self.status, self.headers, self.json = status, headers, json

    def __repr__(self) -> str:
        return f"{self.status} {self.json}"


class AgentAtWork:
    """An agent's browser. `token`: what the page puts into the header of its requests."""

    def __init__(self, url: str) -> None:
        self.url, self.token = url, ""
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=ANSWER_TIME)

    async def get(self, path: str) -> Reply:
        """`GET /desk/api/<path>`."""
        return await self.call("GET", f"/desk/api/{path}")

    async def post(self, path: str, headers: dict | None = None, **body: str) -> Reply:
        """`POST /desk/api/<path>`."""
        return await self.call("POST", f"/desk/api/{path}", headers, body)

    async def does(self, reference: str, what: str, **body: str) -> Reply:
        """Something with a conversation."""
        return await self.post(f"handoffs/{reference}/{what}", **body)

    async def call(self, method: str, path: str, headers: dict | None = None, body: Any = None) -> Reply:
        own = {"X-Desk-Token": self.token} if self.token else {}
        sent = {"json": body} if body is not None else {}
        async with self.session.request(method, self.url + path, headers={**own, **(headers or {})}, **sent) as answer:
            read = answer.json(content_type=None) if "json" in answer.content_type else answer.text()
            return Reply(answer.status, answer.headers, await read)


async def serve(room) -> tuple[Any, str]:
    """The application with this room's web chat, shop and desk: the server, to be closed, and its address."""
    from rasa.core.channels.channel import register
    from sanic import Sanic

    from bot import composition
    from bot.channels.webchat.channel import WebChatChannel
    from bot.channels.webchat.limits import RateLimits
    from bot.web.assets import build_assets
    from bot.web.pages import page_routes, widget_routes

    Sanic.test_mode = True  # lets one process start several applications, one after the other
    app = Sanic(f"desk{next(_numbers)}", configure_logging=False)
    app.ctx.agent = room.agent
    app.blueprint(composition.desk_routes(room.chat))
    channel = WebChatChannel(
        room.chat, RateLimits(None), composition.settings().secret_key, composition.identity_refused, poll=False
    )
    register([channel], app, route="/webhooks/")
    app.blueprint(widget_routes(build_assets(composition.widget_texts()), ()))
    app.blueprint(page_routes())
    listener = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.after_start()
    return server, f"http://127.0.0.1:{listener.getsockname()[1]}"
