"""How messages are understood that are more than one message, one topic: `python -m bench.conversations`.

Measures the development sets under `bench/conversations/` twice: with the pipeline alone, and in their conversation.
Then the messages of the development sets, which ask one thing each: a conversation must spoil none.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Optional

from ruamel.yaml import YAML

from bench.held_out import DEVELOPMENT, LANGUAGES, held_out
from bot.nlu.language import LANGUAGE
from bot.quiet import calm_environment, calm_logs
from bot.settings import ROOT
from bot.understanding.conversation import word_lists
from bot.understanding.meaning import FURTHER, ParseData, topic_of
from bot.understanding.message import Before, Parse, Understanding

SETS = ("several", "follow_ups", "stories", "second_look")
_OTHER = "other_language"
_ANY = "faq/cost"
"""A topic that is said to have been answered before messages that do not lean on it."""

Ask = Callable[[Dict[str, Any]], Awaitable[ParseData]]


def messages(name: str) -> List[Dict[str, Any]]:
    """The messages of `bench/conversations/<name>.yml`."""
    file = Path(__file__).parent / "conversations" / f"{name}.yml"
    found: List[Dict[str, Any]] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["messages"]
    return found


def wanted(message: Dict[str, Any]) -> List[str]:
    """The topics that have to be answered, in any order."""
    return sorted(message.get("topics") or [message["topic"]])


def understood(meant: ParseData) -> List[str]:
    """The topics that would be answered."""
    return sorted(str(topic_of(each)) for each in [meant, *meant.get(FURTHER, [])])


async def measure(model: Path, errors: bool) -> Dict[str, Any]:
    """The figures of a model."""
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    processor = Agent.load(str(model)).processor

    async def parse(text: str, expected: Optional[str]) -> ParseData:
        metadata = {LANGUAGE: expected} if expected else None
        return dict(await processor.parse_message(UserMessage(text, metadata=metadata)))  # type: ignore[union-attr]

    def alone(message: Dict[str, Any]) -> Awaitable[ParseData]:
        return parse(message["text"], None)

    understanding = Understanding(parse, *word_lists())
    report: Dict[str, Any] = {}
    for name in SETS:
        for way, ask in (("alone", alone), ("in conversation", _in_conversation(understanding))):
            report[f"{name}, {way}"] = await _share(messages(name), ask, errors and ask is not alone)
    report["languages"] = await _languages(parse, errors)
    for language in LANGUAGES:
        single = [message._asdict() for message in held_out(language) if message.half == DEVELOPMENT]
        report[f"one topic, {language}, alone"] = await _share(single, alone, False)
        report[f"one topic, {language}, in conversation"] = await _share(
            [{**message, "language": language} for message in single], _in_conversation(understanding), False
        )
    return report


def _in_conversation(understanding: Understanding) -> Ask:
    async def ask(message: Dict[str, Any]) -> ParseData:
        async def before() -> Before:
            return Before(message["language"], message.get("before", _ANY))

        return await understanding.of(message["text"], before)

    return ask


async def _share(those: List[Dict[str, Any]], ask: Ask, errors: bool) -> Dict[str, Any]:
    right = 0
    for message in those:
        found = understood(await ask(message))
        right += found == wanted(message)
        if errors and found != wanted(message):
            print(f"  {message['text']!r}: {', '.join(found)} instead of {', '.join(wanted(message))}")
    return {"right": right, "of": len(those)}


async def _languages(parse: Parse, errors: bool) -> Dict[str, int]:
    """Of foreign messages those that are recognised; of ours those taken for foreign, or for our other language."""
    count = {"foreign": 0, "recognised": 0, "ours": 0, "taken for foreign": 0, "in the wrong language": 0}
    for message in messages("languages"):
        language = message["language"]
        meant = await parse(message["text"], None if language == "other" else language)
        is_foreign = topic_of(meant) == _OTHER
        if language == "other":
            count["foreign"] += 1
            count["recognised"] += is_foreign
        else:
            count["ours"] += 1
            count["taken for foreign"] += is_foreign
            count["in the wrong language"] += meant["language"]["name"] not in (language, None)
        if errors and is_foreign != (language == "other"):
            print(f"  {message['text']!r}: {'foreign' if is_foreign else 'ours'}")
    return count


def main() -> None:
    """Print the figures, and write them to results/bench/conversations.json."""
    parser = argparse.ArgumentParser(prog="python -m bench.conversations", description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", default=ROOT / "models" / "benefit-assistant.tar.gz")
    parser.add_argument("--errors", action="store_true", help="print what is understood wrongly")
    options = parser.parse_args()
    calm_environment()
    os.environ.update(OMP_NUM_THREADS="1")
    calm_logs()
    report = asyncio.run(measure(options.model, options.errors))
    for name, figures in report.items():
        print(f"{name}: {', '.join(f'{key} {value}' for key, value in figures.items())}")
    out = ROOT / "results" / "bench" / "conversations.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
