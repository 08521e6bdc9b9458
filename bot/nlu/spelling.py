"""Typing errors: an unknown word is read as the known word that is one slip of the finger away."""

from __future__ import annotations

from typing import Dict, Iterable, List, Mapping, Optional, Set, Text

_SHORTEST = 4
_LONG = 8
_SAME_START = 3.0


class Spelling:
    """Knows the words of the training examples, how often each occurs there, and real words that only look like them.

    A slip is a letter too many, too few, a wrong one, or two swapped. Words of eight letters and more may have two.
    Among several candidates the commonest is taken; one with the same first letter counts three times.
    """

    def __init__(self, counts: Mapping[Text, int], others: Iterable[Text] = ()) -> None:
        """`counts`: words in lower case; `others`: words that must not be changed."""
        self.counts = dict(counts)
        self.others = set(others)
        self._by_part: Dict[Text, List[Text]] = {}
        for word in self.counts:
            if len(word) >= _SHORTEST - 1:
                for part in _parts(word):
                    self._by_part.setdefault(part, []).append(word)

    def corrected(self, word: Text) -> Text:
        """The known word that was meant, or the word itself; both in lower case."""
        if len(word) < _SHORTEST or not word.isalpha() or word in self.counts or word in self.others:
            return word
        return self._nearest(word) or word

    def look_alikes(self, dictionary: Iterable[Text]) -> Set[Text]:
        """Those words of a dictionary that would be taken for a misspelt known word."""
        return {word for word in dictionary if word != self.corrected(word)}

    def _nearest(self, word: Text) -> Optional[Text]:
        parts = _parts(word)
        candidates = {known for part in parts for known in self._by_part.get(part, ()) if _one_slip(word, known)}
        if not candidates and len(word) >= _LONG:
            further = {shorter for part in parts for shorter in _parts(part)}
            candidates = {
                known for part in further for known in self._by_part.get(part, ()) if len(known) >= _LONG - 1
            }
        if not candidates:
            return None
        return max(sorted(candidates), key=lambda known: self.counts[known] * _SAME_START ** (known[0] == word[0]))


def _parts(word: Text) -> Set[Text]:
    """The word, and the word without any one of its letters."""
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


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
