"""A person takes over a conversation of the Socket.IO channel: what is said reaches the other side, both ways."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.api.at_the_desk import AgentAtDesk, give_accounts
from tests.api.client import BORN_ADULT
from tests.api.running import ServerAt
from tests.api.socket_widget import PATIENCE, Widget
from tests.conftest import MONDAY_MORNING


@pytest.fixture(scope="module")
def sockets(model, tmp_path_factory) -> Iterator[ServerAt]:
    """A server with the channel switched on, on a Monday at ten."""
    running = ServerAt(tmp_path_factory.mktemp("sockets"), MONDAY_MORNING, SOCKETIO="on")
    give_accounts(running, "anna")
    running.run()
    yield running
    assert running.stop() == 0


@pytest.fixture
def anna(sockets) -> AgentAtDesk:
    """Anna at the desk."""
    return AgentAtDesk(sockets, "anna")


@pytest.fixture
async def queued(sockets) -> AsyncIterator[Widget]:
    """A customer who has asked for a person; `offer` is what the bot has said to that."""
    one = await Widget().connect(sockets)
    await one.hears()
    await one.says(BORN_ADULT)
    await one.hears()
    await one.says("I want to talk to a person")
    one.offer = await one.hears()
    yield one
    await one.leaves()


def newest(anna: AgentAtDesk) -> str:
    """The hand-off that was asked for last."""
    return max(anna.board().values(), key=lambda card: card["requested_at"])["reference"]


async def is_read(anna: AgentAtDesk, reference: str, text: str) -> None:
    """Until the agent sees this text; the client's messages are confirmed by nobody."""

    async def look() -> None:
        while text not in [message["text"] for message in anna.reads(reference)["messages"]]:
            await asyncio.sleep(0.05)

    await asyncio.wait_for(look(), PATIENCE)


async def test_what_is_said_reaches_the_other_side_both_ways(queued, anna):
    assert "number" in queued.offer["text"]
    reference = newest(anna)
    anna.does(reference, "take")
    assert "You are writing with Anna" in (await queued.hears())["text"]
    anna.answers(reference, "Hi, what has happened?")
    assert (await queued.hears())["text"] == "Anna: Hi, what has happened?"
    await queued.says("Is the program free of charge?")
    await queued.says("my mail is maja@example.com")
    anna.answers(reference, "It is.")
    assert (await queued.hears())["text"] == "Anna: It is."  # the bot has said nothing in between
    await is_read(anna, reference, "my mail is [email]")
    anna.does(reference, "return")
    assert "Anna has left the chat" in (await queued.hears())["text"]
    await queued.says("Is the program free of charge?")
    assert "free of charge" in (await queued.hears())["text"]


async def test_the_queue_is_left_by_the_button(queued, anna):
    cancel = next(reply for reply in queued.offer["quick_replies"] if reply["title"] == "Cancel")
    reference = newest(anna)
    await queued.says(cancel["payload"])
    assert "out of the queue" in (await queued.hears())["text"]
    assert anna.reads(reference)["outcome"] == "cancelled"


async def test_a_reconnect_goes_on_with_the_person(queued, anna, sockets):
    reference = newest(anna)
    anna.does(reference, "take")
    await queued.hears()
    await queued.leaves()
    again = await Widget().connect(sockets, queued.session)
    anna.answers(reference, "Are you still there?")
    assert (await again.hears())["text"] == "Anna: Are you still there?"
    await again.says("yes")
    await is_read(anna, reference, "yes")
    await again.leaves()
