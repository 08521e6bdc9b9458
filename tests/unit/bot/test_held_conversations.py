"""What the agent keeps of a turn and what was said in it are stored together or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime, timezone

import pytest
from rasa.shared.core.events import BotUttered, SessionStarted, SlotSet
from sqlalchemy.exc import SQLAlchemyError

from actions.identity.birth_date import mask_birth_dates
from bot.channels.webchat.store import CUSTOMER, WebChatStore
from bot.channels.webchat.unstored import Turn, UnstoredTurns
from bot.storage.tracker import ConversationStore
from tests.unit.bot.test_tracker_store import DOMAIN, said

NOW = datetime(2026, 3, 9, tzinfo=timezone.utc)
SAID = [{"from": CUSTOMER, "text": "hello"}, {"from": "bot", "text": "hi"}]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tracker.db"


@pytest.fixture
def store(file):
    return ConversationStore(f"sqlite:///{file}", mask_birth_dates, DOMAIN)


@pytest.fixture
def chats(file):
    chats = WebChatStore(f"sqlite:///{file}")
    chats.start("one", NOW)
    return chats


async def speaks(store, text: str) -> None:
    tracker = await store.get_or_create_tracker("one", append_action_listen=False)
    tracker.update(said(text) if tracker.events else SessionStarted())
    await store.save(tracker)


def rows(file) -> tuple[int, int]:
    """Events, and messages of the web chat."""
    with sqlite3.connect(file) as database:
        return tuple(
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("events", "webchat_messages")
        )


async def test_what_is_held_is_stored_with_what_was_said(store, chats, file):
    with store.hold("one", chats.url) as held:
        await speaks(store, "")
        await speaks(store, "hello")
        assert rows(file) == (0, 0)
    turn = Turn("one", "1", SAID, held)
    turn.store(chats)
    turn.done()
    assert rows(file) == (2, 2)
    assert (await store.retrieve("one")).latest_message.text == "hello"


async def test_within_the_turn_what_was_saved_is_there_although_it_is_held(store, chats):
    with store.hold("one", chats.url):
        await speaks(store, "")
        await speaks(store, "hello")
        assert (await store.retrieve("one")).latest_message.text == "hello"
        assert await store.retrieve("two") is None
    assert await store.retrieve("one") is None


@pytest.mark.parametrize("table", ["events", "webchat_messages"])
async def test_where_one_half_cannot_be_stored_the_other_is_not_and_later_both_are(store, chats, file, table):
    with store.hold("one", chats.url) as held:
        await speaks(store, "")
    turn = Turn("one", "1", SAID, held)
    with sqlite3.connect(file) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO away")
    with pytest.raises(SQLAlchemyError):
        turn.store(chats)
    with sqlite3.connect(file) as database:
        database.execute(f"ALTER TABLE away RENAME TO {table}")
    assert rows(file) == (0, 0)
    turn.store(chats)
    turn.done()
    assert rows(file) == (1, 2)
    assert len((await store.retrieve("one")).events) == 1


async def test_what_was_said_elsewhere_before_it_could_be_stored_stays(store, chats, file):
    await speaks(store, "")
    with store.hold("one", chats.url) as held:
        await speaks(store, "held")
    elsewhere = ConversationStore(f"sqlite:///{file}", mask_birth_dates, DOMAIN)
    await speaks(elsewhere, "elsewhere")
    turn = Turn("one", "1", SAID, held)
    turn.store(chats)
    turn.done()
    texts = [getattr(event, "text", None) for event in (await store.retrieve("one")).events]
    assert texts == [None, "elsewhere", "held"]


async def test_in_another_database_nothing_is_held(store, tmp_path, file):
    elsewhere = WebChatStore(f"sqlite:///{tmp_path}/elsewhere.db")
    with store.hold("one", elsewhere.url) as held:
        await speaks(store, "")
        assert held is None
    assert len((await store.retrieve("one")).events) == 1


async def test_another_conversation_is_stored_at_once(store, chats):
    with store.hold("two", chats.url):
        await speaks(store, "")
    assert len((await store.retrieve("one")).events) == 1


async def test_who_wishes_to_be_erased_is_erased_at_once(store, chats, file):
    await speaks(store, "")
    with store.hold("one", chats.url):
        tracker = await store.retrieve("one")
        tracker.update(BotUttered("gone"))
        tracker._set_slot("erase_conversation", True)
        await store.save(tracker)
        assert rows(file) == (0, 0)


async def test_what_was_saved_in_a_turn_before_the_erasure_is_not_written_behind_it(store, chats, file):
    await speaks(store, "")
    with store.hold("one", chats.url) as held:
        held.look()
        await speaks(store, "I am fifteen")
        minor = await store.retrieve("one")
        minor.update(SlotSet("age_status", "minor"))
        await store.save(minor)
        assert (await store.retrieve("one")).latest_message.text is None
    turn = Turn("one", "1", SAID, held)
    turn.store(chats)
    turn.done()
    with sqlite3.connect(file) as database:
        types = [row[0] for row in database.execute("SELECT type_name FROM events")]
    assert types == ["session_started", "slot", "action"]
    assert (await store.retrieve("one")).latest_message.text is None


def test_turns_that_are_not_stored_are_remembered_in_their_order_and_not_without_end():
    turns = UnstoredTurns()
    for number in range(1500):
        turns.put(Turn("one" if number % 2 else "two", str(number), [], None))
    mine = turns.of("one")
    assert [turn.client_id for turn in mine] == [str(number) for number in range(501, 1500, 2)]
    turns.drop(mine[0])
    assert turns.of("one") == mine[1:]


def test_of_turns_without_an_id_of_the_customers_none_takes_the_place_of_another():
    turns = UnstoredTurns()
    for _ in range(2):
        turns.put(Turn("one", None, [], None))
    assert len(turns.of("one")) == 2


async def test_a_task_that_began_in_the_turn_and_goes_on_is_not_held(store, chats, file):
    go_on = asyncio.Event()

    async def later() -> None:
        await go_on.wait()
        await speaks(store, "")

    with store.hold("one", chats.url):
        task = asyncio.create_task(later())
        await asyncio.sleep(0)
    go_on.set()
    await task
    assert rows(file) == (1, 0)


async def test_what_was_looked_up_at_the_beginning_is_not_read_again(store, chats):
    await speaks(store, "")
    with store.hold("one", chats.url) as held:
        held.look()
        with sqlite3.connect(store.engine.url.database) as database:
            database.execute("ALTER TABLE events RENAME TO away")
        assert len((await store.retrieve("one")).events) == 1
