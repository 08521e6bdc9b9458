"""How much words, meaning and the nearest example count in each language. No Rasa here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, Sequence, Text, Tuple

import numpy as np

from bot.nlu.regression import softmax

Weights = List[float]
"""Of the words' scores, of the meaning's scores and of the closeness to the nearest example."""

_START = [1.0, 1.0, 10.0]
_FEWEST = 100
"""Examples of a language from which it gets weights of its own."""


@dataclass
class Mixture:
    """Weights by language; `usual` for every other one."""

    usual: Weights = field(default_factory=lambda: list(_START))
    of_language: Dict[Text, Weights] = field(default_factory=dict)

    def probabilities(
        self, words: np.ndarray, meaning: np.ndarray, closeness: np.ndarray, languages: Sequence[Text]
    ) -> np.ndarray:
        """[messages, topics], from what speaks for each topic (all of that shape) and each message's language."""
        return softmax(self.scores(words, meaning, closeness, languages))

    def scores(
        self, words: np.ndarray, meaning: np.ndarray, closeness: np.ndarray, languages: Sequence[Text]
    ) -> np.ndarray:
        """The same before it is made probabilities."""
        weights = np.array([self.of_language.get(language, self.usual) for language in languages])
        return np.asarray(weights[:, :1] * words + weights[:, 1:2] * meaning + weights[:, 2:] * closeness)


def fit(
    words: np.ndarray,
    meaning: np.ndarray,
    closeness: np.ndarray,
    labels: np.ndarray,
    languages: Sequence[Text],
    counts: np.ndarray,
) -> Mixture:
    """The weights under which examples that the views have not seen are least surprising.

    Such weights make probabilities honest, too: those of regressions that are asked about their own examples are far
    too sure.

    Args:
        words: [examples, topics], scores of the view on words; of examples held out from it.
        meaning: the same of the other view; all zero where there is none.
        closeness: the cosine to the nearest example of each topic; all zero where there are no vectors.
        labels: the topics.
        languages: of each example.
        counts: how much each example counts.
    """
    named, evidence = np.array(languages), np.stack([words, meaning, closeness]).astype(float)
    mixture = Mixture(_least_surprised(evidence, labels, counts))
    for language in sorted(set(languages)):
        rows = np.flatnonzero(named == language)
        if language and len(rows) >= _FEWEST:
            mixture.of_language[language] = _least_surprised(evidence[:, rows], labels[rows], counts[rows])
    return mixture


def _least_surprised(evidence: np.ndarray, labels: np.ndarray, counts: np.ndarray) -> Weights:
    from scipy.optimize import minimize

    rows, scale, share = np.arange(len(labels)), np.array(_START), counts / counts.sum()
    of_own = evidence[:, rows, labels]

    def surprise(weights: np.ndarray) -> Tuple[float, np.ndarray]:
        """How surprising the examples are, and how that changes with each of the weights."""
        scores = np.tensordot(weights * scale, evidence, axes=1)
        probabilities = softmax(scores)
        expected = np.array([np.einsum("nt,nt->n", probabilities, part) for part in evidence])
        own = np.maximum(probabilities[rows, labels], 1e-300)
        return -float(share @ np.log(own)), scale * ((expected - of_own) @ share)

    found = minimize(surprise, np.ones(len(scale)), jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(scale))
    return [round(float(weight), 3) for weight in found.x * scale]
