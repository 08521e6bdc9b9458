"""A customer's browser in small: HTTP and server-sent events with nothing but the standard library."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from typing import Any

API = "/webhooks/webchat"
PATIENCE = 30.0
"""Seconds after which a server that says nothing counts as broken."""

BORN_ADULT = "1985-03-12"
_ids = itertools.count(1)


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def messages(self) -> list[dict]:
        assert self.status in (200, 201), (self.status, self.body)
        return self.json["messages"]


class Client:
    """Speaks to one server. `address`: where the calls seem to come from (127.0.0.1, 127.0.0.2, …)."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self.port = port
        self._source = (address, 0)

    def request(self, method: str, path: str, body: Any = None, token: str | None = None, **headers: str) -> Reply:
        """One call. `body`: bytes as they are, anything else as JSON; header names with _ for -."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=self._source)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def start(self, **fields: Any) -> Reply:
        """`POST /sessions`."""
        return self.request("POST", f"{API}/sessions", fields)

    def chat(self, language: str = "en", adult: bool = False, **fields: Any) -> Chat:
        """A new conversation; `adult`: behind the age gate."""
        reply = self.start(language=language, **fields)
        chat = Chat(self, reply.json["token"], reply.messages)
        if adult:
            chat.says(BORN_ADULT)
        return chat


class Chat:
    """One conversation. `welcome`: the bot's first messages."""

    def __init__(self, client: Client, token: str, welcome: list[dict]) -> None:
        self.client = client
        self.token = token
        self.welcome = welcome

    def send(self, body: Any, **headers: str) -> Reply:
        """`POST /messages` with this body."""
        return self.client.request("POST", f"{API}/messages", body, self.token, **headers)

    def says(self, text: str, id: str | None = None) -> list[dict]:
        """The replies to a text."""
        return self.send({"id": id or new_id(), "text": text}).messages

    def presses(self, button: str, id: str | None = None) -> list[dict]:
        """The replies to a button."""
        return self.send({"id": id or new_id(), "button": button}).messages

    def transcript(self) -> Reply:
        """`GET /transcript`."""
        return self.client.request("GET", f"{API}/transcript", token=self.token)

    def delete(self) -> Reply:
        """`DELETE /conversation`."""
        return self.client.request("DELETE", f"{API}/conversation", token=self.token)

    def listen(self, after: str | None = None) -> Stream:
        """`GET /events`, from behind the id `after`."""
        return Stream(self.client.port, self.token, after)


class Stream:
    """An open event stream; to be used in a `with`."""

    def __init__(self, port: int, token: str, after: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}", **({"Last-Event-ID": after} if after is not None else {})}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", f"{API}/events", headers=headers)
        self.answer = self._connection.getresponse()
        self.status = self.answer.status
        if self.status == 200:
            assert self._block() == [": open"]  # from here on the server hands over every signal

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *error: object) -> None:
        self.answer.close()
        self._connection.close()

    def event(self) -> dict | None:
        """The next event as {"event", "data", "id"}; None at the end of the stream."""
        for _ in range(3):  # comments come every 15 seconds
            lines = self._block()
            if lines is None:
                return None
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            if fields:
                return {"event": fields["event"], "data": json.loads(fields["data"]), "id": fields.get("id")}
        raise AssertionError("nothing but comments in the stream")

    def messages(self, count: int) -> list[dict]:
        """The next messages; other events are passed over."""
        found: list[dict] = []
        while len(found) < count:
            event = self.event()
            assert event is not None, "the stream ended early"
            if event["event"] == "message":
                assert event["id"] == event["data"]["id"]
                found.append(event["data"])
        return found

    def _block(self) -> list[str] | None:
        lines = []
        for line in iter(self.answer.readline, b""):
            text = line.decode().rstrip("\n")
            if not text:
                return lines
            lines.append(text)
        return None


def new_id() -> str:
    """A client's own id that was not used before."""
    return f"m{next(_ids)}"


def problem(reply: Reply, status: int) -> dict:
    """The problem document in a reply, after holding it to its form."""
    assert reply.status == status, (reply.status, reply.body)
    assert reply.headers["Content-Type"] == "application/problem+json"
    document = reply.json
    assert set(document) >= {"type", "title", "status", "detail"}
    assert document["status"] == status
    assert document["title"]
    assert document["detail"].endswith(".")
    return document
