"""The server is killed while people have conversations in every state, and goes on where it was."""

from __future__ import annotations

import time
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from tests.api.at_the_desk import AgentAtDesk, give_accounts
from tests.api.running import ServerAt
from tests.conftest import MONDAY_MORNING

WISH = "I want to talk to a person"
QUESTION = "Is the program free of charge?"
FIRST = "You are first in the queue now."
PATIENCE = 30.0


def button(said: list[dict], title: str) -> str:
    """The id of a button under these messages."""
    return next(each["id"] for message in said for each in message["buttons"] if each["title"] == title)


def mails(server) -> list:
    """What lies in the folder for mail."""
    files = sorted((server.folder / "outbox").glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


class Day:
    """Conversations in every state, before and after the server was killed."""

    def __init__(self, server: ServerAt) -> None:
        self.server = server
        self.anna = AgentAtDesk(server, "anna")
        self.chats: dict = {}
        self.references: dict[str, str] = {}
        self.before: dict[str, list] = {}

    def begin(self) -> None:
        """One conversation for each state."""
        for name in ("left", "offered", "queued", "next", "assigned", "returned", "closed"):
            self.chats[name] = self.server.chat("en", adult=True)
        for _ in range(2):
            self.chats["offered"].says("zxqj wvkp qqfz")
        for name in ("assigned", "returned", "closed", "queued", "next"):
            (said,) = self.chats[name].says(WISH)
            self.references[name] = said["data"]["reference"]
        for name in ("assigned", "returned", "closed"):
            self.anna.does(self.references[name], "take")
            self.anna.answers(self.references[name], "Hi, I am Anna.", f"first {name}")
            self.chats[name].says("hello Anna", f"hello {name}")
        self.anna.does(self.references["returned"], "return")
        self.anna.does(self.references["closed"], "close", reason="solved")
        with self.chats["queued"].listen(self.said("queued")[0][0]) as stream:
            while not stream.messages(1)[0]["text"].startswith(FIRST):
                pass  # it is told of the place beside the requests, a moment later
        self._leave_message()
        self.before = {name: self.said(name) for name in self.chats}

    def _leave_message(self) -> None:
        chat = self.chats["left"]
        chat.presses(button(chat.says(WISH), "Leave a message"))
        chat.says("My charger fell.")
        (sent,) = chat.presses(button(chat.says("maja@example.com"), "Yes, send it"))
        (mail,) = [each for each in self.anna.board().values() if each["reply_by"] == "mail"]
        assert mail["reference"] in sent["text"]
        self.references["left"] = mail["reference"]

    def said(self, name: str) -> list[tuple]:
        """What the customer's transcript has."""
        messages = self.chats[name].transcript().json["messages"]
        return [(message["id"], message["from"], message["text"]) for message in messages]


@pytest.fixture(scope="module")
def day(model, tmp_path_factory):
    """A server that was killed and started again five minutes later."""
    server = ServerAt(tmp_path_factory.mktemp("restart"), MONDAY_MORNING)
    give_accounts(server, "anna")
    server.run()
    one = Day(server)
    one.begin()
    server.dies()
    server.begins_at(MONDAY_MORNING + timedelta(minutes=5))
    server.run()
    yield one
    assert server.stop() == 0


def test_nothing_is_lost_and_nothing_doubled(day):
    for name, before in day.before.items():
        assert day.said(name) == before


def test_the_desk_shows_what_it_showed(day):
    board = day.anna.board()
    states = {name: board[reference]["state"] for name, reference in day.references.items() if reference in board}
    assert states == {"left": "queued", "queued": "queued", "next": "queued", "assigned": "assigned"}
    assert board[day.references["assigned"]]["owner"] == "anna"
    for name, outcome in (("returned", "returned"), ("closed", "solved")):
        assert day.anna.reads(day.references[name])["outcome"] == outcome


def test_what_is_sent_again_is_said_once(day):
    chat, reference = day.chats["assigned"], day.references["assigned"]
    day.anna.answers(reference, "Hi, I am Anna.", "first assigned")
    assert chat.says("hello Anna", "hello assigned") == []
    assert day.said("assigned") == day.before["assigned"]


def test_the_streams_go_on_with_place_and_person(day):
    for name, state, position in (("queued", "queued", 1), ("next", "queued", 2), ("assigned", "assigned", None)):
        with day.chats[name].listen(day.before[name][-1][0]) as stream:
            event = stream.event()
        assert (event["event"], event["data"]["state"]) == ("handoff", state)
        assert event["data"].get("position") == position


def test_who_was_offered_a_person_can_still_accept(day):
    chat = day.chats["offered"]
    (said,) = chat.says(WISH)
    assert said["data"]["state"] == "queued"
    assert day.anna.board()[said["data"]["reference"]]["reason"] == "misunderstood"


def test_the_bot_is_silent_where_it_was_and_speaks_where_it_is_back(day):
    for name in ("queued", "assigned"):
        assert day.chats[name].says(QUESTION) == []
    for name in ("returned", "closed", "left"):
        assert "free of charge" in day.chats[name].says(QUESTION)[-1]["text"]


def test_the_queue_moves_on_in_its_order(day):
    first, second = day.chats["queued"], day.chats["next"]
    with second.listen(day.said("next")[-1][0]) as stream:
        assert stream.event()["data"]["position"] == 2
        day.anna.does(day.references["queued"], "take")
        (message,) = stream.messages(1)
    assert message["text"].startswith(FIRST)
    assert first.transcript().json["messages"][-1]["text"].startswith("You are writing with Anna")


def test_the_message_is_answered_by_mail_once(day):
    reference = day.references["left"]
    day.anna.does(reference, "take")
    for _ in range(2):
        day.anna.answers(reference, "A new one is on its way.", "by mail")
    until = time.monotonic() + PATIENCE
    while len(mails(day.server)) < 2 and time.monotonic() < until:
        time.sleep(0.2)
    receipt, answer = mails(day.server)
    assert receipt["To"] == answer["To"] == "maja@example.com"
    assert "A new one is on its way." in answer.get_body(("plain",)).get_content()
    assert reference in answer["Subject"]
