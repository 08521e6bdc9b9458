"""Phrases of word lists found in a message, whatever the case, the accents and a slip of the finger.

spaCy's matchers compare words as they stand; up to its version 3.5 they allow no typing error, a gap in them runs
across punctuation, and they remember every word that was ever sent. This one forgets them at the end of the turn.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import Dict, FrozenSet, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Text, Tuple

from bot.nlu.remembered import remembered
from bot.nlu.typos import SHORTEST_CORRECTED, Typos

LONGEST_GAP = 3
"""The most words that `…` in a phrase stands for; it may stand for none."""

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


@remembered(4)
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
        """`phrases`: pairs of table and phrase. `real_words` are never taken for a typing error.

        Raises:
            ValueError: a part of a word that stands for more has a single letter.
        """
        self._by_first: Dict[Text, List[_Listed]] = defaultdict(list)
        self._by_both: Dict[Text, Dict[Text, List[_Listed]]] = defaultdict(lambda: defaultdict(list))
        self._words: set = set()
        for number, (table, phrase) in enumerate(phrases):
            steps = _steps(phrase)
            if steps:
                self._list(_Listed(number, steps, table, phrase))
                self._words.update(*(step.words for step in steps))
        short = next((word for word in sorted(self._words) if "*" in word and len(word.strip("*")) < _LETTERS), None)
        if short is not None:
            raise ValueError(f"'{short}' stands for too many words; it needs {_LETTERS} letters at least.")
        self._begins = _by_letters((word for word in self._words if word.endswith("*")), slice(0, _LETTERS))
        self._ends = _by_letters((word for word in self._words if word.startswith("*")), slice(-_LETTERS, None))
        self._real_words = frozenset(real_words)
        self._typos = Typos(word for word in self._words if "*" not in word)

    def find(self, words: Sequence[Word]) -> List[Found]:
        """Every phrase at every place, also those within others."""
        forms = [self._forms(word.text) for word in words]
        found: List[Found] = []
        for number, these in enumerate(forms):
            for form in these:
                for listed in self._listed(form, words, forms, number + 1):
                    rest = _match(listed.steps[1:], words, forms, number + 1)
                    if rest is not None:
                        found.append(Found(listed.table, listed.phrase, (number, *rest)))
        return found

    def _list(self, listed: _Listed) -> None:
        """By the first word, and by the second where it follows at once: many phrases begin with the same word."""
        first, *more = listed.steps
        for word in first.words:
            if not more or more[0].gap:
                self._by_first[word].append(listed)
            else:
                for second in more[0].words:
                    self._by_both[word][second].append(listed)

    def _listed(
        self, form: Text, words: Sequence[Word], forms: Sequence[FrozenSet[Text]], following: int
    ) -> Iterable[_Listed]:
        """The phrases that may begin with this form of a word, in the order in which they were given."""
        listed = self._by_first.get(form, ())
        seconds = self._by_both.get(form)
        if seconds and following < len(words) and not words[following].after_pause:
            both = {each.number: each for second in forms[following] for each in seconds.get(second, ())}
            if both:
                both.update((each.number, each) for each in listed)
                return [both[number] for number in sorted(both)]
        return listed

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


class _Listed(NamedTuple):
    number: int
    steps: Sequence[_Step]
    table: Text
    phrase: Text


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
