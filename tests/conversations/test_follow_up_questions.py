"""Short messages that only the answer before completes: "and if it is stolen?", "hur länge då?"."""

import pytest

from tests.conversations.messages import MESSAGES, answer_to


@pytest.mark.parametrize(
    ("language", "before", "text", "topic"),
    [
        ("en", "faq/accident_protection", "and if it is stolen?", "faq/stolen_device"),
        ("sv", "faq/accident_protection", "och om den blir stulen?", "faq/stolen_device"),
        ("en", "faq/cost", "how long?", "faq/duration"),
        ("sv", "faq/cost", "hur länge då?", "faq/duration"),
        ("en", "faq/warranty", "how long?", "faq/warranty"),
        ("sv", "faq/warranty", "hur länge då?", "faq/warranty"),
        ("en", "faq/warranty", "and the charger?", "faq/warranty"),
        ("sv", "faq/warranty", "och laddaren då?", "faq/warranty"),
        ("en", "faq/country", "and in Norway?", "faq/country"),
        ("sv", "faq/country", "och i Norge?", "faq/country"),
        ("en", "faq/transfer", "even if it's a gift?", "faq/transfer"),
        ("sv", "faq/transfer", "även om det är en present?", "faq/transfer"),
        ("en", "faq/cost", "what about my wife?", "faq/transfer"),
        ("sv", "faq/cost", "min fru då?", "faq/transfer"),
        ("en", "ask_opening_hours", "and on Sundays?", "ask_opening_hours"),
        ("sv", "ask_opening_hours", "på söndagar då?", "ask_opening_hours"),
    ],
)
async def test_a_fragment_is_about_the_answer_before(meet, answer, language, before, text, topic):
    customer = await meet(language, adult=True)
    await customer.says(MESSAGES[before][language == "sv"])
    await customer.says(text)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert customer.texts == [answer(answer_to(topic), language, until=until)]


@pytest.mark.parametrize(("language", "text"), [("en", "is it free?"), ("sv", "är det gratis?")])
async def test_a_short_question_that_says_everything_is_answered_as_it_stands(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(MESSAGES["faq/warranty"][language == "sv"])
    await customer.says(text)
    assert customer.texts == [answer("utter_faq/cost", language)]


async def test_small_talk_in_between_does_not_end_the_topic(meet, answer):
    customer = await meet("en", adult=True)
    await customer.says(MESSAGES["faq/warranty"][0])
    await customer.says("ok thanks")
    await customer.says("how long?")
    assert customer.texts == [answer("utter_faq/warranty", "en")]


@pytest.mark.parametrize(("language", "text"), [("en", "why?"), ("sv", "varför det?")])
async def test_without_an_answer_before_it_a_fragment_is_not_guessed(meet, language, text, content):
    customer = await meet(language, adult=True)
    await customer.says(text)
    answers = {answer.text for name, answer in content.answers[language].items() if name.startswith("utter_faq/tr")}
    assert not answers & set(customer.texts)
