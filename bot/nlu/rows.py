"""The features of messages as the classifier reads them: one row a message, of whole messages only.

Rasa joins the features of a message with scipy's general means and copies them before; that takes longer than all the
arithmetic that follows.
"""

from __future__ import annotations

import copy
from typing import List, Optional, Sequence, Tuple

import numpy as np
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy import sparse

_EMPTY = sparse.csr_matrix((0, 0), dtype=np.float32)


def matrix(values: np.ndarray, columns: np.ndarray, ends: np.ndarray, shape: Tuple[int, int]) -> sparse.csr_matrix:
    """A sparse matrix of arrays that fit together, as scipy makes one; of a single row it takes longer to see whether
    they do than to make and to use it.

    Args:
        values: row after row, [values].
        columns: of each value (int32), rising within a row.
        ends: where each row ends, behind a zero (int32, [rows + 1]).
        shape: rows and columns.
    """
    made = copy.copy(_EMPTY)
    made.data, made.indices, made.indptr, made._shape = values, columns, ends, shape
    return made


def sparse_rows(messages: Sequence[Message], width: int) -> sparse.csr_matrix:
    """The sparse features of each message, those of all featurizers side by side: [messages, features].

    `width`: how many features there are where no message has any.

    Raises:
        ValueError: a message has features of some featurizers and not of others.
    """
    indices: List[np.ndarray] = []
    data: List[np.ndarray] = []
    ends: List[int] = [0]
    found: Optional[int] = None
    for message in messages:
        start, end = 0, ends[-1]
        for features in _of_whole(message, is_sparse=True):
            row = features.features.tocsr()
            indices.append(row.indices + start)
            data.append(row.data)
            start, end = start + row.shape[1], end + len(row.data)
        if start and found not in (None, start):
            raise ValueError(f"{start} sparse features of a message, {found} of another.")
        found = start or found
        ends.append(end)
    shape = (len(messages), found or width)
    if not indices:
        return sparse.csr_matrix(shape, dtype=np.float32)
    columns = np.concatenate(indices).astype(np.int32, copy=False)
    return matrix(np.concatenate(data), columns, np.array(ends, dtype=np.int32), shape)


def dense_rows(messages: Sequence[Message], width: int) -> np.ndarray:
    """The dense features of each message side by side, zeros where it has none: [messages, features].

    `width`: how many features there are where no message has any.
    """
    rows = [_dense(message) for message in messages]
    width = next((len(row) for row in rows if row is not None), width)
    return np.vstack([np.zeros(width, np.float32) if row is None else row for row in rows])


def at_unit_length(counts: sparse.csr_matrix, rarity: np.ndarray) -> sparse.csr_matrix:
    """The counts weighted by rarity, at unit length (float32); rows of zeros stay so.

    Raises:
        ValueError: the features of the counts are not those of the rarity.
    """
    if counts.shape[1] != len(rarity):
        raise ValueError(f"{counts.shape[1]} sparse features of a message, {len(rarity)} of the examples.")
    weighted = (counts.data * rarity[counts.indices]).astype(np.float32)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=weighted * weighted, minlength=counts.shape[0])).astype(np.float32)
    return matrix(weighted / lengths[rows], counts.indices, counts.indptr, counts.shape)


def _of_whole(message: Message, is_sparse: bool) -> List[Features]:
    return [
        features
        for features in message.features
        if features.attribute == TEXT and features.type == FEATURE_TYPE_SENTENCE and features.is_sparse() == is_sparse
    ]


def _dense(message: Message) -> Optional[np.ndarray]:
    found = [np.asarray(features.features).reshape(-1) for features in _of_whole(message, is_sparse=False)]
    return np.concatenate(found) if found else None
