"""Reads a message as it was meant: typing errors corrected, and in the language that the encoder knows."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import StoredComponent
from bot.nlu.glossary import Glossary, all_forms, read_glossary
from bot.nlu.language import LANGUAGE
from bot.nlu.lemmas import lemma_table
from bot.nlu.misspelt import ORIGINAL
from bot.nlu.spelling import Spelling

CORRECTIONS = "corrections"
"""The message property: misspelt word -> the word that was meant, both in lower case."""
IN_ENGLISH = "in_english"
"""The message property: the text that the encoder reads."""

_ROOT = Path(__file__).resolve().parents[2]
_WORD = re.compile(r"[^\W\d_]+")
_FILE = "reading.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageReader(StoredComponent):
    """Sets the properties `corrections` and `in_english` on every message; the text itself stays as it is.

    A word is misspelt if it is known in neither language and one slip away from a word of the examples or of the
    glossary. A message in a language that has a glossary is rendered word by word in English; others are only
    corrected. Comes after the language detector and before the tokenizer, which looks up the corrected words' lemmas.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`languages`: those to be expected, the usual one first; `glossaries`: language -> file in the project."""
        return {"languages": ["sv", "en"], "glossaries": {"sv": "data/sv/glossary.txt"}}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The glossaries' content: Rasa then trains again when one has changed."""
        files = [_ROOT / file for _, file in sorted(config.get("glossaries", {}).items())]
        return hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.is_file())).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples and read the glossaries.

        Raises:
            GlossaryError: a glossary cannot be read.
        """
        words: Dict[Text, Counter] = {language: Counter() for language in self.config["languages"]}
        for example in training_data.training_examples:
            if example.get(TEXT) and not example.get(ORIGINAL):
                words[self._language(example)].update(_WORD.findall(example.get(TEXT).lower()))
        self._content: Dict[Text, Any] = {"words": {}, "others": {}, "forms": {}}
        glossaries = {language: read_glossary(_ROOT / file) for language, file in self.config["glossaries"].items()}
        for language, counts in words.items():
            entries = glossaries.get(language, {})
            stop_words = import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
            counts.update(word for word in (*stop_words, *entries) if word.isalpha())
            self._content["words"][language] = dict(counts)
            self._content["forms"][language] = all_forms(entries, lemma_table(language)) if entries else {}
        for language in words:
            self._content["others"][language] = sorted(
                {word for other, counts in self._content["words"].items() if other != language for word in counts}
            )
        self._prepare()
        return self._persist()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the examples in the same way."""
        self.process([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Read each message."""
        for message in messages:
            language = self._language(message)
            spelling, corrections = self._spelling[language], {}
            text = message.get(TEXT) or ""
            for word in set(_WORD.findall(text.lower())):
                corrected = spelling.corrected(word)
                if corrected != word:
                    corrections[word] = corrected
            if corrections:
                text = _WORD.sub(lambda match: corrections.get(match[0].lower(), match[0]), text)  # noqa: B023
            glossary = self._glossaries.get(language)
            message.set(CORRECTIONS, corrections)
            message.set(IN_ENGLISH, glossary.render(text) if glossary else text)
        return messages

    def _language(self, message: Message) -> Text:
        found = message.get(LANGUAGE)
        name = found.get("name") if isinstance(found, dict) else found
        return str(name if name in self.config["languages"] else self.config["languages"][0])

    def _prepare(self) -> None:
        self._glossaries = {
            language: Glossary(forms) for language, forms in self._content["forms"].items() if forms
        }
        self._spelling = {
            language: Spelling(
                counts, {*self._content["others"][language], *self._content["forms"][language]}
            )
            for language, counts in self._content["words"].items()
        }

    def _write(self, folder: Any) -> None:
        (folder / _FILE).write_text(json.dumps(self._content, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        self._content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        self._prepare()
