"""How often words, or parts of words, occur in a message."""

from __future__ import annotations

from typing import List, Optional, Text, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import DENSE_FEATURIZABLE_ATTRIBUTES
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.misspelt import ORIGINAL, with_examples

Counts = List[Optional[sparse.spmatrix]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageCounts(CountVectorsFeaturizer):
    """Rasa's CountVectorsFeaturizer for whole messages only.

    Rasa counts in every single word as well, for classifiers that read word by word. `TopicClassifier` does not, and
    those counts were a fifth of the training. What occurs in misspelt copies only is not counted: it would make words
    of slips. Settings, vocabulary and the counts of a message are otherwise Rasa's.
    """

    def train(self, training_data: TrainingData, model: Optional[CountVectorsFeaturizer] = None) -> Resource:
        """Learn what there is to count, from the examples alone."""
        examples = [message for message in training_data.training_examples if not message.get(ORIGINAL)]
        return super().train(with_examples(training_data, examples), model)

    def _create_features(self, attribute: Text, all_tokens: List[List[Text]]) -> Tuple[Counts, Counts]:
        """Nothing for the words, one row for each message that has any."""
        if attribute not in DENSE_FEATURIZABLE_ATTRIBUTES:
            return [None] * len(all_tokens), [None] * len(all_tokens)
        return [None] * len(all_tokens), [self._row(attribute, tokens) for tokens in all_tokens]

    def _row(self, attribute: Text, tokens: List[Text]) -> Optional[sparse.spmatrix]:
        if not tokens or not self.vectorizers.get(attribute):
            return None
        row = self.vectorizers[attribute].transform([" ".join(tokens)])
        row.sort_indices()
        return row.tocoo()
