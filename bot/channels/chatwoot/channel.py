"""The webhook that an agent bot in Chatwoot calls, mounted by Rasa at `/webhooks/chatwoot`."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any, Awaitable, Callable, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.chatwoot.events import Event, Unreadable, read
from bot.channels.chatwoot.signature import NotSigned, check
from bot.channels.webchat.problems import Problem, unavailable

logger = logging.getLogger(__name__)

NAME = "chatwoot"

LARGEST_EVENT = 2 * 1024 * 1024
"""Bytes of a request. An e-mail in one of Chatwoot's inboxes comes with all its HTML, twice."""

_LONGEST_QUIET = 2.0
"""Seconds."""

_AT_ONCE = 4  # threads of its own: an acknowledgement does not wait behind what is worked off

Keep = Callable[[Event], bool]
"""Keeps an event, durably, to be worked off; False: it was kept before. Blocks."""


class ChatwootChannel(InputChannel):
    """Acknowledges what Chatwoot tells as soon as it is kept; `bot.channels.chatwoot.talk` works it off.

    Chatwoot waits five seconds, and takes a conversation away from a bot that does not answer.

    Args:
        secret: signs what Chatwoot sends.
        account: the number of our account.
        keep: see `Keep`.
        now: the present moment, aware.
    """

    def __init__(self, secret: Text, account: int, keep: Keep, now: Callable[[], datetime]) -> None:
        self._secret, self._account, self._keep, self._now = secret, account, keep, now
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="chatwoot-webhook")
        self._unacknowledged, self._quiet = 0, asyncio.Event()

    @classmethod
    def name(cls) -> Text:
        """As in URLs and in stored events."""
        return NAME

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route, relative to `/webhooks/chatwoot`."""
        routes = Blueprint("chatwoot_webhook")

        async def post(request: Request) -> HTTPResponse:
            return await self.acknowledge(request)

        routes.add_route(post, "/webhook", methods=["POST"], name="chatwoot_webhook")
        return routes

    async def acknowledge(self, request: Request) -> HTTPResponse:
        """Keep an event that Chatwoot tells, or refuse it."""
        self._unacknowledged += 1
        self._quiet.clear()
        try:
            return await self._post(request)
        finally:
            self._unacknowledged -= 1
            if not self._unacknowledged:
                self._quiet.set()

    async def quiet(self) -> None:
        """Until nobody waits for an acknowledgement; not for long, because customers wait for answers, too.

        A turn keeps the processor busy, so what comes in a crowd is kept before any of it is worked off.
        """
        if self._unacknowledged:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._quiet.wait(), _LONGEST_QUIET)

    async def _post(self, request: Request) -> HTTPResponse:
        try:
            check(request.headers, request.body, self._secret, self._now())
            event: Optional[Event] = read(request.body, self._account)
            if event is not None:
                await asyncio.get_running_loop().run_in_executor(self._threads, self._keep, event)
        except NotSigned as refusal:
            logger.warning("A request to the Chatwoot webhook was refused: %s", refusal)
            return Problem(401, str(refusal)).response()
        except Unreadable as refusal:
            logger.warning("An event of Chatwoot cannot be read: %s", refusal)
            return Problem(400, str(refusal)).response()
        except SQLAlchemyError as error:
            logger.error("An event of Chatwoot cannot be kept (%s).", type(error).__name__)
            return unavailable().response()
        return json_response({})
