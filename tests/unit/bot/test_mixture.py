"""How much words and meaning count: learned from examples that neither view has seen."""

import random

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import mixture
from bot.nlu.misspelt import ORIGINAL, MisspeltCopies, misspelt
from bot.nlu.mixture import Mixture

_LABELS = np.tile([0, 1, 2], 100)
_NOTHING = np.zeros((300, 3))


def _scores(right: float, seed: int) -> np.ndarray:
    """Of a view that prefers the right topic by this much, and is otherwise at random."""
    return np.random.RandomState(seed).normal(size=(300, 3)) + right * np.eye(3)[_LABELS]


def _fit(words, meaning, languages=("en",) * 300, counts=None, closeness=_NOTHING) -> Mixture:
    return mixture.fit(words, meaning, closeness, _LABELS, languages, np.ones(300) if counts is None else counts)


def test_the_better_view_counts_more():
    words, meaning, _ = _fit(_scores(0.5, 1), _scores(3, 2)).usual
    assert meaning > 2 * words > 0


def test_a_view_that_knows_nothing_counts_nothing():
    words, meaning, _ = _fit(_scores(2, 1), _scores(-1, 2)).usual
    assert (words > 1, meaning) == (True, 0)


def test_the_nearest_example_counts_where_it_knows_more():
    near = 0.1 * _scores(3, 2)
    words, _, closeness = _fit(_scores(0.5, 1), _NOTHING, closeness=near).usual
    assert closeness > 10 * words > 0
    assert _fit(_scores(2, 1), _NOTHING, closeness=-near).usual[2] == 0


def test_each_language_has_weights_of_its_own_once_it_has_enough_examples():
    languages = ["sv"] * 150 + ["en"] * 145 + ["de"] * 5
    words = np.vstack([_scores(3, 1)[:150], _scores(0, 1)[150:]])
    meaning = np.vstack([_scores(0, 2)[:150], _scores(3, 2)[150:]])
    fitted = _fit(words, meaning, languages)
    assert set(fitted.of_language) == {"sv", "en"}
    assert fitted.of_language["sv"][0] > fitted.of_language["sv"][1]
    assert fitted.of_language["en"][0] < fitted.of_language["en"][1]


def test_what_does_not_count_teaches_nothing():
    words = np.vstack([_scores(3, 1)[:150], _scores(-3, 1)[150:]])
    counts = np.repeat([1.0, 0.0], 150)
    assert _fit(words, _NOTHING, counts=counts).usual[0] > 1
    assert _fit(words, _NOTHING, counts=1 - counts).usual[0] == 0


def test_probabilities_are_weighed_by_the_message_s_language():
    mixed = Mixture([1.0, 0.0, 0.0], {"sv": [0.0, 1.0, 0.0], "en": [0.0, 0.0, 10.0]})
    words, meaning, closeness = (np.array([row] * 3) for row in ([5.0, 0, 0], [0, 5.0, 0], [0, 0, 0.9]))
    probabilities = mixed.probabilities(words, meaning, closeness, ["", "sv", "en"])
    assert probabilities.argmax(axis=1).tolist() == [0, 1, 2]
    assert probabilities.sum(axis=1) == pytest.approx([1, 1, 1])


def test_copies_are_marked_and_keep_topic_and_language():
    examples = [Message({TEXT: f"does it cost anything {n}", INTENT: "cost", "language": "en"}) for n in range(30)]
    given = TrainingData([*examples, Message({TEXT: "no topic"})])
    copied = MisspeltCopies(10).process_training_data(given).training_examples
    copies = [message for message in copied if message.get(ORIGINAL)]
    assert (len(copied), len(copies)) == (41, 10)
    for copy in copies:
        assert copy.get(TEXT) != copy.get(ORIGINAL)
        assert copy.get(ORIGINAL) in {example.get(TEXT) for example in examples}
        assert (copy.get(INTENT), copy.get("language")) == ("cost", "en")
    assert MisspeltCopies(10).process(examples) == examples


def test_there_is_a_slip_for_every_eight_letters():
    dice = random.Random(3)
    text = "hur lång är garantin på min laddare"
    slips = [misspelt(text, dice) for _ in range(50)]
    assert all(abs(len(slip) - len(text)) <= 4 and slip != text for slip in slips)
    assert [misspelt(short, dice) for short in ("", "j")] == ["", "j"]
