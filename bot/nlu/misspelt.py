"""Misspelt copies of some examples: the classifier learns from them how far words can be trusted."""

from __future__ import annotations

import random
from copy import copy
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

ORIGINAL = "misspelt_copy_of"
"""The message property of a copy: the text that it is a copy of. Messages of customers have none."""

_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_NEIGHBOURS = {
    key: [row[i] for i in (place - 1, place + 1) if 0 <= i < len(row)] for row in _ROWS for place, key in enumerate(row)
}
_LETTERS_A_SLIP = 8


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MisspeltCopies(GraphComponent):
    """Adds copies to the training data; to messages it does nothing.

    Comes after the language detector, whose word a copy keeps. Of the components behind it only the classifier looks
    at copies, and learns no topic from them (see `bot.nlu.mixture`).
    """

    def __init__(self, most: int) -> None:
        self._most = most

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`most`: how many copies at most, of examples chosen at random."""
        return {"most": 1200}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MisspeltCopies:
        """As configured."""
        return cls(config["most"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same training data and copies of some examples that have an intent."""
        dice = random.Random(1)  # noqa: S311
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        chosen = dice.sample(examples, min(self._most, len(examples)))
        copies = [
            Message({**example.data, TEXT: misspelt(example.get(TEXT), dice), ORIGINAL: example.get(TEXT)})
            for example in chosen
        ]
        return with_examples(training_data, [*training_data.training_examples, *copies])

    def process(self, messages: List[Message]) -> List[Message]:
        """The messages as they are."""
        return messages


def misspelt(text: Text, dice: random.Random) -> Text:
    """The text with a slip of the finger for every eight letters, at least one: a neighbouring key, a letter twice or
    left out, two letters swapped."""
    letters = list(text)
    for _ in range(max(1, len(text) // _LETTERS_A_SLIP)):
        if len(letters) < 2:
            break
        place = dice.randrange(len(letters) - 1)
        letter, kind = letters[place], dice.randrange(5)
        if kind == 0:
            letters[place] = dice.choice(_NEIGHBOURS.get(letter.lower(), [letter]))
        elif kind == 1:
            letters.insert(place, dice.choice(_NEIGHBOURS.get(letter.lower(), [letter])))
        elif kind == 2:
            letters.insert(place, letter)
        elif kind == 3:
            del letters[place]
        else:
            letters[place], letters[place + 1] = letters[place + 1], letter
    return "".join(letters)


def with_examples(training_data: TrainingData, examples: List[Message]) -> TrainingData:
    """The training data with other examples; Rasa would copy and hash every one of them."""
    other = copy(training_data)
    for name in [name for name in vars(other) if name.startswith("_lazy_")]:
        delattr(other, name)  # what Rasa has found out about the former examples
    other.training_examples = examples
    return other
