"""A person is wanted, accepted or declined in the customer's own words, in both languages."""

from __future__ import annotations

import pytest

from actions.support.handoff import State
from tests.desk.in_words import LANGUAGES, texts


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_yes_to_an_offered_person_is_a_yes(room, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "That did not help", "sv": "Det hjälpte inte"}[language])
    said = await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert texts(said) == [answer("say_queued", language, position="1")]
    assert (await visitor.handoff()).reason == "negative_feedback"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_to_an_offered_person_is_a_no(room, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "That did not help", "sv": "Det hjälpte inte"}[language])
    said = await visitor.says({"en": "no", "sv": "nej"}[language])
    assert texts(said) == [answer("say_deny", language)]
    assert (await room.desk.of(visitor.conversation)).state is State.OFFERED


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "my charger broke and I want a human"),
        ("en", "holder is dead, let me talk to a person"),
        ("sv", "min laddare gick sönder och jag vill ha en människa"),
        ("sv", "hållaren är trasig, koppla mig till en person"),
    ],
)
async def test_a_person_wanted_beside_a_broken_device_is_sought_at_once(room, answer, language, words):
    visitor = await room.visitor(language)
    assert texts(await visitor.says(words))[-1] == answer("say_queued", language, position="1")
    assert (await visitor.handoff()).state is State.QUEUED


@pytest.mark.parametrize(
    ("language", "words", "rest"),
    [
        ("en", "no I don't want to talk to a human", "say_deny"),
        ("en", "i dont want a person, just tell me if its free", "utter_faq/cost"),
        ("sv", "jag vill inte prata med en person", "say_deny"),
        ("sv", "vill inte prata med nån, bara veta om det är gratis", "utter_faq/cost"),
    ],
)
async def test_who_wants_no_person_gets_none(room, answer, language, words, rest):
    visitor = await room.visitor(language)
    assert texts(await visitor.says(words)) == [answer(rest, language)]
    assert await room.desk.of(visitor.conversation) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "that's wrong, get me a human"),
        ("en", "put me through"),
        ("en", "i want to talk to someone about my warranty"),
        ("sv", "kan jag få prata med någon om garantin"),
        ("sv", "det var ju inte mitt fel, ge mig en människa"),
        ("sv", "kan ja få prata me nån?"),
    ],
)
async def test_a_person_is_wanted_in_everyday_words(customers, answer, language, words):
    customer = await customers("C-1001", language)
    await customer.says({"en": "is my charger covered?", "sv": "omfattas min laddare?"}[language])
    assert texts(await customer.says(words)) == [answer("say_queued_unstaffed", language, position="1")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_something_else_is_an_offer_and_no_wish(room, answer, language, vague):
    visitor = await room.visitor(language)
    await visitor.says(vague[language])
    said = await visitor.presses({"en": "Something else", "sv": "Något annat"}[language])
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert texts(said) == [answer("say_person_offer_open", language, until=until)]
    assert texts(await visitor.says({"en": "yes", "sv": "ja"}[language])) == [
        answer("say_queued", language, position="1")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_title_of_any_button_that_is_shown_presses_it(room, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "what can you do", "sv": "vad kan du"}[language])
    titles = [button["title"] for message in visitor.latest for button in message["buttons"]]
    assert titles
    for title in titles:
        visitor = await room.visitor(language)
        await visitor.says({"en": "what can you do", "sv": "vad kan du"}[language])
        pressed = texts(await visitor.presses(title))
        visitor = await room.visitor(language)
        await visitor.says({"en": "what can you do", "sv": "vad kan du"}[language])
        assert texts(await visitor.says(title.lower())) == pressed


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "i dont want to chat i want a person"),
        ("en", "dont want bot want human"),
        ("sv", "jag vill inte chatta jag vill prata med en människa"),
    ],
)
async def test_no_bot_but_a_person_is_a_person(room, answer, language, words):
    visitor = await room.visitor(language)
    assert texts(await visitor.says(words)) == [answer("say_queued", language, position="1")]
