"""A whole turn, from request to reply, beside the same bot on Rasa's default pipeline, policies and action server.

    python -m bench.turn [--rounds 20]

Both bots serve at once and are asked in turn, so that whatever else the machine does slows both. The default bot has
our domain, examples, rules and actions; its models are trained for one epoch: more would change what it says, not how
fast.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, List, Text, Tuple

import requests
from ruamel.yaml import YAML

from bench import baseline
from bot.settings import ROOT

MESSAGES = (
    "How long is the warranty?",
    "Is the program free?",
    "When are you open?",
    "Hur länge gäller garantin?",
    "Vad kostar det?",
    "Hur når jag er?",
)
"""Questions that both bots answer; two of them by a custom action."""

_ADULT = "1980-01-01"
_WAIT = 300
_POLICIES = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 1},
    {"name": "TEDPolicy", "max_history": 5, "epochs": 1, "constrain_similarities": True},
]
"""What `rasa init` writes (Rasa 3.6), at one epoch."""

Report = Dict[Text, Any]
Ask = Callable[[Text], List[Any]]


class Server:
    """A process that answers on a port of its own; `seconds`: until it was ready."""

    def __init__(self, command: List[Text], folder: Path, environment: Dict[Text, Text], ready: Text) -> None:
        started = time.perf_counter()
        self._log = (folder / f"{command[1].replace('.', '-')}-{command[2]}.log").open("wb")
        self.process = subprocess.Popen(  # noqa: S603  our own modules and Rasa's
            [sys.executable, *command], cwd=folder, env=environment, stdout=self._log, stderr=self._log
        )
        while not _answers(ready):
            if self.process.poll() is not None or time.perf_counter() - started > _WAIT:
                raise RuntimeError(f"{' '.join(command)} does not answer; see {self._log.name}")
            time.sleep(0.1)
        self.seconds = time.perf_counter() - started

    def megabytes(self) -> float:
        """Resident memory, as Linux counts it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1000

    def stop(self) -> None:
        """Let it end."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._log.close()


def _answers(url: Text) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


def default_bot(folder: Path, port_of_actions: int) -> Path:
    """The project on Rasa's defaults, in a folder that `rasa` runs in; its model, trained again after a change."""
    folder.mkdir(parents=True, exist_ok=True)
    config: Dict[Text, Any] = {**baseline.configuration(1), "policies": _POLICIES, "assistant_id": "default"}
    pipeline: List[Dict[Text, Any]] = config["pipeline"]
    selector = {"name": "ResponseSelector", "epochs": 1, "constrain_similarities": True}
    pipeline.insert(len(pipeline) - 1, selector)
    importers = [{"name": "bot.dialogue.importer.ContentImporter"}]
    _write(folder / "config.yml", {**config, "importers": importers})
    actions = {"url": f"http://127.0.0.1:{port_of_actions}/webhook"}
    _write(folder / "endpoints.yml", {"action_endpoint": actions, "nlg": {"type": "bot.composition.Answers"}})
    _write(folder / "credentials.yml", {"rest": None})
    model = folder / "models" / "default.tar.gz"
    sources = [ROOT / "domain.yml", *(ROOT / "data").rglob("*.yml")]
    if model.is_file() and model.stat().st_mtime > max(file.stat().st_mtime for file in sources):
        return model
    shutil.rmtree(folder / "data", ignore_errors=True)
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copyfile(ROOT / "domain.yml", folder / "domain.yml")
    rules = YAML(typ="safe").load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    stories = [{"story": rule["rule"], "steps": rule["steps"]} for rule in rules]
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": stories})
    command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", "default", "--out", "models"]
    with (folder / "training.log").open("wb") as log:
        subprocess.run(command, cwd=folder, env=_environment(folder), check=True, stdout=log, stderr=log)  # noqa: S603
    return model


def _environment(folder: Path) -> Dict[Text, Text]:
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


def _write(file: Path, content: Dict[Text, Any]) -> None:
    with file.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ours(port: int) -> Ask:
    """Asks our bot, in a new conversation that has passed the age gate."""
    session, address = requests.Session(), f"http://127.0.0.1:{port}/webhooks/webchat"
    token = session.post(f"{address}/sessions", json={"language": "en"}, timeout=60).json()["token"]
    session.headers["Authorization"] = f"Bearer {token}"

    def ask(text: Text) -> List[Any]:
        answer = session.post(f"{address}/messages", json={"id": uuid.uuid4().hex, "text": text}, timeout=60).json()
        return list(answer["messages"])

    ask(_ADULT)
    return ask


