"""How people ask: the word lists of `data/<language>/speech.yml` and the relations of `data/conversation.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Sequence, Text, Tuple

from bot.dialogue.content import LANGUAGES, ContentError, read_yaml
from bot.nlu.phrases import Found, Phrases, longest, split_words
from bot.nlu.remembered import remembered

JOINS, ASKS, OPENS, BEGINS, ENDS, WHOLE = "joins", "asks", "opens", "begins", "ends", "whole"
CANCEL, PLACE, MESSAGE, MORE, NO_ADDRESS, SENT = "cancel", "place", "message", "more", "no_address", "sent"
NO, OTHER_ADDRESS, WITHDRAW, PERSON, SEND = "no", "other_address", "withdraw", "person", "send"
WHEN, NOTED, WHY, LACKS, WHERE, LATER = "when", "noted", "why", "lacks", "where", "later"
WHICH_EMAIL, AGREES = "which_email", "agrees"
ANY = "any"
_LISTS = (JOINS, ASKS, OPENS)
_LEANS = (BEGINS, ENDS, WHOLE)
_TO_A_PERSON = (CANCEL, PLACE, NO, SEND, MESSAGE, MORE, NO_ADDRESS, OTHER_ADDRESS, WITHDRAW, PERSON, SENT, WHEN)
_WISHES = (*_TO_A_PERSON, NOTED, WHY, LACKS, WHICH_EMAIL, WHERE, LATER, AGREES)
OBJECTS, DECLINES, PASS_ON, SEEKS = "objects", "declines", "pass_on", "seeks"
CASE, MEANT, OTHER, DEAD = "case", "meant", "other", "dead"
INSTEAD, BESIDES, EARLIER, OPEN, MODELS = "instead", "besides", "earlier", "open", "models"
_TURNS = "turns"
_OF_DEVICES = (CASE, MEANT, OTHER, DEAD, INSTEAD, BESIDES, EARLIER, OPEN, MODELS)
_ANYWHERE = (OBJECTS, DECLINES, PASS_ON, SEEKS, _TURNS, *_OF_DEVICES)
_AROUND, _BETWEEN = "around", "between"
_LONGEST_WISH = 10


@dataclass(frozen=True)
class Speech:
    """One language: phrases, one question a topic as customers ask it, wishes on the way to a person, objections."""

    phrases: Phrases
    questions: Mapping[Text, Text]
    wishes: Phrases
    anywhere: Phrases

    def found(self, text: Text) -> Mapping[Text, Sequence[Found]]:
        """The phrases of each list in a message, the longer where two share a word."""
        return _longest(self.phrases, text)

    def says(self, name: Text, text: Text) -> bool:
        """Whether a phrase of a list (`objects`, `case` and the like) stands anywhere in a message."""
        return bool(self._anywhere(name, text))

    def without(self, name: Text, text: Text) -> Text:
        """A message without the phrases of such a list."""
        words = split_words(text)
        for found in reversed(longest(self._anywhere(name, text))):
            text = text[: words[found.first].start] + text[words[found.last].end :]
        return text

    def is_only(self, name: Text, text: Text, spans: Sequence[Tuple[int, int]]) -> bool:
        """Whether every word of a message is of a phrase of such a list, or within one of the spans of characters."""
        words = split_words(text)
        listed = {number for found in self._anywhere(name, text) for number in found.words}
        within = {n for n, word in enumerate(words) if any(a <= word.start and word.end <= b for a, b in spans)}
        return bool(words) and listed | within >= set(range(len(words)))

    def _anywhere(self, name: Text, text: Text) -> List[Found]:
        """The phrases of a list; none that reaches over the beginning of another wish."""
        found = _by_list(self.anywhere, text)
        named, turns = found.get(name, ()), {each.first for each in found.get(_TURNS, ())}
        return [each for each in named if turns.isdisjoint(set(range(each.first + 2, each.last)) - set(each.words))]

    def wishes_in(self, text: Text) -> FrozenSet[Text]:
        """What a whole message may wish for on the way to a person: of `cancel`, `place` and the like, mostly none.

        Words of courtesy around the wish do not count; a wish that is such a word itself ("no") stands alone.
        """
        words = split_words(text)
        if len(words) > _LONGEST_WISH:
            return frozenset()
        found = _by_list(self.wishes, text)
        if not found.keys() - {_AROUND, _BETWEEN}:
            return frozenset()
        around = {number for each in found.get(_AROUND, ()) for number in each.words}
        between = around | {number for each in found.get(_BETWEEN, ()) for number in each.words}
        wished = set()
        for name in found.keys() - {_AROUND, _BETWEEN}:
            for each in found[name]:
                beside = {*range(each.first), *range(each.last + 1, len(words))}
                inside = set(range(each.first, each.last)) - set(each.words)
                if between >= inside and (not beside if around.issuperset(each.words) else around >= beside):
                    wished.add(name)
        return frozenset(wished)


@remembered(8)
def _by_list(phrases: Phrases, text: Text) -> Mapping[Text, Sequence[Found]]:
    found: Dict[Text, List[Found]] = {}
    for each in phrases.find(split_words(text)):
        found.setdefault(each.table, []).append(each)
    return found


@remembered(4)
def _longest(phrases: Phrases, text: Text) -> Mapping[Text, Sequence[Found]]:
    found = _by_list(phrases, text)
    return {name: longest(found.get(name, ())) for name in (*_LISTS, *_LEANS)}


@dataclass(frozen=True)
class Relations:
    """How topics follow each other; see `data/conversation.yml`."""

    stays: Mapping[Text, Optional[FrozenSet[Text]]]
    alone: FrozenSet[Text]
    beside: FrozenSet[Text]
    last: Tuple[Text, ...]
    part_of: Mapping[Text, FrozenSet[Text]]
    seldom: FrozenSet[Text]

    def is_about(self, said: Text, before: Text) -> bool:
        """Whether a leaning message that says `said` by itself is about the answer `before` it all the same."""
        after = self.stays.get(said, frozenset())
        return after is None or before in after

    def stays_anyway(self, said: Text) -> bool:
        """Whether what it says by itself never counts, whatever was answered before."""
        return self.stays.get(said, frozenset()) is None


def load_speech(folder: Path) -> Mapping[Text, Speech]:
    """Read `<language>/speech.yml` below `folder`.

    Raises:
        ContentError: a file is missing or unreadable, or a key is missing or unknown.
    """
    return {language: _speech(folder / language / "speech.yml") for language in LANGUAGES}


def load_relations(file: Path) -> Relations:
    """Read `conversation.yml`.

    Raises:
        ContentError: the file is missing or unreadable, or a key is missing or unknown.
    """
    names = {"stays", "alone", "beside", "last", "part_of", "seldom"}
    entry = _mapping(_mapping(read_yaml(file), {"conversation"}, str(file))["conversation"], names, str(file))
    stays = {
        topic: None if after == ANY else frozenset(_texts(after, f"{file}, 'stays', '{topic}'"))
        for topic, after in _mapping(entry["stays"], None, f"{file}, 'stays'").items()
    }
    part_of = {
        topic: frozenset(_texts(parts, f"{file}, 'part_of', '{topic}'"))
        for topic, parts in _mapping(entry["part_of"], None, f"{file}, 'part_of'").items()
    }
    lists = {name: _texts(entry[name], f"{file}, '{name}'") for name in ("alone", "beside", "last", "seldom")}
    return Relations(
        stays,
        frozenset(lists["alone"]),
        frozenset(lists["beside"]),
        tuple(lists["last"]),
        part_of,
        frozenset(lists["seldom"]),
    )


def _speech(file: Path) -> Speech:
    entry = _mapping(read_yaml(file), {"speech"}, str(file))["speech"]
    entry = _mapping(entry, {*_LISTS, "leans", "questions", "wishes", *_ANYWHERE}, f"{file}, 'speech'")
    leans = _mapping(entry["leans"], set(_LEANS), f"{file}, 'leans'")
    rows = [(name, phrase) for name in _LISTS for phrase in _texts(entry[name], f"{file}, '{name}'")]
    rows += [(name, phrase) for name in _LEANS for phrase in _texts(leans[name], f"{file}, 'leans', '{name}'")]
    questions = _mapping(entry["questions"], None, f"{file}, 'questions'")
    _texts(list(questions.values()), f"{file}, 'questions'")
    wishes = _mapping(entry["wishes"], {*_WISHES, _AROUND, _BETWEEN}, f"{file}, 'wishes'")
    wished = [(name, phrase) for name in wishes for phrase in _texts(wishes[name], f"{file}, 'wishes', '{name}'")]
    anywhere = [(name, phrase) for name in _ANYWHERE for phrase in _texts(entry[name], f"{file}, '{name}'")]
    try:
        return Speech(Phrases(rows), questions, Phrases(wished), Phrases(anywhere))
    except ValueError as error:
        raise ContentError(f"{file}: {error}") from error


def _mapping(value: Any, keys: Optional[set], place: Text) -> Dict[Text, Any]:
    if not isinstance(value, dict):
        raise ContentError(f"{place}: must be keys with values.")
    for key in value:
        if keys is not None and key not in keys:
            raise ContentError(f"{place}: unknown key '{key}'; known: {', '.join(sorted(keys))}.")
    for key in sorted(keys or ()):
        if key not in value:
            raise ContentError(f"{place}: the key '{key}' is missing.")
    return value


def _texts(value: Any, place: Text) -> List[Text]:
    """A list of texts; what YAML takes for something else (a number) has to stand in quotes."""
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise ContentError(f"{place}: must be a list of texts.")
    return value
