"""What Rasa does around the learning, in a fifth of the time; for the process that trains and nothing else.

Rasa hashes all examples with their features before and after every step, so that a later training can use what that
step has given; ours always starts afresh. It reads the examples once for each language that somebody names, though the
files say the same to each. And every merge of examples copies them to the bottom, and hashes them anew to find those
that are the same.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import Any, Callable, List, Optional, Text

from rasa.engine.storage import local_model_storage
from rasa.engine.training.hooks import TrainingHook
from rasa.shared.importers.importer import E2EImporter
from rasa.shared.nlu.constants import INTENT, RESPONSE
from rasa.shared.nlu.training_data import training_data as rasas
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_LEVEL = 3
"""Of compression, from 1 to 9; the last is Rasa's."""


def begin() -> None:
    """Put ours in the place of Rasa's, until the process ends."""
    TrainingHook.on_before_node = _nothing  # type: ignore[method-assign]
    TrainingHook.on_after_node = _nothing  # type: ignore[method-assign]
    E2EImporter.get_nlu_data = _in_any_language(E2EImporter.get_nlu_data)  # type: ignore[method-assign]
    local_model_storage.TarSafe = _PackedFast
    TrainingData.merge = merge  # type: ignore[method-assign]
    TrainingData.sanitize_examples = staticmethod(without_doubles)  # type: ignore[method-assign]


def merge(self: TrainingData, *others: Optional[TrainingData]) -> TrainingData:
    """As Rasa's, but for the examples: what they consist of is shared, so that it must be replaced and not changed."""
    result = _rasas_merge(_without_examples(self), *(_without_examples(other) for other in others if other))
    every = [example for part in (self, *others) if part for example in part.training_examples]
    result.training_examples = without_doubles([_copied(example) for example in every])
    result._fill_response_phrases()
    return result


def without_doubles(examples: List[Message]) -> List[Message]:
    """As Rasa's `TrainingData.sanitize_examples`, without touching what is fine: the hash of such an example stays."""
    for example in examples:
        for name in (INTENT, RESPONSE):
            value = example.get(name)
            if value and value != value.strip():
                example.set(name, value.strip())
    return list(OrderedDict.fromkeys(examples))


class _PackedFast(local_model_storage.TarSafe):  # type: ignore[misc]
    """The model's archive: what is large in it has been compressed before."""

    @classmethod
    def gzopen(cls, name: Any, mode: Any = "r", fileobj: Any = None, compresslevel: int = _LEVEL, **named: Any) -> Any:
        """As Python's, where nobody asks for a level."""
        return super().gzopen(name, mode, fileobj, compresslevel, **named)


def _nothing(*arguments: Any, **named: Any) -> Any:
    return {}


def _in_any_language(read: Callable[[E2EImporter], TrainingData]) -> Callable[..., TrainingData]:
    def get_nlu_data(self: E2EImporter, language: Optional[Text] = None) -> TrainingData:
        return read(self)

    return get_nlu_data


_rasas_merge = rasas.TrainingData.merge


def _without_examples(data: TrainingData) -> TrainingData:
    rest = copy.copy(data)
    rest.training_examples = []
    return rest


def _copied(example: Message) -> Message:
    own = copy.copy(example)
    own.data, own.features = dict(example.data), list(example.features)
    own.output_properties = set(example.output_properties)
    return own
