"""Dictionary forms of words, from spaCy's look-up tables (package `spacy-lookups-data`)."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Dict, Iterable, Text


@cache
def lemma_table(language: Text) -> Dict[Text, Text]:
    """All word forms of a language with their lemma. Large (660,000 Swedish forms): for training only.

    Raises:
        ValueError: spaCy has no such table for the language.
    """
    package = find_spec("spacy_lookups_data")
    file = (
        Path(package.origin if package and package.origin else "").parent / "data" / f"{language}_lemma_lookup.json.gz"
    )
    if not file.is_file():
        raise ValueError(f"spacy-lookups-data has no lemmas for the language '{language}'")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return json.load(lines)


def lemmas_for(language: Text, words: Iterable[Text]) -> Dict[Text, Text]:
    """The part of the table that maps to lemmas of the given words: small, and still covers forms not among them."""
    table = lemma_table(language)
    wanted = {table.get(word, word) for word in words}
    return {form: lemma for form, lemma in table.items() if lemma in wanted and form != lemma}