def default(port: int) -> Ask:
    """Asks the bot on Rasa's defaults, through Rasa's own REST channel, in a new conversation that has begun."""
    session, sender = requests.Session(), uuid.uuid4().hex

    def ask(text: Text) -> List[Any]:
        body = {"sender": sender, "message": text}
        return list(session.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json=body, timeout=60).json())

    ask("Hello")
    return ask


def turns(bots: Dict[Text, Callable[[], Ask]], rounds: int) -> Dict[Text, List[float]]:
    """Milliseconds of each turn. Every round is a conversation of its own with either bot; a first one warms up.

    Raises:
        RuntimeError: a bot did not answer.
    """
    times: Dict[Text, List[float]] = {name: [] for name in bots}
    for number in range(rounds + 1):
        asks = {name: begin() for name, begin in bots.items()}
        for text in MESSAGES:
            for name, ask in asks.items():
                started = time.perf_counter()
                if not ask(text):
                    raise RuntimeError(f"{name}: no answer to '{text}'.")
                if number:
                    times[name].append(1000 * (time.perf_counter() - started))
    return times


def measure(rounds: int) -> Tuple[Report, Report]:
    """The figures of ours and of the default bot."""
    place, scratch = ROOT / "results" / "bench" / "default-bot", Path(tempfile.mkdtemp())
    ports = [_free_port() for _ in range(3)]
    model = default_bot(place, ports[2])
    servers: List[Server] = []
    try:
        environment = {**_environment(scratch), "PORT": str(ports[0])}
        command = ["-m", "bot", "serve"]
        our_server = Server(command, scratch, environment, f"http://127.0.0.1:{ports[0]}/health/ready")
        servers.append(our_server)
        environment = _environment(scratch / "actions")
        (scratch / "actions").mkdir()
        command = ["-m", "rasa", "run", "actions", "--actions", "actions", "-p", str(ports[2])]
        servers.append(Server(command, scratch, environment, f"http://127.0.0.1:{ports[2]}/health"))
        command = ["-m", "rasa", "run", "-p", str(ports[1]), "-m", str(model), "-i", "127.0.0.1"]
        default_server = Server(command, place, _environment(scratch), f"http://127.0.0.1:{ports[1]}/")
        servers.append(default_server)
        _wait_for_model(ports[1])
        times = turns({"ours": lambda: ours(ports[0]), "Rasa's default": lambda: default(ports[1])}, rounds)
        return tuple(  # type: ignore[return-value]
            {
                "median ms": round(median(times[name]), 1),
                "90th percentile ms": round(sorted(times[name])[int(len(times[name]) * 0.9)], 1),
                "ready after s": round(server.seconds, 1),
                "memory MB": round(sum(each.megabytes() for each in used)),
            }
            for name, server, used in (
                ("ours", our_server, [our_server]),
                ("Rasa's default", default_server, servers[1:]),
            )
        )
    finally:
        for server in reversed(servers):
            server.stop()
        shutil.rmtree(scratch, ignore_errors=True)


def _wait_for_model(port: int) -> None:
    """Rasa answers at its root before the model is loaded."""
    until = time.perf_counter() + _WAIT
    while time.perf_counter() < until:
        try:
            if requests.get(f"http://127.0.0.1:{port}/webhooks/rest/", timeout=5).ok and default(port)(MESSAGES[0]):
                return
        except (requests.RequestException, ValueError):
            pass
        time.sleep(0.2)
    raise RuntimeError("The bot on Rasa's defaults does not answer.")


def main() -> None:
    """Measure, print, and write results/bench/turn.json."""
    parser = argparse.ArgumentParser(prog="python -m bench.turn", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help=f"conversations of {len(MESSAGES)} turns with each bot")
    mine, its = measure(parser.parse_args().rounds)
    report = {"ours": mine, "Rasa's default": its, "times as fast": round(its["median ms"] / mine["median ms"], 1)}
    (ROOT / "results" / "bench" / "turn.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
