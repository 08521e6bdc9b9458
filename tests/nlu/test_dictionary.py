"""Which words are real: those are never taken for typing errors."""

import pytest

from bot.nlu.lemmas import common_words, dictionary


@pytest.mark.parametrize("word", ["recently", "aware", "usable", "incorrect", "east", "canada", "charging", "went"])
def test_english_words_are_real_whether_or_not_they_have_other_forms(word: str) -> None:
    assert word in dictionary("en")


@pytest.mark.parametrize("word", ["recieve", "definately", "thier", "wich", "curreng"])
def test_slips_are_not_however_many_make_them(word: str) -> None:
    assert word not in dictionary("en")


@pytest.mark.parametrize("word", ["abies", "wud", "shend"])
def test_english_words_that_nobody_writes_are_not(word: str) -> None:
    assert word not in dictionary("en")


def test_of_a_language_whose_frequencies_are_unknown_every_word_is_real() -> None:
    assert {"laddar", "laddaren", "trasig", "abborrarnas"} <= dictionary("sv")
    assert common_words("sv", 5) == []


def test_the_commonest_english_words_are_real_and_in_order() -> None:
    most = common_words("en", 5000)
    assert len(most) == len(set(most)) == 5000
    assert {"aware", "recently"} <= set(most) <= dictionary("en")
    assert most.index("people") < most.index("recently") < most.index("aware")


def test_a_language_without_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="no lemmas for the language 'xx'"):
        dictionary("xx")
