"""The bot answers in the language that it is written to, and switches on request."""

import pytest


@pytest.mark.parametrize(
    ("page", "text", "name", "language"),
    [
        ("en", "hej", "utter_greet", "sv"),
        ("en", "tack", "utter_thank", "sv"),
        ("en", "hur går jag med i programmet?", "utter_faq/join", "sv"),
        ("sv", "thanks", "utter_thank", "en"),
        ("sv", "hello", "utter_greet", "en"),
        ("sv", "yes", "say_affirm_unclear", "en"),
        ("sv", "how do i join the program?", "utter_faq/join", "en"),
        ("sv", "hej", "utter_greet", "sv"),
        ("sv", "tack", "utter_thank", "sv"),
        ("en", "thanks", "utter_thank", "en"),
        ("en", "yes", "say_affirm_unclear", "en"),
    ],
)
async def test_the_answer_is_in_the_language_of_the_message(meet, answer, page, text, name, language):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert customer.texts == [answer(name, language)]


@pytest.mark.parametrize("page", ["en", "sv"])
async def test_a_conversation_starts_in_the_language_of_the_page(meet, answer, page):
    customer = await meet(page)
    assert customer.texts == [answer("say_welcome", page)]


async def test_a_conversation_starts_in_swedish_where_the_page_names_no_language(meet, answer):
    customer = await meet()
    assert customer.texts == [answer("say_welcome", "sv")]


@pytest.mark.parametrize("page", ["en", "sv"])
@pytest.mark.parametrize("text", ["1985-03-12", "😀", "ILUMA", "12345"])
async def test_a_message_without_a_language_changes_nothing(meet, page, text):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert await customer.slot("language") == page


@pytest.mark.parametrize("page", ["en", "sv"])
@pytest.mark.parametrize("text", ["Care Plus", "IQOS Expert", "International Assistance", "program", "service"])
async def test_a_name_or_word_of_both_languages_changes_nothing(meet, page, text):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert await customer.slot("language") == page


@pytest.mark.parametrize("text", ["gratis?", "stöld?", "repor?", "olycksfallsskydd?", "vilka butiker?"])
async def test_a_swedish_word_does_not_switch_to_english(swedish_adult, text):
    await swedish_adult.says(text)
    assert await swedish_adult.slot("language") == "sv"


@pytest.mark.parametrize(
    ("page", "text", "language"),
    [
        ("sv", "Can we speak English?", "en"),
        ("sv", "engelska tack", "en"),
        ("sv", "english please", "en"),
        ("en", "Can we speak Swedish?", "sv"),
        ("en", "på svenska tack", "sv"),
        ("en", "swedish please", "sv"),
    ],
)
async def test_the_language_changes_when_it_is_asked_for(meet, answer, page, text, language):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("say_language_changed", language)]
    assert await customer.slot("language") == language


@pytest.mark.parametrize(("page", "text"), [("en", "change language"), ("sv", "byt språk")])
@pytest.mark.parametrize(("title", "language"), [("Svenska", "sv"), ("English", "en")])
async def test_where_no_language_is_named_buttons_offer_both(meet, answer, page, text, title, language):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("say_which_language", page)]
    await customer.presses(title)
    assert customer.texts == [answer("say_language_changed", language)]


@pytest.mark.parametrize(("page", "language", "title"), [("sv", "en", "English"), ("en", "sv", "Svenska")])
async def test_the_language_can_be_changed_before_the_gate(meet, answer, page, language, title):
    customer = await meet(page)
    await customer.says({"sv": "byt språk", "en": "change language"}[page])
    await customer.presses(title)
    assert customer.texts == [answer("say_language_changed", language)]
    assert await customer.slot("age_status") is None


async def test_the_language_outlives_a_session(meet, answer):
    customer = await meet("sv", adult=True)
    await customer.says("Can we speak English?")
    customer.leaves_for_two_hours()
    await customer.says("ILUMA")
    assert await customer.slot("language") == "en"


async def test_a_few_words_that_both_languages_share_do_not_change_the_language(swedish_adult):
    await swedish_adult.says("Kostar det något att vara med i programmet?")
    await swedish_adult.says("prata med en person")
    assert "öppet till kl. 19.00" in swedish_adult.texts[0]
