"""Reads a message as it was meant: typing errors corrected, and in the language that the encoder knows."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Set, Text

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import StoredComponent
from bot.nlu.dictionary import RealWords
from bot.nlu.glossary import Glossary, all_forms, read_glossary
from bot.nlu.language import LANGUAGE
from bot.nlu.lemmas import dictionary, lemma_table, stop_words
from bot.nlu.misspelt import ORIGINAL
from bot.nlu.spelling import Spelling

CORRECTIONS = "corrections"
"""The message property: misspelt word -> the word that was meant, both in lower case."""
IN_ENGLISH = "in_english"
"""The message property: the text that the encoder reads."""

_ROOT = Path(__file__).resolve().parents[2]
_WORD = re.compile(r"[^\W\d_]+")
_FILE, _REAL = "reading.json", "real_words.npz"
_LOOKED_UP = (3, 14)
"""How many letters a word has that is looked up in a dictionary."""
_FAR_COMMONER = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageReader(StoredComponent):
    """Sets the properties `corrections` and `in_english` on every message; the text itself stays as it is.

    A word is misspelt if it is in no dictionary and a slip or two away from a word of the examples or of the glossary,
    or two of those without a space. Slips among the examples are known by being rare and in no dictionary. A message
    in a language that has a glossary is rendered word by word in English; others are only corrected. Comes after the
    language detector and before the tokenizer, which looks up the corrected words' lemmas.
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
        joints: Dict[Text, List[Text]] = {}
        self._content: Dict[Text, Any] = {"words": {}, "others": {}, "forms": {}, "joints": joints}
        dictionaries = {language: dictionary(language) for language in words}
        self._real = {language: RealWords.of(known, _LOOKED_UP) for language, known in dictionaries.items()}
        glossaries = {language: read_glossary(_ROOT / file) for language, file in self.config["glossaries"].items()}
        for language, counts in words.items():
            entries = glossaries.get(language, {})
            little = stop_words(language)
            joints[language] = sorted(word for word in little if word.isalpha() and len(word) > 1)
            counts.update(word for word in (*little, *entries) if word.isalpha())
            real = {*little, *entries, *(word for word in counts if len(word) < _LOOKED_UP[0])}
            real.update(word for word in counts if any(word in known for known in dictionaries.values()))
            self._content["words"][language] = _without_slips(counts, real)
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
                counts,
                {*self._content["others"][language], *self._content["forms"][language]},
                self._content["joints"][language],
                self._real[language],
            )
            for language, counts in self._content["words"].items()
        }

    def _write(self, folder: Any) -> None:
        (folder / _FILE).write_text(json.dumps(self._content, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _REAL, **{language: real.sums for language, real in self._real.items()})

    def _read(self, folder: Any) -> None:
        self._content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        with np.load(folder / _REAL, allow_pickle=False) as arrays:
            self._real = {language: RealWords(arrays[language]) for language in arrays.files}
        self._prepare()


def _without_slips(counts: Mapping[Text, int], real: Set[Text]) -> Dict[Text, int]:
    """The words without those that are probably slips: in no dictionary, and rare, or rare beside one that looks so."""
    spelling = Spelling({word: count for word, count in counts.items() if word in real or count > 1})
    kept: Dict[Text, int] = {}
    for word, count in counts.items():
        if word not in real:
            if count == 1:
                continue
            meant = spelling.likeliest_other(word)
            if meant and counts[meant] >= _FAR_COMMONER * count:
                continue
        kept[word] = count
    return kept
