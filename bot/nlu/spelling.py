"""Which known words look like a written one."""

from __future__ import annotations

from itertools import combinations
from typing import Dict, List, Mapping, Sequence, Set, Text
from zlib import crc32

import numpy as np
from rapidfuzz.distance import OSA

from bot.nlu.glossary import folded

TWO_SLIPS = 6
"""Letters from which a word may have two slips."""
FAMILIAR = 2
"""How often a word has to occur to be two slips away."""
LONGEST = 30
"""Letters of a word that may be misspelt."""


class NearWords:
    """Finds the known words that are at most two slips away from a written one; dots and rings over letters are none.

    Two words can only be a slip apart if they are the same without a letter of either, or without one of one of them.
    So of every known word the check sums of itself and of all that remains without a letter are kept in order; of words
    of six letters and more that occur more than once, also of what remains without two.
    """

    def __init__(self, words: Sequence[Text], sums: np.ndarray, places: np.ndarray) -> None:
        """`sums`: unsigned, of 32 bits, in rising order; `places`: the numbers of the words that they belong to."""
        self.words, self.sums, self.places = words, sums, places

    @classmethod
    def of(cls, counts: Mapping[Text, int]) -> NearWords:
        """Of words in lower case that occur so often."""
        words = list(counts)
        pairs = [
            (_sum(part), place)
            for place, word in enumerate(words)
            if 2 <= len(word) <= LONGEST + 2
            for part in _parts(folded(word), counts[word] >= FAMILIAR)
        ]
        pairs.sort()
        return cls(
            words,
            np.array([pair[0] for pair in pairs], dtype=np.uint32),
            np.array([pair[1] for pair in pairs], dtype=np.uint32),
        )

    def near(self, written: Sequence[Text]) -> List[Dict[Text, int]]:
        """For each word in lower case the known words that it may stand for, with the number of slips."""
        plain = [folded(word) for word in written]
        owners: List[int] = []
        sums: List[int] = []
        for number, word in enumerate(plain):
            if 2 <= len(word) <= LONGEST + 2:
                parts = [_sum(part) for part in _parts(word, True)]
                sums += parts
                owners += [number] * len(parts)
        wanted = np.array(sums, dtype=np.uint32)
        starts = np.searchsorted(self.sums, wanted)
        ends = np.searchsorted(self.sums, wanted, side="right")
        candidates: List[Set[int]] = [set() for _ in written]
        for hit in np.flatnonzero(ends > starts).tolist():
            candidates[owners[hit]].update(self.places[starts[hit] : ends[hit]].tolist())
        return [self._close(word, found) for word, found in zip(plain, candidates)]

    def _close(self, plain: Text, found: Set[int]) -> Dict[Text, int]:
        close: Dict[Text, int] = {}
        for place in sorted(found):
            known = self.words[place]
            meant = folded(known)
            most = 2 if len(plain) >= TWO_SLIPS and len(meant) >= TWO_SLIPS - 1 else 1
            distance = OSA.distance(plain, meant, score_cutoff=most)
            if distance <= most:
                close[known] = distance
        return close


def _parts(word: Text, without_two: bool) -> Set[Text]:
    """The word, and what remains without any one of its letters, or without any two of them."""
    parts = {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}
    if without_two and len(word) >= TWO_SLIPS:
        parts |= {word[:i] + word[i + 1 : j] + word[j + 1 :] for i, j in combinations(range(len(word)), 2)}
    return parts


def _sum(part: Text) -> int:
    return crc32(part.encode())
