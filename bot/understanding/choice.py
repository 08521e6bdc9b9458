"""What a message decides: a yes or a no that cannot be mistaken, "later", or a button by its place.

What cannot be undone is done by its button or by such a yes only. A question, a condition, an alternative, a refusal,
somebody else's doing, or an imperative of another deed is no yes, whatever topic or entity its words were taken for.
Mere praise is none either, and is told apart. The word lists are those of `data/<language>/choice.yml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import FrozenSet, List, NamedTuple, Optional, Sequence, Text, Tuple

from bot.nlu.phrases import Found, Phrases, Word, split_words
from bot.nlu.remembered import remembered
from bot.settings import ROOT
from bot.understanding.danger import load_phrases

OPEN, SEND, DELETE, WORKS = "open", "send", "delete", "works"
"""What may be offered, or asked, that an imperative of its own agrees to: a case, a message, an erasure, "it works"."""
_JOINS, _YES, _DO, _AROUND, _OFFERED, _NO, _LATER = "joins", "yes", "do", "around", "offered", "no", "later"
_CONDITIONS, _QUESTIONS, _BEGINS, _OTHERS = "conditions", "questions", "begins", "others"
_ASSENT, _PRAISE, _WANTS, _NEGATIONS = "assent", "praise", "wants", "negations"
_ABOUT_CASE, _ONE, _CASE = "about_case", "one", "case"
_DO_ONLY = {OPEN: "do_open", SEND: "do_send", DELETE: "do_delete", WORKS: "works"}
_NOT_ONLY = {SEND: "drops", DELETE: "keeps"}
_IMPERATIVES = tuple(_DO_ONLY[deed] for deed in (OPEN, SEND, DELETE))
_PLACES = ("first", "second", "third", "fourth", "fifth", "last")
_BESIDE = (_AROUND, _OFFERED, _PRAISE, _ASSENT)
_ASKING = (_CONDITIONS, _QUESTIONS, _BEGINS, _OTHERS, _ABOUT_CASE)
_OF_WISHES = (*_BESIDE, _CASE, _WANTS, _NEGATIONS, *_DO_ONLY.values(), *_NOT_ONLY.values())
_LISTS = (_JOINS, _YES, _DO, *_OF_WISHES, _NO, _LATER, *_ASKING, *_PLACES, _ONE)
_SAYS_LITTLE = (_JOINS, _AROUND, _OFFERED, _CASE, _WANTS, _ONE)
_MOST_WORDS = 40
"""A longer message is a story, and decides nothing."""
_MARK_BEHIND = re.compile(r"[^\w]*")
_THUMBS = {"\U0001f44d": _YES, "\U0001f44e": _NO}


class Choice(NamedTuple):
    """What the pieces of a message decide.

    `yes`: one piece is a yes, or an imperative with no question beside it, and nothing else; and none takes it back.
    `no` and `later` likewise; `not_now`: that "later" is a refusal, too. `doubtful`: a yes in it depends on something,
    is asked about, or is somebody else's; `hangs`: and that is no question. `contrary`: an imperative in it is of
    another deed, or beside a "not". `praise`: it says how good that is, and nothing else ("ok" is no more, of an
    erasure). `questions`: the pieces that ask something. `more`: there is something else, too.
    """

    yes: bool = False
    no: bool = False
    later: bool = False
    doubtful: bool = False
    questions: Tuple[Text, ...] = ()
    more: bool = False
    not_now: bool = False
    hangs: bool = False
    contrary: bool = False
    praise: bool = False

    @property
    def is_yes_alone(self) -> bool:
        """Nothing but a yes."""
        return self.yes and not self.questions and not self.more


class Place(NamedTuple):
    """A button by its place: its number from 0, -1 for the last; `may_be_unit`: or one of several units."""

    number: int
    may_be_unit: bool


@remembered(8)
def choice_in(text: Text, deed: Optional[Text] = None) -> Choice:
    """What a message decides, in any language.

    `deed`: what is offered (`OPEN`, `SEND`, `DELETE`, `WORKS`), None for anything else. An imperative of its own agrees
    to that one only.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words, found = _found(text)
    thumbs = {kind for sign, kind in _THUMBS.items() if sign in text}
    if not words and not thumbs or len(words) > _MOST_WORDS:
        return Choice(doubtful=bool(words), more=bool(words))
    pieces = [_Piece(text, words, first, end, found, deed) for first, end in _pieces(words, found)]
    kinds = {piece.kind for piece in pieces} | thumbs
    no, later = _NO in kinds, _LATER in kinds
    doubtful = any(piece.is_condition or piece.agrees and (piece.asks or piece.is_of_others) for piece in pieces)
    doubtful = doubtful or _ends_open(words, found)
    contrary = any(piece.is_contrary for piece in pieces)
    questions = tuple(piece.text for piece in pieces if piece.asks)
    more = any(piece.kind is None and not piece.asks for piece in pieces)
    agrees = any(piece.kind == _YES and (piece.says(_YES) or not questions) for piece in pieces)
    nothing_else = not (kinds & {_YES, _NO, _LATER} or questions or more or doubtful or contrary)
    assents = nothing_else and any(piece.assents for piece in pieces)
    agrees = agrees or _YES in thumbs or assents and deed != DELETE
    return Choice(
        yes=agrees and not (no or later or doubtful or contrary),
        no=no and _YES not in kinds and not later,
        later=later,
        doubtful=doubtful,
        questions=questions,
        more=more,
        not_now=later and not no and any(piece.kind == _LATER and piece.says(_NEGATIONS) for piece in pieces),
        hangs=not questions and any(piece.hangs for piece in pieces),
        contrary=contrary,
        praise=nothing_else and not agrees and (assents or any(piece.says(_PRAISE) for piece in pieces)),
    )


