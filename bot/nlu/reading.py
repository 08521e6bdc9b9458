"""Reads a message as it was meant: typing errors corrected, and in the language that the encoder knows."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any, Container, Dict, List, Mapping, Optional, Sequence, Set, Text

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import StoredComponent
from bot.nlu.corrections import WORD, Corrector
from bot.nlu.dictionary import RealWords
from bot.nlu.glossary import Glossary, all_forms, read_glossary
from bot.nlu.language import LANGUAGE
from bot.nlu.lemmas import common_words, dictionary, lemma_table, stop_words
from bot.nlu.misspelt import ORIGINAL
from bot.nlu.noisy_channel import Costs
from bot.nlu.spelling import NearWords

CORRECTIONS = "corrections"
"""The message property: the `Correction`s of its text."""
IN_ENGLISH = "in_english"
"""The message property: the text that the encoder reads."""

_ROOT = Path(__file__).resolve().parents[2]
_FILE, _REAL, _NEAR = "reading.json", "real_words.npz", "near_words.npz"
_LOOKED_UP = (3, 14)
"""How many letters a word has that is looked up in a dictionary."""
_FAR_COMMONER = 10
_COMMON = 5000
"""How many of a language's commonest words may be meant though no example has them."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageReader(StoredComponent):
    """Sets the properties `corrections` and `in_english` on every message; the text itself stays as it is.

    A word is misspelt if it is in no dictionary; what was meant are the words of the examples and the glossary, or the
    language's commonest ones, that make the best sense of it with the words beside it (`bot.nlu.noisy_channel`). Slips
    among the examples are known by being rare and in no dictionary. A message in a language that has a glossary is
    rendered word by word in English; others are only corrected. Comes after the language detector and before the
    tokenizer, which reads what was meant.
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
        texts: Dict[Text, List[List[Text]]] = {language: [] for language in self.config["languages"]}
        for example in training_data.training_examples:
            if example.get(TEXT) and not example.get(ORIGINAL):
                texts[self._language(example)].append(WORD.findall(example.get(TEXT).lower()))
        self._content: Dict[Text, Any] = {"words": {}, "pairs": {}, "others": {}, "forms": {}}
        dictionaries = {language: dictionary(language) for language in texts}
        self._real = {language: RealWords.of(known, _LOOKED_UP) for language, known in dictionaries.items()}
        glossaries = {language: read_glossary(_ROOT / file) for language, file in self.config["glossaries"].items()}
        for language, sentences in texts.items():
            counts = Counter(word for words in sentences for word in words)
            entries = glossaries.get(language, {})
            little = stop_words(language)
            counts.update(word for word in (*sorted(little), *entries) if word.isalpha())
            for word in common_words(language, _COMMON):
                counts.setdefault(word, 0)
            real = {*little, *entries, *(word for word in counts if len(word) < _LOOKED_UP[0])}
            real.update(word for word in counts if any(word in known for known in dictionaries.values()))
            self._content["words"][language] = known = _without_slips(counts, real)
            self._content["pairs"][language] = _pairs(sentences, known)
            self._content["forms"][language] = all_forms(entries, lemma_table(language)) if entries else {}
        for language in texts:
            self._content["others"][language] = sorted(
                {word for other, counts in self._content["words"].items() if other != language for word in counts}
            )
        self._near = {language: NearWords.of(counts) for language, counts in self._content["words"].items()}
        self._prepare()
        return self._persist()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the examples in the same way."""
        self.process([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Read each message."""
        for message in messages:
            language, text = self._language(message), message.get(TEXT) or ""
            corrections = self._correctors[language].corrections(text)
            for correction in reversed(corrections):
                text = text[: correction.start] + correction.meant + text[correction.end :]
            glossary = self._glossaries.get(language)
            message.set(CORRECTIONS, corrections)
            message.set(IN_ENGLISH, glossary.render(text) if glossary else text)
        return messages

    def _language(self, message: Message) -> Text:
        found = message.get(LANGUAGE)
        name = found.get("name") if isinstance(found, dict) else found
        return str(name if name in self.config["languages"] else self.config["languages"][0])

    def _prepare(self) -> None:
        content = self._content
        self._glossaries = {language: Glossary(forms) for language, forms in content["forms"].items() if forms}
        self._correctors = {
            language: Corrector(
                counts,
                content["pairs"][language],
                self._near[language],
                _AnyOf({*content["others"][language], *content["forms"][language]}, self._real[language]),
                Costs(),
            )
            for language, counts in content["words"].items()
        }

    def _write(self, folder: Any) -> None:
        (folder / _FILE).write_text(json.dumps(self._content, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _REAL, **{language: real.sums for language, real in self._real.items()})
        for language, near in self._near.items():
            np.savez(folder / f"{language}_{_NEAR}", sums=near.sums, places=near.places)

    def _read(self, folder: Any) -> None:
        self._content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        with np.load(folder / _REAL, allow_pickle=False) as arrays:
            self._real = {language: RealWords(arrays[language]) for language in arrays.files}
        self._near = {}
        for language, counts in self._content["words"].items():
            with np.load(folder / f"{language}_{_NEAR}", allow_pickle=False) as arrays:
                self._near[language] = NearWords(list(counts), arrays["sums"], arrays["places"])
        self._prepare()


class _AnyOf:
    """What one of several collections of words has."""

    def __init__(self, *collections: Container[Text]) -> None:
        self._collections = collections

    def __contains__(self, word: object) -> bool:
        return any(word in words for words in self._collections)


def _pairs(sentences: Sequence[Sequence[Text]], known: Mapping[Text, int]) -> Dict[Text, int]:
    """Two known words in a row -> how often; those that occur once are left out."""
    counts = Counter(
        f"{first} {second}"
        for words in sentences
        for first, second in zip(words, words[1:])
        if first in known and second in known
    )
    return {pair: count for pair, count in counts.items() if count > 1}


def _without_slips(counts: Mapping[Text, int], real: Set[Text]) -> Dict[Text, int]:
    """The words without those that are probably slips: in no dictionary, and rare, or rare beside one that looks so."""
    near = NearWords.of({word: count for word, count in counts.items() if word in real or count > 1})
    doubtful = [word for word, count in counts.items() if word not in real and count > 1]
    slips = {word for word in counts if word not in real and counts[word] == 1}
    for word, alike in zip(doubtful, near.near(doubtful)):
        others = [counts[other] for other, distance in alike.items() if distance <= 1 and other != word]
        if others and max(others) >= _FAR_COMMONER * counts[word]:
            slips.add(word)
    return {word: count for word, count in counts.items() if word not in slips}
