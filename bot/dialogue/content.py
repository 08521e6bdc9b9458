"""The content team's files under `data/`: answers, topic titles and sources, checked key by key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Text, Tuple

from rasa.shared.exceptions import RasaException
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

LANGUAGES: Tuple[Text, ...] = ("sv", "en")
FACTS: FrozenSet[Text] = frozenset({"phone", "email", "warranty_months", "minimum_age", "opening_hours"})
"""Variables that every answer may use; they come from `data/contact.yml` and `data/program.yml`."""

_ANSWER_KEYS = {"text", "buttons", "variables"}
_BUTTON_KEYS = {"title", "topic", "with", "role"}
_ROLES = {"affirm", "deny"}
_VARIABLE = re.compile(r"{([^{}]*)}")


class ContentError(RasaException):
    """A content file is wrong; the message names the file and the place."""


@dataclass(frozen=True)
class Button:
    """A next step: the topic it leads to, the values it carries, and the typed yes or no that presses it."""

    title: Text
    topic: Text
    values: Mapping[Text, Text] = field(default_factory=dict)
    role: Optional[Text] = None


@dataclass(frozen=True)
class Answer:
    """One answer in one language."""

    text: Text
    buttons: Tuple[Button, ...] = ()
    variables: FrozenSet[Text] = frozenset()


@dataclass(frozen=True)
class Content:
    """Everything the bot can say: answers and titles by language, source statements by topic."""

    answers: Mapping[Text, Mapping[Text, Answer]]
    titles: Mapping[Text, Mapping[Text, Text]]
    sources: Mapping[Text, Tuple[Text, ...]]


def load_content(folder: Path) -> Content:
    """Read `<language>/answers/*.yml`, `<language>/topics.yml` and `sources.yml` below `folder`.

    Raises:
        ContentError: a file is missing or unreadable, has an unknown key, a language lacks an answer that
            the other has, or a button names an unknown topic.
    """
    titles = {language: _titles(folder / language / "topics.yml") for language in LANGUAGES}
    _same_keys(titles, folder, "topics.yml", "topic")
    answers = {language: _answers(folder / language / "answers", titles[language]) for language in LANGUAGES}
    _same_keys(answers, folder, "answers", "answer")
    for name in answers[LANGUAGES[0]]:
        _same_steps(name, [answers[language][name] for language in LANGUAGES], folder)
    return Content(answers, titles, _sources(folder / "sources.yml", titles[LANGUAGES[0]]))


def _answers(folder: Path, titles: Mapping[Text, Text]) -> Dict[Text, Answer]:
    answers: Dict[Text, Answer] = {}
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise ContentError(f"{folder}: no answer files (*.yml) here.")
    for file in files:
        for name, entry in _section(file, "answers").items():
            place = f"{file}, answer '{name}'"
            if name in answers:
                raise ContentError(f"{place}: this answer is in another file of the folder, too.")
            answers[name] = _answer(entry, titles, place)
    return answers


def _answer(entry: Any, titles: Mapping[Text, Text], place: Text) -> Answer:
    entry = _mapping(entry, _ANSWER_KEYS, place)
    text = entry.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ContentError(f"{place}: 'text' is missing or empty.")
    declared = entry.get("variables", [])
    if not isinstance(declared, list):
        raise ContentError(f"{place}: 'variables' must be a list of names.")
    for variable in _VARIABLE.findall(text):
        if variable not in FACTS and variable not in declared:
            known = ", ".join(sorted(FACTS | set(declared)))
            raise ContentError(f"{place}: unknown variable {{{variable}}}; known here: {known}.")
    if not isinstance(entry.get("buttons", []), list):
        raise ContentError(f"{place}: 'buttons' must be a list of topics.")
    buttons = tuple(_button(button, titles, place) for button in entry.get("buttons", []))
    return Answer(text.strip(), buttons, frozenset(declared))


def _button(entry: Any, titles: Mapping[Text, Text], place: Text) -> Button:
    place = f"{place}, button"
    entry = _mapping({"topic": entry} if isinstance(entry, str) else entry, _BUTTON_KEYS, place)
    topic = entry.get("topic")
    if topic not in titles:
        raise ContentError(f"{place}: unknown topic '{topic}' (topics.yml has the known ones).")
    role = entry.get("role")
    if role is not None and role not in _ROLES:
        raise ContentError(f"{place} '{topic}': 'role' must be affirm or deny, not '{role}'.")
    values = _mapping(entry.get("with", {}), None, f"{place} '{topic}', 'with'")
    return Button(entry.get("title") or titles[topic], topic, dict(values), role)


def _titles(file: Path) -> Dict[Text, Text]:
    """The title of each topic in one language.

    Raises:
        ContentError: the file is wrong.
    """
    titles = {}
    for topic, entry in _section(file, "topics").items():
        title = _mapping(entry, {"title"}, f"{file}, topic '{topic}'").get("title")
        if not isinstance(title, str) or not title.strip():
            raise ContentError(f"{file}, topic '{topic}': 'title' is missing or empty.")
        titles[topic] = title.strip()
    return titles


def _sources(file: Path, titles: Mapping[Text, Text]) -> Dict[Text, Tuple[Text, ...]]:
    sources = {}
    for topic, statements in _section(file, "sources").items():
        if topic not in titles:
            raise ContentError(f"{file}: unknown topic '{topic}'.")
        if not isinstance(statements, list) or not all(isinstance(statement, str) for statement in statements):
            raise ContentError(f"{file}, topic '{topic}': must be a list of statements.")
        sources[topic] = tuple(statements)
    return sources


def read_yaml(file: Path) -> Any:
    """What stands in a content file.

    Raises:
        ContentError: the file is missing, or is no YAML.
    """
    try:
        return parse_yaml(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(f"{file}: this file is missing.") from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise ContentError(f"{file}: not readable as YAML: {' '.join(str(error).split())}") from None


def parse_yaml(text: Text) -> Any:
    """What the YAML text says, read by the parser in C: that takes a tenth of the time.

    Raises:
        YAMLError: it is no YAML; the error is that of the parser in Python, which says more of what is wrong.
    """
    try:
        return YAML(typ="safe").load(text)
    except YAMLError:
        return YAML(typ="safe", pure=True).load(text)


def _section(file: Path, key: Text) -> Mapping[Text, Any]:
    section = _mapping(read_yaml(file), {key}, str(file)).get(key)
    return _mapping(section, None, f"{file}, '{key}'")


def _mapping(value: Any, known: Optional[set], place: Text) -> Mapping[Text, Any]:
    if not isinstance(value, dict):
        raise ContentError(f"{place}: must be keys with values.")
    unknown: List[Text] = [str(key) for key in value if known is not None and key not in known]
    if unknown and known is not None:
        raise ContentError(f"{place}: unknown key '{unknown[0]}'; known: {', '.join(sorted(known))}.")
    return value


def _same_keys(by_language: Mapping[Text, Mapping[Text, Any]], folder: Path, file: Text, noun: Text) -> None:
    for language in LANGUAGES:
        for other in LANGUAGES:
            missing = sorted(set(by_language[other]) - set(by_language[language]))
            if missing:
                raise ContentError(f"{folder / language / file}: {noun} '{missing[0]}' is missing; '{other}' has it.")


def _same_steps(name: Text, answers: List[Answer], folder: Path) -> None:
    steps = [[(button.topic, dict(button.values), button.role) for button in answer.buttons] for answer in answers]
    if any(step != steps[0] for step in steps) or any(a.variables != answers[0].variables for a in answers):
        raise ContentError(f"{folder}, answer '{name}': buttons or variables differ between {' and '.join(LANGUAGES)}.")
