"""The words that tell of a minor, or of somebody else's date of birth; told apart from other numbers; broken files."""

import re

import pytest

from actions.identity.details import mask_personal_data
from actions.program import load_terms
from bot.dialogue.content import ContentError, read_yaml
from bot.settings import ROOT
from bot.understanding.age import MINOR, MINOR_IF_ASKED, SOMEBODY, load_age, said_of_age

DATA = ROOT / "data"
LANGUAGES = ("en", "sv")


def _said(text):
    return said_of_age(text, mask_personal_data(text))


@pytest.mark.parametrize(
    "text",
    [
        "I’m 16",
        "IM 16!!",
        "i am sixteen",
        "im a 16 year old girl",
        "I'm 17, he is 45",
        "I am 18 in two weeks",
        "i'll be 18 next month",
        "im 16yo",
        "I am not an adult",
        "im underage",
        "im under the age of 18",
        "sorry im actually only 16",
        "I am currently 17",
        "im not old enough",
        "jag är dessvärre bara 16",
        "jag är inte gammal nog",
        "jag blev precis 16",
        "jag ar 16",
        "jag är ju bara 16",
        "jag är 16-årig tjej",
        "jag är en 16 åring",
        "jag har inte fyllt 18",
        "jag är inte myndig",
        "jag blir 18 i sommar",
        "jag är snart 18",
        "jag är minderarig",
    ],
)
def test_a_minor_is_understood(text):
    assert _said(text) == MINOR


@pytest.mark.parametrize(
    "text",
    ["16 years old", "hello, only 17", "age 16", "16 år", "snart 18", "hej, inte 18 än", "fyller 18 nästa år"],
)
def test_some_words_need_the_question(text):
    assert _said(text) == MINOR_IF_ASKED


@pytest.mark.parametrize("text", ["17", "im 18", "im 16 weeks in", "I'm 17% done", "I am 16:30", "im 10 out of 10"])
@pytest.mark.parametrize("before", ["", "hello, "])
def test_other_numbers_say_nothing(before, text):
    assert _said(before + text) is None


@pytest.mark.parametrize(
    "text",
    [
        "can i join if im 17",
        "do i have to be 18",
        "is it under 18?",
        "I am not a minor",
        "I'm not 18, I'm 45",
        "it feels like im 16 again",
        "I have minor scratches",
        "jag är inte 18, jag är 45",
        "jag är 16 mil bort",
        "jag är 17 minuter sen",
        "jag började när jag var 15",
        "jag är över 18",
        "is the device not old enough",
        "I am under no obligation",
        "im currently on page 16",
        "HQA1 X773 0017",
        "jag är född 1985-03-12",
        "Sorry to bother you: 1985-03-12",
        "jag sitter här, 1985-03-12",
        "",
    ],
)
def test_what_only_sounds_like_it_says_nothing(text):
    assert _said(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "my dad is 45, he was born 1981-02-03",
        "it's my friend's, 1981-02-03",
        "det var mammas, hon är född 1981-02-03",
        "pappas: 1975-05-05",
        "hennes födelsedatum är 1975-05-05",
    ],
)
def test_somebody_elses_date_is_understood(text):
    assert _said(text) == SOMEBODY


def test_the_ages_end_where_the_terms_of_the_program_begin():
    limit = load_terms(DATA / "program.yml").minimum_age
    for language in LANGUAGES:
        lists = read_yaml(DATA / language / "age.yml")["age"]
        young, older = ([int(age) for age in re.findall(r"\d+", " ".join(lists[name]))] for name in ("ages", "older"))
        assert (max(young), min(older)) == (limit - 1, limit)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("  harmless:", "  harmles:"), "the key 'age' with the lists signs, alone, harmless"),
        (("    - my own|birthday|birthdate|dob\n", "    - 5\n"), "must be a list of texts"),
        (("\nage:", "\nages:"), "the key 'age'"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path, change, complaint):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        text = (DATA / language / "age.yml").read_text(encoding="utf-8")
        (tmp_path / language / "age.yml").write_text(text.replace(*change) if language == "en" else text, "utf-8")
    with pytest.raises(ContentError, match=complaint) as error:
        load_age(tmp_path)
    assert "age.yml" in str(error.value)
