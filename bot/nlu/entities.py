"""Entities by rules: the words and phrases that the content team lists as look-up tables."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Text

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.matcher import PhraseMatcher

from bot.nlu.component import StoredComponent
from bot.nlu.tokens import MOST_STRINGS


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityRules(StoredComponent, EntityExtractorMixin):
    """Finds the phrases of `lookup` tables in a message; a `synonym` table gives the value to use.

    Letters' case does not matter. Longer phrases win over those that they contain.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Read the look-up and synonym tables of the training data."""
        values = {phrase.lower(): value for phrase, value in training_data.entity_synonyms.items()}
        self._tables: Dict[Text, Dict[Text, Text]] = {}
        for table in training_data.lookup_tables:
            if isinstance(table["elements"], list):
                rows = self._tables.setdefault(table["name"], {})
                rows.update({phrase.lower(): values.get(phrase.lower(), phrase) for phrase in table["elements"]})
        self._compile()
        return self._persist()

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities found to each message."""
        for message in messages:
            found = self._find(message.get(TEXT) or "")
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _find(self, text: Text) -> List[Dict[Text, Any]]:
        if not self._tables:
            return []
        if len(self._pipeline.vocab.strings) > MOST_STRINGS:
            self._compile()
        spans = spacy.util.filter_spans(self._matcher(self._pipeline(text), as_spans=True))
        entities = [
            {
                "entity": span.label_,
                "start": span.start_char,
                "end": span.end_char,
                "value": self._tables[span.label_][span.text.lower()],
            }
            for span in spans
        ]
        return self.add_extractor_name(entities)

    def _compile(self) -> None:
        self._pipeline = spacy.blank("xx")
        self._matcher = PhraseMatcher(self._pipeline.vocab, attr="LOWER")
        for name, phrases in self._tables.items():
            self._matcher.add(name, list(self._pipeline.pipe(phrases)))

    def _write(self, folder: Any) -> None:
        (folder / "tables.json").write_text(json.dumps(self._tables, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        self._tables = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
        self._compile()
