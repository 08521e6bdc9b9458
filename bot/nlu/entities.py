"""Entities by rules: the words and phrases that the content team lists as look-up tables."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import StoredComponent
from bot.nlu.lemmas import lemma_table
from bot.nlu.negation import Clues, not_denied
from bot.nlu.phrases import Found, Phrases, longest, split_words

NEGATION, NEGATION_AFTER, NEGATION_END, NEGATION_MORE = "negation", "negation_after", "negation_end", "negation_more"
OWN_NEGATION, EXCEPT = "_negation", "_except"
"""Endings of the names of an entity's helping tables."""

_HELPING = (NEGATION, NEGATION_AFTER, NEGATION_END, NEGATION_MORE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityRules(StoredComponent, EntityExtractorMixin):
    """Finds the phrases of `lookup` tables in a message; a `synonym` table gives the value to use.

    A look-up element that is the name of a synonym table brings all phrases of that table. Phrases are written as
    `bot.nlu.phrases.Phrases` reads them: `…` for a gap, `*` for any ending or beginning, `a|b` for either word.
    Case and missing accents do not matter, and words of six letters or more may have one typing error. Of one
    entity's phrases the longer wins; those of different entities may overlap; the order is that of the text.

    Look-up tables with these names are no entities but say what is denied and what is meant otherwise:
    `negation` denies what follows within two words, `negation_after` also what it follows, `negation_end` ends
    that reach (as punctuation does) and `negation_more` hands it on; `<entity>_negation` is for the entity only
    and stands directly before it, in place of the general ones; `<entity>_except` lists phrases that contain
    one of the entity's but mean something else.

    `languages`: those with whose dictionaries training checks that a real word is not taken for a typing error.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See the class."""
        return {"languages": ["sv", "en"]}

    _tables: Dict[Text, Dict[Text, Text]]
    _real_words: List[Text]

    def train(self, training_data: TrainingData) -> Resource:
        """Read the look-up and synonym tables of the training data."""
        self._tables = _tables(training_data)
        self._real_words = []
        self._compile()
        if self._tables:
            lemmas = [lemma_table(language) for language in self.config["languages"]]
            self._real_words = self._phrases.mistakable(chain(*lemmas, *(table.values() for table in lemmas)))
            self._compile()
        return self._persist()

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities found to each message."""
        for message in messages:
            found = self._find(message.get(TEXT) or "")
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _find(self, text: Text) -> List[Dict[Text, Any]]:
        words = split_words(text)
        by_table: Dict[Text, List[Found]] = {}
        for found in self._phrases.find(words):
            by_table.setdefault(found.table, []).append(found)
        clues = self._clues(by_table)
        matches = [
            (entity, phrase)
            for entity in self._entities
            for phrase in longest(
                clues.not_across(by_table.get(entity, [])), preferred=by_table.get(entity + EXCEPT, [])
            )
        ]
        matches.sort(key=lambda match: (match[1].first, match[1].last))
        entities = [
            {
                "entity": entity,
                "start": words[phrase.first].start,
                "end": words[phrase.last].end,
                "value": self._tables[entity][phrase.phrase],
            }
            for entity, phrase in not_denied(matches, clues, words)
            if phrase.table == entity
        ]
        return self.add_extractor_name(entities)

    def _clues(self, by_table: Dict[Text, List[Found]]) -> Clues:
        kept = longest([phrase for name in _HELPING[:3] for phrase in by_table.get(name, [])])
        before, after, ends = ([phrase for phrase in kept if phrase.table == name] for name in _HELPING[:3])
        own = {entity: by_table.get(entity + OWN_NEGATION, []) for entity in self._with_own_negation}
        return Clues(before, after, ends, by_table.get(NEGATION_MORE, []), own)

    def _compile(self) -> None:
        rows = [(name, phrase) for name, phrases in self._tables.items() for phrase in phrases]
        self._phrases = Phrases(rows, self._real_words)
        self._entities = [name for name in self._tables if not self._is_helping(name)]
        self._with_own_negation = [name for name in self._entities if name + OWN_NEGATION in self._tables]

    def _is_helping(self, name: Text) -> bool:
        return name in _HELPING or any(
            name.endswith(ending) and name[: -len(ending)] in self._tables for ending in (OWN_NEGATION, EXCEPT)
        )

    def _write(self, folder: Any) -> None:
        content = {"tables": self._tables, "real_words": self._real_words}
        (folder / "tables.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def _read(self, folder: Any) -> None:
        content = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
        self._tables, self._real_words = content["tables"], content["real_words"]
        self._compile()


def _tables(training_data: TrainingData) -> Dict[Text, Dict[Text, Text]]:
    """Each look-up table as phrases with their values."""
    values = {phrase.lower(): value for phrase, value in training_data.entity_synonyms.items()}
    phrases_of: Dict[Text, List[Text]] = {}
    for phrase, value in values.items():
        phrases_of.setdefault(value, []).append(phrase)
    tables: Dict[Text, Dict[Text, Text]] = {}
    for table in training_data.lookup_tables:
        if isinstance(table["elements"], list):
            rows = tables.setdefault(table["name"], {})
            for element in table["elements"]:
                for phrase in [element, *phrases_of.get(element, [])]:
                    rows[phrase.lower()] = values.get(phrase.lower(), phrase)
    return tables
