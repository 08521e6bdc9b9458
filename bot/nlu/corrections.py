"""Typing errors in a message: unknown words, and what was meant by them and the words beside them."""

from __future__ import annotations

import re
from typing import Container, Dict, List, Mapping, Match, NamedTuple, Text, Tuple

from bot.nlu.noisy_channel import Costs, Meant, NoisyChannel, WordPairs
from bot.nlu.spelling import NearWords

WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 40
"""A longer word is nobody's; looking for what was meant would take too long."""
_MOST = 60
"""So many words of a message are looked at, from the first unknown one on, for the same reason."""
_NOT_ACROSS = re.compile(r"[^\s.,;:!?'’\"()/-]|\n")
"""What no slip leads across: digits, signs, the end of a line."""


class Correction(NamedTuple):
    """The words that were meant, in lower case, and where the text says something else."""

    start: int
    end: int
    meant: Text


class _Token(NamedTuple):
    start: int
    end: int
    word: Text
    is_known: bool
    is_name: bool


class Corrector:
    """Corrects texts of one language."""

    def __init__(
        self,
        counts: Mapping[Text, int],
        pairs: Mapping[Text, int],
        near: NearWords,
        others: Container[Text],
        costs: Costs,
    ) -> None:
        """`counts`, `pairs`: of the examples, see `WordPairs`; `near`: of the same; `others`: more real words."""
        self._counts, self._others, self._costs = counts, others, costs
        self._channel = NoisyChannel(WordPairs(counts, pairs, costs.pair), near, costs)

    def corrections(self, text: Text) -> List[Correction]:
        """What to read differently, from left to right; nothing where every word is known."""
        tokens = [self._token(found) for found in WORD.finditer(text)]
        kept = self._kept(tokens)
        corrections: List[Correction] = []
        for first, last in _windows(tokens, text)[:_MOST]:
            words = [token.word for token in tokens[first:last]]
            before = tokens[first - 1].word if first else ""
            after = tokens[last].word if last < len(tokens) else ""
            meant = self._channel.read(" ".join(words), kept, before, after)
            corrections += _aligned(tokens[first:last], meant)
        return corrections

    def _token(self, found: Match[Text]) -> _Token:
        word = found[0].lower()
        is_known = word in self._counts or word in self._others
        return _Token(found.start(), found.end(), word, is_known, _is_name(found))

    def _kept(self, tokens: List[_Token]) -> Dict[Text, float]:
        """What it costs to believe in each word that no example has."""
        unknown = self._costs.unknown if any(token.is_known for token in tokens) else self._costs.alone
        return {
            token.word: self._costs.real if token.is_known or token.is_name else unknown
            for token in tokens
            if token.word not in self._counts
        }


def _is_name(found: Match[Text]) -> bool:
    """Whether it looks like one: a capital and small letters, not at the beginning of a sentence."""
    word = found[0]
    before = found.string[: found.start()].rstrip()
    return word[:1].isupper() and word[1:].islower() and before[-1:] not in ("", ".", "!", "?", ":")


def _windows(tokens: List[_Token], text: Text) -> List[Tuple[int, int]]:
    """Unknown words with one word on either side, as (first, behind the last)."""
    windows: List[Tuple[int, int]] = []
    for number, token in enumerate(tokens):
        if token.is_known or len(token.word) > _LONGEST:
            continue
        first = number - 1 if number and _touch(tokens[number - 1], token, text) else number
        behind = number + 1
        if behind < len(tokens) and _touch(token, tokens[behind], text):
            behind += 1
        if windows and first < windows[-1][1]:
            first = windows.pop()[0]
        windows.append((first, behind))
    return windows


def _touch(left: _Token, right: _Token, text: Text) -> bool:
    """Whether a slip may have been made across what is between the words."""
    return max(len(left.word), len(right.word)) <= _LONGEST and not _NOT_ACROSS.search(text, left.end, right.start)


def _aligned(tokens: List[_Token], meant: List[Meant]) -> List[Correction]:
    """Corrections that begin and end where written words do."""
    places: List[Tuple[int, int]] = []
    place = 0
    for token in tokens:
        places.append((place, place + len(token.word)))
        place += len(token.word) + 1
    corrections: List[Correction] = []
    written, read = 0, 0
    while written < len(tokens) and read < len(meant):
        first, words = written, [meant[read].word]
        while meant[read].last != places[written][1]:
            if meant[read].last < places[written][1]:
                read += 1
                words.append(meant[read].word)
            else:
                written += 1
        if words != [token.word for token in tokens[first : written + 1]]:
            corrections.append(Correction(tokens[first].start, tokens[written].end, " ".join(words)))
        written, read = written + 1, read + 1
    return corrections
