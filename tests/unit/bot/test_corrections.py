"""What was meant by the words that nobody knows."""

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
    "text", ["", "what is the program?", "is it free, for me", "?!", "4711", "x" * 1000, "zxqjwvkp", "asdf jkl qwer"]
)
def test_what_is_known_or_nobodys_stays(text):
    assert corrector().corrections(text) == []


def test_a_real_word_is_what_it_says_even_beside_a_slip():
    assert read("is the programs free", others=["programs"]) == "is the programs free"
    assert read("is the programs fre", others=["programs"], real=3.0) == "is the programs free"
    assert read("is the programs fre", others=["programs"], real=20.0) == "is the program free"


@pytest.mark.parametrize("between", [" 12 ", " @ ", "\n", "=", " + "])
def test_no_slip_leads_across_a_digit_a_sign_or_the_end_of_a_line(between):
    assert read(f"what i{between}sthe program").startswith(f"what i{between}")


def test_places_are_those_of_the_text():
    first, second = corrector().corrections("İs: what is hte program")
    assert (first.start, first.end, first.meant) == (0, 2, "is")
    assert (second.start, second.end, second.meant) == (12, 15, "the")


def test_a_long_message_of_slips_ends():
    text = "whta si hte prgoram " * 400
    assert read(text).startswith("what is the program what is the program")


def test_two_words_that_go_together_are_less_surprising():
    words = WordPairs(COUNTS, {"the program": 15}, 0.6)
    assert words.surprise("program", "the") < words.surprise("program", "free") == words.surprise("program")


def test_a_capital_inside_a_sentence_is_probably_a_name():
    assert read("is the Cosz free", real=6.0) == "is the Cosz free"
    assert read("is the cosz free", real=6.0) == "is the cost free"
    assert read("what is the Prgoram", real=12.0) == "what is the program"
