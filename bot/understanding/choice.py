"""What a message decides: a yes or a no that cannot be mistaken, "later", or a button by its place.

What cannot be undone is done by its button or by such a yes only. A question, a condition, an alternative, or somebody
else's doing is no yes, whatever topic or entity its words were taken for. The word lists are those of
`data/<language>/choice.yml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import FrozenSet, List, NamedTuple, Optional, Sequence, Text, Tuple

from bot.nlu.phrases import Found, Phrases, Word, split_words
from bot.settings import ROOT
from bot.understanding.danger import load_phrases

_JOINS, _YES, _DO, _AROUND, _OFFERED, _NO, _LATER = "joins", "yes", "do", "around", "offered", "no", "later"
_CONDITIONS, _QUESTIONS, _BEGINS, _OTHERS = "conditions", "questions", "begins", "others"
_ABOUT_CASE, _ONE = "about_case", "one"
_PLACES = ("first", "second", "third", "fourth", "fifth", "last")
_BESIDE = (_AROUND, _OFFERED)
_ASKING = (_CONDITIONS, _QUESTIONS, _BEGINS, _OTHERS, _ABOUT_CASE)
_LISTS = (_JOINS, _YES, _DO, *_BESIDE, _NO, _LATER, *_ASKING, *_PLACES, _ONE)
_MOST_WORDS = 40
"""A longer message is a story, and decides nothing."""
_MARK_BEHIND = re.compile(r"[^\w]*")


class Choice(NamedTuple):
    """What the pieces of a message decide.

    `yes`: one piece is a yes, or an imperative with no question beside it, and nothing else; and none takes it back.
    `no` and `later` likewise. `doubtful`: a yes in it depends on something, is asked about, or is somebody else's.
    `questions`: the pieces that ask something. `more`: there is something else in it, neither decision nor question.
    """

    yes: bool = False
    no: bool = False
    later: bool = False
    doubtful: bool = False
    questions: Tuple[Text, ...] = ()
    more: bool = False

    @property
    def is_yes_alone(self) -> bool:
        """Nothing but a yes."""
        return self.yes and not self.questions and not self.more


class Place(NamedTuple):
    """A button by its place: its number from 0, -1 for the last; `may_be_unit`: or one of several units."""

    number: int
    may_be_unit: bool


@lru_cache(maxsize=4)
def choice_in(text: Text) -> Choice:
    """What a message decides, in any language.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words, found = _found(text)
    if not words or len(words) > _MOST_WORDS:
        return Choice(doubtful=bool(words), more=bool(words))
    pieces = [_Piece(text, words, first, end, found) for first, end in _pieces(words, found)]
    kinds = {piece.kind for piece in pieces}
    no, later = _NO in kinds, _LATER in kinds
    doubtful = any(piece.is_condition or piece.agrees and (piece.asks or piece.is_of_others) for piece in pieces)
    doubtful = doubtful or _ends_open(words, found)
    questions = tuple(piece.text for piece in pieces if piece.asks)
    agrees = any(piece.kind == _YES and (piece.says(_YES) or not questions) for piece in pieces)
    yes = agrees and not (no or later or doubtful)
    more = any(piece.kind is None and not piece.asks for piece in pieces)
    no = no and _YES not in kinds and not later
    return Choice(yes, no, later, doubtful, questions, more)


def is_about_case(text: Text) -> bool:
    """Whether a question has words of the case that is offered: who opens it, what happens then.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    return any(each.table == _ABOUT_CASE for each in _found(text)[1])


def place_in(text: Text) -> Optional[Place]:
    """The button that a message names by its place and says nothing else; mostly None.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words, found = _found(text)
    named = [each for each in found if each.table in _PLACES and each.last - each.first < len(each.words)]
    if not named:
        return None
    longest = max(named, key=lambda each: len(each.words))
    rest = set(range(len(words))) - set(longest.words)
    if any({*each.words} & rest for each in named if each.table != longest.table):
        return None
    besides = {number for each in found if each.table in (*_BESIDE, _ONE) for number in each.words}
    unit = any(each.table == _ONE and rest.issuperset(each.words) for each in found)
    number = _PLACES.index(longest.table)
    return Place(-1 if longest.table == "last" else number, unit) if besides >= rest else None


