"""The bots that `bench.turn` measures, each served by processes of its own: ours, the same on Rasa's defaults, and the
one that `rasa init` makes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Callable, Dict, List, Text

from ruamel.yaml import YAML

from bench import baseline
from bot.settings import ROOT

_ADULT = "1980-01-01"
_WAIT = 300
_POLICIES = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 1},
    {"name": "TEDPolicy", "max_history": 5, "epochs": 1, "constrain_similarities": True},
]
"""What `rasa init` writes (Rasa 3.6), at one epoch."""

IN_MEMORY, IN_SQLITE = "endpoints.yml", "endpoints-sqlite.yml"
"""Where the default bot keeps conversations: in its process alone, or in Rasa's own SQL store on an SQLite file."""

Ask = Callable[[Text], List[Any]]
"""Message -> the replies."""


class Server:
    """Processes that serve a bot; `seconds`: until it answered its first message, or was told to be ready."""

    def __init__(self, folder: Path, environment: Dict[Text, Text], port: int) -> None:
        self._folder, self._environment, self._port = folder, environment, port
        self._processes: List[subprocess.Popen] = []
        self._started = time.perf_counter()
        self.seconds = 0.0

    def start(self, *command: Text) -> None:
        """One more process: a Python module with its arguments."""
        self._started = time.perf_counter()
        log = (self._folder / f"{self._port}-{len(self._processes)}.log").open("wb")
        command = (sys.executable, "-m", *command)
        self._processes.append(
            subprocess.Popen(command, cwd=self._folder, env=self._environment, stdout=log, stderr=log)  # noqa: S603
        )

    def wait(self, begin: Callable[[], Ask], text: Text) -> None:
        """Until a message is answered.

        Raises:
            RuntimeError: it never is.
        """
        while time.perf_counter() - self._started < _WAIT:
            if any(process.poll() is not None for process in self._processes):
                break
            try:
                if begin()(text):
                    self.seconds = time.perf_counter() - self._started
                    return
            except (OSError, HTTPException, ValueError, LookupError):
                time.sleep(0.1)
        raise RuntimeError(f"No answer; see the logs in {self._folder}.")

    def megabytes(self) -> float:
        """Resident memory of all processes, as Linux counts it."""
        statuses = (Path(f"/proc/{each.pid}/status").read_text(encoding="ascii") for each in self._processes)
        return sum(int(status.split("VmRSS:")[1].split()[0]) for status in statuses) / 1000

    def processor_seconds(self) -> float:
        """Of all processes, since they began."""
        statuses = (Path(f"/proc/{each.pid}/stat").read_text(encoding="ascii") for each in self._processes)
        fields = [status.rsplit(")", 1)[1].split() for status in statuses]  # user and system time are the 14th and 15th
        return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """Let them end."""
        for process in self._processes:
            process.send_signal(signal.SIGINT)
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


class _Client:
    """Posts JSON over one connection that stays open; a client library would take as long as some of the bots."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Content-Type": "application/json"}

    def identify(self, token: Text) -> None:
        self._headers["Authorization"] = f"Bearer {token}"

    def post(self, path: Text, body: Any) -> Any:
        self._connection.request("POST", path, json.dumps(body), self._headers)
        return json.loads(self._connection.getresponse().read())


def ours(port: int) -> Ask:
    """Asks our bot, in a new conversation that has passed the age gate."""
    client, address = _Client(port), "/webhooks/webchat"
    client.identify(client.post(f"{address}/sessions", {"language": "en"})["token"])

    def ask(text: Text) -> List[Any]:
        return list(client.post(f"{address}/messages", {"id": uuid.uuid4().hex, "text": text})["messages"])

    ask(_ADULT)
    return ask


def rest(port: int) -> Ask:
    """Asks a bot through Rasa's own REST channel, in a new conversation that has begun."""
    client, sender = _Client(port), uuid.uuid4().hex

    def ask(text: Text) -> List[Any]:
        return list(client.post("/webhooks/rest/webhook", {"sender": sender, "message": text}))

    ask("Hello")
    return ask


