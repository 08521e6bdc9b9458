"""Who waits for a person: the bot is silent, the other ways are told in time, and the customer may cancel."""

from __future__ import annotations

from actions.support.handoff import State


async def test_the_bot_is_silent_while_the_customer_waits(room):
    visitor = await room.queued()
    before = len(visitor.everything)
    assert await visitor.says("Is the program free of charge?") == []
    assert [message["from"] for message in visitor.everything[before:]] == ["customer"]


async def test_what_the_customer_writes_meanwhile_is_in_the_tracker_masked_and_not_understood(room):
    visitor = await room.queued()
    await visitor.says("my mail is maja@example.com, is the program free?")
    event = [each for each in await visitor.events() if each["event"] == "user"][-1]
    assert event["text"] == "my mail is [email], is the program free?"
    assert event["parse_data"]["intent"]["name"] is None
    assert visitor.everything[-1]["text"] == event["text"]


async def test_the_customer_cancels_and_has_the_bot_again(room, answer):
    visitor = await room.queued()
    (message,) = await visitor.presses("Cancel")
    assert message["text"] == answer("say_queue_cancelled", "en")
    assert (await visitor.handoff()).outcome == "cancelled"
    assert await visitor.says("Is the program free of charge?")


async def test_who_waits_too_long_is_told_once_of_the_other_ways(room, answer):
    visitor = await room.queued()
    room.later(minutes=9)
    assert await room.work.remind(room.agent) == 0
    room.later(minutes=1)
    assert await room.work.remind(room.agent) == 1
    assert visitor.hears()[0]["text"] == answer("say_still_waiting_open", "en", until="19.00")
    assert await room.work.remind(room.agent) == 0
    assert (await visitor.handoff()).state is State.QUEUED


async def test_who_waits_for_an_agent_who_is_gone_is_told_of_the_other_ways(room, answer):
    visitor = await room.with_anna()
    room.later(minutes=11)
    assert await room.work.remind(room.agent) == 0  # Anna is gone, but it is the customer's turn
    await visitor.says("Are you still there?")
    assert await room.work.remind(room.agent) == 1
    assert visitor.hears()[0]["text"] == answer("say_still_waiting_open", "en", until="19.00")
    assert await room.work.remind(room.agent) == 0


async def test_one_who_is_erased_meanwhile_does_not_keep_the_others_from_being_told(room, monkeypatch):
    first, second = await room.queued(), await room.queued()
    room.later(minutes=10)
    overdue = room.desk.overdue(room.now)
    room.chat.store.erase(first.conversation)
    monkeypatch.setattr(room.desk, "overdue", lambda now: overdue)
    assert await room.work.remind(room.agent) == 1
    assert len(second.hears()) == 1


async def test_who_waits_when_support_closes_is_told_when_it_opens(room, answer):
    visitor = await room.queued()
    room.later(hours=9)
    await room.work.remind(room.agent)
    opens = "tomorrow, Tuesday, at 08.00"
    assert visitor.hears()[0]["text"] == answer("say_still_waiting_closed", "en", opens=opens)
