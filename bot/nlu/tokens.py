"""Words and their lemmas, by spaCy's rules for the message's language."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Sequence, Text

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import StoredComponent
from bot.nlu.corrections import Correction
from bot.nlu.language import LANGUAGE
from bot.nlu.lemmas import lemmas_for
from bot.nlu.misspelt import ORIGINAL
from bot.nlu.reading import CORRECTIONS

MOST_STRINGS = 50_000
"""spaCy remembers every word it has seen; from this number on it starts afresh, so that memory stays bounded."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class BilingualTokenizer(StoredComponent, Tokenizer):
    """Splits a message with the blank spaCy pipeline of its language and looks up each word's lemma.

    Where the reader before it has corrected the message, a token is what was meant: the first of the words concerned
    stands for all of it, and the others are empty.

    Training keeps of the dictionaries only the forms that lead to a lemma of the training examples:
    the others cannot help a classifier that never saw them.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`languages`: those to be expected, the usual one first."""
        return {"languages": ["sv", "en"], "intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        StoredComponent.__init__(self, config, model_storage, resource)
        Tokenizer.__init__(self, self.config)
        self._pipelines = {language: spacy.blank(language) for language in self.config["languages"]}
        self._lemmas: Dict[Text, Dict[Text, Text]] = {language: {} for language in self.config["languages"]}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BilingualTokenizer:
        """Make an untrained tokenizer."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Choose the part of the lemma tables that the examples need."""
        words: Dict[Text, set] = {language: set() for language in self._pipelines}
        for example in training_data.training_examples:
            if example.get(TEXT) and not example.get(ORIGINAL):
                language = self._language(example)
                words[language].update(word.lower_ for word in self._pipelines[language].make_doc(example.get(TEXT)))
        self._lemmas = {language: lemmas_for(language, words[language]) for language in words}
        return self._persist()

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """The words of the message, without spaces, with position and lemma."""
        language = self._language(message)
        if len(self._pipelines[language].vocab.strings) > MOST_STRINGS:
            self._pipelines[language] = spacy.blank(language)
        text, lemmas = message.get(attribute), self._lemmas[language]
        corrections = list(message.get(CORRECTIONS) or ()) if attribute == TEXT else []
        tokens: List[Token] = []
        for word in self._pipelines[language].make_doc(text):
            if word.is_space:
                continue
            token = Token(word.text, word.idx, lemma=lemmas.get(word.lower_, word.lower_))
            while corrections and corrections[0].end <= word.idx:
                corrections.pop(0)
            if corrections and corrections[0].start < word.idx + len(word):
                token.text = _meant(text, word.idx, word.idx + len(word), corrections)
                token.lemma = _lemma(token.text.lower(), lemmas)
            tokens.append(token)
        return tokens

    def _language(self, message: Message) -> Text:
        name: Text = (message.get(LANGUAGE) or {}).get("name") or ""
        return name if name in self._pipelines else str(self.config["languages"][0])

    def _write(self, folder: Any) -> None:
        (folder / "lemmas.json").write_text(json.dumps(self._lemmas, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        self._lemmas = json.loads((folder / "lemmas.json").read_text(encoding="utf-8"))


def _meant(text: Text, start: int, end: int, corrections: Sequence[Correction]) -> Text:
    """What is between two places, corrected; a correction stands where it begins."""
    parts: List[Text] = []
    for correction in corrections:
        if correction.start >= end:
            break
        parts.append(text[start : max(start, correction.start)])
        parts.append(correction.meant if correction.start >= start else "")
        start = min(end, correction.end)
    return "".join([*parts, text[start:end]])


def _lemma(words: Text, lemmas: Dict[Text, Text]) -> Text:
    """Of each of the words."""
    return " ".join(lemmas.get(word, word) for word in words.split(" "))
