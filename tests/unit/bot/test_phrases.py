"""Phrases are found wherever they stand, however many begin with the same word."""

import pytest

from bot.nlu.phrases import Phrases, split_words

ROWS = [
    ("gap", "know … not"), ("next", "know not|no"), ("alone", "know"), ("three", "know not why"), ("part", "know no*"),
    ("either", "do|know not"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("I know not why", ["gap", "next", "alone", "three", "part", "either"]),
        ("I know it not", ["gap", "alone"]),
        ("I know, not you", ["alone"]),
        ("do not", ["either"]),
        ("I know nothing", ["alone", "part"]),
        ("know no", ["next", "alone", "part"]),
        ("know", ["alone"]),
        ("", []),
    ],
)
def test_phrases_with_the_same_beginning_are_found_in_the_order_in_which_they_are_listed(text, tables):
    assert [found.table for found in Phrases(ROWS).find(split_words(text))] == tables


def test_a_phrase_is_found_once_whatever_its_words_match():
    found = Phrases([("some", "know no*|nothing|not*")]).find(split_words("know nothing"))
    assert [each.words for each in found] == [(0, 1)]


@pytest.mark.parametrize("phrase", ["x* marks", "know *t", "know|a*"])
def test_a_part_of_a_word_that_stands_for_nearly_every_word_is_refused(phrase):
    with pytest.raises(ValueError, match=r"stands for too many words; it needs 2 letters at least\."):
        Phrases([("some", phrase)])
