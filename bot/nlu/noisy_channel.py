"""What was meant by what was written, judged with the words around it: a noisy channel. No Rasa here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Set, Text

from bot.nlu.spelling import LONGEST, NearWords

_BLANK = " "
_AROUND_A_BLANK = (-1, 0, 1, 2)
"""Where a word may end, seen from a blank: it may have been swapped with the letter before or after it."""
_BEST = 6
"""So many words are considered behind what is written between two places, and so many ways to go on from one place."""
_SPLIT = 5
"""Letters from which a word may be two without a blank."""
_FAMILIAR = 3
"""How often a word has to occur to be one of those two."""


@dataclass(frozen=True)
class Costs:
    """Surprise, as negative natural logarithms, at what can happen between what was meant and what was written.

    `slip`, `second_slip`: a letter too many, too few, wrong or swapped. `start`: in the first letter, on top of that.
    `short`: in a word of up to three letters, on top of that. `dots`: left out, or put where there are none. `blank`:
    too many or missing. `real`: a word that no example has, but a dictionary, or that may be a name. `unknown`: any
    other; `nobodys` and, for each letter, `letter`: the same in a message of such words only, and if a word is so long
    that several may have been run together. `pair`: the share of what is known of two words together in the
    expectation of the second, from 0 to 1.
    """

    slip: float = 4.5
    second_slip: float = 6.0
    start: float = 0.7
    short: float = 1.0
    dots: float = 0.3
    blank: float = 3.0
    real: float = 12.0
    unknown: float = 23.0
    nobodys: float = 8.0
    letter: float = 1.8
    pair: float = 0.6


class Meant(NamedTuple):
    """A word, and the places in the text between which it was written."""

    first: int
    last: int
    word: Text


class _Way(NamedTuple):
    """The cheapest way to a place that ends with this word."""

    cost: float
    meant: Meant
    before: Optional[_Way]


class WordPairs:
    """How surprising a word is after another one, from how often both occur in the examples."""

    def __init__(self, counts: Mapping[Text, int], pairs: Mapping[Text, int], share: float) -> None:
        """`pairs`: two words with a blank between them; `share`: of pairs in the expectation, see `Costs`."""
        self.counts, self._pairs, self._share = counts, pairs, share
        self._all = (sum(counts.values()) + len(counts)) / (1 - share)

    def surprise(self, word: Text, before: Text = "") -> float:
        """Of a word of `counts`."""
        expected = (self.counts[word] + 1) / self._all
        together = self._pairs.get(f"{before} {word}", 0)
        if together:
            expected += self._share * together / (self.counts[before] + 5)
        return -math.log(expected)


class NoisyChannel:
    """Finds the likeliest words behind some that were written."""

    def __init__(self, expected: WordPairs, near: NearWords, costs: Costs) -> None:
        """`near`: of the words of `expected`."""
        self._expected, self._near, self._costs = expected, near, costs

    def read(self, text: Text, kept: Mapping[Text, float], before: Text = "", after: Text = "") -> List[Meant]:
        """The words that were meant, in their order; all of the text is part of one of them.

        Args:
            text: in lower case, letters only, one blank between two words.
            kept: of those words that no example has, what it costs to believe that they were meant.
            before: the word before them, empty where there is none.
            after: the word behind them.
        """
        spans = _spans(text, self._cuts(text, kept))
        meant = self._readings(text, spans, kept)
        ways: Dict[int, Dict[Text, _Way]] = {0: {before: _Way(0.0, Meant(0, 0, before), None)}}
        for first in sorted(spans):
            best = sorted(ways.get(first, {}).values(), key=lambda way: way.cost)[:_BEST]
            for last in spans[first] if best else ():
                at_blank = last == len(text) or text[last] == _BLANK
                there = ways.setdefault(last + 1 if at_blank else last, {})
                for word, cost in meant[text[first:last]].items():
                    cost += 0.0 if at_blank else self._costs.blank
                    way = min((self._on(way, Meant(first, last, word), cost) for way in best), key=lambda way: way.cost)
                    if word not in there or way.cost < there[word].cost:
                        there[word] = way
        ends = ways.get(len(text) + 1, {}).values()
        if not ends:
            return []
        return _words(min(ends, key=lambda way: way.cost + self._surprise(after, way.meant.word)))

    def _on(self, way: _Way, meant: Meant, cost: float) -> _Way:
        return _Way(way.cost + cost + self._surprise(meant.word, way.meant.word), meant, way)

    def _surprise(self, word: Text, before: Text) -> float:
        return self._expected.surprise(word, before) if word in self._expected.counts else 0.0

    def _cuts(self, text: Text, kept: Mapping[Text, float]) -> Set[int]:
        """Where a word may end: around blanks, and in an unknown word behind or before familiar ones."""
        cuts: Set[int] = set()
        start = 0
        for word in text.split(_BLANK):
            end = start + len(word)
            cuts.update(end + by for by in _AROUND_A_BLANK)
            if len(word) >= _SPLIT and kept.get(word, 0.0) > self._costs.real:
                cuts.update(start + cut for cut in self._cuts_inside(word))
            start = end + 1
        return cuts

    def _cuts_inside(self, word: Text) -> Set[int]:
        from_start, from_end = {0}, {len(word)}
        for cut in range(2, len(word) - 1):
            if any(self._is_part(word[before:cut]) for before in from_start):
                from_start.add(cut)
        for cut in range(len(word) - 2, 1, -1):
            if any(self._is_part(word[cut:behind]) for behind in from_end):
                from_end.add(cut)
        return (from_start | from_end) - {0, len(word)}

    def _is_part(self, word: Text) -> bool:
        return len(word) > 1 and self._expected.counts.get(word, 0) >= _FAMILIAR

    def _readings(
        self, text: Text, spans: Mapping[int, Sequence[int]], kept: Mapping[Text, float]
    ) -> Dict[Text, Dict[Text, float]]:
        """What is written between two places -> the likeliest words that were meant -> what that costs."""
        written = sorted({text[first:last] for first, lasts in spans.items() for last in lasts})
        whole = set(text.split(_BLANK))
        joined = [part.replace(_BLANK, "") for part in written]
        readings: Dict[Text, Dict[Text, float]] = {}
        for part, plain, close in zip(written, joined, self._near.near(joined)):
            extra = self._costs.blank if _BLANK in part else 0.0
            costs = {
                word: extra + self._cost(plain, word, slips)
                for word, slips in close.items()
                if slips or extra or self._is_likelier(word, plain)
            }
            likeliest = sorted(costs, key=lambda word: costs[word] + self._expected.surprise(word))[:_BEST]  # noqa: B023
            readings[part] = {word: costs[word] for word in likeliest}
            if part in self._expected.counts:
                readings[part][part] = 0.0
            elif part in whole:
                readings[part][part] = kept[part]
        return readings

    def _is_likelier(self, word: Text, written: Text) -> bool:
        """Whether dots may have been meant that are not written, or the other way round: not for a rarer word."""
        counts = self._expected.counts
        return word == written or counts[word] > counts.get(written, 0)

    def _cost(self, written: Text, meant: Text, slips: int) -> float:
        costs = self._costs
        if not slips:
            return 0.0 if written == meant else costs.dots
        cost = costs.slip + (costs.second_slip if slips > 1 else 0.0)
        cost += costs.start if written[0] != meant[0] else 0.0
        return cost + (costs.short if min(len(written), len(meant)) <= 3 else 0.0)


def _spans(text: Text, cuts: Set[int]) -> Dict[int, List[int]]:
    """Where words may begin -> where they may end; with at most one blank inside."""
    starts = {0} | {cut + 1 if cut < len(text) and text[cut] == _BLANK else cut for cut in cuts}
    spans: Dict[int, List[int]] = {}
    for first in sorted(start for start in starts if 0 <= start < len(text) and text[start] != _BLANK):
        lasts = [last for last in sorted(cuts) if first < last <= min(len(text), first + LONGEST + 2)]
        spans[first] = [
            last for last in lasts if text[last - 1] != _BLANK and text.count(_BLANK, first, last) <= 1
        ]
    return spans


def _words(way: Optional[_Way]) -> List[Meant]:
    found: List[Meant] = []
    while way and way.before:
        found.append(way.meant)
        way = way.before
    return found[::-1]
