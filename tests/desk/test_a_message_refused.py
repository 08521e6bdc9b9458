"""A message that waits for its yes is sent by a yes to sending it only; a mere no drops it."""

from __future__ import annotations

import pytest

from tests.conversations.what_is_decided import DELETING, NO, OPENING, PRAISE, REFUSALS, SENDING, YES
from tests.desk.in_words import MESSAGE, texts
from tests.desk.letters import tickets

NOT_NOW = [("en", "not now"), ("sv", "inte nu")]


@pytest.mark.parametrize(("language", "words"), [*REFUSALS, *OPENING, *DELETING, *PRAISE, *NO])
async def test_nothing_is_sent_without_a_yes_to_it(at_night, read_back, language, words):
    visitor = await read_back(language)
    await visitor.says(words)
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *YES,
        *(each for each in SENDING if each[1] != "send my message"),
        ("sv", "perfekt"),
        ("en", "perfect"),
        ("sv", "skicka"),
    ],
)
async def test_a_yes_or_its_own_imperative_sends_it_at_once(at_night, read_back, language, words):
    visitor = await read_back(language)
    await visitor.says(words)
    assert len(tickets(at_night)) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(each for each in NO if each not in NOT_NOW),
        ("en", "no"),
        ("en", "nope"),
        ("sv", "nej"),
        ("en", "delete it"),
        ("en", "delete my message"),
        ("en", "throw it away"),
        ("sv", "släng det"),
        ("sv", "radera det"),
    ],
)
async def test_a_no_drops_it(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "I want no case"), ("sv", "jag vill inget ärende"), ("en", "delete my data")]
)
async def test_a_no_to_something_else_does_not_drop_it(answer, read_back, language, words):
    visitor = await read_back(language)
    assert answer("say_message_dropped", language) not in texts(await visitor.says(words))


@pytest.mark.parametrize(("language", "words"), [*PRAISE, ("sv", "jag tror det"), ("en", "yes. no. yes")])
async def test_what_is_neither_is_asked_about(answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [answer("say_yes_or_no", language)]


@pytest.mark.parametrize(("language", "words"), NOT_NOW)
async def test_who_does_not_want_it_now_is_asked_again_and_loses_nothing(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    question = answer("say_confirm_message", language, address="maja@ex….com", message=MESSAGE[language])
    assert texts(await visitor.says(words)) == [question]
    assert tickets(at_night) == []
