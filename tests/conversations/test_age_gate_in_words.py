"""At the age gate, in customers' words: one's own date beside another person, why it is asked, a person at once."""

from __future__ import annotations

import pytest

from tests.conftest import ADULT
from tests.conversations.people import MAJA

pytestmark = pytest.mark.usefixtures("people")
_OPENS = {"en": "what does it cost?", "sv": "vad kostar det?"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my wife is 50 and we share the account. mine is 1965-03-04"),
        ("en", "my son is 20, I'm born 1965-03-04"),
        ("en", "He is 20! 1965-03-04, that's me"),
        ("en", "I was born on the fourth of May 1948, dear"),
        ("sv", "hej min son på 20 o jag delar konto. jag e född 65-03-04"),
        ("sv", "650304 e ja. han e 20"),
        ("sv", "650304 e ja, han e 20"),
        ("sv", "min fru är 50, min är 650304"),
        ("sv", "den fjärde maj 1948"),
    ],
)
async def test_ones_own_date_counts_beside_another_person(meet, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert await customer.slot("age_status") == "adult"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my son is born 1965-03-04, I'm his mother"),
        ("en", "he was born 1965-03-04, mine I keep to myself"),
        ("en", "use my brother's for me: 1981-02-03"),
        ("sv", "hon e född 650304, min är hemlig"),
        ("sv", "min bror är 650304"),
    ],
)
async def test_another_persons_date_still_does_not(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer("say_birth_date_not_own", language)]
    assert await customer.slot("age_status") != "adult"


async def test_an_age_beside_another_persons_is_asked_for_as_a_date_with_the_reason(meet, answer):
    customer = await meet("en")
    await customer.says("My son who is 15 broke my device, can I get it replaced? I'm 44")
    assert customer.texts == [answer("say_birth_date_not_own", "en")]
    assert "only for adults" in customer.texts[0]
    await customer.says(ADULT)
    assert "e-mail address" in customer.texts[1]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hi, my son and I share an account, he dropped his holder. I'm born 65-03-04"),
        ("sv", "hej min son på 20 o jag delar konto, han tappa sin hållare. jag e född 65-03-04"),
    ],
)
async def test_what_is_told_beside_the_date_is_answered(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts[0] == answer("say_age_confirmed", language)
    assert customer.texts[1:] == [answer("say_identify_damaged", language)]
    await customer.says(" ".join(MAJA))
    assert len(customer.texts) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "why do you need that, i just want it fixed"),
        ("en", "I just want it fixed. why do you need that?"),
        ("sv", "varför behöver ni det, jag vill bara få den lagad"),
        ("sv", "vad ska ni ha det till? laga den bara"),
    ],
)
async def test_why_is_answered_beside_a_wish_and_the_question_stays(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(_OPENS[language])
    await customer.says(text)
    assert customer.texts == [answer("say_ask_birth_date", language)]
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed", language), answer("utter_faq/cost", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "THIS IS RIDICULOUS third time I write. I want a manager NOW"),
        ("en", "let me talk to a real person"),
        ("sv", "prata med en människa tack"),
        ("sv", "hej!! jag skulle vilja prata med en människa tack, inte en robot"),
        ("sv", "jag vill klaga på er"),
        ("sv", "jag heter anna o är arg. ge mej er chef"),
    ],
)
async def test_who_wants_a_person_gets_the_number_at_once_and_the_gate_stays(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts == [answer("say_ask_birth_date_person", language)]
    assert "020-25 10 10" in customer.texts[0]
    assert await customer.slot("age_status") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "sorry I typed wrong, it's 1999-01-05"), ("sv", "oj, skrev fel, jag är född 1999-01-05")],
)
async def test_a_minor_who_typed_wrong_stays_refused_and_has_a_number_to_call(meet, answer, language, text):
    customer = await meet(language)
    await customer.says("2015-01-05")
    await customer.says(text)
    assert customer.texts == [answer("say_under_age", language)]
    assert "020-25 10 10" in customer.texts[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I bought my charger on 2024-03-12 and it broke"),
        ("en", "the warranty began 5 May 2023"),
        ("en", "2026-03-12"),
        ("sv", "jag köpte laddaren 2024-03-12 och den gick sönder"),
        ("sv", "den är från 5 maj 2023"),
        ("sv", "2026-03-12"),
    ],
)
async def test_the_date_of_something_that_happened_lately_refuses_nobody(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert answer("say_under_age", language) not in customer.texts
    assert customer.messages[-1]["data"]["field"] == "birth_date"
    assert await customer.slot("age_status") is None
    await customer.says(ADULT)
    assert await customer.slot("age_status") == "adult"
