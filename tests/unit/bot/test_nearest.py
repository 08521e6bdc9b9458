"""How close the nearest example of each topic is."""

import numpy as np
import pytest

from bot.nlu.nearest import Nearest

EXAMPLES = np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32)
LABELS = np.array([0, 0, 2])


def test_closeness_is_the_cosine_to_the_nearest_example_of_each_topic():
    closeness = Nearest.of(EXAMPLES, LABELS, 3).closeness(np.array([[0.6, 0.8], [1, 0], [0, 0]], np.float32))
    assert closeness == pytest.approx(np.array([[1, 0, 0.8], [1, 0, 0], [0, 0, 0]]), abs=1e-3)


def test_of_one_message_only_the_topics_asked_for_are_looked_at():
    nearest = Nearest.of(EXAMPLES, LABELS, 3)
    assert nearest.closeness_to(np.array([0.6, 0.8], np.float32), [1, 2]) == pytest.approx([0, 0, 0.8], abs=1e-3)
    assert nearest.closeness_to(np.array([0.6, 0.8], np.float32), [0]) == pytest.approx([1, 0, 0], abs=1e-3)
    assert not Nearest.of(np.zeros((3, 0)), LABELS, 3).closeness_to(np.zeros(0, np.float32), [0, 1, 2]).any()


def test_examples_that_are_held_out_are_near_to_nothing():
    closeness = Nearest.of(EXAMPLES, LABELS, 3).without(np.array([1, 2])).closeness(EXAMPLES)
    assert closeness == pytest.approx(np.array([[1, 0, 0], [0.6, 0, 0], [0, 0, 0]]), abs=1e-3)


def test_without_vectors_nothing_is_near():
    assert not Nearest.of(np.zeros((3, 0), np.float32), LABELS, 3).closeness(np.zeros((2, 0), np.float32)).any()


def test_fewer_directions_say_as_much_of_examples_that_differ_in_few():
    dice = np.random.RandomState(1)
    vectors = (dice.normal(size=(300, 40)) @ dice.normal(size=(40, 384))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = np.repeat(np.arange(30), 10)
    nearest = Nearest.of(vectors, labels, 30)
    exact = np.maximum.reduceat(vectors @ vectors.T, np.arange(0, 300, 10), axis=1)
    assert nearest.examples.shape == (300, 128)
    assert nearest.closeness(vectors) == pytest.approx(exact, abs=5e-3)
