"""What a word with a slip may stand for is the same, whichever way it is looked for."""

import pytest

from bot.nlu.typos import Typos

WORDS = ("garanti", "warranty", "laddare", "battery", "ladda", "aaaaaa", "abcdef", "räkning")
WRITTEN = (
    "garantin", "garnti", "garanri", "graanti", "agranti", "xgaranti", "garanti", "warrantys", "warrant", "wraranty",
    "ladare", "laddara", "laddar", "aaaaa", "aaaaaaa", "aaaaab", "abdcef", "abcedf", "bacdef", "acbdfe", "räknign",
    "räknin", "ladd", "batteri", "batery", "battterys", "",
)  # fmt: skip


def test_one_slip_and_no_more_is_seen_through():
    typos = Typos(WORDS)
    assert {word: sorted(typos.meant(word)) for word in WRITTEN if typos.meant(word)} == {
        "garantin": ["garanti"], "garnti": ["garanti"], "garanri": ["garanti"], "graanti": ["garanti"],
        "warrantys": ["warranty"], "warrant": ["warranty"], "wraranty": ["warranty"],
        "ladare": ["laddare"], "laddara": ["laddare"], "laddar": ["laddare"],
        "aaaaaaa": ["aaaaaa"], "aaaaab": ["aaaaaa"], "abdcef": ["abcdef"], "abcedf": ["abcdef"],
        "räknign": ["räkning"], "räknin": ["räkning"], "batteri": ["battery"], "batery": ["battery"],
    }  # fmt: skip


@pytest.mark.parametrize("listed", [WORDS, WORDS[:3], ()])
def test_of_many_words_the_same_are_found(listed):
    typos = Typos(listed)
    assert typos.mistakable(set(WRITTEN)) == {word for word in WRITTEN if typos.meant(word)}
