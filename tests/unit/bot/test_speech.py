"""Word lists of questions: how messages are cut, which ones lean on the answer before, and broken files."""

import pytest

from bot.dialogue.content import ContentError
from bot.settings import ROOT
from bot.understanding.parts import leans, parts_of
from bot.understanding.speech import load_relations, load_speech

DATA = ROOT / "data"
SPEECH = load_speech(DATA)


def test_a_question_after_and_or_a_comma_is_a_part_of_its_own():
    parts = parts_of("Is it free, and can I pass it on to my wife?", SPEECH["en"])
    assert [(part.text, part.asks) for part in parts] == [
        ("Is it free?", True),
        ("can I pass it on to my wife?", True),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my holder is cracked and doesn't charge"),
        ("en", "does the warranty cover the holder and the charger?"),
        ("sv", "min hållare är sprucken och laddar inte"),
        ("sv", "täcker garantin både hållaren och laddaren?"),
    ],
)
def test_an_and_inside_a_question_or_a_story_cuts_nothing(language, text):
    assert len(parts_of(text, SPEECH[language])) == 1


def test_what_is_told_before_a_question_does_not_ask():
    parts = parts_of("jag tappade den igår. kan jag få en ny?", SPEECH["sv"])
    assert [part.asks for part in parts] == [False, True]


def test_no_words_are_no_parts():
    assert parts_of("?!… 😀", SPEECH["en"]) == []
    assert not leans("?!… 😀", SPEECH["en"])


@pytest.mark.parametrize(
    ("language", "text", "leaning"),
    [
        ("en", "and if it is stolen?", True),
        ("en", "how long?", True),
        ("en", "how long is the warranty?", False),
        ("en", "is it free?", False),
        ("sv", "hur länge då?", True),
        ("sv", "och laddaren?", True),
        ("sv", "hur går jag med?", False),
        ("sv", "då", False),
    ],
)
def test_which_messages_lean_on_the_answer_before(language, text, leaning):
    assert leans(text, SPEECH[language]) is leaning


def test_both_languages_have_a_question_for_the_same_topics():
    assert set(SPEECH["en"].questions) == set(SPEECH["sv"].questions)


def test_the_relations_name_no_topic_that_does_not_exist(content):
    relations = load_relations(DATA / "conversation.yml")
    known = {*content.titles["en"], "other_language"}
    named = {*relations.alone, *relations.beside, *relations.last, *relations.seldom}
    named.update(relations.stays, relations.part_of, *(after for after in relations.stays.values() if after))
    named.update(*relations.part_of.values(), SPEECH["en"].questions)
    assert named <= known


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("  joins:", "  joints:"), "unknown key 'joints'"),
        (("      - and|but|or|only\n", "      - 5\n"), "must be a list of texts"),
        (("    faq/cost: Does", "    faq/cost: [1]\n    other: Does"), "must be a list of texts"),
    ],
)
def test_a_broken_word_list_is_refused_with_its_place(tmp_path, change, complaint):
    for language in SPEECH:
        (tmp_path / language).mkdir()
        text = (DATA / language / "speech.yml").read_text(encoding="utf-8")
        (tmp_path / language / "speech.yml").write_text(text.replace(*change) if language == "en" else text, "utf-8")
    with pytest.raises(ContentError, match=complaint) as error:
        load_speech(tmp_path)
    assert "speech.yml" in str(error.value)


def test_a_relation_that_is_missing_is_refused(tmp_path):
    file = tmp_path / "conversation.yml"
    text = (DATA / "conversation.yml").read_text(encoding="utf-8")
    file.write_text(text.replace("  seldom:", "  never:"), "utf-8")
    with pytest.raises(ContentError, match="'never'"):
        load_relations(file)
