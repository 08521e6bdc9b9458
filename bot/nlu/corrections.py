"""Typing errors in a message: unknown words, and what was meant by them and the words beside them."""

from __future__ import annotations

import re
from typing import Container, Dict, Iterator, List, Mapping, Match, NamedTuple, Text, Tuple

from bot.nlu.noisy_channel import Costs, Meant, NoisyChannel, WordPairs
from bot.nlu.spelling import LONGEST, NearWords

WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+")
"""Letters, with the dots and rings that are written behind them."""
_CHUNK = re.compile(r"\S+")
_NO_WORDS = re.compile(r"[\d@/\\_=+#<>{}|~^]|www\.|[^\W\d_]['’][^\W\d_]", re.IGNORECASE)
"""What addresses, serial numbers and the like have between blanks; and two words drawn together ("isn't")."""
_NOT_ACROSS = re.compile(r"[^\s.,;:!?'’\"()-]|\n")
"""What no slip leads across: signs, the end of a line."""
_WIDEST = 12
"""So many words are looked at together."""
_MOST = 40
"""So many words of a message are looked at: what is all slips would take too long, and is no question."""
_BEGINNINGS = "([{\"'.!?:"
"""Behind these, or nothing, a capital says nothing."""


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
    is_fixed: bool


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
        tokens = [self._token(found, chunk[0]) for chunk in _CHUNK.finditer(text) for found in _words_of(chunk)]
        kept = self._kept(tokens)
        corrections: List[Correction] = []
        for first, last in _windows(tokens, text):
            words = " ".join(token.word for token in tokens[first:last])
            before = tokens[first - 1].word if first and _touch(tokens[first - 1], tokens[first], text) else ""
            after = tokens[last].word if last < len(tokens) and _touch(tokens[last - 1], tokens[last], text) else ""
            corrections += _aligned(tokens[first:last], self._channel.read(words, kept, before, after))
        return corrections

    def _token(self, found: Match[Text], chunk: Text) -> _Token:
        word = found[0].lower()
        is_fixed = len(word) > LONGEST or bool(_NO_WORDS.search(chunk))
        is_known = is_fixed or word in self._counts or word in self._others
        return _Token(found.start(), found.end(), word, is_known, _is_name(found), is_fixed)

    def _kept(self, tokens: List[_Token]) -> Dict[Text, float]:
        """What it costs to believe in each word that no example has."""
        costs, least = self._costs, self._costs.unknown if any(token.is_known for token in tokens) else 0.0
        return {
            token.word: costs.real
            if token.is_known or token.is_name
            else max(least, costs.nobodys + costs.letter * len(token.word))
            for token in tokens
            if token.word not in self._counts
        }


def _words_of(chunk: Match[Text]) -> Iterator[Match[Text]]:
    return WORD.finditer(chunk.string, chunk.start(), chunk.end())


def _is_name(found: Match[Text]) -> bool:
    """Whether it looks like one: a capital and small letters, not at the beginning of a sentence."""
    word, text, place = found[0], found.string, found.start() - 1
    if not (word[:1].isupper() and word[1:].islower()):
        return False
    while place >= 0 and text[place].isspace():
        place -= 1
    return place >= 0 and text[place] not in _BEGINNINGS


def _windows(tokens: List[_Token], text: Text) -> List[Tuple[int, int]]:
    """Unknown words with one word on either side, as (first, behind the last)."""
    windows: List[Tuple[int, int]] = []
    number, looked_at = 0, 0
    while number < len(tokens) and looked_at < _MOST:
        if tokens[number].is_known:
            number += 1
            continue
        is_free = number > (windows[-1][1] if windows else 0)
        first = number - 1 if is_free and _touch(tokens[number - 1], tokens[number], text) else number
        behind = number + 1
        while (
            behind < min(len(tokens), first + _WIDEST)
            and not (tokens[behind].is_known and tokens[behind - 1].is_known)
            and _touch(tokens[behind - 1], tokens[behind], text)
        ):
            behind += 1
        windows.append((first, behind))
        number, looked_at = behind, looked_at + behind - first
    return windows


def _touch(left: _Token, right: _Token, text: Text) -> bool:
    """Whether a slip may have been made across what is between the words."""
    return not (left.is_fixed or right.is_fixed or _NOT_ACROSS.search(text, left.end, right.start))


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
