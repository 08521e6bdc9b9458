"""Domain, examples, rules, answers and code name the same things, in both languages."""

import re

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT

DATA = ROOT / "data"
LANGUAGES = ("en", "sv")
_ACCOUNT = {"check_coverage", "check_claims", "list_devices", "report_damage"}
_WITHOUT_EXAMPLES = {"nlu_fallback", "other_language", "faq"}


def _load(path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _examples(language):
    """Intent -> its examples in one language."""
    found: dict[str, list[str]] = {}
    for file in sorted((DATA / language / "nlu").glob("*.yml")):
        for entry in _load(file)["nlu"]:
            if "intent" in entry:
                lines = [line[2:].strip() for line in entry["examples"].splitlines() if line.startswith("- ")]
                found.setdefault(entry["intent"], []).extend(lines)
    return found


def _domain():
    return _load(ROOT / "domain.yml")


def _rules():
    return _load(DATA / "rules.yml")["rules"]


def _actions_in_code():
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    return set(executor.actions)


def _code():
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "actions").glob("*.py")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_enough_examples(language, content):
    examples = _examples(language)
    wanted = set(_domain()["intents"]) - _WITHOUT_EXAMPLES
    wanted |= {topic for topic in content.titles[language] if topic.startswith("faq/")}
    least = {intent: 30 if intent.startswith("faq/") or intent in _ACCOUNT else 15 for intent in wanted}
    assert {i: len(examples.get(i, [])) for i in wanted if len(examples.get(i, [])) < least[i]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_belongs_to_an_intent_of_the_domain(language):
    known = set(_domain()["intents"])
    assert {intent for intent in _examples(language) if intent.split("/")[0] not in known} == set()


def test_both_languages_have_the_same_intents():
    assert set(_examples("en")) == set(_examples("sv"))


def test_no_example_stands_under_two_intents():
    intents: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for intent, lines in _examples(language).items():
            for line in lines:
                intents.setdefault(" ".join(line.casefold().split()), set()).add(intent)
    assert {line: found for line, found in intents.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_stands_twice_in_a_language(language):
    lines = [line.casefold() for every in _examples(language).values() for line in every]
    assert {line for line in lines if lines.count(line) > 1} == set()


def test_every_intent_has_a_rule():
    ruled = {step["intent"] for rule in _rules() for step in rule["steps"] if "intent" in step}
    assert set(_domain()["intents"]) == ruled


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_a_rule_names_exists(language, content):
    named = {step["action"] for rule in _rules() for step in rule["steps"] if "action" in step}
    answers = {name for name in named if name.startswith("utter_") and name != "utter_faq"}
    assert answers <= set(content.answers[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_about_the_program_has_an_answer(language, content):
    topics = {intent for intent in _examples(language) if intent.startswith("faq/")}
    assert {f"utter_{topic}" for topic in topics} <= set(content.answers[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_of_the_examples_has_a_title_and_no_other(language, content):
    assert set(content.titles[language]) == set(_examples(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_is_short_and_stands_for_one_topic(language, content):
    titles = list(content.titles[language].values())
    assert [title for title in titles if len(title) > 40] == []
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_leads_to_a_topic(language, content):
    answers = content.answers[language].items()
    unknown = {(n, b.topic) for n, a in answers for b in a.buttons if b.topic not in content.titles[language]}
    assert unknown == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_has_two_buttons_of_the_same_title(language, content):
    titles = {name: [b.title for b in answer.buttons] for name, answer in content.answers[language].items()}
    assert {name for name, every in titles.items() if len(set(every)) < len(every)} == set()


def test_the_actions_of_the_domain_are_those_in_the_code():
    declared = set(_domain()["actions"])
    named = {step["action"] for rule in _rules() for step in rule["steps"] if "action" in step}
    assert declared == {name for name in _actions_in_code() if name.startswith("action_")}
    assert {name for name in named if name.startswith("action_")} <= declared


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_a_skill_names_exists(language, content):
    named = set(re.findall(r'"(say_\w+)"', _code()))
    variants = {f"{name}_{state}" for name in named for state in ("open", "closed")}
    answers = set(content.answers[language])
    missing = {n for n in named - answers if not {f"{n}_open", f"{n}_closed"} <= answers}
    assert missing == set()
    assert {name for name in answers if name.startswith("say_")} <= named | variants


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_unused(language, content):
    named = {step["action"] for rule in _rules() for step in rule["steps"] if "action" in step}
    named |= {f"utter_{topic}" for topic in content.titles[language] if topic.startswith("faq/")}
    code = _code() + (ROOT / "bot" / "dialogue" / "answers.py").read_text(encoding="utf-8")
    unused = {
        name
        for name in set(content.answers[language]) - named
        if f'"{name}"' not in code and f'"{re.sub("_(open|closed)$", "", name)}"' not in code
    }
    assert unused == set()


def test_the_languages_of_the_loader_are_those_of_the_skills():
    from actions.services import LANGUAGES as SKILLS
    from bot.dialogue.content import LANGUAGES as LOADER

    assert SKILLS == LOADER
