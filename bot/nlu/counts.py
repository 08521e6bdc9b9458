"""How often words, or parts of words, occur in a message."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.component import ModelDoesNotFit
from bot.nlu.grams import ACCENTS, ANALYZERS, Grams
from bot.nlu.misspelt import ORIGINAL, with_examples

Counts = List[Optional[sparse.spmatrix]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageCounts(CountVectorsFeaturizer):
    """Rasa's CountVectorsFeaturizer for whole messages only.

    Rasa counts in every single word as well, for classifiers that read word by word. `TopicClassifier` does not, and
    those counts were a fifth of the training. Nor is anything counted but what customers write: no answers, no names of
    intents. What occurs in misspelt copies only is not counted: it would make words of slips. Settings, vocabulary and
    the counts of a message are otherwise Rasa's, but for settings that nobody has asked for: those are refused.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """See `CountVectorsFeaturizer`."""
        super().__init__(*arguments, **named)
        self._grams: Dict[Text, Grams] = {}

    @staticmethod
    def _attributes_for(analyzer: Text) -> List[Text]:
        return [TEXT]

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Refuse what only Rasa's own component can.

        Raises:
            InvalidConfigException: a setting has such a value.
        """
        known = {"analyzer": ANALYZERS, "strip_accents": ACCENTS, "lowercase": (True,), "stop_words": (None,)}
        for name, values in {**known, "use_shared_vocab": (False,), "OOV_token": (None,)}.items():
            if name in config and config[name] not in values:
                expected = " or ".join(str(value) for value in values)
                raise InvalidConfigException(f"{cls.__name__}: '{name}' must be {expected}, not {config[name]!r}.")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MessageCounts:
        """Read what there is to count; scikit-learn, with which it was chosen, is not needed any more.

        Raises:
            ModelDoesNotFit: the model holds no or other files for this component.
        """
        component = cls(config, model_storage, resource, execution_context)
        try:
            with model_storage.read_from(resource) as folder:
                vocabularies = json.loads((folder / "vocabularies.json").read_text(encoding="utf-8"))
            component._grams = {name: Grams(config, words) for name, words in vocabularies.items() if words}
        except (ValueError, TypeError, AttributeError, OSError) as error:
            raise ModelDoesNotFit(
                f"The model does not fit this version of {cls.__name__} ({error}). Train again: python -m bot train"
            ) from error
        return component

    def train(self, training_data: TrainingData, model: Optional[CountVectorsFeaturizer] = None) -> Resource:
        """Learn what there is to count, from the examples alone."""
        examples = [message for message in training_data.training_examples if not message.get(ORIGINAL)]
        resource = super().train(with_examples(training_data, examples), model)
        words = {name: self._get_attribute_vocabulary(name) for name in self.vectorizers}
        self._grams = {
            name: Grams(self._config, {gram: int(column) for gram, column in vocabulary.items()})
            for name, vocabulary in words.items()
            if vocabulary
        }
        return resource

    def _create_features(self, attribute: Text, all_tokens: List[List[Text]]) -> Tuple[Counts, Counts]:
        """Nothing for the words, one row for each message that has any."""
        return [None] * len(all_tokens), [self._row(attribute, tokens) for tokens in all_tokens]

    def _row(self, attribute: Text, tokens: List[Text]) -> Optional[sparse.spmatrix]:
        if not tokens or attribute not in self._grams:
            return None
        return self._grams[attribute].row(" ".join(tokens))
