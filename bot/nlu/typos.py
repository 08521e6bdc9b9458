"""Words of a list that may be meant by a word with one slip of the finger."""

from __future__ import annotations

from collections import defaultdict
from string import ascii_lowercase
from typing import AbstractSet, Dict, FrozenSet, Iterable, List, Sequence, Set, Text

from bot.nlu.remembered import remembered

SHORTEST_CORRECTED = 6
"""In shorter words a slip of the finger too often makes another word."""


class Typos:
    """Words one typing error away: a letter too many, missing, wrong, or two swapped; the first letter is right."""

    def __init__(self, words: Iterable[Text]) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST_CORRECTED)
        self._by_shortened: Dict[Text, List[Text]] = defaultdict(list)
        for word in self._words:
            for shorter in _shortened(word):
                self._by_shortened[shorter].append(word)

    def meant(self, word: Text) -> FrozenSet[Text]:
        """The words that this one may stand for."""
        if len(word) < SHORTEST_CORRECTED:
            return frozenset()
        near = {other for shorter in _shortened(word) for other in self._by_shortened.get(shorter, ())}
        return frozenset(other for other in near if _is_one_error_apart(word, other))

    def mistakable(self, words: AbstractSet[Text]) -> Set[Text]:
        """Those of the words that stand for another; of very many words in a tenth of the time that it takes to ask
        what each is meant for.
        """
        letters = sorted({letter for word in self._words for letter in word}.union(ascii_lowercase))
        near = {word for meant in self._words for word in _one_error_from(meant, letters) & words}
        return {word for word in near if len(word) >= SHORTEST_CORRECTED}


def _is_one_error_apart(word: Text, other: Text) -> bool:
    """Of two words that begin with the same letter and have something in common when one letter is left out."""
    if len(word) != len(other):
        shorter, longer = sorted((word, other), key=len)
        return shorter in _shortened(longer)
    wrong = [at for at, (one, another) in enumerate(zip(word, other)) if one != another]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    return len(wrong) == 1 or swapped and word[wrong[0]] == other[wrong[1]] and word[wrong[1]] == other[wrong[0]]


def _one_error_from(word: Text, letters: Sequence[Text]) -> Set[Text]:
    halves = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    near = {left + letter + right for left, right in halves for letter in letters}
    near.update(left + letter + right[1:] for left, right in halves if right for letter in letters)
    near.update(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    return near.union(_shortened(word)) - {word}


@remembered(64)
def _shortened(word: Text) -> FrozenSet[Text]:
    """The word and what one missing letter makes of it: words one error apart have one of these in common."""
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))))
