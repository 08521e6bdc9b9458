"""The hardened Socket.IO channel, spoken to as the npm package rasa-webchat does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from http.client import HTTPConnection

import pytest

from tests.api.client import BORN_ADULT
from tests.api.running import SHOP, Server
from tests.api.socket_widget import PATIENCE, Widget
from tests.browser.words import words


@pytest.fixture(scope="module")
def sockets(model, tmp_path_factory) -> Iterator[Server]:
    """A server with the channel switched on."""
    limits = "sessions=1000/minute conversation=12/minute"
    running = Server(tmp_path_factory.mktemp("socketio"), SOCKETIO="on", RATE_LIMITS=limits).run()
    yield running
    assert running.stop() == 0


@pytest.fixture
async def widget() -> AsyncIterator:
    """A new widget that is connected: await widget(server, session=…)."""
    widgets: list[Widget] = []

    async def new(server: Server, *details, **more) -> Widget:
        widgets.append(Widget())
        return await widgets[-1].connect(server, *details, **more)

    yield new
    for one in widgets:
        await one.leaves()


async def test_a_conversation_with_quick_replies(sockets, widget):
    one = await widget(sockets)
    welcome = await one.hears()
    assert set(welcome) == {"text", "quick_replies"}  # other keys, and the widget draws nothing
    assert "automated assistant" in welcome["text"]
    await one.says(BORN_ADULT)
    await one.hears()
    await one.says("Is the program free of charge?")
    answer = await one.hears()
    assert "free of charge" in answer["text"]
    await one.says(answer["quick_replies"][0]["payload"])
    assert (await one.hears())["text"]


async def test_the_language_of_the_page_is_the_language_of_the_welcome(sockets, widget):
    assert "automatiska assistenten" in (await (await widget(sockets, language="sv")).hears())["text"]


async def test_a_reconnect_with_the_token_goes_on_and_repeats_nothing(sockets, widget):
    one = await widget(sockets)
    await one.hears()
    await one.leaves()
    again = await widget(sockets, one.session)
    assert again.session == one.session
    await again.says("Hello")
    assert "adult" in (await again.hears())["text"]


@pytest.mark.parametrize(
    "claimed", ["mine", "0" * 32, "", 7, ["x"], {"a": 1}, None, "InN0b2xlbiI.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"]
)
async def test_a_client_cannot_name_its_conversation(sockets, widget, claimed):
    one = await widget(sockets, claimed)
    assert one.session != claimed
    assert "automated assistant" in (await one.hears())["text"]


async def test_another_conversation_cannot_be_written_to(sockets, widget):
    victim = await widget(sockets)
    await victim.hears()
    thief = await widget(sockets)
    await thief.hears()
    await thief.says("Hello", session=victim.session)  # even with its token: not over this connection
    assert (await thief.hears())["text"] == words("en")["state"]["refused"]
    assert victim.heard.empty()


async def test_the_same_token_works_in_the_web_chat(sockets, widget):
    one = await widget(sockets)
    await one.hears()
    reply = sockets.request("GET", "/webhooks/webchat/transcript", token=one.session)
    assert [message["from"] for message in reply.messages] == ["bot"]


@pytest.mark.parametrize("text", ["/restart", "/session_start", '/faq/cost{"x": 1}', "/start_over"])
async def test_typed_intents_are_text(sockets, widget, text):
    one = await widget(sockets)
    await one.hears()
    await one.says(text)
    assert re.search("adult|vuxen", (await one.hears())["text"])


async def test_a_button_of_another_conversation_is_text(sockets, widget):
    one, other = await widget(sockets), await widget(sockets)
    payload = (await one.hears())["quick_replies"][0]["payload"]
    await other.hears()
    await other.says(payload)
    assert "adult" in (await other.hears())["text"]


async def test_what_is_no_message_is_passed_over_and_too_long_a_one_refused(sockets, widget):
    one = await widget(sockets)
    await one.hears()
    for nothing in (None, 7, "", "  \u0000 ", {"text": "x"}):
        await one.says(nothing)
    await one.client.emit("user_uttered", "no object")
    await one.says("x" * 1001)
    assert (await one.hears())["text"] == words("en")["state"]["refused"]
    await one.says("Hello")
    assert "adult" in (await one.hears())["text"]


async def test_a_conversation_that_is_deleted_says_so_and_the_next_message_begins_a_new_one(sockets, widget):
    one = await widget(sockets)
    await one.hears()
    await one.says("Delete my data")
    confirm = await one.hears()
    await one.says(confirm["quick_replies"][0]["payload"])
    assert "deleted" in (await one.hears())["text"]
    first = one.session
    await one.says("Hello")
    assert await asyncio.wait_for(one.confirmed.get(), PATIENCE) != first
    assert "automated assistant" in (await one.hears())["text"]
    assert "adult" in (await one.hears())["text"]


@pytest.mark.parametrize(
    ("origin", "allowed"), [(SHOP, True), ("https://evil.example", False), ("null", False), (None, True)]
)
def test_only_listed_websites_may_connect(sockets, origin, allowed):
    connection = HTTPConnection("127.0.0.1", sockets.port, timeout=PATIENCE)
    connection.request("GET", "/socket.io/?EIO=4&transport=polling", headers={"Origin": origin} if origin else {})
    reply = connection.getresponse()
    body = reply.read()
    assert (reply.status == 200) is allowed, body
    allowing = reply.headers.get_all("Access-Control-Allow-Origin") or []
    assert allowing == ([SHOP] if origin in (SHOP, None) else [])
    connection.close()


def test_where_it_is_not_switched_on_there_is_nothing(server):
    assert server.request("GET", "/socket.io/?EIO=4&transport=polling").status == 404


async def test_writing_too_much_is_answered_in_the_clients_language(sockets, widget):
    one = await widget(sockets, language="sv")
    await one.hears()
    for _ in range(13):
        await one.says("Hej")
    heard = [(await one.hears())["text"] for _ in range(13)]
    assert [text for text in heard if "många meddelanden på kort tid" in text]