def may_decide(text: Text) -> bool:
    """Whether there are words of a decision in it at all, or of a question beside one.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    is_thumb = any(sign in text for sign in _THUMBS)
    return is_thumb or any(each.table not in _SAYS_LITTLE for each in _found(text)[1])


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


@remembered(4)
def _found(text: Text) -> Tuple[Sequence[Word], Sequence[Found]]:
    words = split_words(text)
    return words, choice_words().find(words) if len(words) <= _MOST_WORDS else ()


class _Piece:
    """What stands between two pauses, or a pause and a "but"."""

    def __init__(
        self, text: Text, words: Sequence[Word], first: int, end: int, found: Sequence[Found], deed: Optional[Text]
    ) -> None:
        self._all = frozenset(range(first, end))
        self._found = [each for each in found if self._all.issuperset(each.words)]
        self._do = tuple(table for offered, table in _DO_ONLY.items() if offered == deed)
        self._not = (_NO, *(table for offered, table in _NOT_ONLY.items() if offered == deed))
        self._beside = _BESIDE if deed in (SEND, DELETE) else (*_BESIDE, _CASE)
        self.text = text[words[first].start : words[end - 1].end]
        mark = _MARK_BEHIND.match(text, words[end - 1].end)
        self._is_marked = "?" in (mark[0] if mark else "")
        self.kind = self._kind()
        if self.asks or self.is_condition and self.kind != _AROUND:
            self.kind = None

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        settled = (_YES, _DO, *_IMPERATIVES, _NO, _LATER, _PRAISE)
        return self._is_marked or self._begins_with_question() or self._says_beside([_QUESTIONS], *settled)

    @property
    def is_condition(self) -> bool:
        """Whether it makes a yes depend on something, or names another choice; "what if …" only asks."""
        is_one = self._says_beside([_CONDITIONS], _YES, _DO, *_IMPERATIVES, _LATER)
        return is_one and not self._begins_with_question()

    @property
    def hangs(self) -> bool:
        """Whether it makes a yes depend on something, or says only that it depends."""
        return self.is_condition and (self.agrees or self._words_of(_CONDITIONS, *self._beside, _WANTS) == self._all)

    @property
    def is_of_others(self) -> bool:
        """Whether somebody else is to do it, or says so."""
        return self._says_beside([_OTHERS], _AROUND)

    @property
    def agrees(self) -> bool:
        """Whether there is a yes or an imperative in it, of whatever deed."""
        return self.says(_YES, _DO, *_IMPERATIVES)

    @property
    def is_contrary(self) -> bool:
        """Whether there is a yes or an imperative in it that is not meant: beside a "not", or of another deed."""
        others = [table for table in _IMPERATIVES if table not in self._do]
        is_other = self._says_beside(others, *self._do, *self._not, _YES, _DO, *self._beside)
        return self.kind is None and (is_other or self.agrees and (bool(self._negated()) or self.says(*self._not)))

    @property
    def assents(self) -> bool:
        """Whether it is an "ok" and nothing else."""
        return self.says(_ASSENT) and self._words_of(_ASSENT, _PRAISE, _AROUND) == self._all

    def says(self, *tables: Text) -> bool:
        """Whether a phrase of one of the lists is in it."""
        return any(each.table in tables for each in self._found)

    def _kind(self) -> Optional[Text]:
        agreeing = (_YES, _DO, *self._do)
        if self._negated():
            refused = (*self._not, _NEGATIONS, *agreeing[1:], _WANTS, *self._beside)
            is_later = self.says(_LATER) and self._words_of(_LATER, _NO, *agreeing[1:], *self._beside) == self._all
            is_refusal = self._words_of(*refused) == self._all and not self._says_beside([_YES, *self._not[1:]], _NO)
            return _LATER if is_later else _NO if is_refusal else None
        if self.says(*agreeing) and self._words_of(*agreeing, *self._beside) == self._all:
            return _YES
        named = tuple(each for each in self._beside if each != _OFFERED or not self.says(_NOT_ONLY[SEND]))
        if self.says(*self._not) and self._words_of(*self._not, *named) == self._all:
            return _NO
        if self.says(_LATER) and self._words_of(_LATER, *agreeing, *_IMPERATIVES, *self._beside) == self._all:
            return _LATER
        return _AROUND if self._words_of(*self._beside) == self._all else None

    def _negated(self) -> FrozenSet[int]:
        """What says "not", but for a "no" that begins it, and those within "why not", "no problem", "not now"."""
        rest = self._all - self._words_of(_AROUND)
        called = {each.first for each in self._found if each.table == _NO and len(each.words) == 1}
        beginning = {min(rest, default=-1)} & called
        return self._words_of(_NEGATIONS) - self._words_of(_YES, _AROUND, _PRAISE, _LATER, *self._do) - beginning

    def _says_beside(self, tables: Sequence[Text], *others: Text) -> bool:
        covered = self._words_of(*others)
        return any(each.table in tables and not covered.issuperset(each.words) for each in self._found)

    def _begins_with_question(self) -> bool:
        rest = self._all - self._words_of(_AROUND)
        asked = (each for each in self._found if each.table in (_QUESTIONS, _BEGINS))
        covered = self._words_of(_YES, _DO, *_IMPERATIVES, _PRAISE)
        return any(each.first == min(rest, default=-1) and not covered.issuperset(each.words) for each in asked)

    def _words_of(self, *tables: Text) -> FrozenSet[int]:
        """The numbers of the words of these lists' phrases; of those in gaps only what belongs to a wish as well, but
        for a no and a "later", which undo nothing.
        """
        named = [each for each in self._found if each.table in tables]
        wanting = {number for each in self._found if each.table == _WANTS for number in each.words}
        taken = {number for each in named for number in each.words}
        for each in named:
            between = {*range(each.first, each.last + 1)}
            taken |= between if each.table in (_NO, _LATER) else between & wanting
        return frozenset(taken)


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
