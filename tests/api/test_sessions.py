"""`POST /sessions`: how a conversation begins."""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime, timedelta, timezone

import jwt
import pytest

from tests.api.client import API, problem
from tests.api.running import IDENTITY_SECRET

QUESTION = "Is the program free of charge?"


def identity(secret=IDENTITY_SECRET, minutes=30, algorithm="HS256", **claims) -> str:
    """A token of the shop's website; a claim of None is left out."""
    expires = datetime.now(timezone.utc) + timedelta(minutes=minutes)
    every = {"sub": "C-1001", "age_verified": True, "exp": expires, **claims}
    return jwt.encode({name: value for name, value in every.items() if value is not None}, secret, algorithm)


def test_a_session_has_a_token_an_end_and_a_welcome(server):
    reply = server.start(language="sv")
    assert reply.status == 201
    assert set(reply.json) == {"token", "expires_at", "messages"}
    assert datetime.fromisoformat(reply.json["expires_at"]) > datetime.now(timezone.utc)
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_message_has_the_shape_of_the_contract(server):
    (message,) = server.start(language="en").messages
    assert set(message) <= {"id", "from", "name", "text", "buttons", "data", "language", "at"}
    assert message["from"] == "bot"
    assert message["text"]
    assert datetime.fromisoformat(message["at"]).tzinfo is not None
    assert all(set(button) == {"id", "title"} for button in message["buttons"])


def test_the_first_message_says_that_it_is_automated(server):
    assert "automatiska assistenten" in server.start(language="sv").messages[0]["text"]
    assert "automated assistant" in server.start(language="en").messages[0]["text"]


def test_without_a_language_the_conversation_is_swedish(server):
    (silent,), (swedish,) = server.start().messages, server.start(language="sv").messages
    assert silent["text"] == swedish["text"]


def test_an_empty_body_is_a_session_without_wishes(server):
    assert server.request("POST", f"{API}/sessions").status == 201


def test_tokens_and_button_ids_of_two_sessions_differ(server):
    one, other = server.start(language="sv").json, server.start(language="sv").json
    assert one["token"] != other["token"]
    buttons = [session["messages"][0]["buttons"][0]["id"] for session in (one, other)]
    assert buttons[0] != buttons[1]


def test_the_conversation_id_is_minted_by_the_server_with_128_bits(server):
    payload = server.start().json["token"].split(".")[0]
    conversation = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert re.fullmatch("[0-9a-f]{32}", conversation)


@pytest.mark.parametrize("body", [{"sender_id": "mine"}, {"id": "mine"}, {"conversation": "mine"}])
def test_a_client_cannot_name_the_conversation(server, body):
    problem(server.request("POST", f"{API}/sessions", body), 400)


@pytest.mark.parametrize("language", ["de", "SV", "", None, 1, ["sv"], {"sv": 1}, True])
def test_an_unknown_language_is_refused_where_it_is_no_null(server, language):
    reply = server.start(language=language)
    if language is None:
        assert reply.status in (201, 400)
    else:
        assert "language" in problem(reply, 400)["detail"]


def test_a_good_identity_of_a_verified_adult_passes_the_age_gate(server):
    chat = server.chat("en", identity=identity())
    (answer,) = chat.says(QUESTION)
    assert answer["data"]["kind"] == "sources"


def test_a_good_identity_without_age_verification_meets_the_age_gate(server):
    chat = server.chat("en", identity=identity(age_verified=False))
    (answer,) = chat.says(QUESTION)
    assert answer["data"]["kind"] == "ask"
    assert "date of birth" in answer["text"]


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(lambda: identity("some other secret, long enough to sign with"), id="forged"),
        pytest.param(lambda: identity(None, algorithm="none"), id="alg none"),
        pytest.param(lambda: identity(IDENTITY_SECRET * 2, algorithm="HS512"), id="other algorithm"),
        pytest.param(lambda: identity(minutes=-5), id="expired"),
        pytest.param(lambda: identity(minutes=65), id="more than an hour ahead"),
        pytest.param(lambda: identity(exp=None), id="no exp"),
        pytest.param(lambda: identity(sub=None), id="no sub"),
        pytest.param(lambda: identity(sub=""), id="empty sub"),
        pytest.param(lambda: identity(age_verified=None), id="no age_verified"),
        pytest.param(lambda: identity(age_verified="yes"), id="age_verified is no bool"),
        pytest.param(lambda: identity() + "x", id="signature changed"),
        pytest.param(lambda: "not.a.token", id="no token"),
        pytest.param(lambda: "\ud800.a.b", id="lone surrogate"),
        pytest.param(lambda: "ä.ö.å", id="not ascii"),
        pytest.param(lambda: "..", id="only dots"),
    ],
)
def test_a_bad_identity_is_refused_with_a_sentence(server, token):
    detail = problem(server.start(identity=token()), 401)["detail"]
    assert "identity" in detail


@pytest.mark.parametrize("value", [1, None, "", [], {}, "x" * 5000])
def test_an_identity_that_is_no_token_text_is_a_bad_request(server, value):
    assert "identity" in problem(server.start(identity=value), 400)["detail"]


def test_without_a_shared_secret_every_identity_is_refused(strict_server):
    for token in (identity(), identity(None, algorithm="none")):
        assert "IDENTITY_SECRET" in problem(strict_server.start(identity=token), 401)["detail"]
