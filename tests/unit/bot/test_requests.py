"""Whatever a client sends is read or refused; nothing else happens."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.turns import readable
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.requests import MessageRequest, SessionRequest, message_request, session_request

anything = st.text(st.characters(blacklist_categories=[]), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=6,
)
objects = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "text", "button", "language", "identity", "other"), values)
)
readers = pytest.mark.parametrize("read", [message_request, session_request])


@readers
@given(body=st.binary(max_size=200))
def test_bytes_are_read_or_refused_with_400(read, body):
    _read_or_refused(read, body)


@readers
@given(body=values | objects)
def test_json_is_read_or_refused_with_400(read, body):
    _read_or_refused(read, json.dumps(body).encode())


def _read_or_refused(read, body: bytes) -> None:
    try:
        read(body)
    except Problem as problem:
        refusal = problem
    else:
        return
    assert refusal.status == 400
    assert refusal.detail.endswith(".")


@given(objects)
def test_what_is_read_can_be_stored_as_utf_8(body):
    for read in (message_request, session_request):
        try:
            request = read(json.dumps(body).encode())
        except Problem:
            continue
        for value in vars(request).values():
            (value or "").encode("utf-8")


@given(anything.filter(readable))
def test_a_text_is_made_readable(text):
    assert message_request(json.dumps({"id": "a", "text": text}).encode()) == MessageRequest("a", readable(text), None)


@pytest.mark.parametrize("length", [1, 64])
def test_an_id_of_1_to_64_characters_is_taken(length):
    assert message_request(json.dumps({"id": "å" * length, "button": "b"}).encode()).id == "å" * length


def test_a_number_of_thousands_of_digits_is_refused():
    _read_or_refused(message_request, b'{"id": "a", "text": ' + b"9" * 30000 + b"}")
    _read_or_refused(message_request, b"[" * 30000)


@given(anything)
def test_a_refusal_repeats_nothing_of_the_request(marker):
    marker = f"zq{marker.encode('ascii', 'ignore').decode()}77"
    for body in ({marker: 1}, {"id": marker, "text": 1}, {"language": marker}, {"identity": [marker]}):
        for read in (message_request, session_request):
            with pytest.raises(Problem) as refusal:
                read(json.dumps(body).encode())
            assert marker not in refusal.value.detail


def test_an_empty_body_is_a_session_without_wishes():
    assert session_request(b"") == session_request(b"{}") == SessionRequest(None, None)


def test_the_page_may_name_both():
    assert session_request(b'{"language": "en", "identity": "a.b.c"}') == SessionRequest("en", "a.b.c")
