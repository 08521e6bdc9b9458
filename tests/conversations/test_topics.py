"""Every topic is answered with its answer, in the customer's language."""

import pytest

from tests.conversations.messages import MESSAGES, UNTIL, answer_to

_CASES = [
    pytest.param(language, topic, text, id=f"{language}-{topic}")
    for topic, texts in MESSAGES.items()
    for language, text in zip(("en", "sv"), texts, strict=True)
]
_OTHER = {"en": "sv", "sv": "en"}


@pytest.mark.parametrize(("language", "topic", "text"), _CASES)
async def test_a_topic_gets_its_answer_in_the_customers_language(meet, answer, language, topic, text):
    customer = await meet(language, adult=True)
    said_in = _OTHER[language] if topic == "change_language" else language

    await customer.says(text)

    assert customer.texts == [answer(answer_to(topic), said_in, until=UNTIL[said_in])]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_table_has_every_topic_but_those_about_the_customers_devices(content, language):
    own = {"check_coverage", "check_claims", "list_devices", "report_damage"}
    assert set(MESSAGES) == set(content.titles[language]) - own


async def test_an_answer_about_the_program_names_its_sources(english_adult, content):
    (said,) = await english_adult.says("Is the program free of charge?")
    assert said["data"] == {"kind": "sources", "statements": list(content.sources["faq/cost"])}


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_pressing_a_next_step_answers_its_topic(meet, answer, content, language):
    customer = await meet(language, adult=True)
    await customer.says("Is the program free of charge?" if language == "en" else "Är programmet gratis?")

    await customer.presses(content.titles[language]["faq/join"])

    assert customer.texts == [answer("utter_faq/join", language)]
