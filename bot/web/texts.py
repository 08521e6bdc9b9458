"""The widget's texts: `data/<language>/widget.yml`, the same keys and variables in every language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, Mapping, Text

from bot.dialogue.content import LANGUAGES, ContentError, read_yaml

LAUNCHER = "launcher"
"""The section that `/widget.js` itself carries, so that nothing has to be fetched before the chat is opened."""

_VARIABLE = re.compile(r"{([^{}]*)}")


def load_widget_texts(folder: Path) -> Mapping[Text, Dict[Text, Any]]:
    """The texts by language: sections of key and text.

    Raises:
        ContentError: a file is missing or unreadable, a text is empty, or a language has other keys or variables.
    """
    files = {language: folder / language / "widget.yml" for language in LANGUAGES}
    texts = {language: _read(file) for language, file in files.items()}
    flat = {language: _flat(texts[language], "", files[language]) for language in LANGUAGES}
    for language in LANGUAGES:
        for other in LANGUAGES:
            missing = sorted(set(flat[other]) - set(flat[language]))
            if missing:
                raise ContentError(f"{files[language]}: '{missing[0]}' is missing; '{other}' has it.")
    for key, text in flat[LANGUAGES[0]].items():
        for language in LANGUAGES[1:]:
            if _variables(text) != _variables(flat[language][key]):
                raise ContentError(f"{files[language]}: '{key}': other variables than in '{LANGUAGES[0]}'.")
    return texts


def _read(file: Path) -> Dict[Text, Any]:
    content = read_yaml(file)
    if not isinstance(content, dict) or not isinstance(content.get(LAUNCHER), dict):
        raise ContentError(f"{file}: must be sections with texts, '{LAUNCHER}' among them.")
    return content


def _flat(section: Mapping[Text, Any], above: Text, file: Path) -> Dict[Text, Text]:
    texts: Dict[Text, Text] = {}
    for key, value in section.items():
        if isinstance(value, dict):
            texts.update(_flat(value, f"{above}{key}.", file))
        elif isinstance(value, str) and value.strip():
            texts[f"{above}{key}"] = value
        else:
            raise ContentError(f"{file}: '{above}{key}': must be a text that is not empty.")
    return texts


def _variables(text: Text) -> set:
    return set(_VARIABLE.findall(text))
