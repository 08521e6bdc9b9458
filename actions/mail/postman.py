"""Sends mail in the background, and tries again."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from actions.mail.message import Mail
from actions.mail.senders import Sender

logger = logging.getLogger(__name__)

DELAYS = (1.0, 5.0, 30.0, 120.0)
"""Seconds before each attempt. After the last one the mail is given up: a one-time code is then nearly too old.

The first one lets the turn end in which the mail was posted: work on a mail would make that turn slower, and tell that
there is one.
"""

_MOST_JITTER = 1.0
_AT_ONCE = 4  # threads of its own: a server that hangs must not take those that store conversations


class Postman:
    """Nobody waits for it: whether and how fast mail goes out cannot be told from the answer that a customer gets.

    Mail that waits is in memory; a customer whose code is lost in a restart asks for another one.
    """

    def __init__(self, sender: Sender, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sender = sender
        self._sleep = sleep
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="mail")
        self._underway: set[asyncio.Task[None]] = set()

    def post(self, mail: Mail) -> None:
        """Take the mail; to be called in an event loop."""
        task = asyncio.get_running_loop().create_task(self._deliver(mail))
        self._underway.add(task)  # the loop itself holds tasks weakly
        task.add_done_callback(self._underway.discard)

    async def idle(self) -> None:
        """Wait until all mail of this event loop has gone out or been given up."""
        while self._underway:
            await asyncio.gather(*self._underway)

    async def _deliver(self, mail: Mail) -> None:
        for attempt, delay in enumerate(DELAYS, start=1):
            await self._sleep(delay + _MOST_JITTER * secrets.randbelow(1000) / 1000)
            try:
                await asyncio.get_running_loop().run_in_executor(self._threads, self._sender.send, mail)
                return
            except ValueError as error:
                logger.error("A mail cannot be sent (%s); it is given up.", type(error).__name__)
                return
            except OSError as error:
                # Without the error's text: servers put addresses into it.
                level = logging.ERROR if attempt == len(DELAYS) else logging.WARNING
                logger.log(level, "Mail is not taken (%s), attempt %d of %d.", _name(error), attempt, len(DELAYS))


def _name(error: OSError) -> str:
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
