"""Phrases of word lists found in a message, whatever the case, the accents and a slip of the finger.

spaCy's matchers compare words as they stand; up to its version 3.5 they allow no typing error, a gap in them runs
across punctuation, and they remember every word that was ever sent. This one keeps the words of the last few messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import (
    AbstractSet,
    Dict,
    FrozenSet,
    Iterable,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Set,
    Text,
    Tuple,
)

LONGEST_GAP = 3
"""The most words that `…` in a phrase stands for; it may stand for none."""
SHORTEST_CORRECTED = 6
"""In shorter words a slip of the finger too often makes another word."""

_LETTERS = 2
"""So many letters at least has a part of a word that stands for more: `be*`, `*ad`."""
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:['’´`](?:[^\W_]|[\u0300-\u036f])+)*")
_PHRASE_PART = re.compile(rf"…|\.\.\.|\*?{_WORD.pattern}\*?(?:\|\*?{_WORD.pattern}\*?)*")
_NO_PAUSE = re.compile(r"[\s\-'’´`\"”“/&+*_]*")
_PAUSE = re.compile(r"\n|\s-+\s")
_WITHOUT_ACCENT = str.maketrans("åäöé", "aaoe")


class Word(NamedTuple):
    """A word of a message: lower case, position, and whether punctuation parts it from the word before."""

    text: Text
    start: int
    end: int
    after_pause: bool


class Found(NamedTuple):
    """A phrase found: its table, the phrase and the numbers of its words in the message, those in gaps left out."""

    table: Text
    phrase: Text
    words: Tuple[int, ...]

    @property
    def first(self) -> int:
        """The number of the first word."""
        return self.words[0]

    @property
    def last(self) -> int:
        """The number of the last word."""
        return self.words[-1]


def plain(word: Text) -> Text:
    """Lower case without apostrophes: `Didn't` and `didnt` are the same."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return "".join(letter for letter in unicodedata.normalize("NFKC", word.lower()) if letter.isalnum())


def spellings(word: Text) -> FrozenSet[Text]:
    """How a word may be written: `hållare` without its accents as well, `lost` not with any (`löst`)."""
    lower = plain(word)
    if lower.isascii():
        return frozenset({lower})
    bare = lower.translate(_WITHOUT_ACCENT)
    if not bare.isascii():
        bare = "".join(letter for letter in unicodedata.normalize("NFKD", bare) if letter.isalnum())
    return frozenset({lower, bare})


