"""A mistake in a content file is refused with a sentence that names the file and the place."""

import shutil

import pytest

from bot.dialogue.content import ContentError, load_content
from bot.dialogue.importer import ContentImporter
from tests.conftest import ROOT


@pytest.fixture
def data(tmp_path):
    """A copy of the content folder."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


def _edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _refusal(data) -> str:
    with pytest.raises(ContentError) as refused:
        load_content(data)
    return str(refused.value)


def test_the_content_as_it_is_is_accepted(data):
    assert load_content(data).answers["en"]


_MISTAKES = {
    "an unknown key of an answer": (
        "en/answers/faq.yml", "utter_faq/cost:\n    text:", "utter_faq/cost:\n    txet: a\n    text:",
        ("utter_faq/cost", "txet"),
    ),
    "an unknown variable": (
        "en/answers/faq.yml", "is free of charge.", "is {price}.", ("utter_faq/cost", "{price}"),
    ),
    "an unknown topic of a button": (
        "en/answers/faq.yml", "[faq/join, check_coverage]", "[faq/jion, check_coverage]",
        ("utter_faq/cost", "faq/jion"),
    ),
    "an unknown key of a button": (
        "sv/answers/conversation.yml", 'title: "Vad vi sparar", topic', 'titel: "Vad vi sparar", topic',
        ("say_welcome", "titel"),
    ),
    "an unknown role of a button": (
        "sv/answers/conversation.yml", "role: deny", "role: no_thanks", ("say_delete_confirm", "no_thanks"),
    ),
    "an answer without a text": (
        "en/answers/conversation.yml", 'text: "Bye, and take care."', 'text: ""', ("utter_goodbye", "text"),
    ),
    "an answer that one language lacks": (
        "sv/answers/conversation.yml", "say_deny:", "say_denied:", ("sv/answers", "say_deny"),
    ),
    "a title that one language lacks": (
        "sv/topics.yml", "  faq/cost:", "  faq/costs:", ("topics.yml", "faq/cost"),
    ),
    "a topic without a title": (
        "sv/topics.yml", '{title: "Vad det kostar"}', '{title: ""}', ("topics.yml", "faq/cost"),
    ),
    "an unknown topic of a source": ("sources.yml", "  faq/cost:", "  faq/price:", ("sources.yml", "faq/price")),
    "a file that is no YAML": ("en/answers/faq.yml", "answers:", "answers: [", ("faq.yml", "YAML")),
    "a key twice": (
        "en/answers/conversation.yml", "  utter_thank:", "  utter_greet:", ("conversation.yml", "utter_greet"),
    ),
    "an unknown section": ("en/answers/faq.yml", "answers:", "anwsers:", ("faq.yml", "anwsers")),
    "buttons as a text": (
        "en/answers/conversation.yml", 'anything else?"\n    buttons: [help]', 'anything else?"\n    buttons: help',
        ("utter_thank", "button"),
    ),
    "values of a button as a text": (
        "en/answers/conversation.yml", "with: {decision: confirmed}", "with: confirmed",
        ("say_delete_confirm", "with"),
    ),
    "an answer that is a text": (
        "en/answers/conversation.yml", 'utter_goodbye:\n    text: "Bye', 'utter_goodbye: "Bye', ("utter_goodbye",),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "named"), _MISTAKES.values(), ids=_MISTAKES)
def test_a_mistake_is_refused_with_file_and_place(data, file, old, new, named):
    _edit(data / file, old, new)
    message = _refusal(data)
    for part in (file.split("/")[0], *named):
        assert part in message


@pytest.mark.parametrize("file", ["en/topics.yml", "sources.yml"])
def test_a_missing_file_is_refused(data, file):
    (data / file).unlink()
    assert file in _refusal(data)


def test_a_language_without_answers_is_refused(data):
    shutil.rmtree(data / "sv" / "answers")
    assert "sv/answers" in _refusal(data)


def test_a_file_that_is_no_utf8_is_refused(data):
    (data / "sv" / "topics.yml").write_bytes("topics: å".encode("latin-1"))
    assert "topics.yml" in _refusal(data)


def test_buttons_that_differ_between_the_languages_are_refused(data):
    _edit(data / "sv" / "answers" / "faq.yml", "[faq/join, check_coverage]", "[faq/join]")
    assert "utter_faq/cost" in _refusal(data)


_WRONG_EXAMPLES = {
    "an unknown key": ("nlu:\n- intent: greet\n  exmaples: |\n    - hi\n", ("greet", "exmaples")),
    "an entry of no kind": ("nlu:\n- intents: greet\n  examples: |\n    - hi\n", ("entry 1",)),
}


@pytest.mark.parametrize(("text", "named"), _WRONG_EXAMPLES.values(), ids=_WRONG_EXAMPLES)
def test_a_mistake_in_an_example_file_is_refused(tmp_path, text, named):
    file = tmp_path / "greetings.yml"
    file.write_text(f'version: "3.1"\n{text}', encoding="utf-8")
    importer = ContentImporter(str(ROOT / "config.yml"), None, [str(file)])
    with pytest.raises(ContentError) as refused:
        importer.get_nlu_data()
    for part in ("greetings.yml", *named):
        assert part in str(refused.value)
