"""Dictionary forms of words, from spaCy's look-up tables (package `spacy-lookups-data`)."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import groupby
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, List, Set, Text

import spacy

_SMALL = 1_600_000
"""Bytes, compressed. Larger tables (Polish nouns, Turkish) take longer to read than all others together."""
_RAREST = -15.0
"""The natural logarithm of how often a word has to be written to be one: once in three million words."""


def _tables() -> Path:
    package = find_spec("spacy_lookups_data")
    return Path(package.origin if package and package.origin else "").parent / "data"


@cache
def lemma_table(language: Text) -> Dict[Text, Text]:
    """All word forms of a language with their lemma. Large (660,000 Swedish forms): for training only.

    Raises:
        ValueError: spaCy has no such table for the language.
    """
    table = _read(f"{language}_lemma_lookup")
    if not table:
        raise ValueError(f"spacy-lookups-data has no lemmas for the language '{language}'")
    return table


@cache
def dictionary(language: Text) -> Set[Text]:
    """The words of a language in all their forms, in lower case. As large as `lemma_table`.

    Of English that table has only forms that differ from their lemma, and so hardly any adjective, adverb or name of a
    place ("recently", "aware", "canada"): those are in spaCy's lists of lemmas. Both have words that nobody writes, and
    that are as good as slips; where spaCy knows what is written, they are left out.

    Raises:
        ValueError: spaCy has no such table for the language.
    """
    words = {word.lower() for pair in lemma_table(language).items() for word in pair}
    words.update(word.lower() for lemmas in _read(f"{language}_lemma_index").values() for word in lemmas)
    written = {word.lower() for word in _frequencies(language)}
    return words & written if written else words


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
    frequencies, known = _frequencies(language), dictionary(language)
    words = (word for word in frequencies if word in known and word.isalpha())
    return sorted(words, key=frequencies.__getitem__, reverse=True)[:most]


@cache
def _frequencies(language: Text) -> Dict[Text, float]:
    """Natural logarithms of how often words are written, large and small letters apart, without the rarest ones."""
    return {word: log for word, log in _read(f"{language}_lexeme_prob").items() if log >= _RAREST}


def _read(table: Text) -> Dict[Text, Any]:
    """One of spaCy's tables; empty where there is none of this name."""
    file = _tables() / f"{table}.json.gz"
    if not file.is_file():
        return {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        content: Dict[Text, Any] = json.load(lines)
    return content


def lemmas_for(language: Text, words: Iterable[Text]) -> Dict[Text, Text]:
    """The part of the table that maps to lemmas of the given words: small, and still covers forms not among them."""
    table = lemma_table(language)
    wanted = {table.get(word, word) for word in words}
    return {form: lemma for form, lemma in table.items() if lemma in wanted and form != lemma}


def word_forms(language: Text) -> List[Text]:
    """The word forms of a language in lower case and in order; empty where spaCy has no small table."""
    forms: List[Text] = []
    for file in _tables().glob(f"{language}_lemma_lookup*.json.gz"):  # some languages have one a part of speech
        if file.stat().st_size <= _SMALL:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                forms += filter(str.isalpha, map(str.lower, json.load(lines)))
    forms.sort()  # hardly any work: the tables are nearly in order, which they would not be out of a set
    return [form for form, _ in groupby(forms)]
