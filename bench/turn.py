"""A whole turn, from request to reply, beside the same bot on Rasa's default pipeline, policies and action server.

    python -m bench.turn [--rounds 5] [--init]

The bots serve at once and are asked in turn, a conversation each, so that whatever else the machine does slows all of
them; message by message they would push each other out of the processor's cache. The default bot has our domain,
examples, rules and actions; its models are trained for one epoch: more would change what it says, not how fast. It is
measured twice: with conversations in memory, and in Rasa's SQL store on an SQLite file, as ours are.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, List, Text

from bench import bots
from bench.bots import Ask, Server
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

TURNS = 30
"""Of a conversation."""
_EARLY, _LATE = (2, 8), (TURNS - 6, TURNS)
"""Around the fifth turn, and the last ones: each of the messages once."""

OURS, DEFAULT, DEFAULT_STORED = "ours", "Rasa's default, in memory", "Rasa's default, in SQLite"

Report = Dict[Text, Any]
Times = List[List[float]]
"""Milliseconds by conversation and turn."""


def conversations(begins: Dict[Text, Callable[[], Ask]], rounds: int) -> Dict[Text, Times]:
    """Every round is a conversation with each bot, one after the other; a first one warms up.

    Raises:
        RuntimeError: a bot did not answer.
    """
    times: Dict[Text, Times] = {name: [] for name in begins}
    for number in range(rounds + 1):
        for name, begin in begins.items():
            ask, taken = begin(), []
            for turn in range(TURNS if number else len(MESSAGES)):
                text = MESSAGES[turn % len(MESSAGES)]
                started = time.perf_counter()
                if not ask(text):
                    raise RuntimeError(f"{name}: no answer to '{text}'.")
                taken.append(1000 * (time.perf_counter() - started))
            if number:
                times[name].append(taken)
    return times


def figures(times: Times, server: Server, processor_seconds: float) -> Report:
    """What is reported of a bot. Processor time is of all its turns, those that warm up and begin included: it tells
    more than the clock where the machine has other work.
    """
    turns = len(MESSAGES) + 1 + len(times) * (TURNS + 1)
    every = sorted(time for conversation in times for time in conversation)
    early = [time for conversation in times for time in conversation[slice(*_EARLY)]]
    late = [time for conversation in times for time in conversation[slice(*_LATE)]]
    return {
        "median ms": round(median(every), 1),
        "90th percentile ms": round(every[int(len(every) * 0.9)], 1),
        "median ms around turn 5": round(median(early), 1),
        f"median ms around turn {TURNS - 2}": round(median(late), 1),
        "processor ms a turn": round(1000 * processor_seconds / turns, 1),
        "ready after s": round(server.seconds, 1),
        "memory MB": round(server.megabytes()),
    }


def measure(rounds: int, with_init: bool) -> Report:
    """The figures of each bot, and how many times as fast ours is."""
    results, scratch = ROOT / "results" / "bench", Path(tempfile.mkdtemp())
    default = bots.default_bot(results / "default-bot")
    init = bots.init_bot(results / "init-bot") if with_init else None
    report: Report = {}
    servers: Dict[Text, Server] = {}
    begins: Dict[Text, Callable[[], Ask]] = {}
    try:
        if init is not None:
            port = bots.free_port()
            servers["rasa init"] = bots.serve_init(init, port)
            servers["rasa init"].wait(lambda: bots.rest(port), "hello")
            report["rasa init"] = {
                "ready after s": round(servers["rasa init"].seconds, 1),
                "memory MB": round(servers["rasa init"].megabytes()),
            }
            servers.pop("rasa init").stop()
        for name in (OURS, DEFAULT, DEFAULT_STORED):  # one after the other: each starts with the machine for itself
            folder, port = scratch / str(len(servers)), bots.free_port()
            folder.mkdir()
            if name == OURS:
                servers[name] = bots.serve_ours(folder, port)
            else:
                endpoints = bots.IN_MEMORY if name == DEFAULT else bots.IN_SQLITE
                servers[name] = bots.serve_default(default, folder, port, endpoints)
            begins[name] = _begin(bots.ours if name == OURS else bots.rest, port)
            servers[name].wait(begins[name], MESSAGES[0])
        before = {name: server.processor_seconds() for name, server in servers.items()}
        times = conversations(begins, rounds)
        for name, server in servers.items():
            report[name] = figures(times[name], server, server.processor_seconds() - before[name])
    finally:
        for server in servers.values():
            server.stop()
        shutil.rmtree(scratch, ignore_errors=True)
    report["times as fast"] = {name: _ratio(report, name, "median ms") for name in (DEFAULT, DEFAULT_STORED)}
    report["processor time"] = {name: _ratio(report, name, "processor ms a turn") for name in (DEFAULT, DEFAULT_STORED)}
    return report


def _ratio(report: Report, name: Text, figure: Text) -> float:
    return round(report[name][figure] / report[OURS][figure], 1)


def _begin(channel: Callable[[int], Ask], port: int) -> Callable[[], Ask]:
    return lambda: channel(port)


def main() -> None:
    """Measure, print, and write results/bench/turn.json."""
    parser = argparse.ArgumentParser(prog="python -m bench.turn", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help=f"conversations of {TURNS} turns with each bot")
    parser.add_argument("--init", action="store_true", help="start and memory of the bot that `rasa init` makes, too")
    options = parser.parse_args()
    report = measure(options.rounds, options.init)
    (ROOT / "results" / "bench" / "turn.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
