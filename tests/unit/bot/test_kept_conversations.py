"""Conversations are kept in memory between turns, and never differ from what is in the database."""

from __future__ import annotations

import asyncio
import json
import sqlite3

import pytest
import sqlalchemy as sa
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    FollowupAction,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from actions.identity.birth_date import mask_birth_dates
from bot.storage.conversation import Conversation
from bot.storage.kept import LONGEST_IDLE, KeptConversations, Mark
from bot.storage.tracker import ConversationStore
from tests.unit.bot.test_tracker_store import DOMAIN, said


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tracker.db"


@pytest.fixture
def store(file):
    return ConversationStore(f"sqlite:///{file}", mask_birth_dates, DOMAIN)


@pytest.fixture
def elsewhere(file, store):
    """The store of another process."""
    return ConversationStore(f"sqlite:///{file}", mask_birth_dates, DOMAIN)


@pytest.fixture
def reads(store):
    """The statements that read events."""
    statements = []

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def note(connection, cursor, statement, *_):
        if statement.startswith("SELECT events.data"):
            statements.append(statement)

    return statements


async def begin(store) -> DialogueStateTracker:
    """A conversation that was stored and is kept."""
    tracker = await store.get_or_create_tracker("one", append_action_listen=False)
    for event in (SessionStarted(), SlotSet("age_status", "adult"), ActionExecuted(ACTION_LISTEN_NAME)):
        tracker.update(event)
    await store.save(tracker)
    return await store.retrieve("one")


async def turn(store, text: str, *events) -> None:
    tracker = await store.retrieve("one")
    for event in (said(text), *events, ActionExecuted(ACTION_LISTEN_NAME)):
        tracker.update(event)
    await store.save(tracker)


def state(tracker):
    return tracker.current_state(EventVerbosity.ALL) if tracker else None


async def test_a_conversation_is_read_once_however_many_turns_follow(store, reads):
    await begin(store)
    for text in ("hello", "is it free", "thanks"):
        await turn(store, text, BotUttered("well"))
    assert len(reads) == 1
    assert len((await store.retrieve("one")).events) == 12


async def test_what_is_kept_is_what_another_process_reads(store, elsewhere):
    await begin(store)
    await turn(store, "I was born on 1985-03-12", SlotSet("age_status", None), BotUttered("oh", {"buttons": []}))
    await turn(store, "again", FollowupAction("action_listen"), BotUttered("1985-03-12", None, {"from": "agent"}))
    assert state(await store.retrieve("one")) == state(await elsewhere.retrieve("one"))
    assert "1985" not in json.dumps(state(await store.retrieve("one")))


async def test_what_another_process_adds_is_seen(store, elsewhere):
    await begin(store)
    await turn(elsewhere, "from elsewhere")
    assert (await store.retrieve("one")).latest_message.text == "from elsewhere"
    await turn(store, "and from here")
    assert state(await elsewhere.retrieve("one")) == state(await store.retrieve("one"))


async def test_what_another_process_erases_is_gone(store, elsewhere):
    await begin(store)
    await elsewhere.erase("one")
    assert await store.retrieve("one") is None
    assert len(store._kept) == 0  # in memory, too


async def test_who_reads_lets_go_of_what_another_process_may_have_erased_long_ago(store):
    now = 0.0
    store._kept = KeptConversations(clock=lambda: now)
    await begin(store)
    now = LONGEST_IDLE + 1
    assert await store.retrieve("two") is None
    assert len(store._kept) == 0


async def test_an_erasure_that_leaves_as_many_rows_as_there_were_is_seen(store, elsewhere):
    minor = await begin(store)
    minor.update(SlotSet("age_status", "minor"))
    await elsewhere.erase("one", minor)
    with sqlite3.connect(store.engine.url.database) as database:
        assert database.execute("SELECT count(*), max(id) FROM events").fetchone() == (3, 3)  # as before
    assert (await store.retrieve("one")).get_slot("age_status") == "minor"


async def test_what_is_erased_here_is_gone_here(store):
    await begin(store)
    await store.erase("one")
    assert await store.retrieve("one") is None
    assert len(store._kept) == 0


async def test_stored_events_that_somebody_has_changed_are_read_again(store, file, reads):
    await begin(store)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE events SET timestamp = timestamp - 7200")
    await store.retrieve("one")
    assert len(reads) == 2


async def test_what_a_failed_turn_did_to_its_tracker_is_not_kept(store):
    await begin(store)
    tracker = await store.retrieve("one")
    tracker.update(SlotSet("age_status", None))
    assert (await store.retrieve("one")).get_slot("age_status") == "adult"


