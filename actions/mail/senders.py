"""Where mail goes: files in a folder, or an SMTP server (`MAIL_URL`)."""

from __future__ import annotations

import os
import secrets
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timezone
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from actions.mail.message import Mail

FORMS = "file:///FOLDER or smtp://USER:PASSWORD@HOST:587?from=ADDRESS"
WAIT = 10.0
"""Seconds to wait for an SMTP server."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class MailUrlError(ValueError):
    """MAIL_URL cannot be used. The text names the variable and never holds a password."""


class Sender(Protocol):
    """Takes mail out of the house. Blocks, so it is for a thread."""

    def send(self, mail: Mail) -> None:
        """Hand the mail on.

        Raises:
            OSError (smtplib.SMTPException is one): not now; the same mail may be sent again.
            ValueError: this mail can never be sent.
        """


def sender_at(url: str, default_from: str, clock: Callable[[], datetime]) -> Sender:
    """The sender for a value of MAIL_URL; mail comes from its `from=`, else from `default_from`.

    `smtp://` takes STARTTLS where the server offers it, and insists on it where there is a password and the server
    is not this machine; `smtps://` speaks TLS from the start.

    Raises:
        MailUrlError: the address cannot be used.
    """
    parts = urlsplit(url)
    given = parse_qs(parts.query).get("from", [default_from])[0]
    try:
        sender = Address(addr_spec=given)
        parts.port  # noqa: B018  reading it checks it
    except (ValueError, IndexError):
        raise MailUrlError(f"MAIL_URL: the port or the address after from= is none; it looks like {FORMS}") from None
    if parts.scheme == "file" and not parts.netloc and parts.path:
        return MailFolder(Path(unquote(parts.path)), sender, clock)
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        return SmtpServer(parts, sender, clock)
    raise MailUrlError(f"MAIL_URL cannot be used; it looks like {FORMS}")


class MailFolder:
    """One `.eml` file a mail, for its owner's eyes (mode 0600), complete or not there."""

    def __init__(self, folder: Path, sender: Address, clock: Callable[[], datetime]) -> None:
        self._folder, self._sender, self._clock = folder, sender, clock

    def send(self, mail: Mail) -> None:
        """See `Sender`."""
        now = self._clock()
        message = mail.as_message(self._sender, now)
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{now.astimezone(timezone.utc):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}.eml"
        draft = self._folder / f".{name}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(message.as_bytes())
        draft.replace(self._folder / name)


class SmtpServer:
    """A server that takes mail by SMTP."""

    def __init__(self, url: SplitResult, sender: Address, clock: Callable[[], datetime]) -> None:
        self._url, self._sender, self._clock = url, sender, clock
        self._tls = ssl.create_default_context()

    def send(self, mail: Mail) -> None:
        """See `Sender`."""
        message: EmailMessage = mail.as_message(self._sender, self._clock())
        host, port = str(self._url.hostname), self._url.port
        connection = self._connect(host, port)
        try:
            if self._url.username:
                connection.login(unquote(self._url.username), unquote(self._url.password or ""))
            connection.send_message(message)
            with suppress(OSError):  # the mail is taken: a server that does not say goodbye changes nothing
                connection.quit()
        finally:
            connection.close()

    def _connect(self, host: str, port: int | None) -> smtplib.SMTP:
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=WAIT, context=self._tls)
        connection = smtplib.SMTP(host, port or 587, timeout=WAIT)
        try:
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=self._tls)
                connection.ehlo()
            elif self._url.password and host not in _LOOPBACK:
                raise smtplib.SMTPNotSupportedError("MAIL_URL has a password, and the server offers no encryption")
        except BaseException:
            connection.close()
            raise
        return connection
