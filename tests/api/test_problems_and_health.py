"""Errors, other sites, health and limits: what every client meets."""

from __future__ import annotations

import pytest

from tests.api.client import API, BORN_ADULT, Client, new_id, problem
from tests.api.running import SHOP

MARKER = "zq-marker-7731"


@pytest.mark.parametrize(
    "path", [f"/{MARKER}", f"{API}/{MARKER}", f"/webhooks/{MARKER}", f"/static/{MARKER}", "/conversations"]
)
def test_an_unknown_address_is_a_404_problem(server, path):
    assert MARKER not in problem(server.request("GET", path), 404)["detail"]


@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse", "/domain"])
def test_rasas_own_open_addresses_are_not_there(server, path):
    assert server.request("POST", path, {"sender": "x", "message": "/restart"}).status in (404, 405)


@pytest.mark.parametrize(
    "call",
    ["GET /sessions", "PUT /messages", "GET /messages", "POST /events", "DELETE /transcript", "POST /conversation"],
)
def test_another_method_is_a_405_problem_that_names_the_allowed_ones(server, call):
    method, path = call.split()
    reply = server.request(method, API + path)
    problem(reply, 405)
    assert reply.headers["Allow"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/sessions", {"language": MARKER}),
        ("/sessions", {MARKER: 1}),
        ("/sessions", {"identity": f"{MARKER}.a.b"}),
        ("/sessions", f"{MARKER}".encode()),
        ("/messages", {"id": MARKER, "text": 1}),
        ("/messages", {"id": "a", MARKER: "x"}),
        ("/messages", {"id": "a", "button": MARKER}),
        ("/messages", {"id": "a", "text": MARKER * 100}),
    ],
)
def test_nothing_of_a_refused_request_is_echoed(server, path, body):
    reply = server.request("POST", API + path, body, server.chat("en").token)
    assert reply.status in (400, 401)
    assert MARKER.encode() not in reply.body
    problem(reply, reply.status)


def test_nothing_of_a_token_or_position_is_echoed(server):
    for headers in ({"Authorization": f"Bearer {MARKER}"}, {"Authorization": MARKER}):
        reply = server.request("GET", f"{API}/events", **headers)
        assert MARKER.encode() not in reply.body
    reply = server.request("GET", f"{API}/events", token=server.chat("en").token, Last_Event_ID=MARKER)
    assert MARKER.encode() not in reply.body


def test_customers_words_are_in_no_log(server):
    chat = server.chat("en", adult=True)
    chat.says(f"{MARKER} is the program free of charge?")
    chat.send({"id": "a", "text": 1, MARKER: 1})
    assert MARKER not in server.log.read_text()


def test_the_configured_origin_may_read_answers_and_errors(server):
    for reply in (server.request("POST", f"{API}/sessions", {}, Origin=SHOP),
                  server.request("GET", f"{API}/transcript", Origin=SHOP)):  # fmt: skip
        assert reply.headers["Access-Control-Allow-Origin"] == SHOP


def test_the_configured_origin_may_send_json_with_a_token(server):
    wanted = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization, content-type"}
    reply = server.request("OPTIONS", f"{API}/messages", Origin=SHOP, **wanted)
    assert reply.status in (200, 204)
    assert reply.headers["Access-Control-Allow-Origin"] == SHOP
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type"} <= set(
        reply.headers["Access-Control-Allow-Headers"].lower().replace(" ", "").split(",")
    )


@pytest.mark.parametrize("origin", ["https://evil.example", "http://shop.example", SHOP + ".evil.example", "null",
                                    "https://shopxexample", "https://shop.example:444"])  # fmt: skip
def test_another_origin_may_not_read(server, origin):
    for reply in (
        server.request("POST", f"{API}/sessions", {}, Origin=origin),
        server.request("OPTIONS", f"{API}/messages", Origin=origin, Access_Control_Request_Method="POST"),
    ):
        assert reply.headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize(("origin", "place", "status"), [
    ("https://evil.example", "cross-site", 403), ("null", "cross-site", 403), ("https://a.example", "same-site", 403),
    (SHOP, "cross-site", 201), ("https://chat.example", "same-origin", 201), ("https://x.example", "none", 201),
])  # fmt: skip
def test_a_page_of_another_website_starts_no_conversation(server, origin, place, status):
    reply = server.request("POST", f"{API}/sessions", {}, Origin=origin, Sec_Fetch_Site=place)
    assert reply.status == status


def test_where_no_origin_is_configured_no_other_site_may_read(strict_server):
    for origin in (SHOP, "https://evil.example", "null"):
        reply = strict_server.request("GET", f"{API}/openapi.json", Origin=origin)
        assert reply.headers["Access-Control-Allow-Origin"] is None


def test_the_server_says_that_it_lives_and_is_ready(server):
    assert server.request("GET", "/health/live").json == {"status": "live"}
    ready = server.request("GET", "/health/ready")
    assert ready.status == 200
    assert ready.json["status"] == "ready"
    assert ready.json["checks"]["model"] is True
    assert all(check is True for check in ready.json["checks"].values())


def test_the_page_loads_nothing_from_elsewhere(server):
    page = server.request("GET", "/")
    assert page.status == 200
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_conversation_that_writes_too_much_waits_and_the_others_do_not(strict_server):
    chat, other = strict_server.chat("en"), strict_server.chat("en")
    for text in (BORN_ADULT, "Hello", "Hello", "Hello", "Hello"):
        chat.says(text)
    refused = chat.send({"id": new_id(), "text": "Hello"})
    problem(refused, 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert other.says(BORN_ADULT)


def test_a_refused_message_is_not_kept(strict_server):
    chat = strict_server.chat("en")
    for number in range(5):
        chat.send({"id": new_id(), "text": f"Hello {number}"})
    chat.send({"id": new_id(), "text": "one too many"})
    assert b"one too many" not in chat.transcript().body


def test_an_address_that_starts_too_many_sessions_waits(strict_server):
    elsewhere = Client(strict_server.port, "127.0.0.2")
    replies = [elsewhere.start() for _ in range(13)]
    assert {reply.status for reply in replies} == {201, 429}
    problem(replies[-1], 429)
    assert 1 <= int(replies[-1].headers["Retry-After"]) <= 60
    assert strict_server.start().status == 201
