"""The parts of a message, each of which may ask something of its own."""

from __future__ import annotations

import re
from typing import List, NamedTuple, Sequence, Set, Text

from bot.nlu.phrases import Word, split_words
from bot.understanding.speech import ASKS, BEGINS, ENDS, JOINS, OPENS, WHOLE, Speech

LEANING_WORDS, LEANING_AT_ITS_END = 8, 5
"""The most words of a message that leans on the answer before it; fewer where only its last word shows that."""
_SENTENCE_END = re.compile(r"[.?!\n;…]")
_AFTER = re.compile(r"\s*([?!]*)")


class Part(NamedTuple):
    """A piece of a message; `asks`: it is a question or a wish, and no part of a story; `joined`: with its "and"."""

    text: Text
    asks: bool
    joined: Text


def parts_of(text: Text, speech: Speech) -> List[Part]:
    """The message cut at the ends of sentences and where a comma or an "and" begins another question."""
    words = split_words(text)
    if not words:
        return []
    found = speech.found(text)
    joins = {phrase.first: phrase.last + 1 for phrase in found[JOINS]}
    asking = {phrase.first for phrase in found[ASKS]}
    opening = {phrase.first for phrase in found[OPENS]}
    starts = sorted(_starts(text, words, joins, asking))
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(words)]):
        first = start
        while first in joins and joins[first] < end:
            first = joins[first]
        last = words[end - 1].end
        mark = _AFTER.match(text, last)
        begins = start == 0 or bool(_SENTENCE_END.search(text[words[start - 1].end : words[start].start]))
        asks = first in asking or (begins and first in opening) or "?" in (mark[1] if mark else "")
        mark_of_question = "?" if asks else ""
        joined, alone = text[words[start].start : last], text[words[first].start : last]
        pieces.append(Part(alone + mark_of_question, asks, joined + mark_of_question))
    return pieces


def leans(text: Text, speech: Speech) -> bool:
    """Whether a message is so short, and so worded, that only the answer before it says what it is about."""
    words = split_words(text)
    if not words or len(words) > LEANING_WORDS:
        return False
    found = speech.found(text)
    if any(phrase.first == 0 for phrase in found[BEGINS]):
        return True
    if len(words) <= LEANING_AT_ITS_END and any(found_end.last == len(words) - 1 for found_end in found[ENDS]):
        return len(words) > 1
    return any(phrase.first == 0 and phrase.last == len(words) - 1 for phrase in found[WHOLE])


def _starts(text: Text, words: Sequence[Word], joins: dict, asking: Set[int]) -> Set[int]:
    starts = {0}
    for number in range(1, len(words)):
        between = text[words[number - 1].end : words[number].start]
        if _SENTENCE_END.search(between):
            starts.add(number)
        elif number in joins:
            after = joins[number]
            while after in joins:
                after = joins[after]
            if after in asking:
                starts.add(number)
        elif number in asking and words[number].after_pause:
            starts.add(number)
    return starts
