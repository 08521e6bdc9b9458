"""What answers may say: facts are variables, texts are short, and the source stands behind them."""

import re

import pytest

from actions.program.terms import load_terms
from actions.support.hours import Interval, load_contact
from tests.conftest import ROOT

DATA = ROOT / "data"
SOURCE = (DATA / "source" / "customer-benefit-program-faq.txt").read_text(encoding="utf-8")
LANGUAGES = ("en", "sv")
_LITERALS = {
    "a phone number": r"\d[\d -]{6,}\d",
    "an e-mail address": r"\S+@\S+",
    "hours": r"\d\d?[.:]\d\d",
    "months": r"\d+[- ](?:month|månad)|(?:twelve|tolv)[- ](?:month|månad)",
    "an age": r"\b18\b|\bover 1\d\b|eighteen|arton",
}
_EXAMPLE_DATE = "1985-03-12"
_LONGEST_MOMENT = {"en": "tomorrow, Wednesday, at 08.00", "sv": "i morgon, onsdag, kl. 08.00"}


def _answers(content):
    return [(language, name, answer) for language in LANGUAGES for name, answer in content.answers[language].items()]


@pytest.mark.parametrize("pattern", _LITERALS.values(), ids=_LITERALS)
def test_no_answer_holds_a_fact_as_a_literal(content, pattern):
    texts = {(lang, name): answer.text.replace(_EXAMPLE_DATE, "") for lang, name, answer in _answers(content)}
    assert {place for place, text in texts.items() if re.search(pattern, text, re.IGNORECASE)} == set()


def test_no_answer_is_longer_than_can_be_read_at_a_glance(content, answer):
    lengths = {}
    for language, name, entry in _answers(content):
        values = dict.fromkeys(entry.variables, _LONGEST_MOMENT[language])
        most = 75 if "{opening_hours}" in entry.text else 60
        words = len(answer(name, language, **values).split())
        if words > most:
            lengths[language, name] = words
    assert lengths == {}


def test_an_answer_of_a_skill_declares_only_variables_that_it_says(content):
    unsaid = {(lang, name, v) for lang, name, a in _answers(content) for v in a.variables if f"{{{v}}}" not in a.text}
    assert unsaid == set()


def test_no_answer_promises_or_recommends(content):
    words = r"\b(?:guarantee that|promise|lovar|recommend|rekommenderar|healthier|hälsosammare|harmless|ofarlig)\b"
    assert {(lang, n) for lang, n, a in _answers(content) if re.search(words, a.text, re.IGNORECASE)} == set()


def test_the_bot_says_at_the_start_that_it_is_automated(content):
    assert "automated" in content.answers["en"]["say_welcome"].text
    assert "automatisk" in content.answers["sv"]["say_welcome"].text


def test_the_phone_and_the_address_are_those_of_the_source():
    contact = load_contact(DATA / "contact.yml")
    assert contact.phone.replace("-", " - ") in SOURCE
    assert contact.email in SOURCE


def test_the_opening_hours_are_those_of_the_source():
    assert "Monday-Friday from 08.00-19.00 and Saturday-Sunday from 10.00-18.00" in SOURCE
    week = load_contact(DATA / "contact.yml").hours.week
    assert week == ((Interval(8 * 60, 19 * 60),),) * 5 + ((Interval(10 * 60, 18 * 60),),) * 2


def test_the_terms_are_those_of_the_source():
    terms = load_terms(DATA / "program.yml")
    assert f"{terms.warranty_months}-month warranty period" in SOURCE
    assert f"who are over {terms.minimum_age}." in SOURCE
    assert terms.accident_claims_per_unit == 1
    assert "replaced once due to an accident" in SOURCE


def test_every_source_statement_stands_in_the_source_word_for_word(content):
    lines = SOURCE.splitlines()
    wrong = {
        statement
        for statements in content.sources.values()
        for statement in statements
        if not any(statement in line for line in lines)
    }
    assert wrong == set()


def test_every_question_about_the_program_names_its_sources(content):
    topics = {topic for topic in content.titles["en"] if topic.startswith("faq/")}
    assert {topic for topic in topics if not content.sources.get(topic)} == set()


def test_no_variable_is_left_unfilled(content, answer):
    for language, name, entry in _answers(content):
        values = dict.fromkeys(entry.variables, "x")
        assert not re.search(r"[{}]", answer(name, language, **values)), (language, name)
