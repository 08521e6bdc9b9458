"""Who may work at the desk: sessions in a cookie, a second token against forged requests, limits on attempts."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import datetime
from typing import Any, Callable, Optional, Text
from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.webchat.limits import RateLimits
from bot.channels.webchat.problems import Problem

COOKIE = "desk_session"
ATTEMPTS = {"sign_in_name": "10 per 15 minutes", "sign_in_address": "30 per 15 minutes"}
"""Attempts to sign in, in moving windows: for one account, from one address."""

_CSRF = "x-desk-token"


class SignIn:
    """Reads and makes sessions.

    Args:
        accounts: `actions.support.accounts.Accounts`.
        secret: the second token is made with it.
        limits: named as in `ATTEMPTS`.
        now: the present moment, aware.
    """

    def __init__(self, accounts: Any, secret: Text, limits: RateLimits, now: Callable[[], datetime]) -> None:
        self.accounts, self._secret, self._limits, self._now = accounts, secret, limits, now

    async def begin(self, request: Request, name: Text, password: Text) -> tuple:
        """The agent, and the token of a new session.

        Raises:
            Problem: 401, name and password do not belong together; 403, it comes from another website; 429.
        """
        refuse_other_sites(request)
        await self._limits.count("sign_in_address", request.remote_addr or request.ip)
        await self._limits.count("sign_in_name", hashlib.sha256(name.strip().casefold().encode()).hexdigest())
        found = await asyncio.to_thread(self.accounts.sign_in, name, password, self._now())
        if found is None:
            raise Problem(401, "Name and password do not belong together.")
        return found

    async def agent(self, request: Request) -> Any:
        """Who has sent the request; for one that changes something, the second token must be there, too.

        Raises:
            Problem: 401, nobody is signed in; 403, the token is missing or it comes from another website.
        """
        token = request.cookies.get(COOKIE)
        agent = await asyncio.to_thread(self.accounts.agent_of, token, self._now()) if token else None
        if token is None or agent is None:
            raise Problem(401, "Nobody is signed in, or the session has expired.")
        if request.method not in ("GET", "HEAD"):
            refuse_other_sites(request)
            if not hmac.compare_digest(request.headers.get(_CSRF, "").encode(), self.csrf(token).encode()):
                raise Problem(403, f"The header '{_CSRF}' is missing or wrong.")
        return agent

    def csrf(self, token: Text) -> Text:
        """The second token of a session; only pages of this site get to read it."""
        return hmac.new(self._secret.encode(), b"desk csrf" + token.encode(), hashlib.sha256).hexdigest()


def keep(response: HTTPResponse, request: Request, token: Optional[Text]) -> HTTPResponse:
    """The answer with the session's cookie, which scripts cannot read; None takes it away."""
    response.cookies[COOKIE] = token or ""
    cookie = response.cookies[COOKIE]
    cookie["path"], cookie["httponly"], cookie["samesite"] = "/desk", True, "Strict"
    if request.scheme == "https":
        cookie["secure"] = True
    if token is None:
        cookie["max-age"] = 0
    return response


def refuse_other_sites(request: Request) -> None:
    """Browsers say from which site a request comes.

    Raises:
        Problem: 403, from another one.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Problem(403, "The request comes from another website.")
    origin = request.headers.get("origin")
    hosts = {request.host, request.headers.get("host")}
    if origin and urlsplit(origin).netloc not in hosts:
        raise Problem(403, "The request comes from another website.")
