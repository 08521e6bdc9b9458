"""The arithmetic of the classifier on small numbers."""

import numpy as np
import pytest
from scipy import sparse

from bot.nlu import regression
from bot.nlu.regression import Opinion, Scope, folds, outside_topic, softmax

OUTSIDE = 2


def test_every_example_is_held_out_once_and_every_topic_is_trained_on():
    labels = np.repeat([0, 1, 2], [9, 6, 3])
    parts = folds(labels)
    assert sorted(np.concatenate([held_out for _, held_out in parts])) == list(range(len(labels)))
    for seen, held_out in parts:
        assert not set(seen) & set(held_out)
        assert set(labels[seen]) == {0, 1, 2}


def opinion(probabilities, closeness=None) -> Opinion:
    """Both views say what they say together."""
    probabilities = np.array(probabilities)
    scores = np.log(probabilities)
    near = np.ones_like(probabilities) if closeness is None else np.array(closeness)
    return Opinion(probabilities, scores / 2, scores, near)


def test_without_a_topic_for_everything_else_closeness_counts_alone():
    scope = Scope(None, np.zeros(0))
    shares = scope.apply(opinion([[0.8, 0.2]], [[0.5, 0.1]]))
    assert shares == pytest.approx(np.array([[0.2, 0.05]]))


def known(certainty: float) -> Scope:
    """A scope that is always this certain that a message is inside."""
    return Scope(OUTSIDE, np.array([0, 0, 0, 0, 0, np.log(certainty / (1 - certainty))]))


def test_the_shares_of_inside_and_outside_are_set_anew():
    shares = known(0.9).apply(opinion([[0.3, 0.1, 0.6]]))
    assert shares == pytest.approx(np.array([[0.675, 0.225, 0.1]]))


def test_a_message_that_looks_like_a_topic_but_is_probably_none_is_sure_of_nothing():
    shares = known(0.2).apply(opinion([[0.7, 0.1, 0.2]]))
    assert shares == pytest.approx(np.array([[0.175, 0.025, 0.2]]))


def test_scope_learns_from_the_evidence_what_is_outside():
    random = np.random.RandomState(1)
    labels = np.repeat([0, 1, OUTSIDE], 40)
    probabilities = softmax(random.normal(size=(120, 3)) + 3 * np.eye(3)[labels])
    closeness = np.clip(0.5 * np.eye(3)[labels] + random.uniform(0, 0.4, (120, 3)), 0, 1)
    scope = regression.fit_scope(opinion(probabilities, closeness), labels, OUTSIDE)
    decided = scope.apply(opinion(probabilities, closeness)).argmax(axis=1)
    assert (decided == labels).mean() > 0.9


def test_evidence_weighs_what_each_view_says_of_the_outside():
    sure, torn = opinion([[0.1, 0.1, 0.8]]).on_scope(OUTSIDE)[0], opinion([[0.4, 0.3, 0.3]]).on_scope(OUTSIDE)[0]
    assert all(sure[:3] > torn[:3])


@pytest.mark.parametrize(("count", "found"), [(20, 1), (19, None)])
def test_a_topic_for_everything_else_needs_enough_examples(count, found):
    assert outside_topic(["greet", "out_of_scope"], np.repeat([0, 1], [5, count]), "out_of_scope") == found


def test_a_topic_that_a_view_never_saw_cannot_win():
    view = regression.fit_dense(np.eye(4)[[0, 1, 0, 1]], np.array([0, 2, 0, 2]), 3, 1.0)
    assert view.scores(np.eye(4)[:2]).argmax(axis=1).tolist() == [0, 2]


def test_both_views_at_the_same_time_are_what_they_are_one_after_the_other():
    dice = np.random.RandomState(1)
    labels = np.repeat(np.arange(4), 10)
    vectors = (dice.rand(40, 8) + np.eye(8)[labels]).astype(np.float32)
    rows = sparse.csr_matrix(vectors * (vectors > 0.6))
    words, meaning = regression.fit_views(rows, vectors, labels, 4, (2.0, 10.0))
    assert np.array_equal(words.weights, regression.fit_sparse(rows, labels, 4, 2.0).weights)
    assert np.array_equal(meaning.weights, regression.fit_dense(vectors, labels, 4, 10.0).weights)


def test_without_vectors_the_view_on_meaning_says_nothing():
    labels = np.array([0, 1, 2])
    _, meaning = regression.fit_views(sparse.csr_matrix(np.eye(3)), np.zeros((3, 0)), labels, 3, (2.0, 10.0))
    assert meaning.scores(np.zeros((2, 0))).tolist() == [[0.0] * 3] * 2