async def test_turns_of_many_conversations_at_once_keep_apart(store, elsewhere):
    async def talk(sender: str) -> None:
        for number in range(5):
            tracker = await store.get_or_create_tracker(sender)
            tracker.update(SessionStarted() if number == 0 else said(f"{sender} {number}"))
            await store.save(tracker)

    await asyncio.gather(*(talk(f"customer {number}") for number in range(8)))
    for number in range(8):
        mine = await store.retrieve(f"customer {number}")
        assert [event.text for event in mine.events if isinstance(event, UserUttered)] == [
            f"customer {number} {turn}" for turn in range(1, 5)
        ]
        assert state(mine) == state(await elsewhere.retrieve(f"customer {number}"))


async def test_after_a_new_session_only_that_one_is_there(store, elsewhere):
    await begin(store)
    await turn(store, "hello")
    await turn(store, "back again", SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME))
    await turn(store, "and on")
    assert state(await store.retrieve("one")) == state(await elsewhere.retrieve("one"))
    assert len((await store.retrieve("one")).events) < len((await store.retrieve_full_tracker("one")).events)


async def test_of_two_who_save_at_once_nothing_is_lost(store, elsewhere):
    await begin(store)
    here, there = await store.retrieve("one"), await elsewhere.retrieve("one")
    here.update(BotUttered("from here"))
    there.update(BotUttered("from there"))
    await elsewhere.save(there)
    await store.save(here)
    found = await store.retrieve("one")
    assert [event.text for event in found.events if isinstance(event, BotUttered)] == ["from there", "from here"]
    assert state(found) == state(await elsewhere.retrieve("one"))


def kept_with(sender: str, events: int) -> Conversation:
    conversation = Conversation(sender, DOMAIN.slots)
    for _ in range(events):
        conversation.update(BotUttered("hi"))
    return conversation


def test_no_more_events_than_allowed_are_kept_and_the_least_used_go_first():
    kept, mark = KeptConversations(most_events=100), Mark(40, 1, 1.0)
    kept.keep(mark, kept_with("one", 40))
    kept.keep(mark, kept_with("two", 40))
    kept.get("one", mark)
    kept.keep(mark, kept_with("three", 40))
    assert [kept.mark(sender) for sender in ("one", "two", "three")] == [mark, None, mark]


def test_a_conversation_that_is_longer_than_all_that_may_be_kept_is_not():
    kept = KeptConversations(most_events=10)
    kept.keep(Mark(11, 1, 1.0), kept_with("one", 11))
    assert len(kept) == 0


def test_a_conversation_that_nobody_goes_on_with_is_let_go():
    now = 0.0
    kept = KeptConversations(clock=lambda: now)
    kept.keep(Mark(1, 1, 1.0), kept_with("one", 1))
    now = LONGEST_IDLE + 1
    kept.keep(Mark(1, 2, 1.0), kept_with("two", 1))
    assert [kept.mark("one"), kept.mark("two")] == [None, Mark(1, 2, 1.0)]


HISTORIES = [
    [],
    [SlotSet("age_status", "adult"), said("hi"), ActionExecuted("action_x"), BotUttered("hi")],
    [said("hi"), Restarted(), SlotSet("age_status", "adult"), said("again")],
    [ActionExecuted(ACTION_LISTEN_NAME), said("hi"), ActionExecuted("action_x"), UserUtteranceReverted()],
    [ActionExecuted(ACTION_LISTEN_NAME), said("hi"), ActionExecuted("action_x"), ActionReverted()],
    [said("hi"), ActiveLoop("form"), ActionExecuted("form"), said("b"), ActionExecuted("form"), ActiveLoop(None)],
]


@pytest.mark.parametrize("history", HISTORIES)
def test_a_conversation_is_to_everybody_what_rasas_tracker_is(history):
    ours, rasas = Conversation("one", DOMAIN.slots), DialogueStateTracker("one", DOMAIN.slots)
    for event in (SessionStarted(), *history):
        for tracker in (ours, rasas):
            tracker.update(event)
        assert ours.applied_events() == rasas.applied_events()
        assert state(ours) == state(rasas)
        assert state(ours.copy()) == state(rasas.copy())


def test_a_copy_goes_its_own_way():
    original = Conversation("one", DOMAIN.slots)
    original.update(said("hi"))
    before = state(original)
    twin = original.copy()
    for event in (SlotSet("age_status", "adult"), ActiveLoop("form"), said("more"), ActionExecuted("action_x")):
        twin.update(event)
    state(twin)["events"][0]["text"] = "changed"
    assert state(original) == before
