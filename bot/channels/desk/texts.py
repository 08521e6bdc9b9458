"""The desk page's texts and ready-made phrases: `data/<language>/desk.yml`, the same keys in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Mapping, Text

from bot.dialogue.content import LANGUAGES, ContentError, read_yaml

PHRASES = "phrases"
OUTCOMES = "outcomes"
NOT_CHOSEN = ("returned", "cancelled", "left")
"""Outcomes that have a name and that no agent gives as a reason for closing."""

_NEEDED = ("page", "reasons", OUTCOMES, "next_steps", PHRASES)


def load_desk_texts(folder: Path, titles: Mapping[Text, Mapping[Text, Text]]) -> Dict[Text, Dict[Text, Any]]:
    """The texts by language; `topics` is what topics are called.

    Raises:
        ContentError: a file is missing or unreadable, a text is empty, or a language has other keys.
    """
    texts = {language: _read(folder / language / "desk.yml") for language in LANGUAGES}
    for language in LANGUAGES:
        for other in LANGUAGES:
            missing = sorted(_keys(texts[other]) - _keys(texts[language]))
            if missing:
                raise ContentError(f"{folder / language / 'desk.yml'}: '{missing[0]}' is missing; '{other}' has it.")
    return {language: {**texts[language], "topics": dict(titles[language])} for language in LANGUAGES}


def _read(file: Path) -> Dict[Text, Any]:
    content = read_yaml(file)
    if not isinstance(content, dict) or set(content) != set(_NEEDED):
        raise ContentError(f"{file}: must have the sections {', '.join(_NEEDED)} and no others.")
    for section, entries in content.items():
        if not isinstance(entries, dict):
            raise ContentError(f"{file}: '{section}' must be keys with texts.")
        for key, value in entries.items():
            if not isinstance(value, str) or not value.strip():
                raise ContentError(f"{file}: '{section}.{key}' must be a text that is not empty.")
    return content


def _keys(content: Mapping[Text, Any]) -> set:
    return {f"{section}.{key}" for section, entries in content.items() for key in entries}
