"""How mail leaves the outbox: one attempt, and whether another one makes sense."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from actions.mail.message import Mail
from actions.mail.senders import Sender
from actions.support.outbox import Never, NotNow, Outbox

KIND, RECEIPT, ANSWER = "mail", "receipt", "answer"
"""The outbox's names for mail: tickets to support, receipts for them, agents' answers. Each has lanes of its own: a
mailbox of a customer that does not answer holds up no ticket.

The body is `Mail.as_body()`; of an answer, `mail` is that and `reference` its hand-off's.
"""

_AT_ONCE = 4  # threads of its own: a server that hangs must not take those that store conversations
_FOR_GOOD = 500


class MailDelivery:
    """Delivers the outbox's mails. A repetition has the same Message-ID, by which mailboxes know it."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="outbox-mail")

    async def deliver(self, body: Mapping[str, Any]) -> None:
        """One attempt.

        Raises:
            NotNow: the server is away, asks to come back, or refuses the bot itself.
            Never: the server will never take this mail or this address, or it is no mail.
        """
        try:
            mail = Mail(**body)
            await asyncio.get_running_loop().run_in_executor(self._threads, self._sender.send, mail)
        except (TypeError, ValueError) as error:
            raise Never from error
        except OSError as error:
            raise (Never if _for_good(error) else NotNow) from error


def deliver_mail(
    outbox: Outbox, sender: Sender, not_answered: Callable[[str, str, str], Awaitable[None]] | None = None
) -> None:
    """Let mail of all kinds go out by `sender`; `not_answered`: hears (reference, id of the mail, address) of answers
    that were given up.
    """
    delivery = MailDelivery(sender)

    async def deliver_answer(body: Mapping[str, Any]) -> None:
        await delivery.deliver(body["mail"])

    async def given_up(body: Mapping[str, Any]) -> None:
        if not_answered is not None:
            await not_answered(body["reference"], body["mail"]["id"], body["mail"]["to"])

    for kind in (KIND, RECEIPT):
        outbox.register(kind, delivery.deliver)
    outbox.register(ANSWER, deliver_answer, given_up)


def _for_good(error: OSError) -> bool:
    """Refused by a permanent code for what the mail is, not for who sends it: settings can be mended."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _FOR_GOOD for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= _FOR_GOOD
