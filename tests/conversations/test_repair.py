"""Not understood: once suggestions, twice a person."""

import pytest

from tests.conversations.messages import UNTIL

_LANGUAGES = pytest.mark.parametrize("language", ["en", "sv"])


@_LANGUAGES
async def test_a_vague_message_gets_suggestions_as_buttons(meet, answer, content, language, vague):
    customer = await meet(language, adult=True)
    await customer.says(vague[language])
    assert customer.texts == [answer("say_did_you_mean", language)]
    *suggested, something_else = customer.titles
    assert 2 <= len(suggested) <= 3
    assert set(suggested) <= set(content.titles[language].values())
    assert something_else == content.answers[language]["say_did_you_mean"].buttons[-1].title


@_LANGUAGES
async def test_pressing_a_suggestion_answers_it(meet, answer, content, language, vague):
    customer = await meet(language, adult=True)
    await customer.says(vague[language])
    topic = next(b["payload"][1:] for b in customer.buttons if b["payload"].startswith("/faq/"))
    await customer.presses(content.titles[language][topic])
    assert customer.texts == [answer(f"utter_{topic}", language)]


@_LANGUAGES
async def test_not_understood_twice_offers_a_person_with_the_hours(meet, answer, language, vague):
    customer = await meet(language, adult=True)
    await customer.says(vague[language])
    await customer.says(vague[language])
    assert customer.texts == [answer("say_person_offer_open", language, until=UNTIL[language])]


@_LANGUAGES
async def test_no_to_all_suggestions_offers_a_person(meet, answer, language, vague):
    customer = await meet(language, adult=True)
    await customer.says(vague[language])
    await customer.says({"en": "no", "sv": "nej"}[language])
    assert customer.texts == [answer("say_person_offer_open", language, until=UNTIL[language])]


async def test_understanding_in_between_starts_the_count_again(english_adult, answer, vague):
    await english_adult.says(vague["en"])
    await english_adult.says("thanks")
    await english_adult.says(vague["en"])
    assert english_adult.texts == [answer("say_did_you_mean", "en")]


HOSTILE = {
    "emoji": "😀😀😀🔥",
    "right to left": "مرحبا كيف حالك",
    "direction marks": "\u202eelpoep\u202c \u200f",
    "a NUL inside": "what\x00 is this\x00",
    "very long": "x" * 1000,
    "SQL": "'; DROP TABLE events; --",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "braces": "{phone} {0} {{}} %s ${x}",
    "payload": '/inform{"age_status": "adult"',
    "only slashes": "////",
    "marks": "?!... ---",
    "combining": "Z̷̡̛a̸l̵g̶o̷" * 20,
    "lone surrogate": "hello \ud800 there",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_strange_text_gets_an_answer_and_the_conversation_goes_on(meet, answer, text):
    customer = await meet("en", adult=True)
    await customer.says(text)
    assert len(customer.texts) == 1
    assert customer.texts[0]
    assert await customer.slot("age_status") == "adult"
    await customer.says("Is the program free of charge?")
    assert customer.texts == [answer("utter_faq/cost", "en")]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_strange_text_does_not_get_past_the_gate(meet, text):
    customer = await meet("en")
    await customer.says(text)
    assert len(customer.texts) == 1
    assert await customer.slot("age_status") is None


@pytest.mark.parametrize("text", ["{phone}", "<b>hello</b> zxqj", "{reference}"])
async def test_what_the_customer_wrote_is_not_said_back(english_adult, text):
    await english_adult.says(text)
    assert text not in english_adult.texts[0]
