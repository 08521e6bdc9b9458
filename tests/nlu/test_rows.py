"""The classifier's rows are those that Rasa and scipy make of the same features."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy import sparse

from bot.nlu.rows import at_unit_length, dense_rows, sparse_rows

_RANDOM = np.random.RandomState(1)


def _message(*features) -> Message:
    message = Message({TEXT: "some"})
    for values, kind, attribute in features:
        message.add_features(Features(values, kind, attribute, "some"))
    return message


def _counts(width: int):
    return sparse.coo_matrix(_RANDOM.poisson(0.3, (1, width)))


@pytest.fixture
def messages():
    """Two featurizers' counts and vectors, among features that are of no concern; one message has none at all."""
    full = [
        _message(
            (_counts(7), FEATURE_TYPE_SENTENCE, TEXT),
            (sparse.coo_matrix(np.ones((3, 7))), FEATURE_TYPE_SEQUENCE, TEXT),
            (_counts(9).tocsr(), FEATURE_TYPE_SENTENCE, TEXT),
            (_counts(9), FEATURE_TYPE_SENTENCE, INTENT),
            (_RANDOM.rand(1, 4).astype(np.float32), FEATURE_TYPE_SENTENCE, TEXT),
            (_RANDOM.rand(3, 4).astype(np.float32), FEATURE_TYPE_SEQUENCE, TEXT),
            (_RANDOM.rand(1, 2).astype(np.float32), FEATURE_TYPE_SENTENCE, TEXT),
        )
        for _ in range(5)
    ]
    return [*full[:2], Message({TEXT: ""}), *full[2:]]


def test_rows_are_the_features_that_rasa_combines(messages):
    counts, vectors = sparse_rows(messages, 0), dense_rows(messages, 0)
    for number, message in enumerate(messages):
        expected = [part and part.features for part in (message.get_sparse_features(TEXT)[1],
                                                        message.get_dense_features(TEXT)[1])]  # fmt: skip
        zeros = [np.zeros((1, 16)), np.zeros((1, 6))]
        sparse_row, dense_row = (zeros[n] if part is None else part for n, part in enumerate(expected))
        assert np.array_equal(counts[number].toarray(), getattr(sparse_row, "toarray", lambda: zeros[0])())  # noqa: B023
        assert np.array_equal(vectors[number : number + 1], dense_row)


def test_without_any_features_the_width_is_the_given_one():
    assert sparse_rows([Message({TEXT: ""})], 5).shape == (1, 5)
    assert dense_rows([Message({TEXT: ""})], 3).tolist() == [[0, 0, 0]]


def test_weighting_by_rarity_brings_to_unit_length_what_is_not_empty(messages):
    counts, rarity = sparse_rows(messages, 0), (1 + _RANDOM.rand(16)).astype(np.float32)
    weighted = at_unit_length(counts, rarity)
    expected = counts.toarray() * rarity
    lengths = np.linalg.norm(expected, axis=1, keepdims=True)
    assert weighted.dtype == np.float32
    assert np.allclose(weighted.toarray(), expected / np.where(lengths == 0, 1, lengths), atol=1e-6)
    assert weighted[2].nnz == 0


def test_features_that_do_not_belong_together_are_refused(messages):
    other = _message((_counts(7), FEATURE_TYPE_SENTENCE, TEXT))
    with pytest.raises(ValueError, match="7 sparse features of a message, 16 of another"):
        sparse_rows([*messages, other], 0)
    with pytest.raises(ValueError, match="7 sparse features of a message, 16 of the examples"):
        at_unit_length(sparse_rows([other], 0), np.ones(16, np.float32))
