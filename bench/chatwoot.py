"""How soon Chatwoot's events are acknowledged: `python -m bench.chatwoot`.

A real server, a stand-in for Chatwoot that takes whatever it is told, and events that come one by one, and many at
once, each of a conversation of its own, so that the bot has to answer all of them. Chatwoot waits five seconds; the aim
is one.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Dict, List, Text

import aiohttp
from aiohttp import web

ROOT = Path(__file__).resolve().parent.parent
SECRET, TOKEN = "a-secret-for-measuring-only-not-used-elsewhere", "a-token-for-measuring-only"
_numbers = itertools.count(1)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def event() -> Dict[Text, Any]:
    """A customer's first message in a new conversation."""
    number = next(_numbers)
    return {
        "event": "message_created", "id": number, "content": "Is the program free of charge?", "content_type": "text",
        "message_type": "incoming", "private": False, "created_at": int(time.time()), "account": {"id": 1},
        "sender": {"id": number, "name": "C", "type": "contact"},
        "conversation": {"id": number, "status": "pending", "channel": "Channel::WebWidget", "custom_attributes": {}},
    }  # fmt: skip


async def acknowledged(http: aiohttp.ClientSession, url: Text) -> float:
    """Seconds until an event is acknowledged."""
    body, stamp = json.dumps(event()).encode(), str(int(time.time()))
    mark = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {"X-Chatwoot-Signature": f"sha256={mark}", "X-Chatwoot-Timestamp": stamp}
    started = time.perf_counter()
    async with http.post(url, data=body, headers={**headers, "Content-Type": "application/json"}) as reply:
        if reply.status != 200:
            raise RuntimeError(f"not acknowledged: {reply.status} {await reply.text()}")
    return time.perf_counter() - started


async def measure(server: Any, port: int, chatwoot: int, crowds: List[int]) -> None:
    """Print a line a crowd."""
    told: List[Text] = []

    async def takes(request: web.Request) -> web.Response:
        told.append(request.path)
        return web.json_response({"id": len(told)})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", takes)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", chatwoot).start()
    url = f"http://127.0.0.1:{port}/webhooks/chatwoot/webhook"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/health/ready") as reply:
                    if reply.status == 200:
                        break
            except aiohttp.ClientError:
                pass
            if server.poll() is not None:
                raise RuntimeError("the server does not start")
            await asyncio.sleep(0.2)
        for crowd in crowds:
            taken: List[float] = []
            expected = len(told) + 3 * crowd
            for _ in range(3):
                taken += await asyncio.gather(*(acknowledged(http, url) for _ in range(crowd)))
            print(f"{crowd:4d} at once: {1000 * median(taken):6.0f} ms median, {1000 * max(taken):6.0f} ms longest")
            while len(told) < expected:  # all of them are answered before the next crowd comes
                await asyncio.sleep(0.05)
    await runner.cleanup()


def main() -> None:
    """Start everything, measure, stop everything."""
    parser = argparse.ArgumentParser(description="How soon Chatwoot's events are acknowledged.")
    parser.add_argument("--crowds", type=int, nargs="+", default=[1, 10, 40, 80], metavar="N")
    crowds = parser.parse_args().crowds
    with tempfile.TemporaryDirectory() as folder:
        port, chatwoot = free_port(), free_port()
        settings = {
            "PORT": str(port), "TRACKER_URL": f"sqlite:///{folder}/tracker.db", "DESK": "chatwoot",
            "REGISTRY_URL": f"sqlite:///{folder}/registry.db", "CHATWOOT_URL": f"http://127.0.0.1:{chatwoot}",
            "CHATWOOT_ACCOUNT": "1", "CHATWOOT_TOKEN": TOKEN, "CHATWOOT_SECRET": SECRET,
        }  # fmt: skip
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603  ourselves
                [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log
            )
            try:
                asyncio.run(measure(server, port, chatwoot, crowds))
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(30)


if __name__ == "__main__":
    main()
