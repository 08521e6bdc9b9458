"""`POST /feedback`: whether an answer was helpful, with an optional word."""

from __future__ import annotations

import sqlite3

import pytest

from tests.api.client import API, Reply, problem


def rates(chat, **fields) -> Reply:
    """What the server answers to a customer's word."""
    return chat.client.request("POST", f"{API}/feedback", fields, chat.token)


@pytest.fixture
def chat(server):
    """A conversation with an answer; `answer` is its id."""
    chat = server.chat("en", adult=True)
    chat.answer = chat.says("Is the program free of charge?")[-1]["id"]
    return chat


def ratings(chat) -> list[tuple]:
    """What the transcript shows of it."""
    return [(m["id"], m["helpful"], m.get("comment")) for m in chat.transcript().json["messages"] if "helpful" in m]


def test_a_word_is_kept_and_shown_in_the_transcript(chat):
    reply = rates(chat, message=chat.answer, helpful=True, comment="clear")
    assert (reply.status, reply.json) == (200, {"kept": True})
    assert ratings(chat) == [(chat.answer, True, "clear")]


def test_the_last_word_counts(chat):
    rates(chat, message=chat.answer, helpful=True, comment="clear")
    rates(chat, message=chat.answer, helpful=False)
    assert ratings(chat) == [(chat.answer, False, None)]


def test_personal_data_in_a_word_is_masked(chat):
    rates(chat, message=chat.answer, helpful=False, comment="born 1985-03-12")
    assert ratings(chat) == [(chat.answer, False, "born [date]")]


def test_it_is_erased_with_the_conversation(chat, server):
    rates(chat, message=chat.answer, helpful=False, comment="zq-feedback-marker")
    chat.delete()
    with sqlite3.connect(server.database) as database:
        found = database.execute("SELECT count(*) FROM webchat_feedback WHERE comment LIKE '%zq-feedback%'").fetchone()
    assert found == (0,)
    problem(rates(chat, message=chat.answer, helpful=True), 410)


def test_nothing_of_what_a_minor_writes_is_kept(server):
    chat = server.chat("en")
    refusal = chat.says("2015-03-12")[-1]["id"]
    assert rates(chat, message=refusal, helpful=False, comment="I am ten").status == 200
    assert ratings(chat) == [(refusal, False, None)]


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"message": "1"}, {"helpful": True}, {"message": "0", "helpful": True}, {"message": "x", "helpful": True},
        {"message": 1, "helpful": True}, {"message": "1", "helpful": "yes"}, {"message": "1", "helpful": None},
        {"message": "1", "helpful": True, "comment": ""}, {"message": "1", "helpful": True, "comment": "x" * 501},
        {"message": "1", "helpful": True, "more": 1}, {"message": "999", "helpful": True},
        {"message": "2", "helpful": True},
    ],
)  # fmt: skip
def test_what_is_no_word_about_an_answer_is_refused(chat, fields):
    problem(rates(chat, **fields), 400)
    assert ratings(chat) == []


def test_only_with_the_token_of_the_conversation(server, chat):
    problem(server.request("POST", f"{API}/feedback", {"message": chat.answer, "helpful": True}), 401)


def test_the_transcript_knows_the_clients_own_ids(chat):
    chat.says("Goodbye", id="mine-1")
    assert [m.get("client_id") for m in chat.transcript().json["messages"] if m["from"] == "customer"][-1] == "mine-1"


def test_a_message_says_its_language(server):
    for language in ("sv", "en"):
        assert {message["language"] for message in server.start(language=language).messages} == {language}


def test_the_question_about_age_says_that_it_is_one(server):
    for text in ("Is it free?", "31 February 1990", "12 March"):
        (question,) = server.chat("en").says(text)
        assert question["data"] == {"kind": "ask", "field": "birth_date"}
