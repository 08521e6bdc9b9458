"""Work that goes on for as long as the application serves ends with it."""

import asyncio
from types import SimpleNamespace

from bot import background


async def test_work_that_swallows_a_cancellation_is_cancelled_again(monkeypatch):
    monkeypatch.setattr(background, "_CANCEL_AGAIN", 0.01)
    swallowed = []

    async def forever() -> None:
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                if swallowed:
                    raise
                swallowed.append(True)

    listeners: dict = {}
    routes = SimpleNamespace(listener=lambda name: lambda function: listeners.setdefault(name, function))
    background.while_serving(routes, forever)
    await listeners["after_server_start"](None, asyncio.get_running_loop())
    await asyncio.sleep(0)
    await asyncio.wait_for(listeners["before_server_stop"](None, None), 5)
    assert swallowed == [True]