def load_choice(folder: Path) -> Phrases:
    """Read `<language>/choice.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, "choice", _LISTS)


@lru_cache(maxsize=1)
def choice_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_choice(ROOT / "data")


# A message is looked at for what it decides, for a place and for the case; what is in it is remembered that long.
@lru_cache(maxsize=4)
def _found(text: Text) -> Tuple[Sequence[Word], Sequence[Found]]:
    words = split_words(text)
    return words, choice_words().find(words) if len(words) <= _MOST_WORDS else ()


class _Piece:
    """What stands between two pauses, or a pause and a "but"."""

    def __init__(self, text: Text, words: Sequence[Word], first: int, end: int, found: Sequence[Found]) -> None:
        self._all = frozenset(range(first, end))
        self._found = [each for each in found if self._all.issuperset(each.words)]
        self.text = text[words[first].start : words[end - 1].end]
        mark = _MARK_BEHIND.match(text, words[end - 1].end)
        self._is_marked = "?" in (mark[0] if mark else "")
        self.kind = next((kind for kind in (_YES, _NO, _LATER) if self._is_all(kind)), None)
        if self.kind is None and self._words_of(*_BESIDE) == self._all:
            self.kind = _AROUND
        if self.asks or self.is_condition and self.kind != _AROUND:
            self.kind = None

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        begins = self._begins_with_question()
        return self._is_marked or begins or self._says_beside(_QUESTIONS, _YES, _DO, _LATER)

    @property
    def is_condition(self) -> bool:
        """Whether it makes a yes depend on something, or names another choice; "what if …" only asks."""
        return self._says_beside(_CONDITIONS, _YES, _DO, _LATER) and not self._begins_with_question()

    @property
    def is_of_others(self) -> bool:
        """Whether somebody else is to do it, or says so."""
        return self._says_beside(_OTHERS, _AROUND)

    @property
    def agrees(self) -> bool:
        """Whether there is a yes or an imperative in it."""
        return self.says(_YES) or self.says(_DO)

    def says(self, table: Text) -> bool:
        """Whether a phrase of a list is in it."""
        return any(each.table == table for each in self._found)

    def _says_beside(self, table: Text, *others: Text) -> bool:
        covered = self._words_of(*others)
        return any(each.table == table and not covered.issuperset(each.words) for each in self._found)

    def _begins_with_question(self) -> bool:
        rest = self._all - self._words_of(_AROUND)
        asked = (each for each in self._found if each.table in (_QUESTIONS, _BEGINS))
        covered = self._words_of(_YES, _DO)
        return any(each.first == min(rest, default=-1) and not covered.issuperset(each.words) for each in asked)

    def _words_of(self, *tables: Text) -> FrozenSet[int]:
        return frozenset(number for each in self._found if each.table in tables for number in _within(each))

    def _is_all(self, kind: Text) -> bool:
        beside = _BESIDE if kind == _NO else (_YES, _DO, *_BESIDE)
        said = self.agrees if kind == _YES else self.says(kind)
        return said and self._words_of(kind, *beside) == self._all


def _within(found: Found) -> range:
    """The numbers of its words, and of those in its gaps."""
    return range(found.first, found.last + 1)


def _ends_open(words: Sequence[Word], found: Sequence[Found]) -> bool:
    """Whether the last word goes on to something that was not said: "yes but"."""
    return any(each.table == _JOINS and each.last == len(words) - 1 for each in found)


def _pieces(words: Sequence[Word], found: Sequence[Found]) -> List[Tuple[int, int]]:
    """Where the pieces of a message begin and end; the words that join them belong to none."""
    joins = {each.first for each in found if each.table == _JOINS}
    pieces, first = [], 0
    for number, word in enumerate(words):
        if number in joins or word.after_pause:
            pieces.append((first, number))
            first = number + 1 if number in joins else number
    return [(start, end) for start, end in [*pieces, (first, len(words))] if start < end]
