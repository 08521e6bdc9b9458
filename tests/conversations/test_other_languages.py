"""A message that is neither English nor Swedish is answered in English, with the languages that work."""

import pytest

_FOREIGN = [
    "Ist das Programm kostenlos?",
    "Was kostet das Programm",
    "¿Cuánto cuesta el programa?",
    "Onko ohjelma ilmainen?",
    "je voudrais parler à une personne",
    "quiero hablar con una persona",
    "laturini on rikki, mitä voin tehdä",
    "czy mówisz po polsku",
    "هل البرنامج مجاني؟",
    "Сколько стоит программа?",
]
_PAGES = pytest.mark.parametrize("page", ["en", "sv"])


@_PAGES
@pytest.mark.parametrize("text", _FOREIGN)
async def test_which_languages_work_is_said_in_english_and_the_language_stays(meet, answer, page, text):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("say_other_language", "en")]
    assert await customer.slot("language") == page
    assert {"English", "Svenska"} <= set(customer.titles)


@_PAGES
async def test_it_is_said_in_front_of_the_gate_too_and_counts_as_no_question(meet, answer, page):
    customer = await meet(page)
    await customer.says("quiero hablar con una persona")
    assert customer.texts == [answer("say_other_language", "en")]
    await customer.says("1985-03-12")
    assert customer.texts == [answer("say_age_confirmed_ask", page)]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Er programmet gratis?", "faq/cost"),
        ("hvor lenge varer programmet", "faq/duration"),
        ("Hvordan bliver jeg medlem", "faq/join"),
    ],
)
async def test_danish_and_norwegian_are_read_as_swedish(meet, answer, text, topic):
    customer = await meet("sv", adult=True)
    await customer.says(text)
    assert customer.texts == [answer(f"utter_{topic}", "sv")]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("sv", "Jag heter José Gonzales och bor i Göteborg"),
        ("en", "my name is Jean-Pierre Dupont"),
        ("en", "is it valid in France or Germany"),
        ("sv", "gäller den i Berlin och Paris?"),
        ("en", "asap"),
        ("en", "chargr ded"),
        ("sv", "funkr inte lngre"),
    ],
)
async def test_names_and_slips_are_not_another_language(meet, answer, page, text):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert answer("say_other_language", "en") not in customer.texts


@pytest.mark.parametrize(
    ("page", "text"), [("en", "do you speak German?"), ("sv", "kan du tyska"), ("en", "can we do this in French")]
)
async def test_who_asks_for_another_language_hears_which_there_are(meet, answer, page, text):
    customer = await meet(page, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("say_which_language", page)]


@pytest.mark.parametrize(
    "text", ["prata med en person", "kan jag prata med support", "garanti?", "serviceprogram information"]
)
async def test_words_that_both_languages_share_are_read_in_the_language_of_the_page(meet, text):
    customer = await meet("sv", adult=True)
    await customer.says(text)
    assert await customer.slot("language") == "sv"
