"""Conversations in the database: masked, cut, erasable."""

from __future__ import annotations

import json
import sqlite3

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    FollowupAction,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from actions.identity.birth_date import mask_birth_dates
from bot.storage.events import read_events, stored_form
from bot.storage.tracker import ConversationStore

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            for name in ("age_status", "erase_conversation")
        }
    }
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tracker.db"


@pytest.fixture
def store(file):
    return ConversationStore(f"sqlite:///{file}", mask_birth_dates, DOMAIN)


def tracker(*events, sender="one") -> DialogueStateTracker:
    made = DialogueStateTracker.from_events(sender, [], DOMAIN.slots)
    for event in (SessionStarted(timestamp=1.0), *events):
        made.update(event)
    return made


def said(text: str, **parse_data) -> UserUttered:
    return UserUttered(text, intent={"name": "greet", "confidence": 0.9}, parse_data={"text": text, **parse_data})


def stored(file) -> list[dict]:
    with sqlite3.connect(file) as database:
        return [json.loads(data) for (data,) in database.execute("SELECT data FROM events ORDER BY id")]


@pytest.mark.parametrize("text", ["1985-03-12", "I am born 12 March 1985, hi", "850312-1234"])
def test_a_date_in_a_message_is_stored_as_a_mark(text):
    kept = stored_form(said(text, intent={"name": "greet"}).as_dict(), mask_birth_dates)
    assert "[date]" in kept["text"]
    assert kept["parse_data"]["text"] == kept["text"]
    assert text not in json.dumps(kept)


def test_a_date_in_an_entity_is_stored_as_a_mark():
    event = said("x", intent={"name": "greet"}, entities=[{"entity": "date", "value": "1985-03-12"}]).as_dict()
    assert stored_form(event, mask_birth_dates)["parse_data"]["entities"][0]["value"] == "[date]"


def test_ranks_are_cut_and_what_nobody_reads_is_left_out():
    ranking = [{"name": f"i{n}", "confidence": 0.1} for n in range(20)]
    event = said("hi", intent={"name": "greet"}, intent_ranking=ranking, text_tokens=[[0, 2]], language={"name": "en"})
    kept = stored_form({**event.as_dict(), "metadata": {"address": "1.2.3.4"}}, mask_birth_dates)
    assert kept["parse_data"]["intent_ranking"] == ranking[:4]
    assert set(kept["parse_data"]) <= {"intent", "entities", "response_selector", "language", "intent_ranking", "text"}
    assert "metadata" not in kept


def test_an_identity_token_is_not_stored():
    event = SlotSet("session_started_metadata", {"language": "en", "identity": "a.b.c"}).as_dict()
    assert stored_form(event, mask_birth_dates)["value"] == {"language": "en"}


def test_the_event_itself_is_left_as_it_is():
    event = said("1985-03-12", intent={"name": "greet"}, entities=[{"entity": "d", "value": "1985-03-12"}]).as_dict()
    before = json.dumps(event)
    stored_form(event, mask_birth_dates)
    assert json.dumps(event) == before


async def test_what_was_saved_is_read_back(store):
    await store.save(tracker(said("hello"), SlotSet("age_status", "adult"), BotUttered("hi")))
    back = await store.retrieve("one")
    assert back.get_slot("age_status") == "adult"
    assert [event.text for event in back.events if isinstance(event, (UserUttered, BotUttered))] == ["hello", "hi"]


async def test_saving_again_stores_each_event_once(store, file):
    saved = tracker(said("hello"))
    await store.save(saved)
    saved.update(BotUttered("hi"))
    await store.save(saved)
    await store.save(saved)
    assert [event["event"] for event in stored(file)] == ["session_started", "user", "bot"]


async def test_an_unknown_conversation_is_none(store):
    assert await store.retrieve("nobody") is None


async def test_a_conversation_with_the_wish_to_be_erased_is_not_saved_but_erased(store, file):
    conversation = tracker(said("hello"))
    await store.save(conversation)
    conversation.update(SlotSet("erase_conversation", True))
    await store.save(conversation)
    assert stored(file) == []


async def test_erasing_leaves_other_conversations(store):
    for sender in ("one", "two"):
        await store.save(tracker(said("hello"), sender=sender))
    await store.erase("one")
    assert await store.retrieve("one") is None
    assert (await store.retrieve("two")).latest_message.text == "hello"


async def test_of_an_erased_minor_only_the_age_status_is_kept(store, file):
    await store.save(tracker(said("hello"), SlotSet("age_status", "minor"), SlotSet("erase_conversation", True)))
    assert {event["event"] for event in stored(file)} <= {"session_started", "slot", "action"}
    assert [(event["name"], event["value"]) for event in stored(file) if event["event"] == "slot"] == [
        ("age_status", "minor")
    ]
    assert (await store.retrieve("one")).get_slot("age_status") == "minor"


async def test_a_database_that_cannot_be_read_is_an_error_and_no_blank_conversation(store, file):
    await store.save(tracker(said("hello")))
    with sqlite3.connect(file) as database:
        database.execute("ALTER TABLE events RENAME TO away")
    with pytest.raises(SQLAlchemyError):
        await store.retrieve("one")
    with pytest.raises(SQLAlchemyError):
        await store.save(tracker(said("again")))


async def test_the_store_answers_while_the_database_can_be_read(store):
    assert await store.answers()


def test_stored_events_are_read_as_rasa_reads_them():
    happened = [SessionStarted(), said("hello"), SlotSet("age_status", "adult"), BotUttered("hi", {"buttons": []})]
    happened += [ActionExecuted("action_listen"), ActiveLoop("loop"), FollowupAction("action_listen"), Restarted()]
    stored = [json.loads(json.dumps(event.as_dict())) for event in happened]
    assert [event.as_dict() for event in read_events(stored)] == [e.as_dict() for e in deserialise_events(stored)]


def test_an_event_of_an_unknown_kind_is_an_error_as_it_is_to_rasa():
    with pytest.raises(ValueError, match="invented"):
        read_events([{"event": "invented"}])
