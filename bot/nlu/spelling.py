"""Typing errors: an unknown word is read as a known one that is a slip or two away, or as two without a space."""

from __future__ import annotations

from itertools import combinations
from typing import Container, Dict, FrozenSet, Iterable, List, Mapping, Optional, Set, Text

_SHORTEST = 3
_COMMON_ENOUGH = 12
"""How often a word has to occur for a word of three letters to be taken for it."""
_TWO_SLIPS = 6
"""Letters from which a word may have two slips."""
_LONGEST = 40
"""A longer word is nobody's; looking for what was meant would take too long."""
_FAMILIAR = 3
"""How often a word has to occur to be one of two that were written as one, or to be two slips away."""
_SAME_START = 3.0


class Spelling:
    """Knows the words of the training examples, how often each occurs there, and real words that only look like them.

    A slip is a letter too many, too few, a wrong one, or two swapped. Words of six letters and more may have two, if
    they begin or end as they should. A word may also be two known words, one of which is among `joints`, without the
    space between them or with a letter in its place. Among several candidates the commonest is taken; one with the
    same first letter counts three times.
    """

    def __init__(
        self,
        counts: Mapping[Text, int],
        others: Iterable[Text] = (),
        joints: Iterable[Text] = (),
        real: Container[Text] = (),
    ) -> None:
        """`counts`: words in lower case; `others`, `real`: words that must not be changed; `joints`: little words."""
        self.counts = dict(counts)
        self.others, self.real = set(others), real
        self.joints: FrozenSet[Text] = frozenset(joint for joint in joints if len(joint) > 1)
        self._by_part: Dict[Text, List[Text]] = {}
        for word, count in self.counts.items():
            if len(word) >= _SHORTEST - 1:
                for part in parts(word):
                    self._by_part.setdefault(part, []).append(word)
            if len(word) >= _TWO_SLIPS and count >= _FAMILIAR:
                for part in smaller_parts(word):
                    self._by_part.setdefault(part, []).append(word)

    def corrected(self, word: Text) -> Text:
        """The known word or words that were meant, or the word itself; in lower case."""
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return word
        if word in self.counts or word in self.others or word in self.real:
            return word
        return self._one_slip_away(word) or self._two_words(word) or self._two_slips_away(word) or word

    def likeliest_other(self, word: Text) -> Optional[Text]:
        """Another known word, one slip away, that this one may have been meant to be."""
        return self._likeliest(word, self._near(word) - {word})

    def look_alikes(self, dictionary: Iterable[Text]) -> Set[Text]:
        """Those words of a dictionary that would be taken for a misspelt known word."""
        return {word for word in dictionary if word != self.corrected(word)}

    def _one_slip_away(self, word: Text) -> Optional[Text]:
        near = self._near(word)
        if len(word) == _SHORTEST:
            near = {known for known in near if self.counts[known] >= _COMMON_ENOUGH}
        return self._likeliest(word, near)

    def _near(self, word: Text) -> Set[Text]:
        return {known for part in parts(word) for known in self._by_part.get(part, ()) if _one_slip(word, known)}

    def _two_slips_away(self, word: Text) -> Optional[Text]:
        if len(word) < _TWO_SLIPS:
            return None
        near = {
            known
            for part in (*parts(word), *smaller_parts(word))
            for known in self._by_part.get(part, ())
            if len(known) >= _TWO_SLIPS - 1
        }
        return self._likeliest(word, {known for known in near if _alike(word, known) and slips(word, known) <= 2})

    def _two_words(self, word: Text) -> Optional[Text]:
        found: List[Text] = []
        for cut in range(2, len(word) - 1):
            for rest in (word[cut:], word[cut + 1 :]):
                pair = (word[:cut], rest)
                if self.joints.isdisjoint(pair):
                    continue
                meant = [one if self._is_familiar(one) else self._nearly(one) for one in pair]
                if all(meant):
                    found.append(" ".join(meant))
        return max(found, key=self._rarest) if found else None

    def _nearly(self, word: Text) -> Text:
        """The known word that is one slip away from a part of two words, if the part is long enough to tell."""
        return (len(word) > _SHORTEST and self._one_slip_away(word)) or ""

    def _is_familiar(self, word: Text) -> bool:
        return len(word) > 1 and self.counts.get(word, 0) >= _FAMILIAR

    def _rarest(self, pair: Text) -> float:
        return min(self.counts[word] for word in pair.split())

    def _likeliest(self, word: Text, candidates: Set[Text]) -> Optional[Text]:
        def weight(known: Text) -> float:
            return self.counts[known] * _SAME_START ** (known[0] == word[0])

        return max(sorted(candidates), key=weight) if candidates else None


def _alike(written: Text, meant: Text) -> bool:
    return written[0] == meant[0] or written[-1] == meant[-1] or written[1:3] == meant[1:3]


def slips(written: Text, meant: Text) -> int:
    """How many letters are too many, too few, wrong, or swapped with the next."""
    before: List[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(written, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(meant, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and written[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def parts(word: Text) -> Set[Text]:
    """The word, and the word without any one of its letters."""
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def smaller_parts(word: Text) -> Set[Text]:
    """The word without any two of its letters."""
    return {word[:i] + word[i + 1 : j] + word[j + 1 :] for i, j in combinations(range(len(word)), 2)}


def _one_slip(written: Text, meant: Text) -> bool:
    if abs(len(written) - len(meant)) > 1:
        return False
    same = 0
    while same < min(len(written), len(meant)) and written[same] == meant[same]:
        same += 1
    rest, rest_meant = written[same:], meant[same:]
    if len(rest) == len(rest_meant):
        return rest[1:] == rest_meant[1:] or (rest[:2] == rest_meant[1::-1] and rest[2:] == rest_meant[2:])
    return rest[1:] == rest_meant if len(rest) > len(rest_meant) else rest == rest_meant[1:]
