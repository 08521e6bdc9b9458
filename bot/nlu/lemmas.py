"""Dictionary forms of words, from spaCy's look-up tables (package `spacy-lookups-data`)."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Dict, FrozenSet, Iterable, List, Set, Text

import spacy

_SMALL = 1_600_000
"""Bytes, compressed. Larger tables (Polish nouns, Turkish) take longer to read than all others together."""


def _tables() -> Path:
    package = find_spec("spacy_lookups_data")
    return Path(package.origin if package and package.origin else "").parent / "data"


@cache
def lemma_table(language: Text) -> Dict[Text, Text]:
    """All word forms of a language with their lemma. Large (660,000 Swedish forms): for training only.

    Raises:
        ValueError: spaCy has no such table for the language.
    """
    file = _tables() / f"{language}_lemma_lookup.json.gz"
    if not file.is_file():
        raise ValueError(f"spacy-lookups-data has no lemmas for the language '{language}'")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return json.load(lines)


@cache
def dictionary(language: Text) -> Set[Text]:
    """All word forms of a language and their lemmas, in lower case. As large as `lemma_table`.

    Raises:
        ValueError: spaCy has no such table for the language.
    """
    return {word.lower() for pair in lemma_table(language).items() for word in pair}


@cache
def stop_words(language: Text) -> FrozenSet[Text]:
    """The commonest words of a language, in lower case.

    Read from spaCy's file alone: the language's package would compile its rules for cutting text, which takes longer
    than all else that is done with these words.
    """
    name = f"spacy.lang.{language}.stop_words"
    file = Path(str(spacy.__file__)).parent / "lang" / language / "stop_words.py"
    found = spec_from_file_location(name, file)
    if not found or not found.loader:
        raise ValueError(f"spaCy has no stop words for the language '{language}'")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return frozenset(word.lower() for word in module.STOP_WORDS)


@cache
def common_words(language: Text, most: int) -> List[Text]:
    """The words of a language that are used most, in lower case, the commonest first; none where spaCy does not know.

    Those that are in no dictionary are left out: names, and slips that many make.
    """
    file = _tables() / f"{language}_lexeme_prob.json.gz"
    if not file.is_file():
        return []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        surprise = json.load(lines)
    known = dictionary(language)
    words = (word for word in surprise if word in known and word.isalpha())
    return sorted(words, key=surprise.__getitem__, reverse=True)[:most]


def lemmas_for(language: Text, words: Iterable[Text]) -> Dict[Text, Text]:
    """The part of the table that maps to lemmas of the given words: small, and still covers forms not among them."""
    table = lemma_table(language)
    wanted = {table.get(word, word) for word in words}
    return {form: lemma for form, lemma in table.items() if lemma in wanted and form != lemma}


def word_forms(language: Text) -> List[Text]:
    """The word forms of a language in lower case and in order; empty where spaCy has no small table."""
    forms: Set[Text] = set()
    for file in _tables().glob(f"{language}_lemma_lookup*.json.gz"):  # some languages have one a part of speech
        if file.stat().st_size <= _SMALL:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                forms.update(map(str.lower, json.load(lines)))
    return sorted(filter(str.isalpha, forms))
