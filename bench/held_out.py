"""The messages that nobody trains on, and misspelt copies of them."""

from __future__ import annotations

import random
import string
from collections import Counter
from pathlib import Path
from typing import Dict, Iterable, List, NamedTuple

from ruamel.yaml import YAML

HERE = Path(__file__).parent
LANGUAGES = ("en", "sv")
DEVELOPMENT, TEST = "development", "test"
_CHARACTERS_AN_EDIT = 8


class HeldOut(NamedTuple):
    """One message: what it says, the topic that a person gave it, how it is written, and the half that it is in."""

    text: str
    topic: str
    style: str
    half: str


def held_out(language: str) -> List[HeldOut]:
    """All messages of `bench/evaluation/<language>.yml`.

    Every other one of a topic is for development: thresholds and weights are chosen on those. The others are the test.
    """
    file = HERE / "evaluation" / f"{language}.yml"
    messages: List[HeldOut] = []
    count: Counter = Counter()
    begins: Dict[str, int] = {}
    for entry in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["messages"]:
        topic = entry["topic"]
        begins.setdefault(topic, len(begins) % 2)
        half = (DEVELOPMENT, TEST)[(begins[topic] + count[topic]) % 2]
        count[topic] += 1
        messages.append(HeldOut(entry["text"], topic, entry["style"], half))
    return messages


def unseen(messages: List[HeldOut], examples: Iterable[str]) -> List[HeldOut]:
    """Those that are not, word for word, among the examples to train on, as a short question may well be."""
    known = {_plain(example) for example in examples}
    return [message for message in messages if _plain(message.text) not in known]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def misspelt(messages: List[HeldOut], seed: int = 1) -> List[HeldOut]:
    """The same with one random slip for every eight characters: a letter wrong, added, left out, or two swapped."""
    dice = random.Random(seed)  # noqa: S311
    return [message._replace(text=with_slips(message.text, dice)) for message in messages]


def with_slips(text: str, dice: random.Random) -> str:
    """The text with one slip for every eight characters, at least one."""
    letters = list(text)
    for _ in range(max(1, len(text) // _CHARACTERS_AN_EDIT)):
        if not letters:
            break
        place, kind = dice.randrange(len(letters)), dice.randrange(4)
        if kind == 0:
            letters[place] = dice.choice(string.ascii_lowercase)
        elif kind == 1:
            letters.insert(place, dice.choice(string.ascii_lowercase))
        elif kind == 2:
            del letters[place]
        elif place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)
