"""Mail by way of the outbox to a real SMTP server: refused, away and back, over restarts; nothing is lost."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta

import pytest

from actions.identity.sealed import Sealer
from actions.mail import Mail, MailDelivery, deliver_mail, sender_at
from actions.mail.delivery import KIND
from actions.support.database import Database
from actions.support.outbox import Outbox
from tests.mail_server import MailServer
from tests.unit.support.outbox_parts import START

RECEIPT = Mail("maja@example.com", "Din <mottagning>", "Hej Maja", "sv", "<p>Hej Maja</p>", "support@example.com")


class Process:
    """One run of the bot: an outbox on a database, and mail by MAIL_URL."""

    def __init__(self, database_url: str, mail_url: str) -> None:
        self.now = START
        self.database = Database(database_url)
        self.outbox = Outbox(self.database, Sealer("secret"), lambda: self.now, jitter=lambda: 0.5)
        self.outbox.register(KIND, MailDelivery(sender_at(mail_url, "bot@example.com", lambda: self.now)).deliver)

    def add(self, mail: Mail, lane: str = "chat") -> None:
        self.outbox.add(KIND, lane, mail.as_body())

    async def hours_go_by(self, hours: float) -> int:
        """How much went out meanwhile."""
        sent, end = 0, self.now + timedelta(hours=hours)
        while self.now < end:
            self.now += timedelta(minutes=10)
            sent += await self.outbox.work_off()
        return sent

    def left(self) -> dict[str, int]:
        return {tally.state: tally.count for tally in self.outbox.left()}


@pytest.fixture
def start(tmp_path):
    """Starts the bot: start(server)."""
    running: list[Process] = []

    def made(server: MailServer) -> Process:
        process = Process(f"sqlite:///{tmp_path}/outbox.db", server.url)
        running.append(process)
        return process

    yield made
    for process in running:
        process.database.close()


async def test_a_mail_goes_out_in_both_forms(start, serve):
    server = serve()
    bot = start(server)
    bot.add(RECEIPT)
    assert await bot.outbox.work_off() == 1
    (letter,) = server.letters
    assert (letter.plain.strip(), letter.html.strip()) == ("Hej Maja", "<p>Hej Maja</p>")
    assert (letter.message["Subject"], letter.message["Reply-To"]) == ("Din <mottagning>", "support@example.com")


async def test_a_server_that_is_away_for_a_day_and_a_restart_meanwhile_cost_nothing(start, serve):
    server = serve()
    server.stop()
    bot = start(server)
    for number in range(3):
        bot.add(Mail("maja@example.com", f"{number}", "x", "sv"))
    assert await bot.hours_go_by(12) == 0
    after = start(server)
    after.now = bot.now
    assert await after.hours_go_by(12) == 0
    server.start()
    assert await after.hours_go_by(2) == 3
    assert [letter.message["Subject"] for letter in server.letters] == ["0", "1", "2"]
    assert after.left() == {}


async def test_a_repetition_has_the_same_message_id(start, serve):
    server = serve()
    bot = start(server)
    bot.add(RECEIPT)
    body = RECEIPT.as_body()
    for _ in range(2):  # as when a process dies between the server's yes and its note of it
        await bot.outbox._kinds[KIND](body)
    await bot.outbox.work_off()
    assert {letter.message["Message-ID"] for letter in server.letters} == {f"<{RECEIPT.id}@example.com>"}


@pytest.mark.parametrize("answer", ["451 later", "421 too busy"])
async def test_a_server_that_says_later_gets_it_later(start, serve, answer):
    server = serve()
    server.data_answers = [answer, answer]
    bot = start(server)
    bot.add(RECEIPT)
    assert await bot.hours_go_by(1) == 1
    assert len(server.letters) == 1


async def test_an_unknown_address_is_given_up_at_once_and_the_log_names_nobody(start, serve, caplog):
    server = serve()
    server.recipient_answers = ["550 <maja@example.com> is unknown here"]
    bot = start(server)
    bot.add(RECEIPT)
    bot.add(Mail("johan@example.com", "next", "x", "sv"))
    with caplog.at_level(logging.DEBUG, "actions"):
        assert await bot.outbox.work_off() == 1
    assert [letter.message["Subject"] for letter in server.letters] == ["next"]
    assert bot.left() == {"given_up": 1}
    assert "SMTPRecipientsRefused" in caplog.text
    assert "maja" not in caplog.text


async def test_a_mail_that_the_server_will_never_take_is_given_up(start, serve):
    server = serve()
    server.data_answers = ["554 looks like spam"]
    bot = start(server)
    bot.add(RECEIPT)
    await bot.outbox.work_off()
    assert bot.left() == {"given_up": 1}


async def test_an_address_that_is_greylisted_gets_its_mail_later(start, serve):
    server = serve()
    server.recipient_answers = ["450 try again"]
    bot = start(server)
    bot.add(RECEIPT)
    assert await bot.hours_go_by(1) == 1


async def test_a_wrong_password_is_no_reason_to_give_up(start):
    class Refuses:
        def send(self, mail: Mail) -> None:
            raise smtplib.SMTPAuthenticationError(535, b"bad password of bot@example.com")

    bot = start(MailServer())
    bot.outbox.register(KIND, MailDelivery(Refuses()).deliver)
    bot.add(RECEIPT)
    await bot.outbox.work_off()
    assert bot.left() == {"waiting": 1}
    assert bot.outbox.left()[0].errors == {"SMTPAuthenticationError 535": 1}


async def test_after_days_it_is_given_up_and_may_be_tried_again(start, serve):
    server = serve()
    server.stop()
    bot = start(server)
    bot.add(RECEIPT)
    assert await bot.hours_go_by(75) == 0
    assert bot.left() == {"given_up": 1}
    server.start()
    assert await bot.hours_go_by(5) == 0
    assert bot.outbox.store.retry(bot.now) == 1
    assert await bot.outbox.work_off() == 1
    assert len(server.letters) == 1


async def test_a_server_that_hangs_up_after_taking_a_mail_gets_it_once(start, serve):
    class HangsUp(MailServer):
        async def handle_QUIT(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
            server.transport.abort()
            return "221 never arrives"

    server = HangsUp()
    server.start()
    bot = start(server)
    bot.add(RECEIPT)
    assert await bot.outbox.work_off() == 1
    assert len(server.letters) == 1
    server.stop()


@pytest.mark.parametrize(
    "body", [{}, {"to": "x"}, {**RECEIPT.as_body(), "to": "no address"}, {**RECEIPT.as_body(), "x": 1}]
)
async def test_what_is_no_mail_is_given_up(start, serve, body):
    bot = start(serve())
    bot.outbox.add(KIND, "chat", body)
    await bot.outbox.work_off()
    assert bot.left() == {"given_up": 1}


async def test_a_mailbox_that_does_not_answer_holds_up_no_ticket(tmp_path):
    class OnlySupport:
        def send(self, mail: Mail) -> None:
            if mail.to != "support@example.com":
                raise smtplib.SMTPRecipientsRefused({mail.to: (450, b"later")})
            sent.append(mail.subject)

    sent: list[str] = []
    bot = Process(f"sqlite:///{tmp_path}/outbox.db", "file:///nowhere")
    deliver_mail(bot.outbox, OnlySupport())
    bot.outbox.add("receipt", "chat", RECEIPT.as_body())
    bot.outbox.add("answer", "chat", {"reference": "REF-1", "mail": RECEIPT.as_body()})
    bot.add(Mail("support@example.com", "ticket", "text", "sv"))
    assert await bot.outbox.work_off() == 1
    assert sent == ["ticket"]
    assert {tally.kind for tally in bot.outbox.left()} == {"receipt", "answer"}
    bot.database.close()


async def test_of_an_answer_that_is_given_up_its_desk_hears(tmp_path, caplog):
    class Nowhere:
        def send(self, mail: Mail) -> None:
            raise smtplib.SMTPRecipientsRefused({mail.to: (550, b"unknown")})

    lost: list[tuple[str, str]] = []

    async def hears(reference: str, mail: str, to: str) -> None:
        lost.append((reference, to))
        raise RuntimeError("maja@example.com")

    bot = Process(f"sqlite:///{tmp_path}/outbox.db", "file:///nowhere")
    deliver_mail(bot.outbox, Nowhere(), hears)
    bot.outbox.add("answer", "chat", {"reference": "REF-1", "mail": RECEIPT.as_body()})
    assert await bot.outbox.work_off() == 0
    assert (lost, bot.left()) == ([("REF-1", RECEIPT.to)], {"given_up": 1})
    assert "maja" not in caplog.text
    bot.database.close()
