"""Swedish rendered word by word in English, for an encoder that knows English only."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Text, Tuple

_PIECE = re.compile(r"[^\W\d_]+|\d+|[?!]")
_LONGEST_PHRASE = 4
_SHORTEST_PART = 3
_JOINTS = ("", "s", "-")


class GlossaryError(ValueError):
    """The glossary cannot be read; the message names the file and the line."""


def read_glossary(file: Path) -> Dict[Text, Text]:
    """Swedish word or phrase -> English, in lower case; where one is listed twice, the first line counts.

    Raises:
        GlossaryError: a line is not `English: Swedish, Swedish`.
    """
    entries: Dict[Text, Text] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        english, colon, words = line.partition(":")
        swedish = [" ".join(word.lower().split()) for word in words.split(",")]
        if not colon or not english.strip() or not all(swedish):
            raise GlossaryError(f"{file}, line {number}: must be 'English: Swedish, Swedish'.")
        for word in swedish:
            entries.setdefault(word, english.strip())
    return entries


def all_forms(entries: Mapping[Text, Text], lemmas: Mapping[Text, Text]) -> Dict[Text, Text]:
    """The entries, and every form in the lemma table that leads to one of the single words among them."""
    forms = dict(entries)
    by_lemma: Dict[Text, Text] = {}
    for word, english in entries.items():
        by_lemma.setdefault(word, english)
    for word, english in entries.items():
        by_lemma.setdefault(lemmas.get(word, word), english)
    for form, lemma in lemmas.items():
        if lemma in by_lemma and form == form.lower():
            forms.setdefault(form, by_lemma[lemma])
    return forms


class Glossary:
    """Renders a text: the longest phrases first, then words, then the parts of compounds; what is unknown stays."""

    def __init__(self, forms: Mapping[Text, Text]) -> None:
        """`forms`: word or phrase in lower case -> English; see `all_forms`."""
        self.forms = dict(forms)
        self._folded: Dict[Text, Text] = {}
        for word, english in self.forms.items():
            self._folded.setdefault(folded(word), english)

    def render(self, text: Text) -> Text:
        """The English of the words, numbers, question and exclamation marks of a text, in their order."""
        lowered = [word.lower() for word in _PIECE.findall(text)]
        rendered: List[Text] = []
        position = 0
        while position < len(lowered):
            english, length = self._longest(lowered[position : position + _LONGEST_PHRASE])
            rendered.append(english)
            position += length
        return " ".join(rendered)

    def _longest(self, words: List[Text]) -> Tuple[Text, int]:
        for length in range(len(words), 1, -1):
            english = self.find(" ".join(words[:length]))
            if english:
                return english, length
        return self.find(words[0]) or self._compound(words[0]) or words[0], 1

    def find(self, word: Text) -> Optional[Text]:
        """The English of a word or phrase, with or without the dots over å, ä and ö."""
        return self.forms.get(word) or self._folded.get(folded(word))

    def _compound(self, word: Text) -> Optional[Text]:
        """`garantitid` as `warranty time`: two known parts, the second as long as can be."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            last = self.find(word[cut:])
            first = last and self._first_part(word[:cut])
            if first:
                return f"{first} {last}"
        return None

    def _first_part(self, part: Text) -> Optional[Text]:
        for joint in _JOINTS:
            if part.endswith(joint) and len(part) - len(joint) >= _SHORTEST_PART:
                english = self.find(part[: len(part) - len(joint)] if joint else part)
                if english:
                    return english
        return None


def folded(text: Text) -> Text:
    """The text without the dots and rings over its letters."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
