"""A real SMTP server on a free port of this machine; it may refuse, be away and come back."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.api.running import free_port

USER, PASSWORD = b"bot", b"pass:word"


@dataclass(frozen=True)
class Letter:
    """What the server took, and how."""

    message: EmailMessage
    recipients: list[str]
    encrypted: bool
    authenticated: bool

    @property
    def plain(self) -> str:
        """The text of its plain form."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The text of its HTML form."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")


class MailServer:
    """`recipient_answers`, `data_answers`: what it says to the next recipients and mails, first to last; then it takes
    them. `answers_for`: the same for one recipient only, by address. `options`: of aiosmtpd's controller.
    """

    def __init__(self, **options: Any) -> None:
        self.letters: list[Letter] = []
        self.recipient_answers: list[str] = []
        self.answers_for: dict[str, list[str]] = {}
        self.data_answers: list[str] = []
        self.port = free_port()
        self._options = options
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """A value for MAIL_URL without a password."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to listen, always on the same port."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()

    def stop(self) -> None:
        """Be away."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802  aiosmtpd's name
        answers = self.answers_for.get(address) or self.recipient_answers
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        if self.data_answers:
            return self.data_answers.pop(0)
        message = message_from_bytes(envelope.content, policy=policy.default)
        encrypted = server.transport.get_extra_info("ssl_object") is not None
        known = bool(session.authenticated)
        self.letters.append(Letter(message, envelope.rcpt_tos, encrypted, known))
        return "250 taken"


def knows(server, session, envelope, mechanism, data) -> AuthResult:
    """An authenticator that knows one user."""
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER, PASSWORD)
    return AuthResult(success=good, handled=False)
