"""Reading what Chatwoot sends: whatever comes, it is an event, nothing, or refused in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.chatwoot.events import AGENT, CONTACT, Event, Unreadable, read

GOOD = {
    "event": "message_created",
    "id": 9001,
    "content": "Hello",
    "content_type": "text",
    "content_attributes": {},
    "created_at": "2026-03-09T09:00:00.000Z",
    "message_type": "incoming",
    "private": False,
    "sender": {"id": 501, "name": "Maja"},
    "account": {"id": 7},
    "conversation": {
        "id": 41,
        "status": "pending",
        "messages": [{"id": 9001, "message_type": 0}],
        "meta": {"sender": {"id": 501, "type": "contact"}, "assignee": None},
        "custom_attributes": {},
        "additional_attributes": {},
        "timestamp": 1773046800,
    },
}
PLACES = [(), ("sender",), ("account",), ("conversation",), ("conversation", "meta"), ("content_attributes",)]


def told(**changes) -> Event | None:
    return read(json.dumps({**GOOD, **changes}).encode(), 7)


def test_a_customers_message():
    event = told()
    assert (event.by, event.text, event.conversation, event.status) == (CONTACT, "Hello", 41, "pending")
    assert (event.position, event.at) == (9001, 1773046800.0)


def test_an_agent_is_known_by_first_name():
    sender = {"id": 11, "name": "Anna Berg", "available_name": "Anna Berg", "type": "user"}
    event = told(message_type="outgoing", sender=sender)
    assert (event.by, event.sender) == (AGENT, ["11", "Anna"])


@pytest.mark.parametrize(
    ("more", "language"),
    [
        ({"browser": {"browser_language": "sv-SE"}}, "sv"),
        ({"browser_language": "sv"}, None),
        ({"conversation_language": "en_US"}, "en"),
        ({"browser": {"browser_language": "fi"}}, None),
        ({"browser": "sv"}, None),
    ],
)
def test_the_language_is_read_where_chatwoot_keeps_it(more, language):
    conversation = {**GOOD["conversation"], "additional_attributes": more}
    assert told(conversation=conversation).language == language


def test_an_event_is_the_same_after_it_has_waited():
    event = told(attachments=[{"data_url": "https://c.example/1.jpg"}])
    assert Event(**json.loads(json.dumps(event.as_body()))) == event


@settings(max_examples=300, deadline=None)
@given(
    place=st.sampled_from(PLACES),
    name=st.text(max_size=3) | st.sampled_from(sorted(set(GOOD) | set(GOOD["conversation"]) | {"type"})),
    value=st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.none() | st.integers(), max_size=2),
)  # fmt: skip
def test_whatever_chatwoot_sends_is_read_or_refused(place, name, value):
    body = json.loads(json.dumps(GOOD))
    holder = body
    for key in place:
        holder = holder[key]
    holder[name] = value
    try:
        event = read(json.dumps(body).encode(), 7)
    except Unreadable:
        return
    if event is not None:
        assert json.dumps(event.as_body())
        assert len(event.key) <= 110


@pytest.mark.parametrize("number", [-1, 2**63, 10**30])
def test_a_number_that_no_database_holds_is_refused(number):
    with pytest.raises(Unreadable):
        told(id=number)


def test_what_cannot_be_stored_is_left_out():
    event = told(content="half an emoji \ud83d \x00", sender={"id": 5, "name": "Ma\udcffja", "type": "user"})
    assert event.text == "half an emoji"
    assert event.sender == ["5", "Maja"]
