"""How well a trained model understands the held-out messages in bench/evaluation/ (never trained or tuned on)."""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Dict, List

from ruamel.yaml import YAML

from bot.quiet import calm_environment, calm_logs

HERE = Path(__file__).parent
OUTSIDE = {"out_of_scope", "nlu_fallback", None}


def messages(language: str) -> List[Dict[str, str]]:
    """The held-out messages of a language: topic, style, text."""
    return YAML(typ="safe").load((HERE / "evaluation" / f"{language}.yml").read_text(encoding="utf-8"))["messages"]


def predicted(parsed: Dict[str, Any]) -> str:
    """The full intent that understanding decided on, `nlu_fallback` where it is unsure."""
    intent = parsed["intent"]
    return intent.get("full_retrieval_intent_name") or intent["name"]


async def evaluate(model: Path) -> Dict[str, Any]:
    """Accuracy by language, style and topic, the share rejected and the share confidently wrong."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    report: Dict[str, Any] = {}
    for language in ("en", "sv"):
        rows = []
        for message in messages(language):
            started = time.perf_counter()
            parsed = await agent.parse_message(message["text"])
            rows.append((message, parsed, time.perf_counter() - started))
        report[language] = _report(rows, language)
    return report


def _report(rows: List[Any], language: str) -> Dict[str, Any]:
    by_style: Dict[str, Counter] = defaultdict(Counter)
    by_topic: Dict[str, Counter] = defaultdict(Counter)
    wrong: List[List[Any]] = []
    counts: Counter = Counter()
    for message, parsed, _ in rows:
        topic, guess = message["topic"], predicted(parsed)
        right = guess == topic or (topic == "out_of_scope" and guess in OUTSIDE)
        kind = "outside" if topic == "out_of_scope" else "inside"
        rejected = guess in OUTSIDE
        counts[f"{kind}"] += 1
        counts[f"{kind} right"] += right
        counts[f"{kind} rejected"] += rejected
        counts[f"{kind} confidently wrong"] += not right and not rejected
        counts["language right"] += (parsed.get("language") or {}).get("name") == language
        by_style[message["style"]].update(all=1, right=right)
        by_topic[topic].update(all=1, right=right)
        if not right:
            ranking = parsed["intent_ranking"]
            wrong.append(
                [
                    message["text"],
                    topic,
                    guess,
                    ranking[0]["name"] if ranking else None,
                    ranking[0]["confidence"] if ranking else 0,
                ]
            )
    times = sorted(seconds for _, _, seconds in rows)
    return {
        "messages": len(rows),
        "in scope right": counts["inside right"] / counts["inside"],
        "in scope rejected": counts["inside rejected"] / counts["inside"],
        "in scope confidently wrong": counts["inside confidently wrong"] / counts["inside"],
        "out of scope caught": counts["outside right"] / counts["outside"],
        "language right": counts["language right"] / len(rows),
        "milliseconds at the median": 1000 * times[len(times) // 2],
        "by style": {style: count["right"] / count["all"] for style, count in sorted(by_style.items())},
        "by topic": {topic: count["right"] / count["all"] for topic, count in sorted(by_topic.items())},
        "wrong": wrong,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", default=HERE.parent / "models" / "benefit-assistant.tar.gz")
    parser.add_argument("--out", type=Path, help="write the whole report there as JSON")
    options = parser.parse_args()
    calm_environment()
    calm_logs()
    result = asyncio.run(evaluate(options.model))
    if options.out:
        options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, figures in result.items():
        print(name, {key: round(value, 3) for key, value in figures.items() if isinstance(value, float)})
        print("  by style", {key: round(value, 2) for key, value in figures["by style"].items()})
