"""How close the nearest example of each topic is. No Rasa here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Iterable

import numpy as np

from bot.nlu.regression import rounded

_WIDTH = 128


@dataclass
class Nearest:
    """The examples along those directions in which they differ most: a third of their width says as much about which
    is near, and is read in a fifth of the time.

    `directions`: [width of the vectors, `_WIDTH`]; `examples`: [examples, `_WIDTH`], each of length 1; `labels`: their
    topics, in rising order; `topics`: how many there are.
    """

    directions: np.ndarray
    examples: np.ndarray
    labels: np.ndarray
    topics: int

    @classmethod
    def of(cls, vectors: np.ndarray, labels: np.ndarray, topics: int) -> Nearest:
        """Of examples with these vectors; of width 0 where there are none."""
        _, directions = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
        kept = rounded(directions[:, -_WIDTH:])
        return cls(kept, rounded(_unit(vectors @ kept)), labels, topics)

    def without(self, held_out: np.ndarray) -> Nearest:
        """The same without the examples of these numbers."""
        seen = np.delete(np.arange(len(self.labels)), held_out)
        return Nearest(self.directions, self.examples[seen], self.labels[seen], self.topics)

    def closeness(self, vectors: np.ndarray) -> np.ndarray:
        """[messages, topics]: the cosine to the nearest example of each topic; 0 for a topic that has none."""
        closeness = np.zeros((len(vectors), self.topics), np.float32)
        if self.directions.size:
            starts = self._starts
            present = np.flatnonzero(starts[1:] > starts[:-1])
            cosines = self._along(vectors) @ self.examples.T
            closeness[:, present] = np.maximum.reduceat(cosines, starts[present], axis=1)
        return closeness

    def closeness_to(self, vector: np.ndarray, topics: Iterable[int]) -> np.ndarray:
        """[topics]: the same for one message, and 0 for all but the given topics.

        Reading all examples for a message takes longer than to encode it, and pushes the encoder out of the
        processor's cache.
        """
        closeness = np.zeros(self.topics, np.float32)
        if self.directions.size:
            starts, along = self._starts, self._along(vector[np.newaxis])[0]
            for topic in topics:
                if starts[topic] < starts[topic + 1]:
                    closeness[topic] = (self.examples[starts[topic] : starts[topic + 1]] @ along).max()
        return closeness

    @cached_property
    def _starts(self) -> np.ndarray:
        """[topics + 1]: where the examples of each topic begin, and where the last ones end."""
        return np.searchsorted(self.labels, np.arange(self.topics + 1))

    def _along(self, vectors: np.ndarray) -> np.ndarray:
        return _unit(vectors @ self.directions)


def _unit(rows: np.ndarray) -> np.ndarray:
    """Each row at length 1; rows of zeros stay so."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)

