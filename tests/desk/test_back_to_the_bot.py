"""The bot comes back, or everything is erased: what was said is known, and nothing comes too late."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from actions.support.handoff import NotYours, State, UnknownHandoff
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import Erased


async def test_the_bot_that_returns_says_so_and_knows_what_was_said(room, answer):
    visitor = await room.with_anna()
    await room.anna_says(visitor, "Your charger will be replaced.")
    await visitor.says("great")
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.RETURNED, "returned")
    back = visitor.hears()[-1]
    assert back["text"] == answer("say_bot_is_back", "en", agent="Anna")
    assert back["data"]["state"] == "closed"
    spoken = [(each["event"], each["text"]) for each in await visitor.events() if each["event"] in ("bot", "user")]
    assert spoken[-3:] == [("bot", "Your charger will be replaced."), ("user", "great"), ("bot", back["text"])]
    by_anna = [each for each in await visitor.events() if each["event"] == "bot"][-2]
    assert by_anna["metadata"] == {"from": "agent", "name": "Anna"}
    assert (await visitor.says("Is the program free of charge?"))[0]["text"] == answer("utter_faq/cost", "en")


async def test_the_customer_may_leave_the_person(room, answer):
    visitor = await room.with_anna()
    (message,) = await visitor.presses("Back to the assistant")
    assert message["text"] == answer("say_with_bot_again", "en")
    with pytest.raises(NotYours):
        await room.anna_says(visitor, "too late")


async def test_a_message_that_meets_the_closing_is_answered_by_the_bot_or_read_by_the_person(room):
    visitor = await room.with_anna()
    closing = room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    _, replies = await asyncio.gather(closing, visitor.says("Is the program free of charge?"))
    texts = [each["text"] for each in visitor.everything]
    closed_at = next(n for n, text in enumerate(texts) if text.startswith("Anna has ended"))
    asked_at = texts.index("Is the program free of charge?")
    assert bool(replies) == (asked_at > closed_at)


async def test_erasure_takes_the_handoff_with_it(room):
    visitor = await room.with_anna()
    await room.chat.erase(room.agent, visitor.conversation)
    with pytest.raises(UnknownHandoff):
        await room.anna_says(visitor, "hello")
    with pytest.raises(Erased):
        visitor.hears()


async def test_a_button_that_deletes_everything_works_while_a_person_has_the_conversation(room):
    visitor = await room.visitor()
    await visitor.says("Please delete my data")
    await visitor.says("I want to talk to a person")
    assert (await visitor.handoff()).state is State.QUEUED
    with pytest.raises(Erased):
        await visitor.presses("Yes, delete it")
    with pytest.raises(UnknownHandoff):
        await visitor.handoff()


async def test_a_turn_that_failed_tells_of_no_end_later(room, monkeypatch):
    visitor, signals = await room.with_anna(), []
    takeover = room.chat.takeover

    def fails(conversation, words):
        raise OperationalError("INSERT", {}, Exception("locked"))

    with monkeypatch.context() as patch:
        patch.setattr(takeover, "_seal", fails)
        with pytest.raises(Problem):
            await visitor.says("I am maja@example.com")
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    monkeypatch.setattr(room.chat.hub, "publish", lambda conversation, signal: signals.append(str(signal)))
    await visitor.says("Is the program free of charge?")
    assert not any(visitor.reference in signal for signal in signals)
