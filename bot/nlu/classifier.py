"""Which topic a message is about."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Set, Text, Type

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.component import StoredComponent
from bot.nlu.retrieval import RESPONSE_SELECTOR, base_intent, selection

_ARRAYS = ("weights", "bias", "rarity")
_WITHOUT_A_KNOWN_WORD = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(StoredComponent, IntentClassifier):
    """Logistic regression over the features of all featurizers before it, with full retrieval intents as classes.

    Sparse counts are weighted by rarity (TF-IDF) and brought to unit length; dense features, where a
    featurizer adds some, are brought to the length `dense_weight`. Because `faq/cost` and `faq/join` are
    classes like `greet`, one probability stands behind the intent and its answer: a doubtful answer
    is as doubtful as its intent, and the fallback after this component sees it.

    A message that shares no feature with any example gets no intent and the confidence 0; the probabilities of one
    without a single known word are halved, because parts of words alone are weak evidence ("asdf qwer").
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Featurizers have to come first."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`C`: inverse strength of the regularisation; `ranking_length`: how many topics are reported."""
        return {"C": 10.0, "dense_weight": 1.0, "max_iter": 200, "ranking_length": 10}

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all examples that have an intent."""
        from sklearn.linear_model import LogisticRegression

        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [example.get_full_intent() for example in examples]
        if len(set(labels)) < 2:
            raise ValueError("TopicClassifier needs examples of at least two intents.")
        counts = self._sparse(examples)
        document_frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
        self.rarity = (np.log((1 + len(examples)) / (1 + document_frequency)) + 1).astype(np.float32)
        regression = LogisticRegression(
            C=self.config["C"], max_iter=self.config["max_iter"], class_weight="balanced", random_state=1
        )
        regression.fit(self._matrix(examples), labels)
        self.words = {word for example in examples for word in _words(example)}
        self.intents = [str(intent) for intent in regression.classes_]
        weights, bias = regression.coef_, regression.intercept_
        if len(self.intents) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        self.weights, self.bias = weights.astype(np.float32), bias.astype(np.float32)
        return self._persist()

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, ranking and, for a retrieval intent, the answer that belongs to it."""
        for message in messages:
            features = self._matrix([message])
            if features.nnz == 0:
                self._set(message, [])
                continue
            scores = np.asarray(features @ self.weights.T).ravel() + self.bias
            probabilities = np.exp(scores - scores.max())
            probabilities /= probabilities.sum()
            if self.words.isdisjoint(_words(message)):
                probabilities *= _WITHOUT_A_KNOWN_WORD
            best = np.argsort(-probabilities)[: self.config["ranking_length"]]
            self._set(message, [{"name": self.intents[i], "confidence": float(probabilities[i])} for i in best])
        return messages

    @staticmethod
    def _set(message: Message, ranking: List[Dict[Text, Any]]) -> None:
        top: Dict[Text, Any] = ranking[0] if ranking else {"name": None, "confidence": 0.0}
        message.set(INTENT, {**top, "name": base_intent(top["name"])}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        selected = selection(top["name"], top["confidence"])
        if selected:  # Rasa's schema for events takes no empty selection
            message.set(RESPONSE_SELECTOR, selected, add_to_output=True)

    def _matrix(self, messages: List[Message]) -> sparse.csr_matrix:
        weighted = self._sparse(messages).multiply(self.rarity).tocsr()
        blocks = [_scaled(weighted, 1.0)]
        dense = self._dense(messages)
        if dense is not None:
            blocks.append(_scaled(sparse.csr_matrix(dense), self.config["dense_weight"]))
        return sparse.hstack(blocks, format="csr")

    def _sparse(self, messages: List[Message]) -> sparse.csr_matrix:
        rows = [message.get_sparse_features(TEXT)[1] for message in messages]
        present = next((row for row in rows if row is not None), None)
        if present is None:
            return sparse.csr_matrix((len(messages), len(getattr(self, "rarity", ()))), dtype=np.float32)
        empty = sparse.csr_matrix((1, present.features.shape[1]), dtype=np.float32)
        return sparse.vstack([empty if row is None else row.features for row in rows], format="csr")

    @staticmethod
    def _dense(messages: List[Message]) -> Optional[np.ndarray]:
        rows = [message.get_dense_features(TEXT)[1] for message in messages]
        present = next((row for row in rows if row is not None), None)
        if present is None:
            return None
        width = present.features.shape[-1]
        return np.vstack([np.zeros((1, width)) if row is None else row.features.reshape(1, width) for row in rows])

    def _write(self, folder: Any) -> None:
        np.savez_compressed(folder / "topics.npz", **{name: getattr(self, name) for name in _ARRAYS})
        content = {"intents": self.intents, "words": sorted(self.words)}
        (folder / "topics.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        content = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
        self.intents, self.words = content["intents"], set(content["words"])
        with np.load(folder / "topics.npz", allow_pickle=False) as arrays:
            for name in _ARRAYS:
                setattr(self, name, arrays[name])


def _words(message: Message) -> Set[Text]:
    """The lemmas of the message that have letters; without a tokenizer, its words."""
    tokens = message.get(TOKENS_NAMES[TEXT])
    words = [token.lemma or token.text for token in tokens] if tokens else (message.get(TEXT) or "").split()
    return {word.lower() for word in words if any(character.isalpha() for character in word)}


def _scaled(matrix: sparse.csr_matrix, length: float) -> sparse.csr_matrix:
    """The rows brought to the given Euclidean length; zero rows stay zero."""
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    factors = np.divide(length, norms, out=np.zeros_like(norms, dtype=np.float64), where=norms > 0)
    return sparse.diags(factors) @ matrix
