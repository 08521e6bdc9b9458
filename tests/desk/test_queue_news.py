"""How the queue moves, as waiting customers hear of it: quietly in the stream, and once in words."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from actions.support.handoff import State
from bot.channels.desk.rounds import Rounds
from bot.channels.webchat.hub import NEW


class Listener:
    """The stream of one customer: what it got besides messages."""

    def __init__(self, signals) -> None:
        self._signals = signals

    def news(self) -> list[dict]:
        """The signals of hand-offs since the last look."""
        got = [self._signals.get_nowait() for _ in range(self._signals.qsize())]
        return [signal for signal in got if signal is not NEW and signal["event"] == "handoff"]

    def places(self) -> list:
        """Position and estimate of each."""
        return [(signal.get("position"), signal.get("minutes")) for signal in self.news()]


@pytest.fixture
def listen(room):
    """Opens the stream of a visitor."""
    with ExitStack() as streams:
        yield lambda visitor: Listener(
            streams.enter_context(room.chat.hub.subscription(visitor.conversation))
        )


@pytest.fixture
def rounds(room):
    """The rounds that the running application makes."""
    return Rounds(room.work, shared=False)


async def waiting(room, count: int) -> list:
    """So many visitors in the queue, one after the other."""
    visitors = []
    for _ in range(count):
        visitors.append(await room.queued())
        room.later(seconds=1)
    return visitors


async def test_each_hears_the_new_place_once_when_an_agent_takes_the_first(room, rounds, listen):
    first, second, third = await waiting(room, 3)
    await rounds.look(room.agent)
    streams = [listen(visitor) for visitor in (second, third)]
    await room.work.take(room.agent, first.reference, "anna", "Anna")
    for _ in range(2):
        await rounds.look(room.agent)
    assert [stream.places() for stream in streams] == [[(1, None)], [(2, None)]]


async def test_who_cancels_makes_room_for_those_behind(room, rounds, listen):
    first, second = await waiting(room, 2)
    await rounds.look(room.agent)
    stream, left = listen(second), listen(first)
    await first.presses("Cancel")
    await rounds.look(room.agent)
    assert stream.places() == [(1, None)]
    assert [signal["state"] for signal in left.news()][-1] == "closed"


async def test_who_comes_to_be_next_reads_it_once_and_nobody_else_does(room, rounds, answer):
    first, second, third = await waiting(room, 3)
    await rounds.look(room.agent)
    assert [visitor.hears() for visitor in (first, second, third)] == [[], [], []]
    await room.work.take(room.agent, first.reference, "anna", "Anna")
    for _ in range(2):
        await rounds.look(room.agent)
    (message,) = second.hears()
    assert message["text"] == answer("say_next_in_line", "en")
    assert message["data"] == {"kind": "handoff", "state": "queued", "position": 1, "reference": second.reference}
    assert third.hears() == []


async def test_after_a_restart_it_is_not_said_again_and_not_forgotten(room, rounds, answer):
    first, second, third = await waiting(room, 3)
    await rounds.look(room.agent)
    await room.work.take(room.agent, first.reference, "anna", "Anna")
    await Rounds(room.work, shared=False).look(room.agent)  # it did not see the queue before
    assert [message["text"] for message in second.hears()] == [answer("say_next_in_line", "en")]
    await Rounds(room.work, shared=False).look(room.agent)
    assert second.hears() == third.hears() == []


async def test_the_estimate_moves_with_agents_who_come_and_go(room, rounds, listen):
    from actions.support.accounts import Accounts

    accounts = Accounts(room.desk.database)
    accounts.add("bo", "Bo", "correct horse battery")
    for _ in range(3):
        visitor = await room.with_anna()
        room.later(minutes=6)
        await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    _, second = await waiting(room, 2)
    accounts.seen("anna", room.now)
    await rounds.look(room.agent)
    stream = listen(second)
    accounts.seen("bo", room.now)
    await rounds.look(room.agent)
    accounts.seen("bo", None)
    await rounds.look(room.agent)
    accounts.seen("anna", None)
    await rounds.look(room.agent)
    assert [(news["position"], news["minutes"], news["staffed"]) for news in stream.news()] == [
        (2, 1, True), (2, 6, True), (2, None, False),
    ]  # fmt: skip


async def test_where_the_handoff_stands_is_told_at_every_step(room, listen):
    visitor = await room.visitor()
    stream = listen(visitor)
    await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    await room.work.take(room.agent, visitor.reference, "anna", "Anna")
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.RETURNED, "returned")
    news = stream.news()
    assert [each["state"] for each in news] == ["queued", "assigned", "closed"]
    assert (news[0]["position"], news[1]["name"]) == (1, "Anna")


async def test_a_stream_that_opens_later_begins_with_the_present_place(room):
    _, second = await waiting(room, 2)
    standing = await room.chat.takeover.standing(second.conversation)
    assert (standing["state"], standing["position"], standing["staffed"]) == ("queued", 2, True)
    bot = await room.visitor()
    assert await room.chat.takeover.standing(bot.conversation) is None


async def test_who_ends_the_chat_leaves_the_queue(room):
    visitor = await room.queued()
    await room.chat.leave(room.agent, visitor.conversation)
    handoff = await visitor.handoff()
    assert (handoff.state, handoff.outcome) == (State.RETURNED, "cancelled")
    await room.chat.leave(room.agent, visitor.conversation)


async def test_who_ends_the_chat_leaves_the_person_and_the_agent_hears_of_it(room):
    visitor = await room.with_anna()
    changed: list = []
    room.desk.on_change = changed.append
    await room.chat.leave(room.agent, visitor.conversation)
    handoff = await visitor.handoff()
    assert (handoff.state, handoff.outcome) == (State.RETURNED, "left")
    assert visitor.reference in changed


async def test_turns_without_a_person_do_not_stir_the_desk(room):
    visitor = await room.visitor()
    changed: list = []
    room.desk.on_change = changed.append
    await visitor.says("Is the program free of charge?")
    assert changed == []
    await visitor.says("I want to talk to a person")
    assert visitor.reference in changed


async def test_a_customer_who_writes_is_seen_writing_by_the_person_only(room):
    visitor = await room.queued()
    seen: list = []
    room.desk.on_typing = lambda *details: seen.append(details)
    await room.chat.types(visitor.conversation, True)
    assert seen == []
    await room.work.take(room.agent, visitor.reference, "anna", "Anna")
    await room.chat.types(visitor.conversation, True)
    assert seen == [(visitor.reference, True)]
