"""`DESK=email` as `python -m bot serve` runs it: killed and started again, with a mail server that comes and goes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest

from tests.api.client import new_id, problem
from tests.api.running import ROOT, Server, environment
from tests.mail_server import MailServer

ADDRESS = "maja@example.com"
SUPPORT = "tickets@shop.example"
PATIENCE = 60.0


class Waiting(MailServer):
    """Tells when a letter has come."""

    def __init__(self) -> None:
        super().__init__()
        self.news = threading.Condition()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        answer = await super().handle_DATA(server, session, envelope)
        with self.news:
            self.news.notify_all()
        return answer

    def wait_for(self, count: int) -> None:
        with self.news:
            assert self.news.wait_for(lambda: len(self.letters) >= count, PATIENCE), len(self.letters)


@pytest.fixture(scope="module")
def mail_server():
    """A server that takes mail, or is away."""
    server = Waiting()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def served(model, tmp_path_factory, mail_server):
    """A bot without a desk in the chat."""
    folder = tmp_path_factory.mktemp("email")
    running = Server(folder, DESK="email", DESK_MAIL=SUPPORT, MAIL_URL=mail_server.url)
    yield running.run()
    running.stop()


def outbox(served, step: str) -> str:
    """`python -m bot desk outbox …` on this server's database."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "desk", "outbox", step],
        cwd=ROOT,
        env=environment(served.folder),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def button(messages: list[dict], title: str) -> str:
    return next(each["id"] for message in messages for each in message["buttons"] if each["title"] == title)


def leave_message(served, text: str) -> str:
    """A customer leaves a message; what the bot says in the end."""
    chat = served.chat("en", adult=True)
    told = chat.says("I want to talk to a person")
    assert told[0]["data"]["kind"] == "opening_hours"
    chat.presses(button(told, "Leave a message"))
    chat.says(text)
    confirm = chat.says(ADDRESS)
    return chat.send({"id": new_id(), "button": button(confirm, "Yes, send it")}).messages[0]["text"]


def test_there_is_no_desk_page(served):
    for path in ("/desk", "/desk/", "/desk/api/board", "/desk/files/desk.js"):
        problem(served.request("GET", path), 404)


def test_a_message_survives_a_mail_server_that_is_away_and_a_killed_bot(served, mail_server):
    mail_server.stop()
    told = leave_message(served, "My charger fell, and it is the first one.")
    assert "maja@ex….com" in told
    ready = served.request("GET", "/health/ready")
    kinds = ready.json["outbox"]
    assert (ready.status, kinds["mail"]["waiting"], kinds["receipt"]["waiting"]) == (200, 1, 1)
    assert outbox(served, "list").startswith("mail: 1 waiting")

    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait()
    served.process.stdout.close()
    with sqlite3.connect(served.database) as database:  # the lease of who was killed has run out, as after some minutes
        database.execute("UPDATE outbox SET leased_until = 0 WHERE leased_until IS NOT NULL")
    mail_server.start()
    served.run()
    assert "to be tried again" in outbox(served, "retry")
    mail_server.wait_for(2)

    ticket, receipt = sorted(mail_server.letters, key=lambda letter: letter.recipients != [SUPPORT])
    assert (ticket.recipients, ticket.message["Reply-To"]) == ([SUPPORT], ADDRESS)
    assert "> My charger fell, and it is the first one." in ticket.plain
    assert receipt.recipients == [ADDRESS]
    reference = str(ticket.message["Subject"]).split("(")[1].split(")")[0]
    assert reference in told
    assert reference in receipt.plain
    assert ADDRESS not in served.log.read_text()


def test_mail_goes_out_at_once_while_all_is_well(served, mail_server):
    before = len(mail_server.letters)
    leave_message(served, "A second message")
    mail_server.wait_for(before + 2)
    assert served.request("GET", "/health/ready").status == 200