@lru_cache(maxsize=4)
def split_words(text: Text) -> Sequence[Word]:
    """The words of a message in their order. Many ask for those of the same message one after the other."""
    result: List[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        pause = not _NO_PAUSE.fullmatch(between) or bool(_PAUSE.search(between))
        result.append(Word(plain(match.group()), match.start(), match.end(), pause and bool(result)))
        end = match.end()
    return tuple(result)


def longest(found: Sequence[Found], preferred: Sequence[Found] = ()) -> List[Found]:
    """Of phrases that share a word the one with more words; then a preferred one, the one with the shorter gap."""
    if not found and not preferred:
        return []
    kept: List[Found] = []
    taken: set = set()
    ranked = [(phrase, 0) for phrase in preferred] + [(phrase, 1) for phrase in found]
    for phrase, _ in sorted(ranked, key=lambda r: (-len(r[0].words), r[1], r[0].last - r[0].first, r[0].first)):
        if taken.isdisjoint(phrase.words):
            kept.append(phrase)
            taken.update(phrase.words)
    return sorted(kept, key=lambda f: (f.first, f.last))


class Phrases:
    """Phrases of several tables, to be found in messages.

    In a phrase `…` (or `...`) stands for up to three words, a `*` at the end or the start of a word for any ending
    or beginning, and `can't|won't` for either word. Nothing matches across punctuation.
    """

    def __init__(self, phrases: Iterable[Tuple[Text, Text]], real_words: Iterable[Text] = ()) -> None:
        """`phrases`: pairs of table and phrase. `real_words` are never taken for a typing error."""
        self._by_first: Dict[Text, List[Tuple[Sequence[_Step], Text, Text]]] = defaultdict(list)
        self._words: set = set()
        for table, phrase in phrases:
            steps = _steps(phrase)
            if steps:
                for word in steps[0].words:
                    self._by_first[word].append((steps, table, phrase))
                self._words.update(*(step.words for step in steps))
        self._begins = _by_letters((word for word in self._words if word.endswith("*")), slice(0, _LETTERS))
        self._ends = _by_letters((word for word in self._words if word.startswith("*")), slice(-_LETTERS, None))
        self._real_words = frozenset(real_words)
        self._typos = _Typos(word for word in self._words if "*" not in word)

    def find(self, words: Sequence[Word]) -> List[Found]:
        """Every phrase at every place, also those within others."""
        forms = [self._forms(word.text) for word in words]
        found: List[Found] = []
        for number, these in enumerate(forms):
            for form in these:
                for steps, table, phrase in self._by_first.get(form, ()):
                    if len(steps) > 1 and not steps[1].gap and not _goes_on(steps[1], words, forms, number + 1):
                        continue
                    rest = _match(steps[1:], words, forms, number + 1)
                    if rest is not None:
                        found.append(Found(table, phrase, (number, *rest)))
        return found

    def mistakable(self, words: Iterable[Text]) -> List[Text]:
        """Those of the words that would be taken for a typing error in one of the phrases' words."""
        written = {word.lower() for word in words}
        written |= {word.translate(_WITHOUT_ACCENT) for word in written if not word.isascii()}
        return sorted(self._typos.mistakable(written - self._words))

    def _forms(self, word: Text) -> FrozenSet[Text]:
        """The word, its parts as `begin*` or `*end` where a phrase has them, and what may have been meant."""
        begins = self._begins.get(word[:_LETTERS], ())
        ends = self._ends.get(word[-_LETTERS:], ())
        parts = [part for part in begins if word.startswith(part[:-1])] if begins else []
        parts += [part for part in ends if word.endswith(part[1:])] if ends else []
        if len(word) < SHORTEST_CORRECTED or parts or word in self._words or word in self._real_words:
            return frozenset((word, *parts))
        return frozenset((word, *self._typos.meant(word)))


def _by_letters(parts: Iterable[Text], where: slice) -> Mapping[Text, Sequence[Text]]:
    """The parts of words by their first or last letters."""
    sorted_in: Dict[Text, List[Text]] = defaultdict(list)
    for part in parts:
        sorted_in[part.strip("*")[where]].append(part)
    return dict(sorted_in)


class _Step(NamedTuple):
    words: FrozenSet[Text]
    gap: int


def _steps(phrase: Text) -> List[_Step]:
    steps: List[_Step] = []
    gap = 0
    for part in _PHRASE_PART.findall(phrase):
        if part in {"…", "..."}:
            gap = LONGEST_GAP
        else:
            words = {
                "*" * word.startswith("*") + spelling + "*" * word.endswith("*")
                for word in part.split("|")
                for spelling in spellings(word)
            }
            steps.append(_Step(frozenset(words), gap if steps else 0))
            gap = 0
    return steps


def _goes_on(step: _Step, words: Sequence[Word], forms: Sequence[FrozenSet[Text]], at: int) -> bool:
    return at < len(words) and not words[at].after_pause and not step.words.isdisjoint(forms[at])


def _match(
    steps: Sequence[_Step], words: Sequence[Word], forms: Sequence[FrozenSet[Text]], at: int
) -> Optional[Tuple[int, ...]]:
    if not steps:
        return ()
    for number in range(at, min(at + steps[0].gap + 1, len(words))):
        if words[number].after_pause:
            return None
        if not steps[0].words.isdisjoint(forms[number]):
            rest = _match(steps[1:], words, forms, number + 1)
            if rest is not None:
                return (number, *rest)
    return None


class _Typos:
    """Words one typing error away: a letter too many, missing, wrong, or two swapped; the first letter is right."""

    def __init__(self, words: Iterable[Text]) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST_CORRECTED)
        self._letters = sorted({letter for word in self._words for letter in word})
        self._shortened = {shorter for word in self._words for shorter in _shortened(word)}

    def meant(self, word: Text) -> FrozenSet[Text]:
        """The words that this one may stand for."""
        if len(word) < SHORTEST_CORRECTED or self._shortened.isdisjoint(_shortened(word)):
            return frozenset()
        return self._words & self._one_error_from(word)

    def mistakable(self, words: AbstractSet[Text]) -> Set[Text]:
        """Those of the words that stand for another."""
        near = {word for meant in self._words for word in self._one_error_from(meant) & words}
        return {word for word in near if len(word) >= SHORTEST_CORRECTED}

    def _one_error_from(self, word: Text) -> Set[Text]:
        halves = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
        near = {left + letter + right for left, right in halves for letter in self._letters}
        near.update(left + letter + right[1:] for left, right in halves if right for letter in self._letters)
        near.update(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
        return near.union(_shortened(word)) - {word}


def _shortened(word: Text) -> Set[Text]:
    """The word and what one missing letter makes of it: words one error apart have one of these in common."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}
