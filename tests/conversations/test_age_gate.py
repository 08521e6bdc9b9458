"""The age gate: nothing but a few topics is answered before the customer has said to be an adult."""

import pytest

from tests.conversations.messages import MESSAGES, answer_to

ALLOWED = {"faq/age_requirement", "privacy", "change_language", "bot_challenge", "delete_my_data", "goodbye"}
SMALL_TALK = {"greet", "thank", "affirm", "deny", "repeat", "start_over", "positive_feedback", "negative_feedback"}
TO_PEOPLE = {"talk_to_human", "complaint"}
_OTHER = {"en": "sv", "sv": "en"}


def _messages(wanted):
    return [
        pytest.param(language, topic, text, id=f"{language}-{topic}")
        for topic, texts in MESSAGES.items()
        if wanted(topic)
        for language, text in zip(("en", "sv"), texts, strict=True)
    ]


@pytest.mark.parametrize(("language", "topic", "text"), _messages(lambda topic: topic in ALLOWED))
async def test_an_allowed_topic_is_answered_before_the_gate(meet, answer, language, topic, text):
    customer = await meet(language)
    await customer.says(text)
    said_in = _OTHER[language] if topic == "change_language" else language
    assert customer.texts == [answer(answer_to(topic), said_in)]


@pytest.mark.parametrize(("language", "topic", "text"), _messages(lambda topic: topic not in ALLOWED))
async def test_any_other_topic_asks_for_the_date_of_birth(meet, answer, language, topic, text):
    customer = await meet(language)
    await customer.says(text)
    kind = "" if topic in SMALL_TALK else "_person" if topic in TO_PEOPLE else "_first_question"
    assert customer.texts == [answer(f"say_ask_birth_date{kind}", language)]


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_the_first_question_is_answered_after_the_gate_without_being_typed_again(meet, answer, language):
    customer = await meet(language)
    await customer.says(MESSAGES["faq/cost"][language == "sv"])
    await customer.says("1985-03-12")
    assert customer.texts == [answer("say_age_confirmed", language), answer("utter_faq/cost", language)]


async def test_a_later_question_does_not_push_the_first_one_out(english_newcomer, answer):
    await english_newcomer.says(MESSAGES["faq/cost"][0])
    await english_newcomer.says(MESSAGES["faq/join"][0])
    assert english_newcomer.texts == [answer("say_ask_birth_date_again", "en")]
    await english_newcomer.says("1985-03-12")
    assert english_newcomer.texts[-1] == answer("utter_faq/cost", "en")


@pytest.mark.parametrize(
    "text",
    [
        "1985-03-12. Is the program free of charge?",
        "Is the program free of charge? 12 March 1985",
        "I was born on 1985-03-12. Is the program free of charge?",
    ],
)
async def test_a_question_in_the_same_message_as_the_date_is_answered(english_newcomer, answer, text):
    await english_newcomer.says(text)
    assert english_newcomer.texts == [answer("say_age_confirmed", "en"), answer("utter_faq/cost", "en")]


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_without_a_question_the_gate_asks_what_the_customer_wants_to_know(meet, answer, language):
    customer = await meet(language)
    await customer.says("hello" if language == "en" else "hejsan")
    await customer.says("1985-03-12")
    assert customer.texts == [answer("say_age_confirmed_ask", language)]


async def test_a_question_that_was_answered_before_the_gate_is_not_answered_again(english_newcomer, answer):
    await english_newcomer.says(MESSAGES["faq/age_requirement"][0])
    await english_newcomer.says("1985-03-12")
    assert english_newcomer.texts == [answer("say_age_confirmed_ask", "en")]


_HINTS = [
    ("say_birth_date_incomplete", "1985"),
    ("say_birth_date_incomplete", "12 mars"),
    ("say_birth_date_impossible", "1985-02-31"),
    ("say_birth_date_future", "2031-01-01"),
    ("say_birth_date_too_old", "1850-01-01"),
    ("say_birth_date_ambiguous", "02/04/2008"),
]


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(("hint", "text"), _HINTS)
async def test_a_date_that_cannot_be_used_gets_its_hint(meet, answer, language, hint, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer(hint, language)]


async def test_after_an_ambiguous_date_a_clear_one_opens_the_gate(english_newcomer):
    await english_newcomer.says("02/04/2008")
    await english_newcomer.says("4 February 2008")
    assert await english_newcomer.slot("age_status") == "adult"


@pytest.mark.parametrize(("birth_date", "status"), [("2008-03-09", "adult"), ("2008-03-10", "minor")])
async def test_the_gate_opens_on_the_eighteenth_birthday(swedish_newcomer, birth_date, status):
    await swedish_newcomer.says(birth_date)
    assert await swedish_newcomer.slot("age_status") == status


async def test_the_answer_to_the_date_keeps_the_language(swedish_newcomer, answer):
    await swedish_newcomer.says("12 mars 1985")
    assert swedish_newcomer.texts == [answer("say_age_confirmed_ask", "sv")]


async def test_pressing_a_button_of_the_gate_answers_it_and_keeps_the_gate_shut(english_newcomer, answer, content):
    await english_newcomer.says("hello")
    await english_newcomer.presses(content.titles["en"]["faq/age_requirement"])
    assert english_newcomer.texts == [answer("utter_faq/age_requirement", "en")]
    assert await english_newcomer.slot("age_status") is None
