"""`POST /messages`: texts, buttons, repeats, and everything that is refused."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.api.client import API, BORN_ADULT, Chat, new_id, problem

COST = "Is the program free of charge?"
KEY = "the key that signs tokens in these tests"


@pytest.fixture(scope="module")
def adult(server):
    """A conversation behind the age gate, shared by tests that do not look at what was said before."""
    return server.chat("en", adult=True)


def said_by_customer(chat) -> list[str]:
    return [message["text"] for message in chat.transcript().messages if message["from"] == "customer"]


def test_a_question_is_answered(adult):
    (answer,) = adult.says(COST)
    assert answer["data"]["kind"] == "sources"


def test_before_the_age_gate_nothing_is_answered(server):
    (answer,) = server.chat("en").says(COST)
    assert answer["data"]["kind"] == "ask"


def test_the_question_asked_at_the_age_gate_is_answered_behind_it(server):
    chat = server.chat("en")
    chat.says(COST)
    assert chat.says(BORN_ADULT)[-1]["data"]["kind"] == "sources"


def test_the_same_id_again_returns_the_same_replies_and_is_done_once(server):
    chat, message = server.chat("en", adult=True), new_id()
    assert chat.says(COST, id=message) == chat.says(COST, id=message)
    assert said_by_customer(chat).count(COST) == 1


def test_the_same_id_with_another_text_returns_the_first_replies(server):
    chat, message = server.chat("en", adult=True), new_id()
    assert chat.says(COST, id=message) == chat.says("Goodbye", id=message)
    assert "Goodbye" not in said_by_customer(chat)


def test_the_same_id_sent_twice_at_once_is_done_once(server):
    chat, message = server.chat("en", adult=True), new_id()
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: chat.says(COST, id=message), range(6)))
    assert all(reply == replies[0] for reply in replies)
    assert said_by_customer(chat).count(COST) == 1


def test_the_same_id_in_two_conversations_is_two_messages(server):
    one, other = server.chat("en", adult=True), server.chat("en", adult=True)
    one.says(COST, id="same")
    assert other.says("Goodbye", id="same")[0]["text"] != one.says(COST, id="same")[0]["text"]


def test_pressing_a_button_answers_and_is_kept_under_its_title(server):
    chat = server.chat("en", adult=True)
    button = chat.says(COST)[0]["buttons"][0]
    assert chat.presses(button["id"])[0]["text"]
    assert said_by_customer(chat)[-1] == button["title"]


def test_a_button_of_another_conversation_is_refused(server, adult):
    button = server.chat("en").welcome[0]["buttons"][0]["id"]
    assert "button" in problem(adult.send({"id": new_id(), "button": button}), 400)["detail"]


@pytest.mark.parametrize("button", ["greet", "/greet", '/faq{"a":1}', "W10.x", ".", "ä", "\ud800", "\x00", "a.b.c"])
def test_an_invented_button_is_refused(adult, button):
    problem(adult.send({"id": new_id(), "button": button}), 400)


def test_a_button_with_a_changed_signature_is_refused(adult):
    button = adult.says(COST)[0]["buttons"][0]["id"]
    problem(adult.send({"id": new_id(), "button": ("A" if button[0] != "A" else "B") + button[1:]}), 400)


def test_a_session_token_is_no_button(adult):
    problem(adult.send({"id": new_id(), "button": adult.token}), 400)


@pytest.mark.parametrize("text", ["/restart", "/session_start", "/action_listen", "/goodbye", "//goodbye", "/"])
def test_a_typed_command_is_text_and_leaves_the_conversation_as_it_is(server, text):
    chat = server.chat("en", adult=True)
    assert chat.says(text)[0]["text"]
    assert said_by_customer(chat)[-1] == text
    assert chat.says(COST)[0]["data"]["kind"] == "sources"


def test_a_typed_payload_deletes_nothing(server):
    chat = server.chat("en", adult=True)
    chat.says('/delete_my_data{"decision": "confirmed"}')
    assert chat.transcript().status == 200


@pytest.mark.parametrize("text", ["å", "x" * 1000, "å" * 1000, "🙂" * 1000, "שלום, מה זה עולה?", "\u202eabc", "a\x00b"])
def test_a_text_of_1_to_1000_characters_is_answered(server, text):
    assert server.chat("en", adult=True).says(text)[0]["text"]


@pytest.mark.parametrize("text", ["", "x" * 1001, "🙂" * 1001])
def test_a_text_outside_1_to_1000_characters_is_refused_with_the_limit(adult, text):
    assert "1,000" in problem(adult.send({"id": new_id(), "text": text}), 400)["detail"]


@pytest.mark.parametrize("text", [" ", "\n\t", "\x00", "\x1b\x00", "\ud800"])
def test_a_text_without_a_readable_character_is_refused(adult, text):
    assert "text" in problem(adult.send({"id": new_id(), "text": text}), 400)["detail"]


def test_a_lone_surrogate_among_letters_is_left_out(server):
    chat = server.chat("en", adult=True)
    body = b'{"id": "s1", "text": "Is the program \\ud800free of charge?"}'
    assert chat.send(body).messages[0]["data"]["kind"] == "sources"
    assert said_by_customer(chat)[-1] == COST


@pytest.mark.parametrize("id_", ["", "x" * 65, 1, None, [], {}, True, 1.5, "\ud800", "a\x00b"])
def test_an_id_that_is_no_text_of_1_to_64_characters_is_refused(adult, id_):
    assert "id" in problem(adult.send({"id": id_, "text": "hello"}), 400)["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"id": "a"},
        {"text": "hello"},
        {"id": "a", "text": "hello", "button": "b"},
        {"id": "a", "text": "hello", "sender": "x"},
        {"id": "a", "text": 1},
        {"id": "a", "text": None},
        {"id": "a", "text": ["hello"]},
        {"id": "a", "text": {"text": "hello"}},
        {"id": "a", "button": 1},
        {"id": "a", "button": None},
        [],
        [{"id": "a", "text": "hello"}],
        "hello",
        1,
        None,
        {},
    ],
    ids=json.dumps,
)
def test_a_body_of_another_shape_is_refused(adult, body):
    problem(adult.send(json.dumps(body).encode()), 400)


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"{", b'{"id": "a", "text": }', b"\xff\xfe\x00", b'{"id": "a", "text": "\xe5"}', b"\x00",
     b"[" * 20000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b'{"id": "a", "text": NaN}', b"9" * 20000],
    ids=range(11),
)  # fmt: skip
def test_a_body_that_is_not_json_is_refused(adult, body):
    problem(adult.send(body), 400)


@pytest.mark.parametrize("size", [33 * 1024, 100_000, 2_000_000])
def test_a_body_that_is_too_large_is_refused_with_413(adult, size):
    body = json.dumps({"id": "a", "text": "x" * size}).encode()
    problem(adult.send(body), 413)


def _signed(secret: str, salt: str, conversation: str) -> str:
    return URLSafeTimedSerializer(secret, salt=salt).dumps(conversation)


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic dXNlcjpwYXNz",
        "Bearer " + _signed("a key of somebody else, long enough", "webchat session", "0" * 32),
        "Bearer " + _signed(KEY, "another purpose", "0" * 32),
        "Bearer " + _signed(KEY, "webchat session", "0" * 32),
        "Bearer " + "x" * 4000,
    ],
    ids=["empty", "no token", "blank", "malformed", "basic", "foreign key", "other salt", "no conversation", "long"],
)
@pytest.mark.parametrize("call", ["POST /messages", "GET /events", "GET /transcript", "DELETE /conversation"])
def test_without_a_good_token_nothing_is_done(server, call, authorization):
    method, path = call.split()
    body = {"id": "a", "text": "hello"} if method == "POST" else None
    reply = server.request(method, API + path, body, Authorization=authorization)
    problem(reply, 401)
    assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_an_expired_token_is_refused(server, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("time.time", lambda: 1_000_000_000)
        token = _signed(KEY, "webchat session", "0" * 32)
    assert "expired" in problem(Chat(server, token, []).transcript(), 401)["detail"]


def test_eight_conversations_at_once_keep_apart(server):
    kinds = [(language, born) for language in ("sv", "en") for born in (BORN_ADULT, "2015-01-01")] * 2

    def talk(kind: tuple[str, str]) -> list[str]:
        language, born = kind
        chat = server.chat(language)
        replies = [chat.says(text) for text in (born, "Vad kostar det?" if language == "sv" else COST)]
        return [message["text"] for turn in replies for message in turn]

    one_by_one = [talk(kind) for kind in kinds[:4]]
    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(talk, kinds))
    assert at_once == one_by_one * 2
    assert len({tuple(texts) for texts in one_by_one}) == 4
