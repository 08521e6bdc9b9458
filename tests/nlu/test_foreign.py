"""Words of other languages: learnt from dictionaries, judged by all words of a message together."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.foreign import OtherLanguages, WordOrigins, in_other_letters


@pytest.fixture(scope="module")
def origins():
    """A small model: a few words a side."""
    ours = ["program", "charger", "free", "laddare", "gratis", "broken", "hjälp", "the", "och"] * 4
    theirs = ["kostenlos", "kaputt", "gerät", "ladegerät", "ich", "und", "haben"] * 4
    return WordOrigins.fit([*((word, False, 2.0) for word in ours), *((word, True, 2.0) for word in theirs)])


@pytest.fixture
def detector(origins):
    """The component with that model."""
    component = OtherLanguages({}, None, None)
    component.origins = origins
    return component


def test_a_message_of_foreign_words_is_foreign(detector):
    assert detector.is_foreign("ich haben gerät kaputt")


def test_a_message_of_our_words_is_not(detector):
    assert not detector.is_foreign("the charger broken hjälp")


def test_one_foreign_word_among_ours_is_a_name_or_a_slip(detector):
    assert not detector.is_foreign("the charger kaputt hjälp program")


def test_a_single_word_is_never_foreign(detector):
    assert not detector.is_foreign("kostenlos")


def test_letters_in_an_order_that_no_language_has_say_nothing():
    origins = WordOrigins({}, 2.0, ["<ka", "kap", "apu", "put", "utt", "tt>"])
    assert origins.scores("kaputt zxqj wvkp") == [2.0]


@pytest.mark.parametrize(
    ("topic", "confidence", "corrections", "expected"),
    [("faq/cost", 0.95, ["x"], "faq/cost"), ("faq/cost", 0.95, [], "other_language"),
     ("faq/cost", 0.8, ["x"], "other_language"), ("out_of_scope", 0.95, ["x"], "other_language"),
     (None, 0.0, ["x"], "other_language")],
)  # fmt: skip
def test_what_is_clear_once_it_is_corrected_is_not_foreign(detector, topic, confidence, corrections, expected):
    message = Message({"text": "ich haben gerät kaputt", "corrections": corrections})
    message.set("intent", {"name": topic, "confidence": confidence})
    detector.process([message])
    assert message.get("intent")["name"] == expected


@pytest.mark.parametrize("text", ["", "😀", "12 34", "?!"])
def test_what_has_no_words_is_not_foreign(detector, text):
    assert not detector.is_foreign(text)


@pytest.mark.parametrize("text", ["هل البرنامج مجاني؟", "Сколько стоит", "这个项目是免费的吗", "δωρεάν"])
def test_other_letters_are_another_language(text):
    assert in_other_letters(text)


@pytest.mark.parametrize("text", ["hållare Ω", "é", "İstanbul", "a б", "", "😀 ok"])
def test_a_letter_among_ours_is_not(text):
    assert not in_other_letters(text)
