"""After what to do in danger: more of the same, questions about it in between, and where to throw the device away."""

from __future__ import annotations

import pytest

from tests.conversations.messages import UNTIL

pytestmark = pytest.mark.usefixtures("people")
_TELLS = {"en": "my battery is swollen", "sv": "batteriet har svällt"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes and there was a little flame just now"),
        ("en", "FLAME. FIRE. do you understand"),
        ("sv", "ja å de va en liten låga nyss"),
        ("sv", "LÅGA. ELD. FATTAR DU"),
        ("sv", "den rökte o sen dog den"),
    ],
)
async def test_what_is_told_besides_is_danger_again(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_TELLS[language])
    await customer.says(text)
    assert customer.texts[0] == answer("say_danger", language)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "and is it dangerous or not?"), ("sv", "har du nåt svar på om de e farligt?")]
)
async def test_what_was_not_understood_in_between_does_not_end_it(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(_TELLS[language])
    await customer.says("blorp fnork")
    await customer.says(text)
    assert customer.texts[0] == answer("say_danger_advice", language)


_DISPOSAL = [
    ("en", "where do I throw it"),
    ("en", "can it go in the bin?"),
    ("en", "how do i get rid of it"),
    ("en", "is there a recycling station for these"),
    ("sv", "får den ligga i soporna?"),
    ("sv", "ska jag kasta den"),
    ("sv", "har ingen lust o säga de. får den ligga i soporna?"),
    ("sv", "var slänger jag den"),
]


@pytest.mark.parametrize("adult", [True, False])
@pytest.mark.parametrize(("language", "text"), _DISPOSAL)
async def test_where_to_throw_it_away_is_not_known_and_support_is_named(meet, answer, language, text, adult):
    customer = await meet(language, adult=adult)
    await customer.says(_TELLS[language])
    contact = answer("say_danger_contact_open", language, until=UNTIL[language])
    for _ in range(2):
        await customer.says(text)
        assert customer.texts[:2] == [answer("say_danger_disposal", language), contact]
    assert "020-25 10 10" in customer.texts[1]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "where do I throw a swollen battery?"),
        ("sv", "va? jag ska ju bara bli av me den. batteriet svullet!"),
    ],
)
async def test_in_one_message_with_the_danger_it_comes_behind_what_to_do(meet, answer, language, text):
    customer = await meet(language)
    await customer.says(text)
    assert customer.texts[:2] == [answer("say_danger", language), answer("say_danger_disposal", language)]


@pytest.mark.parametrize(("language", "text"), [("en", "where do I throw used sticks"), ("sv", "var slänger jag den")])
async def test_without_danger_it_is_about_something_else(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert answer("say_danger_disposal", language) not in customer.texts
