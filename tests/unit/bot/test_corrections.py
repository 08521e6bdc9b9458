"""What was meant by the words that nobody knows."""

import unicodedata
from collections import Counter

import pytest

from bot.nlu.corrections import Corrector
from bot.nlu.noisy_channel import Costs, WordPairs
from bot.nlu.spelling import NearWords

SENTENCES = [
    "what is the program",
    "is the program free for me",
    "what can i do for free",
    "this is to say that i can see it",
    "who can see my data",
    "what does the program cost for the two of us",
] * 5
COUNTS = Counter(word for sentence in SENTENCES for word in sentence.split())
PAIRS = Counter(pair for sentence in SENTENCES for pair in zip(sentence.split(), sentence.split()[1:]))


def corrector(others=(), **costs):
    pairs = {" ".join(pair): count for pair, count in PAIRS.items()}
    return Corrector(COUNTS, pairs, NearWords.of(COUNTS), set(others), Costs(**costs))


def read(text, **options):
    for correction in reversed(corrector(**options).corrections(text)):
        text = text[: correction.start] + correction.meant + text[correction.end :]
    return text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("What is hte program?", "What is the program?"),
        ("is teh porgram fre", "is the program free"),
        ("isthe program free", "is the program free"),
        ("what i sthe program", "what is the program"),
        ("whati s the program", "what is the program"),
        ("what is t he program", "what is the program"),
        ("thi sto say", "this to say"),
        ("isxthe program free", "is the program free"),
        ("WHAT IS HTE PROGRAM", "WHAT IS the PROGRAM"),
        ("can i see ti", "can i see it"),
        ("istheprogramfree", "is the program free"),
        ("isthefreeprogramm for me", "is the free program for me"),
        ("what can i d, ofor free", "what can i do for free"),
    ],
)
def test_slips_are_corrected_in_words_and_between_them(written, meant):
    assert read(written) == meant


def test_the_word_before_decides():
    """`fo` may be `for`, `do` or `of`."""
    assert read("what can i fo") == "what can i do"
    assert read("program free fo me") == "program free for me"


@pytest.mark.parametrize(
    "text",
    ["", "\u200b", "what is the program?", "is it free, for me", "?!", "4711", "x" * 1000, "zxqjwvkp", "asdf jkl qwer"],
)
def test_what_is_known_or_nobodys_stays(text):
    assert corrector().corrections(text) == []


def test_a_real_word_is_what_it_says_even_beside_a_slip():
    assert read("is the programs free", others=["programs"]) == "is the programs free"
    assert read("is the programs fre", others=["programs"], real=3.0) == "is the programs free"
    assert read("is the programs fre", others=["programs"], real=20.0) == "is the program free"


@pytest.mark.parametrize("between", [" 12 ", " @ ", "\n", " = ", " + "])
def test_no_slip_leads_across_a_digit_a_sign_or_the_end_of_a_line(between):
    assert read(f"what i{between}sthe program").startswith(f"what i{between}")


def test_places_are_those_of_the_text():
    first, second = corrector().corrections("İs: what is hte program")
    assert (first.start, first.end, first.meant) == (0, 2, "is")
    assert (second.start, second.end, second.meant) == (12, 15, "the")


def test_of_a_long_message_of_slips_only_the_beginning_is_looked_at():
    looked_at = []
    ours = corrector()
    read_words = ours._channel.read
    ours._channel.read = lambda text, *rest: looked_at.append(text) or read_words(text, *rest)
    found = ours.corrections("whta si hte prgoram " * 400)
    assert [correction.meant for correction in found[:4]] == ["what", "is", "the", "program"]
    assert max(len(words.split()) for words in looked_at) <= 12
    assert sum(len(words.split()) for words in looked_at) <= 52


@pytest.mark.parametrize("length", [23, 24, 29, 30, 31, 32, 33, 41, 500])
def test_a_long_word_beside_a_slip_hinders_nothing(length):
    assert read(f"{'q' * length} hte prgoram") == f"{'q' * length} the program"


@pytest.mark.parametrize(
    "text",
    ["who isn't free", "i couldn't see it", "it’s hte's", "see what@prgoram.com", "www.prgoram.com", "fre/prgoram",
     "QW7kla9", "cost_fre", "1waht2prgoram"],
)  # fmt: skip
def test_contractions_addresses_and_numbers_stay(text):
    assert read(text) == text


def test_a_known_word_is_not_read_as_a_rarer_one_that_differs_in_dots():
    counts = {"är": 20, "ar": 2, "laddare": 5, "trasig": 5}
    ours = Corrector(counts, {"laddare ar": 5}, NearWords.of(counts), set(), Costs())
    assert [correction.meant for correction in ours.corrections("laddre är trasig")] == ["laddare"]
    theirs = Corrector(counts, {"laddare är": 5}, NearWords.of(counts), set(), Costs())
    assert [correction.meant for correction in theirs.corrections("laddre ar trasig")] == ["laddare", "är"]


def test_dots_and_rings_that_follow_their_letters_are_read_with_them():
    counts = {"hållare": 5, "på": 5}
    ours = Corrector(counts, {}, NearWords.of(counts), set(), Costs())
    text = unicodedata.normalize("NFD", "på hållare")
    assert "".join(correction.meant for correction in ours.corrections(text)).replace(" ", "") == "påhållare"


def test_a_word_of_another_line_says_nothing():
    assert read("what can i\nfo") == read("fo").join(["what can i\n", ""])


def test_two_words_that_go_together_are_less_surprising():
    words = WordPairs(COUNTS, {"the program": 15}, 0.6)
    assert words.surprise("program", "the") < words.surprise("program", "free") == words.surprise("program")


def test_a_capital_inside_a_sentence_is_probably_a_name():
    assert read("is the Cosz free", real=6.0) == "is the Cosz free"
    assert read("is the cosz free", real=6.0) == "is the cost free"
    assert read("what is the Prgoram", real=12.0) == "what is the program"
