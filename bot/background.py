"""Work that goes on for as long as the application serves."""

from __future__ import annotations

import asyncio
from typing import Any, Callable, Coroutine

from sanic import Blueprint

_CANCEL_AGAIN = 6.0
"""Seconds: longer than what is under way may take to end."""

Forever = Callable[[], Coroutine[Any, Any, None]]
"""Runs until it is cancelled."""


def while_serving(routes: Blueprint, forever: Forever) -> None:
    """Begin `forever` with the application of `routes`, cancel it at its end and wait until it has stopped."""
    running: list[asyncio.Task[None]] = []

    async def begin(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        running.append(loop.create_task(forever()))

    async def end(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        while running:
            task = running.pop()
            while not task.done():  # asyncio.wait_for of CPython 3.10 may swallow a cancellation
                task.cancel()
                await asyncio.wait({task}, timeout=_CANCEL_AGAIN)

    routes.listener("after_server_start")(begin)
    routes.listener("before_server_stop")(end)
