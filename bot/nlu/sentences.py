"""The meaning of a whole message as a dense feature."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, List, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder.runtime import WIDTH, Encoder
from bot.nlu.reading import IN_ENGLISH


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    return Encoder()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds the sentence vector of the message (of its property `in_english`, else of its text); zeros for no text.

    It learns nothing and stores nothing in the model: the encoder is built once for the project. Without it neither
    training nor serving starts, and the error names the command that builds it.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """As for every featurizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """No settings but Rasa's own."""
        return DenseFeaturizer.get_default_config()

    @staticmethod
    def required_packages() -> List[Text]:
        """What it needs beside Rasa."""
        return ["onnxruntime", "tokenizers"]

    def __init__(self, config: Dict[Text, Any], name: Text) -> None:
        super().__init__(name, config)
        self._encoder = _encoder()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Load the encoder.

        Raises:
            EncoderMissing: it has not been built.
        """
        return cls(config, execution_context.node_name or cls.__name__)

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing can be wrong."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode the examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Encode the messages."""
        texts = [message.get(IN_ENGLISH) or message.get(TEXT) or "" for message in messages]
        written = [number for number, text in enumerate(texts) if text.strip()]
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        vectors[written] = self._encoder.encode([texts[number] for number in written])
        for message, vector in zip(messages, vectors):
            if message.get(TEXT) is not None:
                features = Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
                message.add_features(features)
        return messages
