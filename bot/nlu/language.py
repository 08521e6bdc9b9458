"""Which language a message is written in."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Dict, Iterable, List, Optional, Sequence, Text, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import StoredComponent
from bot.nlu.lemmas import lemma_table, stop_words
from bot.nlu.remembered import remembered

LANGUAGE = "language"
"""The message property: {"name": "sv" or "en", "confidence": 0.5 to 1}."""

_WORD = re.compile(r"[^\W\d_]+")
_NGRAM_SIZES = (2, 3, 4)
"""Beside single letters."""
_DICTIONARY_WORDS = 8000
_SHORT = 3.0
"""The weight of an example of one or two words: such messages have little else to go by."""


def clues(text: Text) -> List[Text]:
    """Whole words and their character n-grams (`<` and `>` mark the ends of a word), repeats kept."""
    return [clue for word in _WORD.findall(text.lower()) for clue in clues_of(word)]


@remembered(64)
def clues_of(word: Text) -> Tuple[Text, ...]:
    """The same of one word in small letters. Each of a message is asked for twice, one time after the other."""
    marked = f"<{word}>"
    parts = [marked[i : i + size] for size in _NGRAM_SIZES for i in range(len(marked) - size + 1)]
    return (f"={word}", *word, *parts)


class LanguageModel:
    """A logistic regression between two languages over words and character n-grams.

    Trained on our own examples, so that messages of one or two words count, and on dictionary words,
    so that words nobody wrote in an example count as well.
    """

    def __init__(self, languages: Sequence[Text], weights: Dict[Text, float], bias: float) -> None:
        self.languages = tuple(languages)
        self.weights = weights
        self.bias = bias

    @classmethod
    def fit(cls, languages: Sequence[Text], examples: Iterable[Tuple[Text, Text, float]]) -> LanguageModel:
        """Train on (text, language, weight) triples; exactly two languages."""
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.linear_model import LogisticRegression

        texts, labels, sample_weights = zip(*examples)
        vectorizer = CountVectorizer(analyzer=clues, binary=True, min_df=2)
        matrix = vectorizer.fit_transform(texts)
        regression = LogisticRegression(C=1.0, max_iter=200, solver="liblinear", random_state=1)
        regression.fit(matrix, [label == languages[1] for label in labels], sample_weight=sample_weights)
        weights = {
            clue: round(float(regression.coef_[0][column]), 3)
            for clue, column in vectorizer.vocabulary_.items()
            if abs(regression.coef_[0][column]) >= 0.005
        }
        return cls(languages, weights, float(regression.intercept_[0]))

    def detect(self, text: Text, prior: float = 0.0) -> Optional[Tuple[Text, float]]:
        """The likelier language and its probability; None where no word of the text is known.

        `prior`: log odds in favour of the second language, before the text has been looked at.
        """
        known = {clue for clue in clues(text) if clue in self.weights}
        if not known:
            return None
        logit = prior + self.bias + sum(self.weights[clue] for clue in known)
        second = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
        return (self.languages[1], second) if second >= 0.5 else (self.languages[0], 1 - second)


def _known(example: Message) -> Optional[Text]:
    """The language of an example: of its property, which the importer sets, or of its intent's `metadata` in a file
    (`language`).
    """
    of_intent = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return example.get(LANGUAGE) or of_intent.get(LANGUAGE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageDetector(StoredComponent):
    """Sets the property `language` on every message. The first component of the pipeline.

    `languages`: the two to tell apart, the usual one first. `prior`: the log odds in favour of the language that the
    conversation has had, where the message's metadata name it (`language`): "prata med en person" has words of both.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See the class."""
        return {"languages": ["sv", "en"], "prior": 1.0}

    model: LanguageModel

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples whose language is known, on stop words and on dictionary words."""
        languages = self.config["languages"]
        examples = [
            (example.get(TEXT), str(_known(example)), _SHORT if len(example.get(TEXT).split()) <= 2 else 1.0)
            for example in training_data.training_examples
            if example.get(TEXT) and _known(example) in languages
        ]
        for language in languages:
            examples += [(word, language, 2.0) for word in sorted(stop_words(language))]
            words = sorted(word for word in lemma_table(language) if word.isalpha() and word.islower())
            examples += [(word, language, 0.3) for word in words[:: max(1, len(words) // _DICTIONARY_WORDS)]]
        self.model = LanguageModel.fit(languages, examples)
        return self._persist()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Detect the language of the examples that do not come with one."""
        for example in training_data.training_examples:
            if example.get(TEXT):
                self._set(example, known=_known(example))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Detect the language of each message."""
        for message in messages:
            self._set(message)
        return messages

    def _set(self, message: Message, known: Optional[Text] = None) -> None:
        found = (known, 1.0) if known else self.model.detect(message.get(TEXT) or "", self._prior(message))
        name, confidence = found or (None, 0.0)
        message.set(LANGUAGE, {"name": name, "confidence": round(confidence, 4)}, add_to_output=True)

    def _prior(self, message: Message) -> float:
        expected = (message.get(METADATA) or {}).get(LANGUAGE)
        if expected not in self.config["languages"]:
            return 0.0
        return float(self.config["prior"]) * (1 if expected == self.config["languages"][1] else -1)

    def _write(self, folder: Any) -> None:
        content = {"languages": self.model.languages, "bias": self.model.bias, "weights": self.model.weights}
        (folder / "language.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        self.model = LanguageModel(**json.loads((folder / "language.json").read_text(encoding="utf-8")))
