"""What happens when things go wrong: restarts, lost clients, a locked database, wrong settings."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.api.client import API, BORN_ADULT, Chat, new_id, problem
from tests.api.running import ROOT, Server, environment, free_port

COST = "Is the program free of charge?"


@pytest.fixture(scope="module")
def answer_to_cost(server) -> str:
    """What a customer behind the age gate hears."""
    return server.chat("en", adult=True).says(COST)[0]["text"]


def customer_texts(server, marker: str) -> int:
    """How many stored customer events of the dialogue hold the marker."""
    with closing(sqlite3.connect(server.database)) as database:
        rows = database.execute("SELECT data FROM events WHERE type_name = 'user'").fetchall()
    return sum(marker in json.loads(data)["text"] for (data,) in rows)


def test_a_restart_keeps_token_transcript_dialogue_and_buttons(model, tmp_path, answer_to_cost):
    server = Server(tmp_path).run()
    chat, repeated = server.chat("en", adult=True), new_id()
    said = chat.says(COST, id=repeated)
    before = chat.transcript().json
    assert server.stop() == 0

    again = Server(tmp_path).run()
    try:
        back = Chat(again, chat.token, [])
        assert back.transcript().json == before
        assert back.says(COST, id=repeated) == said
        assert back.says(COST)[0]["text"] == answer_to_cost
        assert back.presses(said[0]["buttons"][0]["id"])
        with back.listen(after="3") as stream:
            assert stream.messages(1) == said
    finally:
        assert again.stop() == 0


def test_a_stop_with_an_open_stream_is_clean(model, tmp_path):
    server = Server(tmp_path).run()
    with server.chat("en").listen() as stream:
        stream.messages(1)
        assert server.stop() == 0
    assert "Traceback" not in server.log.read_text()


def run_serve(folder, **settings) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "bot", "serve"]
    return subprocess.run(
        command, cwd=ROOT, env=environment(folder, **settings), capture_output=True, text=True, timeout=60
    )


def test_a_second_start_on_a_busy_port_fails_with_one_sentence(server, tmp_path):
    ended = run_serve(tmp_path, PORT=str(server.port))
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert str(server.port) in line
    assert "PORT" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("TRACKER_URL", "mysql://localhost/x"),
        ("REGISTRY_URL", "nonsense"),
        ("REDIS_URL", "http://localhost"),
        ("SECRET_KEY", "short"),
        ("IDENTITY_SECRET", "short"),
        ("MAIL_URL", "pigeon://x"),
        ("DESK", "none"),
        ("RATE_LIMITS", "some"),
        ("CORS_ORIGINS", "*"),
        ("PROXIES", "many"),
        ("INTERFACE", "not an address"),
        ("TRACKER_URL", "sqlite:////proc/nowhere/tracker.db"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_sentence_that_names_it(tmp_path, name, value):
    ended = run_serve(tmp_path, **{"PORT": str(free_port()), name: value})
    assert ended.returncode == 1, ended.stderr
    (line,) = ended.stderr.strip().splitlines()
    assert name in line


def test_a_client_that_leaves_in_the_middle_loses_nothing(server, answer_to_cost):
    chat, message = server.chat("en", adult=True), new_id()
    body = json.dumps({"id": message, "text": COST}).encode()
    request = (
        f"POST {API}/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {chat.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with chat.listen(after="3") as stream:
        with socket.create_connection(("127.0.0.1", server.port)) as leaving:
            leaving.sendall(request + body)
            assert stream.event()["event"] == "typing"  # the turn has begun
        (reply,) = stream.messages(1)
    assert reply["text"] == answer_to_cost
    assert chat.says(COST, id=message) == [reply]
    assert [said["text"] for said in chat.transcript().messages].count(COST) == 1


def test_while_the_database_is_locked_the_answer_is_503_and_afterwards_nothing_is_missing(server, answer_to_cost):
    chat, message = server.chat("en", adult=True), new_id()
    text = f"{COST} amber-river-3310"
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused = chat.send({"id": message, "text": text})
        other.execute("ROLLBACK")
    problem(refused, 503)
    assert int(refused.headers["Retry-After"]) > 0
    assert chat.says(text, id=message)[0]["text"] == answer_to_cost
    assert customer_texts(server, "amber-river-3310") == 1


def test_while_the_database_cannot_be_written_the_turn_is_not_half_done(server, answer_to_cost):
    chat, message = server.chat("en", adult=True), new_id()
    text = f"{COST} amber-river-3311"
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # others may read
        problem(chat.send({"id": message, "text": text}), 503)
        other.execute("ROLLBACK")
    assert chat.says(text, id=message)[0]["text"] == answer_to_cost
    assert customer_texts(server, "amber-river-3311") == 1


@pytest.mark.parametrize("table", ["webchat_messages", "events"])
def test_a_turn_that_could_not_be_stored_is_done_once_when_it_is_sent_again(server, table, answer_to_cost):
    chat, message = server.chat("en", adult=True), new_id()
    text = f"{COST} amber-river-{table}"
    rename(server, table, f"{table}_away")
    try:
        refused = chat.send({"id": message, "text": text})
    finally:
        rename(server, f"{table}_away", table)
    problem(refused, 503)
    assert chat.says(text, id=message)[0]["text"] == answer_to_cost
    assert customer_texts(server, f"amber-river-{table}") == 1


def test_an_unreadable_conversation_is_not_answered_as_a_new_one(server):
    chat = server.chat("en", adult=True)
    rename(server, "events", "events_away")
    try:
        refused = [chat.send({"id": new_id(), "text": "Goodbye"}), server.start(language="en")]
    finally:
        rename(server, "events_away", "events")
    for reply in refused:
        problem(reply, 503)
    assert chat.says(COST)[0]["text"] != chat.says(BORN_ADULT)[0]["text"]


def rename(server, table: str, new_name: str) -> None:
    with closing(sqlite3.connect(server.database)) as database, database:
        database.execute("PRAGMA legacy_alter_table = ON")  # leaves foreign keys and indexes of others as they are
        database.execute(f"ALTER TABLE {table} RENAME TO {new_name}")