def serve_ours(scratch: Path, port: int) -> Server:
    """`python -m bot serve` on databases of its own."""
    server = Server(scratch, {**environment(scratch), "PORT": str(port)}, port)
    server.start("bot", "serve")
    return server


def serve_default(folder: Path, scratch: Path, port: int, endpoints: Text) -> Server:
    """`rasa run` and its action server for a bot that `default_bot` has made."""
    server, actions = Server(folder, environment(scratch), port), free_port()
    kept = {} if endpoints == IN_MEMORY else {"tracker_store": {"type": "SQL", "db": str(scratch / "tracker.db")}}
    nlg = {"type": "bot.composition.Answers"}
    write(folder / endpoints, {"action_endpoint": {"url": f"http://127.0.0.1:{actions}/webhook"}, "nlg": nlg, **kept})
    server.start("rasa", "run", "actions", "--actions", "actions", "-p", str(actions))
    server.start("rasa", "run", "-p", str(port), "-m", "models", "--endpoints", endpoints, "-i", "127.0.0.1")
    return server


def serve_init(folder: Path, port: int) -> Server:
    """`rasa run` for a bot that `init_bot` has made; it has no action server."""
    server = Server(folder, environment(folder), port)
    server.start("rasa", "run", "-p", str(port), "-m", "models", "-i", "127.0.0.1")
    return server


def default_bot(folder: Path) -> Path:
    """The project on Rasa's defaults, in a folder that `rasa` runs in; its model, trained again after a change."""
    folder.mkdir(parents=True, exist_ok=True)
    config: Dict[Text, Any] = {**baseline.configuration(1), "policies": _POLICIES, "assistant_id": "default"}
    pipeline: List[Dict[Text, Any]] = config["pipeline"]
    selector = {"name": "ResponseSelector", "epochs": 1, "constrain_similarities": True}
    pipeline.insert(len(pipeline) - 1, selector)
    importers = [{"name": "bot.dialogue.importer.ContentImporter"}]
    write(folder / "config.yml", {**config, "importers": importers})
    write(folder / "credentials.yml", {"rest": None})
    model = folder / "models" / "default.tar.gz"
    sources = [ROOT / "domain.yml", *(ROOT / "data").rglob("*.yml")]
    if model.is_file() and model.stat().st_mtime > max(file.stat().st_mtime for file in sources):
        return folder
    shutil.rmtree(folder / "data", ignore_errors=True)
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copyfile(ROOT / "domain.yml", folder / "domain.yml")
    rules = YAML(typ="safe").load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    stories = [{"story": rule["rule"], "steps": rule["steps"]} for rule in rules]
    write(folder / "data" / "stories.yml", {"version": "3.1", "stories": stories})
    _rasa(folder, "train", "--fixed-model-name", "default", "--out", "models")
    return folder


def init_bot(folder: Path) -> Path:
    """What `rasa init` writes and trains; made once."""
    if not list(folder.glob("models/*.tar.gz")):
        folder.mkdir(parents=True, exist_ok=True)
        _rasa(folder, "init", "--no-prompt", "--init-dir", ".")
    return folder


def _rasa(folder: Path, *arguments: Text) -> None:
    with (folder / "training.log").open("wb") as log:
        command = [sys.executable, "-m", "rasa", *arguments]
        subprocess.run(command, cwd=folder, env=environment(folder), check=True, stdout=log, stderr=log)  # noqa: S603


def environment(folder: Path) -> Dict[Text, Text]:
    """Variables for a bot whose databases are in the folder, on one thread, without limits."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "TRACKER_URL": f"sqlite:///{folder}/tracker.db",
        "REGISTRY_URL": f"sqlite:///{folder}/registry.db",
        "MAIL_URL": f"file://{folder}/outbox",
        "SECRET_KEY": "a key for measuring only, which is long enough",
        "RATE_LIMITS": "off",
        "OMP_NUM_THREADS": "1",
        "TF_INTRA_OP_PARALLELISM_THREADS": "1",
        "TF_INTER_OP_PARALLELISM_THREADS": "1",
    }


def write(file: Path, content: Dict[Text, Any]) -> None:
    """A YAML file."""
    with file.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
