"""What the benchmark counts, on a handful of answers whose figures can be told by hand."""

import random
from collections import Counter

import pytest

from bench.baseline import project_examples, topic_of, train
from bench.figures import Answer, answer, auroc, calibration_error, figures
from bench.held_out import DEVELOPMENT, LANGUAGES, TEST, HeldOut, held_out, misspelt, unseen, with_slips
from bench.page import write_page
from tests.conftest import ROOT


def said(topic, best, inside, decided):
    return Answer(topic, "plain", best, inside, decided, 1.0)


ANSWERS = [
    said("greet", "greet", 0.9, "greet"),
    said("greet", "greet", 0.3, "nlu_fallback"),
    said("thank", "greet", 0.7, "greet"),
    said("thank", "thank", 0.8, "out_of_scope"),
    said("out_of_scope", "greet", 0.2, "out_of_scope"),
    said("out_of_scope", "thank", 0.75, "thank"),
]


def test_the_operating_point_and_accuracy_are_counted_over_the_right_messages():
    found = figures(ANSWERS)
    expected = {"accuracy": 0.75, "right": 0.25, "rejected": 0.5, "confidently wrong": 0.25, "caught": 0.5}
    assert {name: found[name] for name in expected} == expected
    assert found["by topic"] == {"greet": 1.0, "thank": 0.5}
    assert dict(found["confusions"])["thank > greet"] == 1


def test_auroc_is_the_share_of_pairs_in_the_right_order():
    assert auroc([0.9, 0.5], [0.5, 0.1]) == 0.875
    assert figures(ANSWERS)["AUROC"] == 0.75


def test_calibration_error_is_the_distance_of_confidence_from_accuracy():
    assert calibration_error([said("a", "a", 0.95, "a")] * 19 + [said("a", "b", 0.95, "b")]) == pytest.approx(0)
    assert calibration_error([said("a", "b", 0.95, "b")]) == pytest.approx(0.95)


def test_a_parse_result_is_read_whether_or_not_the_fallback_stepped_in():
    parsed = {
        "intent": {"name": "nlu_fallback"},
        "intent_ranking": [
            {"name": "nlu_fallback", "confidence": 0.4},
            {"name": "out_of_scope", "confidence": 0.35},
            {"name": "faq+cost", "confidence": 0.3},
        ],
    }
    read = answer(HeldOut("is it free", "faq/cost", "plain", TEST), parsed, 2.0, topic_of)
    assert (read.best, read.inside, read.decided) == ("faq/cost", 0.3, "nlu_fallback")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sets_have_every_topic_and_style_and_no_message_twice(language):
    messages = held_out(language)
    halves = {half: [m for m in messages if m.half == half] for half in (DEVELOPMENT, TEST)}
    assert {m.topic for m in halves[DEVELOPMENT]} == {m.topic for m in halves[TEST]}
    assert {m.style for m in halves[DEVELOPMENT]} == {m.style for m in halves[TEST]}
    assert len({" ".join(m.text.casefold().split()) for m in messages}) == len(messages)
    assert min(Counter(m.topic for m in halves[TEST]).values()) >= 6


def test_a_set_in_another_language_is_refused_with_the_name_of_its_file(tmp_path, monkeypatch):
    (tmp_path / "en.yml").write_text("language: sv\nmessages: []\n", encoding="utf-8")
    monkeypatch.setattr("bench.held_out._FOLDERS", {TEST: (tmp_path,)})
    with pytest.raises(ValueError, match=r"en\.yml: language is sv, not en\."):
        held_out("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_held_out_message_that_an_example_says_word_for_word_is_not_measured(language):
    examples = [text for texts in project_examples(ROOT / "data").values() for text in texts]
    messages = held_out(language)
    left = unseen(messages, [*examples, messages[5].text.upper()])
    assert messages[5] not in left
    assert len(left) > 0.9 * len(messages)


def test_slips_are_one_for_every_eight_characters_and_the_same_for_the_same_seed():
    messages = [HeldOut("how long does the warranty last", "faq/warranty", "plain", TEST)]
    assert misspelt(messages) == misspelt(messages) != messages
    assert with_slips("", random.Random(1)) == ""


def test_a_model_trained_on_the_same_before_is_not_trained_again(tmp_path, monkeypatch):
    runs = []

    def run(command, cwd, **named):
        runs.append(command)
        (cwd / f"{command[-1]}.tar.gz").write_bytes(b"model")

    monkeypatch.setattr("bench.baseline.subprocess.run", run)
    for texts in (["hello"], ["hello"], ["hello", "hi"]):
        train({"greet": texts, "faq/cost": ["is it free"]}, {"recipe": "default.v1"}, tmp_path)
    assert len(runs) == 2
    assert "faq+cost" in (tmp_path / "nlu.yml").read_text(encoding="utf-8")


def test_the_page_shows_the_figures_and_escapes_what_it_shows(tmp_path):
    write_page({"ours": {"<en>": figures(ANSWERS)}}, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "75.0 %" in page
    assert "&lt;en&gt;" in page
    assert "1 × thank taken for greet" in page
