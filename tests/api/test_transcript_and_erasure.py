"""`GET /transcript` and `DELETE /conversation`: the customer's copy, and the end of it."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest

from tests.api.client import API, problem

BORN = "1984-07-21"  # not the date that the bot itself gives as an example


def rows(server, chat_marker: str) -> int:
    """How many stored rows of any table hold the marker."""
    with sqlite3.connect(server.database) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        every = [row for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]
    return sum(any(chat_marker in str(value) for value in row) for row in every)


def test_the_transcript_has_both_sides_in_order(server):
    chat = server.chat("en", adult=True)
    replies = chat.says("Is the program free of charge?")
    reply = chat.transcript()
    assert reply.status == 200
    assert datetime.fromisoformat(reply.json["started_at"]).tzinfo is not None
    assert [message["from"] for message in reply.messages] == ["bot", "customer", "bot", "customer", "bot"]
    assert reply.messages[-2]["text"] == "Is the program free of charge?"
    assert reply.messages[-1]["text"] == replies[0]["text"]
    assert reply.messages[-1]["buttons"] == [button["title"] for button in replies[0]["buttons"]]


def test_the_transcript_keeps_no_ids_of_buttons(server):
    chat = server.chat("en")
    assert chat.welcome[0]["buttons"][0]["id"].encode() not in chat.transcript().body


@pytest.mark.parametrize("text", [BORN, "I was born on 21 July 1984", "840721-1234", "My birthday is 21/07/1984."])
def test_a_birth_date_is_masked_wherever_it_is_kept(server, text):
    chat = server.chat("en")
    chat.says(text)
    kept = chat.transcript().messages[1]["text"]
    assert "[date]" in kept
    assert "1984" not in kept
    assert "8407" not in kept
    assert rows(server, text) == 0


def test_deletion_says_so_and_leaves_410(server):
    chat = server.chat("en", adult=True)
    reply = chat.delete()
    assert reply.status == 200
    assert reply.json["deleted"] is True
    assert datetime.fromisoformat(reply.json["at"]).tzinfo is not None


@pytest.mark.parametrize("call", ["POST /messages", "GET /events", "GET /transcript", "DELETE /conversation"])
def test_after_deletion_every_call_is_gone(server, call):
    chat = server.chat("en")
    chat.delete()
    method, path = call.split()
    body = {"id": "a", "text": "hello"} if method == "POST" else None
    problem(server.request(method, API + path, body, chat.token), 410)


def test_deletion_leaves_nothing_that_was_said_in_the_database(server):
    chat, marker = server.chat("en", adult=True), "quartz-lantern-5521"
    chat.says(f"Is the program free of charge? {marker}", id=f"id-{marker}")
    assert rows(server, marker) > 0
    chat.delete()
    assert rows(server, marker) == 0


def test_deletion_on_the_customers_yes_in_the_chat_erases_too(server):
    chat, marker = server.chat("en", adult=True), "quartz-lantern-7734"
    chat.says(f"Is the program free of charge? {marker}")
    (asked,) = chat.says("Please delete my data")
    yes = next(button for button in asked["buttons"] if "keep" not in button["title"].lower())
    assert chat.presses(yes["id"])[0]["text"]
    problem(chat.transcript(), 410)
    assert rows(server, marker) == 0


def test_deletion_of_one_conversation_leaves_the_others(server):
    chat, other = server.chat("en", adult=True), server.chat("en", adult=True)
    chat.delete()
    assert other.says("Is the program free of charge?")


def test_a_deletion_requested_while_the_bot_answers_is_not_undone(server):
    from concurrent.futures import ThreadPoolExecutor

    chat, marker = server.chat("en", adult=True), "quartz-lantern-9911"
    with chat.listen(after="3") as stream, ThreadPoolExecutor(1) as pool:
        answering = pool.submit(chat.send, {"id": "a", "text": f"Is the program free of charge? {marker}"})
        assert stream.event()["event"] == "typing"
        assert chat.delete().status == 200
        assert answering.result().status in (200, 410)
    assert rows(server, marker) == 0
    problem(chat.transcript(), 410)
