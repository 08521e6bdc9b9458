"""Which topic a message is about."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Dict, List, Set, Text, Type

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

from bot.nlu import mixture, regression
from bot.nlu.component import StoredComponent
from bot.nlu.language import LANGUAGE
from bot.nlu.misspelt import ORIGINAL
from bot.nlu.mixture import Mixture
from bot.nlu.nearest import Nearest
from bot.nlu.regression import Opinion, Scope, View
from bot.nlu.retrieval import RESPONSE_SELECTOR, base_intent, selection
from bot.nlu.rows import at_unit_length, dense_rows, sparse_rows

_FILE, _ARRAYS = "topics.json", "topics.npz"
_WITHOUT_A_KNOWN_WORD = 0.35
_NEITHER_KNOWN_NOR_INSIDE = 0.5
_LIKELY = 8
"""The topics, the likeliest by words and meaning, whose nearest examples are looked at: to read those of all takes
longer than to encode the message, and from four on it makes no difference.
"""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(StoredComponent, IntentClassifier):
    """Which topic, how surely, and whether any: from the words (sparse features) and the meaning (dense ones).

    Two logistic regressions give scores, one over the counts of all sparse featurizers, weighted by rarity (TF-IDF)
    and brought to unit length, one over the dense vectors. Their weighted sum becomes probabilities. A third one
    then sets the share of the topic `outside` anew: from that topic's probability in the sum and in either view, and
    from how close the nearest examples inside and outside are. The weights of the sum, one pair a language, and the
    third regression are fit on examples, and misspelt copies of some, that were held out from the first two: so they
    learn how sure those are of what they have not seen. Without such a topic the probabilities are multiplied by the
    squared cosine to the nearest example.

    Full retrieval intents are the classes, so that one probability stands behind the intent and its answer: a doubtful
    answer is as doubtful as its intent, and the fallback after this component sees it.

    A message that shares no sparse feature with any example gets no intent and the confidence 0. Where not a single
    word is known the confidence is cut to a third, and in the topic `outside` to a sixth: parts of words alone are weak
    evidence, and "asdf qwer" is not about something else, but nothing.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Featurizers have to come first."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`C`, `dense_C`: inverse strength of the regularisation, for words and for meaning.

        `outside`: the intent for everything else, which is none of the bot's business; `ranking_length`: how many
        intents are reported.
        """
        return {
            "C": 2.0,
            "dense_C": 10.0,
            "outside": "out_of_scope",
            "ranking_length": 10,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all examples that have an intent.

        Raises:
            ValueError: there are examples of one intent only.
        """
        trained_on = [example for example in training_data.intent_examples if example.get(TEXT)]
        copies = [example for example in trained_on if example.get(ORIGINAL)]
        examples = [example for example in trained_on if not example.get(ORIGINAL)]
        examples.sort(key=lambda example: str(example.get_full_intent()))
        self.intents = sorted({str(example.get_full_intent()) for example in examples})
        if len(self.intents) < 2:
            raise ValueError("TopicClassifier needs examples of at least two intents.")
        labels = np.searchsorted(self.intents, [str(example.get_full_intent()) for example in examples])
        self.words = {word for example in examples for word in _words(example)}
        counts = self._counts(examples)
        frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
        self.rarity = (np.log((1 + len(examples)) / (1 + frequency)) + 1).astype(np.float32)
        rows, vectors = self._rows(counts), self._vectors(examples)
        self.nearest = Nearest.of(vectors, labels, len(self.intents))
        self._learn_from_held_out(examples, copies, rows, vectors)
        self._fit(rows, vectors, labels)
        self.sparse.weights = regression.rounded(self.sparse.weights)
        return self._persist()

    def _fit(self, rows: sparse.csr_matrix, vectors: np.ndarray, labels: np.ndarray) -> None:
        strengths = (self.config["C"], self.config["dense_C"])
        self.sparse, self.dense = regression.fit_views(rows, vectors, labels, len(self.intents), strengths)

    def _learn_from_held_out(
        self, examples: List[Message], copies: List[Message], rows: sparse.csr_matrix, vectors: np.ndarray
    ) -> None:
        """Mixture and scope, from what the views say of examples that they have not seen, and of copies of those."""
        topics, places = len(self.intents), {example.get(TEXT): n for n, example in enumerate(examples)}
        origins = np.array([places[copy.get(ORIGINAL)] for copy in copies], dtype=int)
        own = self.nearest.labels
        labels = np.concatenate([own, own[origins]])
        all_rows = sparse.vstack([rows, self._rows(self._counts(copies))], format="csr") if copies else rows
        all_vectors = np.vstack([vectors, self._vectors(copies)]) if copies else vectors
        words, meaning, closeness = np.zeros((3, len(labels), topics), np.float32)
        for seen, held_out in regression.folds(own):
            self._fit(rows[seen], vectors[seen], own[seen])
            asked = np.concatenate([held_out, len(examples) + np.flatnonzero(np.isin(origins, held_out))])
            words[asked] = self.sparse.scores(all_rows[asked])
            meaning[asked] = self.dense.scores(all_vectors[asked])
            closeness[asked] = self.nearest.without(held_out).closeness(all_vectors[asked])
        languages = [_language(message) for message in (*examples, *copies)]
        counts = np.repeat([1.0, len(examples) / max(1, len(copies))], [len(examples), len(copies)])
        self.mixture = mixture.fit(words, meaning, closeness, labels, languages, counts)
        self.scope = Scope(None, np.zeros(0, np.float32))
        outside = regression.outside_topic(self.intents, own, self.config["outside"])
        if outside is not None and vectors.shape[1]:
            probabilities = self.mixture.probabilities(words, meaning, closeness, languages)
            self.scope = regression.fit_scope(Opinion(probabilities, words, meaning, closeness), labels, outside)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, ranking and, for a retrieval intent, the answer that belongs to it."""
        for message in messages:
            confidences = self._confidences(message)
            best = np.argsort(-confidences)[: self.config["ranking_length"]]
            self._set(message, [{"name": self.intents[i], "confidence": float(confidences[i])} for i in best])
        return messages

    def _confidences(self, message: Message) -> np.ndarray:
        """[topics]; empty where the message has nothing to go by."""
        rows, vectors = self._rows(self._counts([message])), self._vectors([message])
        if rows.nnz == 0:
            return np.zeros(0)
        languages = [_language(message)]
        words, meaning = self.sparse.scores(rows), self.dense.scores(vectors)
        likely = np.argsort(-self.mixture.scores(words, meaning, np.zeros_like(words), languages)[0])[:_LIKELY]
        asked = {*likely, *([] if self.scope.outside is None else [self.scope.outside])}
        closeness = self.nearest.closeness_to(vectors[0], asked)[np.newaxis]
        probabilities = self.mixture.probabilities(words, meaning, closeness, languages)
        if vectors.shape[1]:
            probabilities = self.scope.apply(Opinion(probabilities, words, meaning, closeness))
        confidences: np.ndarray = probabilities[0]
        if self.words.isdisjoint(_words(message)):
            confidences = confidences * self._without_a_known_word()
        return confidences

    def _without_a_known_word(self) -> np.ndarray:
        factors = np.full(len(self.intents), _WITHOUT_A_KNOWN_WORD)
        if self.config["outside"] in self.intents:
            factors[self.intents.index(self.config["outside"])] *= _NEITHER_KNOWN_NOR_INSIDE
        return factors

    @staticmethod
    def _set(message: Message, ranking: List[Dict[Text, Any]]) -> None:
        top: Dict[Text, Any] = ranking[0] if ranking else {"name": None, "confidence": 0.0}
        message.set(INTENT, {**top, "name": base_intent(top["name"])}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        selected = selection(top["name"], top["confidence"])
        if selected:  # Rasa's schema for events takes no empty selection
            message.set(RESPONSE_SELECTOR, selected, add_to_output=True)

    def _rows(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        return at_unit_length(counts, self.rarity)

    def _counts(self, messages: List[Message]) -> sparse.csr_matrix:
        return sparse_rows(messages, len(getattr(self, "rarity", ())))

    def _vectors(self, messages: List[Message]) -> np.ndarray:
        """The dense features, [messages, width]; of width 0 in a pipeline that has none."""
        return dense_rows(messages, len(self.dense.weights) if hasattr(self, "dense") else 0)

    def _write(self, folder: Any) -> None:
        np.savez_compressed(
            folder / _ARRAYS,
            sparse_weights=self.sparse.weights.astype(np.float16),
            sparse_bias=self.sparse.bias,
            dense_weights=self.dense.weights,
            dense_bias=self.dense.bias,
            directions=self.nearest.directions.astype(np.float16),
            examples=self.nearest.examples.astype(np.float16),
            labels=self.nearest.labels,
            rarity=self.rarity,
            scope=self.scope.coefficients,
        )
        content = {
            "intents": self.intents,
            "words": sorted(self.words),
            "outside": self.scope.outside,
            "weights": asdict(self.mixture),
        }
        (folder / _FILE).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        self.intents, self.words = content["intents"], set(content["words"])
        self.mixture = Mixture(**content["weights"])
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            self.sparse = View(arrays["sparse_weights"].astype(np.float32), arrays["sparse_bias"])
            self.dense = View(arrays["dense_weights"], arrays["dense_bias"])
            directions, near = (arrays[name].astype(np.float32) for name in ("directions", "examples"))
            self.nearest = Nearest(directions, near, arrays["labels"], len(self.intents))
            self.rarity = arrays["rarity"]
            self.scope = Scope(content["outside"], arrays["scope"])


def _language(message: Message) -> Text:
    return str((message.get(LANGUAGE) or {}).get("name") or "")


def _words(message: Message) -> Set[Text]:
    """The lemmas of the message that have letters; without a tokenizer, its words."""
    tokens = message.get(TOKENS_NAMES[TEXT])
    text = " ".join(token.lemma for token in tokens) if tokens else message.get(TEXT) or ""
    return {word.lower() for word in text.split() if any(character.isalpha() for character in word)}

