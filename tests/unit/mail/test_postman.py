"""Mail is sent in the background and tried again; nobody waits for it."""

import asyncio
import logging
import smtplib
import threading

from actions.mail import Mail, Postman
from actions.mail.postman import DELAYS

MAIL = Mail("maja@example.com", "Your code", "402 117", "en")


class Sender:
    """Fails as often as `errors` says, then takes the mail."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.taken: list[Mail] = []

    def send(self, mail: Mail) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(mail)


def _postman(sender):
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    return Postman(sender, sleep), slept


async def test_a_mail_goes_out_soon_but_not_within_the_turn():
    sender = Sender()
    postman, slept = _postman(sender)
    postman.post(MAIL)
    await postman.idle()
    assert sender.taken == [MAIL]
    assert len(slept) == 1
    assert slept[0] >= 1.0  # after the turn in which it was posted


async def test_a_mail_that_is_not_taken_is_tried_again():
    sender = Sender(ConnectionRefusedError(), smtplib.SMTPResponseException(451, b"later"))
    postman, slept = _postman(sender)
    postman.post(MAIL)
    await postman.idle()
    assert sender.taken == [MAIL]
    assert [int(seconds) in (delay, delay + 1) for seconds, delay in zip(slept, DELAYS, strict=False)] == [True] * 3


async def test_it_is_given_up_in_the_end_and_the_log_names_no_address(caplog):
    sender = Sender(*(smtplib.SMTPRecipientsRefused({MAIL.to: (550, b"maja@example.com unknown")}) for _ in DELAYS))
    postman, _ = _postman(sender)
    with caplog.at_level(logging.WARNING):
        postman.post(MAIL)
        await postman.idle()
    assert sender.taken == []
    assert [record.levelname for record in caplog.records] == ["WARNING"] * (len(DELAYS) - 1) + ["ERROR"]
    assert "maja" not in caplog.text


async def test_a_mail_that_can_never_be_sent_is_not_tried_again(caplog):
    postman, slept = _postman(Sender(ValueError("no address")))
    postman.post(MAIL)
    await postman.idle()
    assert len(slept) == 1
    assert "given up" in caplog.text


async def test_nobody_waits_for_a_server_that_hangs():
    released = threading.Event()

    class Hangs:
        def send(self, mail: Mail) -> None:
            released.wait(30)

    postman, _ = _postman(Hangs())
    postman.post(MAIL)
    await asyncio.sleep(0)  # the turn goes on while the mail is under way
    released.set()
    await postman.idle()
