"""Words, pairs of words, and parts of words of a text, as scikit-learn's `CountVectorizer` takes them.

A message is counted without scikit-learn: a process that only serves does not import it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any, Callable, Dict, Iterable, List, Mapping, Text, Tuple

import numpy as np
from scipy import sparse

from bot.nlu.rows import matrix

_WORD = re.compile(r"\b\w+\b")

ANALYZERS = ("word", "char_wb")
ACCENTS = (None, "unicode")


class Grams:
    """Counts what is in a vocabulary.

    Args:
        config: `analyzer` (one of `ANALYZERS`), `min_ngram`, `max_ngram`, `strip_accents` (one of `ACCENTS`).
        vocabulary: what is counted, and its column.
    """

    def __init__(self, config: Mapping[Text, Any], vocabulary: Mapping[Text, int]) -> None:
        self._vocabulary = vocabulary
        self._range: Tuple[int, int] = (config["min_ngram"], config["max_ngram"])
        self._grams: Callable[[Text], Iterable[Text]] = self._words if config["analyzer"] == "word" else self._parts
        self._bare = _without_accents if config["strip_accents"] == "unicode" else str

    def row(self, text: Text) -> sparse.csr_matrix:
        """The counts in a text, small letters or not (int64, [1, vocabulary]), columns in their order."""
        found: Dict[int, int] = {}
        column = self._vocabulary.get
        for gram, times in Counter(self._grams(self._bare(text.lower()))).items():
            place = column(gram)
            if place is not None:
                found[place] = times
        columns = sorted(found)
        counts = np.array([found[place] for place in columns], dtype=np.int64)
        ends = np.array([0, len(columns)], dtype=np.int32)
        return matrix(counts, np.array(columns, dtype=np.int32), ends, (1, len(self._vocabulary)))

    def _words(self, text: Text) -> List[Text]:
        words = _WORD.findall(text)
        least, most = self._range
        grams = words if least == 1 else []
        for length in range(max(2, least), most + 1):
            grams = grams + [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]
        return grams

    def _parts(self, text: Text) -> List[Text]:
        grams: List[Text] = []
        least, most = self._range
        for word in text.split():
            word = f" {word} "
            for length in range(least, most + 1):
                grams += [word[start : start + length] for start in range(max(1, len(word) - length + 1))]
                if length >= len(word):  # the whole word, once
                    break
        return grams


def _without_accents(text: Text) -> Text:
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
