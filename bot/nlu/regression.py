"""The arithmetic of the classifier: two linear views of a message, and whether it is in scope at all. No Rasa here."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple

import numpy as np
from scipy import sparse

_FOLDS = 3
_FEWEST_OUTSIDE = 20
_UNSEEN = -30.0
_SURE = 1e-4
_STEPS, _DENSE_STEPS = 100, 30
_CALM = 5.0
"""Brings the scores of one line a topic to the scale of a regression over all topics."""


@dataclass
class View:
    """A linear model: scores are `features @ weights + bias`; weights are [features, topics], row by row in memory."""

    weights: np.ndarray
    bias: np.ndarray

    def scores(self, features: object) -> np.ndarray:
        """[messages, topics]."""
        return np.asarray(features @ self.weights) + self.bias


def fit_views(
    rows: sparse.csr_matrix, vectors: np.ndarray, labels: np.ndarray, topics: int, strengths: Tuple[float, float]
) -> Tuple[View, View]:
    """The view on words and the one on meaning, at the same time: neither solver keeps Python's lock while it works.

    `strengths`: inverse, of the regularisation of either. Of vectors without width a view is made that says nothing.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the number of steps is a choice: more of them change no figure
        if not vectors.shape[1]:
            nothing = View(np.zeros((0, topics), np.float32), np.zeros(topics, np.float32))
            return fit_sparse(rows, labels, topics, strengths[0]), nothing
        with ThreadPoolExecutor(1) as beside:
            meaning = beside.submit(fit_dense, vectors, labels, topics, strengths[1])
            return fit_sparse(rows, labels, topics, strengths[0]), meaning.result()


def fit_sparse(features: sparse.csr_matrix, labels: np.ndarray, topics: int, strength: float) -> View:
    """One line a topic against all others, by squared hinge loss: as good as a regression here, and trained in a sixth
    of the time. What its scores are worth as probabilities is learned afterwards (`bot.nlu.mixture`).
    """
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=strength, tol=1e-2, max_iter=_STEPS, random_state=1)
    return _aligned(model.fit(features, labels), topics)


def fit_dense(features: np.ndarray, labels: np.ndarray, topics: int, strength: float) -> View:
    """One regression over all topics; it has seen enough after a few steps."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, tol=1e-3, max_iter=_DENSE_STEPS)
    return _aligned(model.fit(features, labels), topics)


def _aligned(model: Any, topics: int) -> View:
    """The model with one row for each topic; one that it never saw cannot win."""
    weights, bias, seen = model.coef_, model.intercept_, model.classes_
    if len(seen) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    view = View(np.zeros((weights.shape[1], topics), np.float32), np.full(topics, _UNSEEN, np.float32))
    view.weights[:, seen], view.bias[seen] = weights.T, bias
    return view


@dataclass
class Opinion:
    """What is thought of some messages; every array is [messages, topics].

    `probabilities`: of both views together. `words`, `meaning`: the scores of either. `closeness`: the cosine to the
    nearest example of each topic.
    """

    probabilities: np.ndarray
    words: np.ndarray
    meaning: np.ndarray
    closeness: np.ndarray

    def on_scope(self, outside: int) -> np.ndarray:
        """What tells inside from outside: the word of both views and of each, and the nearest examples of either."""
        inside = self.probabilities.copy()
        inside[:, outside] = -1.0
        shares = (self.probabilities, softmax(_CALM * self.words), softmax(self.meaning))
        evidence = np.stack([share[:, outside] for share in shares], axis=1)
        evidence = np.minimum(np.maximum(evidence, _SURE), 1 - _SURE)
        best = self.closeness[np.arange(len(inside)), inside.argmax(axis=1)]
        others = np.stack([best, self.closeness[:, outside], np.ones(len(inside))], axis=1)
        return np.hstack([np.log(evidence / (1 - evidence)), others])


@dataclass
class Scope:
    """How likely a message is about one of the topics at all.

    `outside`: the number of the topic that stands for everything else, None where the examples have none; then
    `coefficients` is empty and closeness to an example counts alone.
    """

    outside: Optional[int]
    coefficients: np.ndarray

    def apply(self, opinion: Opinion) -> np.ndarray:
        """The probabilities with the shares of inside and outside set anew; they may add up to less than 1.

        Where the views prefer a topic inside, the outside gets no more than they gave it: a message that is probably
        none of the topics, but looks like some of them, is one to ask back about.
        """
        probabilities = opinion.probabilities
        if self.outside is None:
            return probabilities * np.clip(opinion.closeness.max(axis=1, keepdims=True), 0, 1) ** 2
        outside = probabilities[:, self.outside]
        known = 1 / (1 + np.exp(-opinion.on_scope(self.outside) @ self.coefficients))
        preferred = probabilities.argmax(axis=1) == self.outside
        inside = probabilities.sum(axis=1) - outside
        changed = probabilities * (known / np.maximum(inside, 1e-12))[:, np.newaxis]
        changed[:, self.outside] = np.where(preferred, 1 - known, np.minimum(1 - known, outside))
        return np.asarray(changed)


def fit_scope(opinion: Opinion, labels: np.ndarray, outside: int) -> Scope:
    """Fit on messages that the views and the nearest examples have not seen."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=10.0, class_weight="balanced", fit_intercept=False, max_iter=1000)
    model.fit(opinion.on_scope(outside), labels != outside)
    return Scope(outside, model.coef_[0].astype(np.float32))


def rounded(array: np.ndarray) -> np.ndarray:
    """As it will be after it was stored in half precision, so that a trained and a loaded model say the same."""
    return array.astype(np.float16).astype(np.float32)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows of probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def folds(labels: np.ndarray) -> List[Tuple[np.ndarray, np.ndarray]]:
    """Numbers of examples to train on and to hold out: every example is held out once, every topic is spread evenly."""
    chosen = np.zeros(len(labels), int)
    random = np.random.RandomState(1)
    for label in np.unique(labels):
        rows = random.permutation(np.flatnonzero(labels == label))
        chosen[rows] = np.arange(len(rows)) % _FOLDS
    return [(np.flatnonzero(chosen != fold), np.flatnonzero(chosen == fold)) for fold in range(_FOLDS)]


def outside_topic(topics: Sequence[Text], labels: np.ndarray, name: Text) -> Optional[int]:
    """The number of the topic for everything else, if it has enough examples to learn from."""
    numbers: Dict[Text, int] = {topic: number for number, topic in enumerate(topics)}
    number = numbers.get(name)
    return number if number is not None and int((labels == number).sum()) >= _FEWEST_OUTSIDE else None
