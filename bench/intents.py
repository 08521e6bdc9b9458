"""How well messages are understood that nobody trained on, beside Rasa's default pipeline: `make bench`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence

from ruamel.yaml import YAML

from bench import baseline, public
from bench.figures import answer, figures
from bench.held_out import DEVELOPMENT, LANGUAGES, TEST, HeldOut, held_out, misspelt, unseen
from bench.page import write_page
from bot.quiet import calm_environment, calm_logs
from bot.settings import ROOT
from bot.training import fingerprint

OUT = ROOT / "results" / "bench"
SHARES = (0.25, 0.5, 0.75)
"""Of the examples: the points of the learning curve below all of them."""

Report = Dict[str, Any]


async def measure(model: Path, tests: Dict[str, List[HeldOut]], topic_of: Callable[[str], str] = str) -> Report:
    """The figures of a model on each of the tests."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    report: Report = {}
    for name, messages in tests.items():
        answers = []
        for message in messages:
            started = time.perf_counter()
            parsed = await agent.parse_message(message.text)
            answers.append(answer(message, dict(parsed), 1000 * (time.perf_counter() - started), topic_of))
        report[name] = figures(answers)
    return report


def project_tests(halves: Sequence[str], examples: baseline.Examples) -> Dict[str, List[HeldOut]]:
    """The messages of these sets in each language that no example says word for word, as they are and misspelt."""
    trained_on = [text for texts in examples.values() for text in texts]
    tests: Dict[str, List[HeldOut]] = {}
    for language in LANGUAGES:
        messages = [message for message in unseen(held_out(language), trained_on) if message.half in halves]
        tests[language] = messages
        tests[f"{language}, misspelt"] = misspelt(messages)
    return tests


def our_configuration() -> Report:
    """`config.yml`, for data of others: policies and importer are not needed to understand."""
    config = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))
    config.pop("importers")
    return {**config, "policies": [{"name": "RulePolicy"}]}


def main() -> None:
    """Measure what was asked for; print a table; write results/bench/report.json and report.html."""
    options = _options()
    calm_environment()
    os.environ.update(TF_INTRA_OP_PARALLELISM_THREADS="1", TF_INTER_OP_PARALLELISM_THREADS="1", OMP_NUM_THREADS="1")
    calm_logs()
    examples = baseline.project_examples(ROOT / "data")
    tests = project_tests((DEVELOPMENT,) if options.development else (TEST,), examples)
    report: Report = {"ours": _run(options.model, tests)}
    part = "" if options.share == 1 else f", {options.share:.0%} of the examples"
    some = {topic: _some(texts, options.share) for topic, texts in examples.items()} if part else examples
    default = options.default_model
    if options.default:
        default = baseline.train(some, baseline.configuration(options.epochs), OUT / "default")
    if default:
        report[f"Rasa's default{part}"] = _run(default, tests, baseline.topic_of)
    shares = {options.share} if default and part else set()
    for share in sorted(shares.union(SHARES if options.curve else ())):
        some = {topic: _some(texts, share) for topic, texts in examples.items()}
        model = baseline.train(some, our_configuration(), OUT / f"curve-{share}", fingerprint())
        report[f"ours, {share:.0%} of the examples"] = _run(model, tests, baseline.topic_of)
    for file in sorted(Path(options.public).glob("*.json")) if options.public else []:
        data = public.read(file)
        configs = {"ours": our_configuration()}
        if options.default:
            configs["Rasa's default"] = baseline.configuration(options.epochs)
        for name, config in configs.items():
            code = fingerprint() if name == "ours" else ""
            folder = OUT / f"{file.stem}-{name.split()[0]}"
            model = baseline.train(data.examples, config, folder, code, public.LANGUAGE)
            report[f"{file.stem}: {name}"] = _run(model, data.tests, baseline.topic_of)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    write_page(report, OUT / "report.html")
    print(f"Written: {OUT.relative_to(ROOT)}/report.json and report.html")


def _run(model: Path, tests: Dict[str, List[HeldOut]], topic_of: Callable[[str], str] = str) -> Report:
    report = asyncio.run(measure(model, tests, topic_of))
    for name, values in report.items():
        shown = {key: round(value, 3) for key, value in values.items() if isinstance(value, float)}
        print(f"{model.parent.name}/{model.stem} {name}: {shown}", flush=True)
    return report


def _some(texts: List[str], share: float) -> List[str]:
    return random.Random(1).sample(texts, max(2, round(share * len(texts))))  # noqa: S311


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.intents", description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", default=ROOT / "models" / "benefit-assistant.tar.gz")
    parser.add_argument("--development", action="store_true", help="measure on the set that choices are made on")
    parser.add_argument("--default", action="store_true", help="train Rasa's default pipeline, too (hours)")
    parser.add_argument("--share", type=float, default=1.0, help="of the examples, for the default and ours beside it")
    parser.add_argument("--epochs", type=int, default=baseline.EPOCHS, help="of the default pipeline's DIET")
    parser.add_argument("--default-model", type=Path, help="a default pipeline trained before, on the same share")
    parser.add_argument("--curve", action="store_true", help="train on parts of the examples, too")
    parser.add_argument("--public", default=os.environ.get("BENCH_DATA"), help="folder of public sets (BENCH_DATA)")
    options = parser.parse_args()
    if not 0 < options.share <= 1:
        parser.error(f"--share must be above 0 and at most 1, not {options.share}")
    if options.share < 1 and not (options.default or options.default_model):
        parser.error("--share is of no use without --default or --default-model")
    return options


if __name__ == "__main__":
    main()
