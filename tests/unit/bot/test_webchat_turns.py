"""A turn of the web chat is stored once, whatever the database said about it, and the conversation goes on."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.events import BotUttered, SessionStarted
from sqlalchemy.exc import OperationalError

from actions.identity.birth_date import mask_birth_dates
from bot.channels.turns import Buttons
from bot.channels.webchat.hub import Hub
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import BLANK, CUSTOMER, WebChatStore
from bot.channels.webchat.turn import TurnTaker
from bot.storage.tracker import ConversationStore
from tests.unit.bot.test_tracker_store import DOMAIN, said


class Process:
    """A bot that answers everything with the number of the messages that it has taken."""

    def __init__(self, url: str) -> None:
        self.trackers = ConversationStore(url, mask_birth_dates, DOMAIN)
        self.agent = SimpleNamespace(tracker_store=self.trackers, lock_store=InMemoryLockStore())
        self.store = WebChatStore(url)
        self.chat = TurnTaker(self.store, Hub(), Buttons("a secret of the tests"), lambda: "E-1")
        self.taken = 0

    async def says(self, text: str | None, id: str | None = None, forgotten: bool = False) -> list[str]:
        """The replies to a message; without a text, to the beginning of the conversation."""
        handle = partial(self._answer, text, forgotten)
        replies = await self.chat._turn(self.agent, "one", id or text, text, handle)
        return [reply["text"] for reply in replies]

    async def _answer(self, text, forgotten, output, looked) -> None:
        self.taken += 1
        tracker = await self.trackers.get_or_create_tracker("one", append_action_listen=False)
        tracker.update(said(text) if text else SessionStarted())
        answer = {"text": str(self.taken), "forget_customer": forgotten}
        await output.send_response("one", answer)
        tracker.update(BotUttered(str(self.taken)))
        await self.trackers.save(tracker)

    @property
    def transcript(self) -> list[str]:
        return [message["text"] for message in self.store.after("one", 0)]

    async def heard(self) -> list[str]:
        """What the agent knows of."""
        tracker = await self.trackers.retrieve("one")
        return [event.text for event in tracker.events if not isinstance(event, SessionStarted)]

    def fails_once(self, monkeypatch, committed: bool) -> None:
        """The next turn is reported as not stored."""
        add = self.store.add

        def fails(*args):
            monkeypatch.setattr(self.store, "add", add)
            if committed:
                add(*args)
            raise OperationalError("COMMIT", {}, Exception("the connection is gone"))

        monkeypatch.setattr(self.store, "add", fails)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/tracker.db"


@pytest.fixture
def one(url):
    process = Process(url)
    process.store.start("one", datetime(2026, 3, 9, tzinfo=timezone.utc))
    return process


@pytest.mark.parametrize("committed", [True, False])
async def test_a_turn_that_was_reported_as_failed_is_stored_once_and_the_conversation_goes_on(
    one, monkeypatch, committed
):
    one.fails_once(monkeypatch, committed)
    with pytest.raises(Problem):
        await one.says("hello")
    assert await one.says("hello") == ["1"]
    assert await one.says("and then") == ["2"]
    assert one.transcript == await one.heard() == ["hello", "1", "and then", "2"]


@pytest.mark.parametrize("committed", [True, False])
async def test_a_greeting_that_was_reported_as_failed_is_stored_once(one, monkeypatch, committed):
    one.fails_once(monkeypatch, committed)
    with pytest.raises(Problem):
        await one.says(None)
    assert await one.says("hello") == ["2"]
    assert one.transcript == ["1", "hello", "2"]


async def test_of_two_processes_that_take_the_same_message_both_go_on(one, url, monkeypatch):
    two = Process(url)
    two.taken = 10
    replies = two.store.replies
    monkeypatch.setattr(two.store, "replies", lambda *_: None)  # it looked before the other one had stored it
    assert await one.says("hello") == ["1"]
    with pytest.raises(Problem):
        await two.says("hello")
    monkeypatch.setattr(two.store, "replies", replies)
    assert await two.says("hello") == ["1"]
    assert await two.says("and then") == ["12"]
    assert await one.says("at last") == ["2"]
    assert one.transcript == await one.heard() == ["hello", "1", "and then", "12", "at last", "2"]


@pytest.mark.parametrize("committed", [True, False])
async def test_what_a_minor_wrote_is_not_kept_where_the_turn_is_stored_later(one, monkeypatch, committed):
    await one.says("hello")
    one.fails_once(monkeypatch, committed)
    with pytest.raises(Problem):
        await one.says("I am Maja, fifteen", forgotten=True)
    assert await one.says("why") == ["3"]
    assert one.transcript == [BLANK, "1", BLANK, "2", "why", "3"]


async def test_what_a_minor_wrote_is_blanked_with_its_turn_or_neither_is_stored(one):
    await one.says("hello")

    def breaks(connection, cursor, statement, *_):
        if statement.startswith("UPDATE webchat_messages"):
            raise OperationalError(statement, {}, Exception("away"))

    sa.event.listen(one.store._engine, "before_cursor_execute", breaks)
    with pytest.raises(Problem):
        await one.says("I am Maja, fifteen", forgotten=True)
    assert one.transcript == ["hello", "1"]
    sa.event.remove(one.store._engine, "before_cursor_execute", breaks)
    assert await one.says("I am Maja, fifteen", forgotten=True) == ["2"]
    assert [message["text"] for message in one.store.after("one", 0) if message["from"] == CUSTOMER] == [BLANK, BLANK]
