"""A broken device told of in plain words is reported, and what happened is not asked for once it has been said."""

from __future__ import annotations

import pytest

from tests.conversations.people import MAJA

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "va fan ska jag göra när skiten inte funkar"),
        ("sv", "hållarn har vatten i sej o vibrerar hela tiden, kan ja vänta me o byta"),
        ("sv", "barnen trampa på båda"),
        ("sv", "for nerför trappan lol"),
        ("sv", "den bara slutade"),
        ("sv", "min hållare ligger i bitar"),
        ("en", "yo my thing broke"),
        ("en", "what the hell do i do when this shit doesn't work"),
        ("en", "fell down the stairs with me lol"),
        ("en", "conked out on sunday"),
        ("en", "dead as a dodo"),
        ("en", "it gave up the ghost"),
        ("en", "my holder is in pieces"),
        ("en", "both my holder and charger stopped, same day"),
    ],
)
async def test_it_is_a_report(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("say_identify_damaged", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "hey my screen thing cracked, do i need receipt?"), ("en", "cracked glass. dropped. receipt needed??")],
)
async def test_a_question_beside_it_does_not_hide_it(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts[-1] == answer("say_identify_damaged", language)


@pytest.mark.parametrize(("language", "text"), [("en", "drowned in soup"), ("sv", "den hamnade i soppan")])
async def test_with_the_details_in_it_nothing_is_asked(meet, language, text, code_mailed):
    customer = await meet(language, adult=True)
    await customer.says(f"{' '.join(MAJA)}, {text}")
    await customer.says(await code_mailed())
    assert "(…0002)" in customer.texts[-1]
    assert customer.buttons[0]["title"] in ("Yes, open a case", "Ja, öppna ett ärende")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my airpods fell in the toilet"),
        ("en", "my car broke down on sunday"),
        ("en", "will it rain today"),
        ("en", "where do i throw used sticks"),
        ("en", "I have stopped believing in football"),
        ("sv", "tomaterna har fått fläckar"),
        ("sv", "cykeln blev stulen igår"),
    ],
)
async def test_what_is_not_ours_stays_elsewhere(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert answer("say_identify_damaged", language) not in customer.texts
    assert answer("say_ask_damage", language) not in customer.texts
