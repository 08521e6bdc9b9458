"""The messages that nobody trains on, and misspelt copies of them."""

from __future__ import annotations

import random
import string
from pathlib import Path
from typing import Iterable, Iterator, List, NamedTuple

from ruamel.yaml import YAML

HERE = Path(__file__).parent
LANGUAGES = ("en", "sv")
DEVELOPMENT, TEST = "development", "test"
_FOLDERS = {
    DEVELOPMENT: (HERE / "evaluation", HERE / "evaluation" / "second"),
    TEST: (HERE / "evaluation" / "test",),
}
_CHARACTERS_AN_EDIT = 8


class HeldOut(NamedTuple):
    """One message: what it says, the topic that a person gave it, how it is written, and the set that it is in."""

    text: str
    topic: str
    style: str
    half: str


def held_out(language: str) -> List[HeldOut]:
    """All messages of both sets in a language, `en` or `sv`: first development, then test.

    `bench/evaluation/<language>.yml` and `bench/evaluation/second/<language>.yml` are for development: thresholds and
    weights are chosen on them, and their mistakes are read. The second was a test set until it was read.
    `bench/evaluation/test/<language>.yml` was written without reading them or the examples to train on; it is measured,
    and nothing is chosen on it. A file that is missing or of another language is refused.
    """
    return [
        message
        for part, folders in _FOLDERS.items()
        for folder in folders
        for message in _read(folder, language, part)
    ]


def _read(folder: Path, language: str, part: str) -> Iterator[HeldOut]:
    file = folder / f"{language}.yml"
    content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    if content["language"] != language:
        raise ValueError(f"{file}: language is {content['language']}, not {language}.")
    for entry in content["messages"]:
        yield HeldOut(entry["text"], entry["topic"], entry["style"], part)


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
