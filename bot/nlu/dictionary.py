"""All words of a language in a few megabytes: only whether a word is one of them can be asked."""

from __future__ import annotations

from typing import Iterable, Text, Tuple
from zlib import crc32

import numpy as np


class RealWords:
    """The check sums of many words, four bytes each. One word in some thousand that are none is taken for one."""

    def __init__(self, sums: np.ndarray) -> None:
        """`sums`: of the words, unsigned and of 32 bits, in rising order."""
        self.sums = sums

    @classmethod
    def of(cls, words: Iterable[Text], lengths: Tuple[int, int]) -> RealWords:
        """Of those words that have so many letters, from the fewest to the most."""
        fewest, most = lengths
        sums = {crc32(word.encode()) for word in words if fewest <= len(word) <= most}
        return cls(np.array(sorted(sums), dtype=np.uint32))

    def __contains__(self, word: object) -> bool:
        """Whether it is one of them; in lower case."""
        wanted = np.uint32(crc32(str(word).encode()))
        place = int(np.searchsorted(self.sums, wanted))
        return place < len(self.sums) and bool(self.sums[place] == wanted)
