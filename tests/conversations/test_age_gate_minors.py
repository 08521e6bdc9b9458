"""Who says to be a minor is one, before the age gate and after it; nobody gets in on another person's date of birth."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.conftest import ADULT, STOCKHOLM
from tests.conversations.messages import MESSAGES

_SAID = [
    ("en", "im 16"),
    ("en", "I'm sixteen."),
    ("en", "i am under 18"),
    ("en", "im a minor"),
    ("en", "im 15 years old"),
    ("en", "im not 18 yet"),
    ("en", "im 17 can i join"),
    ("en", "I turn 18 in May"),
    ("en", "my charger broke and im only 16"),
    ("sv", "jag är 16"),
    ("sv", "jag är bara 17"),
    ("sv", "jag är inte 18 än"),
    ("sv", "jag är minderårig"),
    ("sv", "jag fyller 18 i maj"),
    ("sv", "jag e 15år"),
    ("sv", "hej, jag är 17 år och undrar om jag kan gå med"),
]
_SAID_AS_AN_ANSWER = [
    ("en", "16 years old"),
    ("en", "only 17"),
    ("en", "not 18 yet"),
    ("en", "sorry, too young"),
    ("sv", "16 år"),
    ("sv", "fyller 18 i maj"),
    ("sv", "inte 18 än"),
    ("sv", "bara 17"),
]
_NOT_SAID = [
    ("en", "im 18"),
    ("en", "im 21"),
    ("en", "im 16 weeks into my warranty"),
    ("en", "it is 16 months old"),
    ("en", "my son is 16"),
    ("en", "I have 16 sticks"),
    ("en", "room 16"),
    ("en", "17"),
    ("en", "im not 18, im 45"),
    ("en", "what happens if I am under 18"),
    ("en", "I was 16 when I started"),
    ("en", "a minor scratch"),
    ("sv", "jag har varit medlem i 16 månader"),
    ("sv", "iqos 3"),
    ("sv", "jag är 34"),
    ("sv", "17"),
    ("sv", "när jag var 16"),
    ("sv", "jag är inte minderårig"),
    ("sv", "min son är 16 år"),
]
_SOMEBODYS = [
    ("en", "my dad is 45, he was born 1981-02-03"),
    ("en", "use my brother's: 1981-02-03"),
    ("en", "her date of birth is 3 May 1970"),
    ("en", "my mum was born in 1970"),
    ("sv", "det var mammas, hon är född 1981-02-03"),
    ("sv", "men pappa är 1975-05-05"),
    ("sv", "pappas 1975-05-05"),
    ("sv", "min kompis är född 1990"),
]
_OWN = [
    ("en", "I was born 1985-03-12 and my wife has one too"),
    ("en", "Sorry to bother you. 1985-03-12"),
    ("en", "My wife's holder broke. 1985-03-12"),
    ("sv", "jag är född 1985-03-12"),
    ("sv", "Min frus hållare gick sönder. 1985-03-12"),
    ("sv", "kan man vara med? 1985-03-12"),
]
_PARTS = ["1990", "17", "1990-05"]


@pytest.mark.parametrize(("language", "text"), [*_SAID, *_SAID_AS_AN_ANSWER])
async def test_who_says_to_be_a_minor_is_refused_for_good(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer("say_under_age", language)]
    assert await customer.slot("age_status") == "minor"
    await customer.says("1981-02-03")
    assert customer.texts == [answer("say_under_age", language)]


@pytest.mark.parametrize(("language", "text"), _SAID)
async def test_the_same_after_the_gate(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("say_under_age", language)]
    await customer.says(MESSAGES["faq/cost"][language == "sv"])
    assert customer.texts == [answer("say_under_age", language)]


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_no_open_question_keeps_the_refusal_back(people, meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says({"en": "is my device covered?", "sv": "gäller skyddet för min enhet?"}[language])
    await customer.says({"en": "maja@example.com im 16", "sv": "maja@example.com jag är 16"}[language])
    assert customer.texts == [answer("say_under_age", language)]


async def test_an_answered_topic_beside_it_opens_nothing(english_newcomer, answer):
    await english_newcomer.says("what is the age limit? im 17")
    assert english_newcomer.texts == [answer("say_under_age", "en")]


async def test_nothing_is_kept_of_it(people, identify, english_adult):
    await english_adult.says("is my device covered?")
    await identify(english_adult)
    await english_adult.says("by the way im 16")
    kept = {(event["event"], event.get("name")) for event in english_adult.stored()}
    assert kept <= {
        ("slot", "age_status"),
        ("slot", "language"),
        ("session_started", None),
        ("action", "action_listen"),
    }
    assert "16" not in [event.get("text") for event in english_adult.stored()]
    assert "by the way" not in json.dumps(english_adult.stored())


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_in_danger_a_minor_is_told_what_to_do_all_the_same(meet, answer, language):
    customer = await meet(language)
    await customer.says({"en": "im 16 and my charger is burning", "sv": "jag är 16 och laddaren brinner"}[language])
    assert customer.texts[0] == answer("say_danger", language)
    assert customer.titles == []
    await customer.says(ADULT)
    assert customer.texts == [answer("say_under_age", language)]


@pytest.mark.parametrize(("language", "text"), _NOT_SAID)
async def test_what_only_looks_like_it_refuses_nobody(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert answer("say_under_age", language) not in customer.texts
    await customer.says(ADULT)
    assert await customer.slot("age_status") == "adult"
    await customer.says(text)
    assert await customer.slot("age_status") == "adult"


@pytest.mark.parametrize(("language", "text"), _SAID_AS_AN_ANSWER)
async def test_words_that_only_the_question_explains_refuse_nobody_after_the_gate(meet, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert await customer.slot("age_status") == "adult"


@pytest.mark.parametrize(("language", "text"), _SOMEBODYS)
async def test_the_date_of_somebody_else_is_no_answer(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer("say_birth_date_not_own", language)]
    assert await customer.slot("age_status") is None
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed_ask", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I want to transfer my program to my son, he is 25 years old"),
        ("sv", "jag vill överlåta mitt program till min son, han är 25 år"),
    ],
)
async def test_a_question_about_somebody_with_an_age_is_answered_after_the_gate(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed", language), answer("utter_faq/transfer", language)]


@pytest.mark.parametrize(("language", "text"), _OWN)
async def test_ones_own_date_counts_whoever_else_is_named(meet, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert await customer.slot("age_status") == "adult"


@pytest.mark.parametrize("part", [*_PARTS, "own age"])
@pytest.mark.parametrize("language", ["en", "sv"])
async def test_a_part_of_a_date_is_no_question(meet, answer, language, part):
    customer = await meet(language)
    await customer.says(MESSAGES["greet"][language == "sv"])
    await customer.says({"en": "im 34", "sv": "jag är 34"}[language] if part == "own age" else part)
    assert customer.texts == [answer("say_birth_date_incomplete", language)]
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed_ask", language)]


@pytest.mark.parametrize("part", _PARTS)
@pytest.mark.parametrize("language", ["en", "sv"])
async def test_the_question_before_it_is_answered(meet, answer, language, part):
    customer = await meet(language)
    await customer.says(MESSAGES["faq/cost"][language == "sv"])
    await customer.says(part)
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed", language), answer("utter_faq/cost", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "born in 2010"),
        ("en", "I was born in 2012"),
        ("en", "hi, I'm born in March 2011."),
        ("sv", "född 2010"),
        ("sv", "jag är född i mars 2011"),
        ("sv", "jag föddes 2009"),
    ],
)
async def test_a_year_in_which_only_minors_were_born_is_enough(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer("say_under_age", language)]
    await customer.says(ADULT)
    assert customer.texts == [answer("say_under_age", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "born in 2008"),  # may be 18 this year
        ("en", "2008"),
        ("en", "born in 1985"),
        ("en", "if I was born in 2010 can I join"),
        ("en", "2030"),
        ("en", "I bought it in 2024"),
        ("sv", "född 1985"),
        ("sv", "jag är inte född 2010"),
        ("sv", "född -10"),
        ("en", "2010"),  # may be the year of anything
        ("en", "March 2011"),
        ("en", "in may 2024"),
        ("en", "born in 2010 sorry I mean 1985"),
        ("en", "my dog was born in 2015"),
        ("en", "my cat was born in 2020 and chewed it"),
        ("en", "we had a baby, born in 2020"),
        ("en", "my account was born in 2019"),
        ("en", "I bought my charger, born in 2013, and it broke"),
        ("en", "warranty is born in 2014"),
        ("en", "I was born in 2012 and my charger broke"),
        ("en", "born in 2023"),  # nobody so young writes
        ("sv", "2009"),
        ("sv", "den är född 2012"),
        ("sv", "född 2023"),
        ("sv", "min hund är född 2015"),
        ("sv", "född 2010, nej 1985"),
    ],
)
async def test_a_year_that_does_not_tell_is_no_whole_date(meet, answer, language, text):
    customer = await meet(language)
    for _ in range(2):
        await customer.says(text)
        assert customer.texts == [answer("say_birth_date_incomplete", language)]
    await customer.says(ADULT)
    assert customer.texts[0] in (answer("say_age_confirmed", language), answer("say_age_confirmed_ask", language))


@pytest.mark.parametrize(("year", "is_minor"), [(2025, True), (2026, False)])
async def test_what_a_year_tells_depends_on_the_day(meet, answer, set_clock, year, is_minor):
    customer = await meet("en")
    set_clock(datetime(year, 12, 31, 12, tzinfo=STOCKHOLM))
    await customer.says("born in 2008")
    assert customer.texts == [answer("say_under_age" if is_minor else "say_birth_date_incomplete", "en")]


@pytest.mark.parametrize(("language", "text"), [("en", "my son is born in 2010"), ("sv", "min son är född 2010")])
async def test_the_year_of_somebody_else_refuses_nobody(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer("say_birth_date_not_own", language)]
