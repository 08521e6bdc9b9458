"""A person answers: what each of them hears and sees, once and by name, and what is kept of it."""

from __future__ import annotations

import asyncio

import pytest

from actions.support.accounts import Accounts
from actions.support.handoff import NotYours, State


async def test_the_agent_can_read_what_was_masked_while_the_handoff_lasts(room):
    from actions.desk_parts import personal_data

    visitor = await room.with_anna()
    await visitor.says("my mail is maja@example.com")
    assert (await personal_data(await visitor.handoff()))["words"] == ["my mail is maja@example.com"]
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    assert (await personal_data(await visitor.handoff()))["words"] == []


async def test_typed_commands_reach_the_person_as_text(room):
    visitor = await room.with_anna()
    assert await visitor.says('/talk_to_human{"handoff": "leave"}') == []
    assert (await visitor.handoff()).state is State.ASSIGNED
    assert visitor.everything[-1]["text"].startswith("/talk_to_human")


async def test_a_repeated_message_reaches_the_person_once(room):
    visitor = await room.with_anna()
    for _ in range(2):
        await visitor.says("hello?", id="same")
    assert [each["text"] for each in visitor.everything].count("hello?") == 1
    users = [each["text"] for each in await visitor.events() if each["event"] == "user"]
    assert users.count("hello?") == 1


async def test_the_customer_sees_the_first_name_of_the_person_who_answers(room, answer):
    visitor = await room.queued()
    await room.work.take(room.agent, visitor.reference, "anna", "Anna")
    (joined,) = visitor.hears()
    assert joined["text"] == answer("say_agent_joined", "en", agent="Anna")
    assert joined["data"]["state"] == "assigned"
    await room.anna_says(visitor, "Hi, I have read what you wrote.")
    (message,) = visitor.hears()
    assert (message["from"], message["name"]) == ("agent", "Anna")
    assert message["text"] == "Hi, I have read what you wrote."


async def test_an_answer_sent_twice_is_said_once(room):
    visitor = await room.with_anna()
    first = await room.anna_says(visitor, "Hi.", turn="same")
    assert await room.anna_says(visitor, "Hi.", turn="same") == first
    assert len(visitor.hears()) == 1


async def test_typing_of_the_person_is_shown_by_name(room):
    visitor = await room.with_anna()
    with room.chat.hub.subscription(visitor.conversation) as signals:
        await room.work.typing(visitor.reference, "anna", "Anna", True)
        assert signals.get_nowait() == {"event": "typing", "from": "agent", "name": "Anna", "typing": True}


async def test_who_cancels_when_a_person_is_there_is_told_so(room, answer):
    visitor = await room.with_anna()
    (message,) = await visitor.presses("Cancel")
    assert message["text"] == answer("say_agent_is_here", "en")
    assert (await visitor.handoff()).owner == "anna"


async def test_two_agents_who_take_at_once_are_one_owner_and_one_greeting(room):
    accounts = Accounts(room.desk.database)
    accounts.add("bo", "Bo", "correct horse battery")
    accounts.seen("bo", room.now)
    visitor = await room.queued()
    taking = [room.work.take(room.agent, visitor.reference, name, name.title()) for name in ("anna", "bo")]
    outcomes = await asyncio.gather(*taking, return_exceptions=True)
    assert sum(isinstance(outcome, NotYours) for outcome in outcomes) == 1
    assert len(visitor.hears()) == 1


async def test_a_colleague_who_gets_the_conversation_is_named(room, answer):
    visitor = await room.with_anna()
    await room.work.assign(room.agent, visitor.reference, "anna", "bo", "Bo")
    assert visitor.hears()[0]["text"] == answer("say_agent_changed", "en", agent="Bo")
    with pytest.raises(NotYours):
        await room.anna_says(visitor, "still me")


async def test_a_colleague_may_take_a_chat_whose_agent_is_gone_and_its_customer_hears_so(room, answer):
    visitor = await room.with_anna()
    Accounts(room.desk.database).seen("anna", None)
    await room.work.take(room.agent, visitor.reference, "bo", "Bo")
    assert visitor.hears()[0]["text"] == answer("say_agent_changed", "en", agent="Bo")


async def test_typing_an_answer_by_mail_is_not_shown_in_the_chat(room, monkeypatch):
    shown = []
    visitor = await room.visitor()
    monkeypatch.setattr(room.chat.hub, "publish", lambda conversation, signal: shown.append(signal))
    store = room.desk.store
    letter = store.leave_message(visitor.conversation, "en", "message", room.now, {}, None).reference
    store.take(letter, "anna", room.now)
    await room.work.typing(letter, "anna", "Anna", True)
    assert shown == []


async def test_what_an_agent_repeats_of_the_customers_data_is_not_in_the_stored_events(room):
    visitor = await room.with_anna()
    await room.anna_says(visitor, "Is maja@example.com still right?")
    assert visitor.hears()[0]["text"] == "Is maja@example.com still right?"
    events = str(await visitor.events())
    assert "maja@example.com" not in events
    assert "Is [email] still right?" in events
