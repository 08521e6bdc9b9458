"""Which known words look like a written one."""

import pytest

from bot.nlu.spelling import NearWords

COUNTS = {"program": 9, "garanti": 8, "hållare": 7, "registrera": 5, "laddare": 6, "ladda": 3, "free": 4, "ensamma": 1}
NEAR = NearWords.of(COUNTS)


@pytest.mark.parametrize(
    ("written", "meant", "number"),
    [("progam", "program", 1), ("progrram", "program", 1), ("progrxm", "program", 1), ("porgram", "program", 1),
     ("hallare", "hållare", 0), ("aranti", "garanti", 1), ("garantiz", "garanti", 1), ("regisrerea", "registrera", 2),
     ("garntui", "garanti", 2), ("program", "program", 0)],
)  # fmt: skip
def test_a_word_is_found_behind_its_slips(written, meant, number):
    assert NEAR.near([written])[0][meant] == number


def test_all_words_that_are_as_near_are_found():
    assert NEAR.near(["laddar"]) == [{"laddare": 1, "ladda": 1}]


@pytest.mark.parametrize("word", ["lddre", "programmet", "zxqjwvkp", "x" * 1000, "x", "", "exsxmma", "1234"])
def test_nothing_is_near(word):
    """Two slips in a short word, more than two, nobody's word; and two slips to a word that occurs once."""
    assert NEAR.near([word]) == [{}]


def test_many_are_looked_up_at_once():
    assert NEAR.near(["fre", "zxqj", "ladd"]) == [{"free": 1}, {}, {"ladda": 1}]


def test_nothing_is_near_where_no_word_is_known():
    assert NearWords.of({}).near(["program"]) == [{}]
