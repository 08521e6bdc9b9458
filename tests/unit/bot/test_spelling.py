"""An unknown word is read as the known word that was probably meant."""

import pytest

from bot.nlu.spelling import Spelling, slips

COUNTS = {"program": 9, "garanti": 8, "hållare": 7, "registrera": 5, "laddare": 6, "ladda": 3, "free": 4}
SPELLING = Spelling(COUNTS, {"programs", "fred"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [("progam", "program"), ("progrram", "program"), ("progrxm", "program"), ("porgram", "program"),
     ("hallare", "hållare"), ("aranti", "garanti"), ("garantiz", "garanti"), ("laddar", "laddare")],
)  # fmt: skip
def test_one_slip_is_corrected(written, meant):
    assert SPELLING.corrected(written) == meant


def test_a_long_word_may_have_two_slips():
    assert SPELLING.corrected("regisrerea") == "registrera"
    assert SPELLING.corrected("garntui") == "garanti"
    assert SPELLING.corrected("lddre") == "lddre"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("jaghar", "jag har"), ("harprogrammet", "har programmet"), ("harxprogrammet", "har programmet"),
     ("harprogrammmet", "har programmet"), ("programmetgaranti", "programmetgaranti")],
)  # fmt: skip
def test_two_words_without_a_space_are_two_if_one_is_a_little_one(written, meant):
    spelling = Spelling({"jag": 9, "har": 8, "programmet": 7, "garanti": 5}, joints=["jag", "har"])
    assert spelling.corrected(written) == meant


def test_three_letters_are_corrected_to_common_words_only():
    assert Spelling({"what": 40}).corrected("wht") == "what"
    assert Spelling({"what": 4}).corrected("wht") == "wht"


def test_a_real_word_is_what_it_says():
    assert Spelling(COUNTS, real={"progam"}).corrected("progam") == "progam"


@pytest.mark.parametrize(
    ("written", "meant", "number"),
    [("", "", 0), ("ab", "ba", 1), ("program", "rogarm", 2), ("laddare", "laddare", 0), ("abc", "", 3), ("a", "b", 1)],
)
def test_slips_are_counted(written, meant, number):
    assert slips(written, meant) == slips(meant, written) == number


@pytest.mark.parametrize("word", ["program", "programs", "fred", "fre", "1234", "a1b2c3", "zxqjwvkp", ""])
def test_known_words_short_words_and_words_like_no_other_stay(word):
    assert SPELLING.corrected(word) == word


def test_the_commoner_word_is_meant_unless_the_other_begins_alike():
    spelling = Spelling({"bytt": 5, "mytt": 9})
    assert spelling.corrected("byttt") == "bytt"
    assert spelling.corrected("xytt") == "mytt"


def test_a_word_of_a_thousand_letters_takes_no_time():
    assert SPELLING.corrected("x" * 1000) == "x" * 1000
