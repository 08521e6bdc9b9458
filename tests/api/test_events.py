"""`GET /events`: nothing is lost and nothing comes twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.channels.webchat.hub import MOST_STREAMS
from tests.api.client import API, new_id, problem

TEXTS = ("1985-03-12", "Is the program free of charge?", "Goodbye")


def test_the_stream_has_what_post_returned_under_the_same_ids_and_in_order(server):
    chat = server.chat("en")
    with chat.listen() as stream:
        returned = chat.welcome + [message for text in TEXTS for message in chat.says(text)]
        assert stream.messages(len(returned)) == returned


def test_without_last_event_id_the_whole_conversation_comes(server):
    chat = server.chat("en")
    returned = chat.welcome + [message for text in TEXTS for message in chat.says(text)]
    with chat.listen() as stream:
        assert stream.messages(len(returned)) == returned


def test_after_a_reconnect_nothing_is_lost_and_nothing_comes_twice(server):
    chat = server.chat("en")
    with chat.listen() as stream:
        first = chat.says(TEXTS[0])
        heard = stream.messages(len(chat.welcome + first))
    away = chat.says(TEXTS[1])
    with chat.listen(after=heard[-1]["id"]) as stream:
        back = chat.says(TEXTS[2])
        assert stream.messages(len(away + back)) == away + back


def test_from_every_position_the_stream_goes_on_with_the_next_message(server):
    chat = server.chat("en")
    returned = chat.welcome + [message for text in TEXTS for message in chat.says(text)]
    for number, message in enumerate(returned[:-1]):
        with chat.listen(after=message["id"]) as stream:
            assert stream.messages(len(returned) - number - 1) == returned[number + 1 :]


def test_a_repeated_message_comes_once(server):
    chat, message = server.chat("en"), new_id()
    with chat.listen() as stream:
        replies = [chat.says(TEXTS[0], id=message), chat.says(TEXTS[0], id=message), chat.says(TEXTS[2])]
        assert stream.messages(len(chat.welcome + replies[0] + replies[2])) == chat.welcome + replies[0] + replies[2]


def test_the_customers_own_messages_are_not_in_the_stream(server):
    chat = server.chat("en")
    returned = chat.welcome + [message for text in TEXTS for message in chat.says(text)]
    with chat.listen() as stream:
        assert {message["from"] for message in stream.messages(len(returned))} == {"bot"}


def test_typing_is_told_before_the_reply(server):
    chat = server.chat("en")
    with chat.listen(after=chat.welcome[-1]["id"]) as stream, ThreadPoolExecutor(1) as pool:
        replies = pool.submit(chat.says, TEXTS[0])
        first, second = stream.event(), stream.event()
        replies.result()
    assert first == {"event": "typing", "data": {"from": "bot", "typing": True}, "id": None}
    assert second["event"] == "message"


def test_two_streams_of_a_conversation_hear_the_same(server):
    chat = server.chat("en")
    with chat.listen() as one, chat.listen() as other:
        count = len(chat.welcome + chat.says(TEXTS[0]))
        assert one.messages(count) == other.messages(count)


def test_a_stream_hears_its_own_conversation_only(server):
    chat, other = server.chat("en"), server.chat("sv")
    with chat.listen() as stream:
        other.says(TEXTS[0])
        returned = chat.welcome + chat.says(TEXTS[0])
        assert stream.messages(len(returned)) == returned


def test_deletion_ends_every_open_stream(server):
    chat = server.chat("en")
    with chat.listen() as one, chat.listen() as other:
        for stream in (one, other):
            stream.messages(len(chat.welcome))
        assert chat.delete().status == 200
        for stream in (one, other):
            assert stream.event() == {"event": "ended", "data": {"reason": "deleted"}, "id": None}
            assert stream.event() is None


@pytest.mark.parametrize("position", ["x", "-1", "1.5", "1e3", "99999999999", "1 2", "%00"])
def test_a_last_event_id_that_is_none_is_refused(server, position):
    chat = server.chat("en")
    reply = server.request("GET", f"{API}/events", token=chat.token, Last_Event_ID=position)
    assert "Last-Event-ID" in problem(reply, 400)["detail"]


def test_a_position_that_was_never_given_out_is_refused(server):
    """Else the stream would swallow everything until the conversation reaches it."""
    with server.chat("en").listen(after="900") as stream:
        assert stream.status == 400


def test_a_stream_is_not_cached_nor_buffered(server):
    with server.chat("en").listen() as stream:
        assert stream.answer.headers["Content-Type"].startswith("text/event-stream")
        assert stream.answer.headers["Cache-Control"] == "no-store"
        assert stream.answer.headers["X-Accel-Buffering"] == "no"


def test_a_conversation_holds_a_limited_number_of_streams_and_closed_ones_make_room(server):
    chat = server.chat("en")
    streams = [chat.listen() for _ in range(MOST_STREAMS)]
    refused = server.request("GET", f"{API}/events", token=chat.token)
    problem(refused, 429)
    assert int(refused.headers["Retry-After"]) > 0

    for stream in streams:
        stream.__exit__()
    for _ in range(500):  # the server hears of a closed connection a moment later
        with chat.listen() as stream:
            if stream.status == 200:
                break
    assert stream.status == 200
