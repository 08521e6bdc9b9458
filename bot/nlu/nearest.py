"""How close the nearest example of each topic is. No Rasa here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
        kept = _rounded(directions[:, -_WIDTH:])
        return cls(kept, _rounded(_unit(vectors @ kept)), labels, topics)

    def without(self, held_out: np.ndarray) -> Nearest:
        """The same without the examples of these numbers."""
        seen = np.delete(np.arange(len(self.labels)), held_out)
        return Nearest(self.directions, self.examples[seen], self.labels[seen], self.topics)

    def closeness(self, vectors: np.ndarray) -> np.ndarray:
        """[messages, topics]: the cosine to the nearest example of each topic; 0 for a topic that has none."""
        closeness = np.zeros((len(vectors), self.topics), np.float32)
        if self.directions.size:
            starts = np.searchsorted(self.labels, np.arange(self.topics))
            present = np.flatnonzero(np.append(starts[1:], len(self.labels)) > starts)
            cosines = _unit(vectors @ self.directions) @ self.examples.T
            closeness[:, present] = np.maximum.reduceat(cosines, starts[present], axis=1)
        return closeness


def _unit(rows: np.ndarray) -> np.ndarray:
    """Each row at length 1; rows of zeros stay so."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _rounded(array: np.ndarray) -> np.ndarray:
    """As it will be after it was stored in half precision, so that a trained and a loaded model say the same."""
    return array.astype(np.float16).astype(np.float32)
