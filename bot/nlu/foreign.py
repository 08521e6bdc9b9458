"""Messages in a language that the bot does not speak."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from typing import Any, Dict, Iterable, List, Mapping, Sequence, Text, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import StoredComponent
from bot.nlu.foreign_words import words_of_customers
from bot.nlu.language import clues, clues_of
from bot.nlu.lemmas import dictionary, lemma_table, stop_words, word_forms
from bot.nlu.misspelt import ORIGINAL
from bot.nlu.reading import CORRECTIONS

_WORD = re.compile(r"[^\W\d_]+")
_MOST_SURE = 4.0
"""A word speaks for a language with no more than this; names and slips of the finger are sure of the wrong thing."""
_DOUBTFUL = -1.0
_COMMON = 2.0
"""The weight from which a word of our languages is a common one: a foreign one that looks the same says less."""
_QUOTED = 5
"""A common word of another language ("merci") that our examples have no more often than this is not one of ours."""
_CLEAR = 0.9
_OFTEN = 3
"""In how many words three letters must follow each other to be letters of a language."""
_LIKE_A_WORD = 0.75
"""How much of a word must consist of such letters; keyboard noise ("zxqj wvkp") is no language at all."""


class WordOrigins:
    """A logistic regression over single words: rather from one of the languages that the bot does not speak?

    Trained on words alone, because sentences of those languages are not at hand: on stop words, dictionary words and
    the words of our own examples. A message is judged by all of its words together.
    """

    def __init__(self, weights: Mapping[Text, float], bias: float, usual: Iterable[Text] = ()) -> None:
        """`usual`: threes of letters that occur in words of any language, `<` and `>` marking the ends."""
        self.weights = dict(weights)
        self.bias = bias
        self.usual = frozenset(usual)

    @classmethod
    def fit(cls, words: Iterable[Tuple[Text, bool, float]]) -> WordOrigins:
        """Train on (word, is it foreign, weight) triples."""
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.linear_model import LogisticRegression

        texts, labels, sample_weights = zip(*words)
        vectorizer = CountVectorizer(analyzer=clues, binary=True, min_df=3)
        matrix = vectorizer.fit_transform(texts)
        regression = LogisticRegression(C=1.0, max_iter=100, tol=1e-2, solver="liblinear", random_state=1)
        regression.fit(matrix, labels, sample_weight=sample_weights)
        found = {clue: float(regression.coef_[0][column]) for clue, column in vectorizer.vocabulary_.items()}
        weights = {clue: round(weight, 2) for clue, weight in found.items() if abs(weight) >= 0.05}
        threes = Counter(three for text in texts for three in set(_threes(text)))
        usual = [three for three, count in threes.items() if count >= _OFTEN]
        return cls(weights, round(float(regression.intercept_[0]), 2), usual)

    def scores(self, text: Text) -> List[float]:
        """For each word of the text the log odds that it is foreign; a word that may be a name speaks for nothing.

        What looks like a word of no language is left out.
        """
        found = []
        for match in _WORD.finditer(text):
            if not self._is_like_a_word(match[0].lower()):
                continue
            score = self._score(match[0].lower())
            may_be_a_name = match[0].istitle() and match.start() > 0
            found.append(min(0.0, score) if may_be_a_name else score)
        return found

    def _is_like_a_word(self, word: Text) -> bool:
        threes = _threes(word)
        return sum(three in self.usual for three in threes) >= _LIKE_A_WORD * len(threes)

    def _score(self, word: Text) -> float:
        score = self.bias + sum(self.weights.get(clue, 0.0) for clue in set(clues_of(word)))
        return max(-_MOST_SURE, min(_MOST_SURE, score))


def _threes(word: Text) -> List[Text]:
    marked = f"<{word}>"
    return [marked[i : i + 3] for i in range(len(marked) - 2)]


def in_other_letters(text: Text) -> bool:
    """Whether the text is mostly written in letters that no language of the bot has (Arabic, Cyrillic, Chinese …)."""
    if text.isascii():
        return False
    letters = [letter for letter in text if letter.isalpha()]
    others = [letter for letter in letters if not unicodedata.name(letter, "LATIN").startswith("LATIN")]
    return len(others) > 1 and 2 * len(others) > len(letters)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class OtherLanguages(StoredComponent):
    """Gives the intent `intent` to a message in a language that the bot does not speak. The last of the pipeline.

    `outside`: the intent of what is none of the bot's business; `languages`: those that it speaks; `close`: languages
    so close to one of them that they are read as that one; `others`: those that it is to recognise, besides everything
    in other letters. `words`: how many dictionary words of each to learn from. `threshold`: of the mean log odds of a
    message's words, of which the `share` may not be ours; `two_words`: what two words need together. A single word is
    never foreign: it may be a name, or a slip. Nor is a message whose topic is clear once it is corrected.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See the class."""
        return {
            "intent": "other_language",
            "outside": "out_of_scope",
            "languages": ["sv", "en"],
            "close": ["da", "nb"],
            "others": ["de", "fr", "es", "it", "pt", "nl", "fi", "pl", "tr", "ro", "hu", "cs", "hr", "et", "lt"],
            "words": 3500,
            "threshold": 0.1,
            "share": 0.4,
            "two_words": 1.5,
        }

    origins: WordOrigins

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from stop words, dictionary words and the words of the examples."""
        own: Counter = Counter()
        for example in training_data.training_examples:
            if example.get(ORIGINAL):
                continue  # its slips are nobody's words
            own.update(_WORD.findall((example.get(TEXT) or "").lower()))
        real = {word for language in self.config["languages"] for word in dictionary(language)}
        quoted = {word for language in self.config["others"] for word in _often(language)} - real
        own = Counter({word: count for word, count in own.items() if count > _QUOTED or word not in quoted})
        rows = [(word, False, 1 + 2 * math.log(1 + count)) for word, count in own.items()]
        amount = self.config["words"]
        for language in self.config["languages"]:
            rows += _rows(language, 3 * amount, False, 6.0, 1.0)
        for language in self.config["close"]:
            rows += _rows(language, amount, False, 4.0, 0.7)
        spoken = {word for word, _, weight in rows if weight >= _COMMON}
        for language in self.config["others"]:
            for word, foreign, weight in _rows(language, amount, True, 6.0, 1.0):
                if word not in own:
                    rows.append((word, foreign, min(weight, 1.0) if word in spoken else weight))
        self.origins = WordOrigins.fit(rows)
        return self._persist()

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the intent of those messages that are in another language."""
        for message in messages:
            if self.is_foreign(message.get(TEXT) or "") and not self._is_understood(message):
                intent = {INTENT_NAME_KEY: self.config["intent"], "confidence": 1.0}
                message.set(INTENT, intent, add_to_output=True)
                ranking = [intent, *(message.get(INTENT_RANKING_KEY) or [])]
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def is_foreign(self, text: Text) -> bool:
        """Whether the text is in a language that the bot does not speak."""
        if in_other_letters(text):
            return True
        scores = self.origins.scores(text)
        if len(scores) < 2:
            return False
        if len(scores) == 2:
            return sum(scores) >= self.config["two_words"] and min(scores) >= _DOUBTFUL
        not_ours = sum(score >= 0 for score in scores) / len(scores)
        return sum(scores) / len(scores) >= self.config["threshold"] and not_ours >= self.config["share"]

    def _is_understood(self, message: Message) -> bool:
        """Whether the topic is clear once typing errors are corrected: slips look like another language."""
        intent = message.get(INTENT) or {}
        is_inside = intent.get(INTENT_NAME_KEY) not in (None, self.config["outside"])
        return is_inside and bool(message.get(CORRECTIONS)) and intent["confidence"] >= _CLEAR

    def _write(self, folder: Any) -> None:
        origins = self.origins
        content = {"bias": origins.bias, "weights": origins.weights, "usual": sorted(origins.usual)}
        (folder / "origins.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        self.origins = WordOrigins(**json.loads((folder / "origins.json").read_text(encoding="utf-8")))


def _rows(language: Text, amount: int, foreign: bool, common: float, other: float) -> List[Tuple[Text, bool, float]]:
    """The stop words and customers' words of a language with the weight `common`, dictionary words with `other`."""
    rows = [(word, foreign, common) for word in _often(language) if word.isalpha()]
    forms = word_forms(language) if foreign else sorted(word for word in lemma_table(language) if word.isalpha())
    return rows + [(word.lower(), foreign, other) for word in _spread(forms, amount)]


def _often(language: Text) -> Tuple[Text, ...]:
    return (*sorted(stop_words(language)), *words_of_customers(language))


def _spread(words: Sequence[Text], amount: int) -> Sequence[Text]:
    """About `amount` of the words, evenly from all letters of the alphabet."""
    return words[:: max(1, len(words) // amount)]
