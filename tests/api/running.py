"""Real servers, `python -m bot serve`, each on a free port with databases of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

from tests.api.client import Client

ROOT = Path(__file__).resolve().parents[2]
IDENTITY_SECRET = "a secret that the tests share with the website"
SHOP = "https://shop.example"
_START, _STOP = 120.0, 15.0  # seconds; on two busy cores
_GENEROUS = "conversation=100000/minute address=100000/minute sessions=100000/minute"


class Server(Client):
    """One running bot. `database`: the SQLite file of its conversations; `log`: what it wrote to stderr.

    `arguments`: of `serve`, such as --demo.
    """

    program = ("-m", "bot")

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        super().__init__(free_port())
        self.arguments = arguments
        self.folder = folder
        self.database = folder / "tracker.db"
        self.log = folder / f"stderr-{self.port}.txt"
        self._settings = settings

    def run(self) -> Server:
        """Start, and wait until it says that it is ready."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, "serve", *self.arguments],
                cwd=ROOT,
                env=environment(self.folder, PORT=str(self.port), **self._settings),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        too_late = threading.Timer(_START, self.process.kill)
        too_late.start()
        ready = any(line.startswith("Ready.") for line in self.process.stdout)
        too_late.cancel()
        assert ready, f"the server did not start:\n{self.log.read_text()}"
        assert self.request("GET", "/health/ready").status == 200
        return self

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(_STOP)
        finally:
            self.process.kill()
            self.process.stdout.close()


class ServerAt(Server):
    """The same, but its clock begins at a moment that the test chooses (aware), whenever it is started."""

    def __init__(self, folder: Path, moment: datetime, *arguments: str, **settings: str) -> None:
        super().__init__(folder, *arguments, **settings)
        self.begins_at(moment)

    def begins_at(self, moment: datetime) -> None:
        """The moment of the next start."""
        self.program = ("-m", "tests.api.at_a_moment", moment.isoformat())

    def dies(self) -> None:
        """Is killed without notice."""
        self.process.kill()
        self.process.wait(_STOP)
        self.process.stdout.close()


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Variables for a bot that touches nothing outside `folder`; those in `settings` go first."""
    return {
        **os.environ,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TRACKER_URL": f"sqlite:///{folder}/tracker.db",
        "REGISTRY_URL": f"sqlite:///{folder}/registry.db",
        "MAIL_URL": f"file://{folder}/outbox",
        "SECRET_KEY": "the key that signs tokens in these tests",
        "IDENTITY_SECRET": IDENTITY_SECRET,
        "RATE_LIMITS": _GENEROUS,
        "CORS_ORIGINS": SHOP,
        "REDIS_URL": "",
        "PROXIES": "0",
        "INTERFACE": "127.0.0.1",
        "DESK": "embedded",
        **settings,
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
