"""The desk under load: `python -m bench.handoff` (500 conversations in the queue, 20 agents).

A real server is asked over HTTP, as customers and agents do. Measured is the time from an agent's send to the
customer's event stream. Half-way the server is killed without notice and started again; what was not confirmed is sent
again with the same id, and at the end every answer must be there once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from typing import Any, Dict, List, Text

import aiohttp

ROOT = Path(__file__).resolve().parent.parent
OPEN = datetime(2026, 3, 9, 9, 0, tzinfo=timezone.utc)  # a Monday morning in Stockholm
PASSWORD = "a password for measuring only"  # noqa: S105  of a server that lives for this measurement
API = "/webhooks/webchat"
BORN = "1985-03-12"
WISH = "I want to talk to a person"


@dataclass
class Customer:
    """A conversation. `reference`: of its hand-off; `sent`, `heard`: answers with the moments (seconds)."""

    token: Text
    reference: Text = ""
    sent: Dict[Text, float] = field(default_factory=dict)
    heard: Dict[Text, float] = field(default_factory=dict)
    position: Text = "0"


def serve(port: int) -> None:
    """The server, with a clock that shows a Monday morning when it starts."""
    from bot.quiet import calm_environment

    calm_environment()
    from actions import services
    from bot import composition, server
    from bot.quiet import calm_logs
    from bot.training import newest_model

    calm_logs(False)
    settings = composition.settings()
    agent = server.load_agent(newest_model(), settings)
    app = server.make_app(agent, settings)
    ahead = OPEN - datetime.now(timezone.utc)
    services.use(replace(services.services(), clock=lambda: datetime.now(timezone.utc) + ahead))
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False, motd=False)


class Bench:
    """One measurement on a server of its own."""

    def __init__(self, conversations: int, agents: int, answers: int, folder: Path) -> None:
        self.conversations, self.agents, self.answers = conversations, agents, answers
        self.environment = {
            **os.environ,
            "TRACKER_URL": f"sqlite:///{folder}/tracker.db",
            "REGISTRY_URL": f"sqlite:///{folder}/registry.db",
            "MAIL_URL": f"file://{folder}/outbox",
            "SECRET_KEY": "a key for measuring only, which is long enough",
            "RATE_LIMITS": "off",
            "DESK": "embedded",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"

    async def run(self) -> Dict[Text, Any]:
        """The figures."""
        self._make_accounts()
        process = await self._start()
        try:
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as self.http:
                begun = time.perf_counter()
                customers = await self._queue()
                queued_in = time.perf_counter() - begun
                served = customers[: self.agents * 5]
                await self._work(served, "before")
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                process = await self._start()
                await self._work(served, "after")
                lost = [await self._missing(customer) for customer in served]
                board = await self._board()
        finally:
            process.kill()
        times = sorted(c.heard[text] - at for c in served for text, at in c.sent.items() if text in c.heard)
        states = [card["state"] for card in board["handoffs"]]
        return {
            "queued": len(customers),
            "queued_in_seconds": round(queued_in, 1),
            "answers": len(times),
            "median_ms": round(1000 * median(times), 1),
            "p99_ms": round(1000 * times[int(len(times) * 0.99)], 1),
            "lost_or_twice": sum(lost),
            "states_at_the_end": {state: states.count(state) for state in sorted(set(states))},
        }

    def _make_accounts(self) -> None:
        from actions.support.accounts import Accounts
        from actions.support.database import Database

        accounts = Accounts(Database(self.environment["TRACKER_URL"]))
        for number in range(self.agents):
            accounts.add(f"agent{number}", f"Agent{number}", PASSWORD)

    async def _start(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "bench.handoff", "--serve", str(self.port)]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment)  # noqa: S603  our own module
        async with aiohttp.ClientSession() as http:
            for _ in range(240):
                await asyncio.sleep(0.5)
                try:
                    async with http.get(f"{self.url}/health/ready") as answer:
                        if answer.status == 200:
                            return process
                except aiohttp.ClientError:
                    pass
        raise RuntimeError("the server did not start")

    async def _queue(self) -> List[Customer]:
        at_once = asyncio.Semaphore(8)

        async def arrive() -> Customer:
            async with at_once:
                session = await self._post(f"{API}/sessions", {"language": "en"})
                customer = Customer(session["token"])
                for number, text in enumerate((BORN, WISH)):
                    body = {"id": f"m{number}", "text": text}
                    said = (await self._post(f"{API}/messages", body, customer.token))["messages"][-1]
                customer.reference, customer.position = said["data"]["reference"], said["id"]
                return customer

        return list(await asyncio.gather(*(arrive() for _ in range(self.conversations))))

    async def _work(self, customers: List[Customer], part: Text) -> None:
        """Every agent has five conversations, one after the other."""
        shares = [customers[number :: self.agents] for number in range(self.agents)]
        await asyncio.gather(*(self._agent(number, share, part) for number, share in enumerate(shares)))

    async def _agent(self, number: int, customers: List[Customer], part: Text) -> None:
        async with aiohttp.ClientSession() as own:
            headers = await self._sign_in(own, number)
            for customer in customers:
                stream = asyncio.create_task(self._listen(customer, part))
                await self._does(own, headers, customer, "take", {})
                for each in range(self.answers):
                    text = f"{part} {each} {customer.reference}"
                    customer.sent[text] = time.perf_counter()
                    await self._does(own, headers, customer, "answer", {"id": text.replace(" ", "-"), "text": text})
                await stream

    async def _sign_in(self, own: aiohttp.ClientSession, number: int) -> Dict[Text, Text]:
        body = {"name": f"agent{number}", "password": PASSWORD}
        async with own.post(f"{self.url}/desk/api/sign-in", json=body) as answer:
            token, cookie = (await answer.json())["token"], answer.cookies["desk_session"].value
            return {"X-Desk-Token": token, "Cookie": f"desk_session={cookie}"}

    async def _does(self, own: Any, headers: Dict, customer: Customer, what: Text, body: Dict) -> None:
        url = f"{self.url}/desk/api/handoffs/{customer.reference}/{what}"
        async with own.post(url, json=body, headers=headers) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{what}: {answer.status} {await answer.text()}")

    async def _listen(self, customer: Customer, part: Text) -> None:
        headers = {"Authorization": f"Bearer {customer.token}", "Last-Event-ID": customer.position}
        wanted = self.answers
        timeout = aiohttp.ClientTimeout(total=120)
        async with self.http.get(f"{self.url}{API}/events", headers=headers, timeout=timeout) as stream:
            async for line in stream.content:
                if not line.startswith(b"data: "):
                    continue
                message = json.loads(line[6:])
                if message.get("from") == "agent" and "text" in message:
                    customer.heard.setdefault(message["text"], time.perf_counter())
                    customer.position = message["id"]
                    wanted -= message["text"].startswith(part)
                if not wanted:
                    return

    async def _missing(self, customer: Customer) -> int:
        """How many answers are not in the transcript, or are there twice."""
        headers = {"Authorization": f"Bearer {customer.token}"}
        async with self.http.get(f"{self.url}{API}/transcript", headers=headers) as answer:
            texts = [message["text"] for message in (await answer.json())["messages"]]
        return sum(texts.count(text) != 1 for text in customer.sent)

    async def _board(self) -> Dict[Text, Any]:
        async with aiohttp.ClientSession() as own:
            headers = await self._sign_in(own, 0)
            async with own.get(f"{self.url}/desk/api/board", headers=headers) as answer:
                return await answer.json()

    async def _post(self, path: Text, body: Dict, token: Text = "") -> Dict[Text, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        timeout = aiohttp.ClientTimeout(total=timedelta(minutes=5).total_seconds())
        async with self.http.post(self.url + path, json=body, headers=headers, timeout=timeout) as answer:
            return await answer.json()


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.handoff", description=__doc__)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--answers", type=int, default=3, help="in each conversation, before and after the restart")
    parser.add_argument("--serve", type=int, metavar="PORT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.conversations, options.agents, options.answers, Path(folder))
        print(json.dumps(asyncio.run(bench.run()), indent=2))


if __name__ == "__main__":
    main()
