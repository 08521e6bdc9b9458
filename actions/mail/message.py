"""One mail."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

_ENCODING = "quoted-printable"  # passes servers that take seven bits only


_LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Mail:
    """To one address, as plain text and, where `html` is given, as HTML beside it.

    `language`: `en` or `sv`, for screen readers of mail. `reply_to`: where answers go, if not to who sends it.
    `automatic`: no person wrote it. `id`: stays with the mail, so that a repetition is known as one.
    """

    to: str
    subject: str
    text: str
    language: str
    html: str | None = None
    reply_to: str | None = None
    automatic: bool = True
    id: str = field(default_factory=lambda: secrets.token_hex(16), compare=False)

    def as_body(self) -> dict[str, Any]:
        """The mail as JSON can hold it; `Mail(**body)` is the same mail again."""
        return asdict(self)

    def as_message(self, sender: Address, now: datetime) -> EmailMessage:
        """As it goes out, from `sender`, dated `now` (aware).

        Raises:
            ValueError: an address is none, or a header would hold a line break. It does not quote them.
        """
        try:
            return self._composed(sender, now)
        except Exception as error:  # the standard library's parser fails in many ways on what is no address
            raise ValueError(f"the mail cannot be put together ({type(error).__name__})") from None

    def _composed(self, sender: Address, now: datetime) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = sender
        message["To"] = _address(self.to)
        if self.reply_to:
            message["Reply-To"] = _address(self.reply_to)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{self.id}@{sender.domain}>"
        if self.automatic:
            message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text, cte=_ENCODING)
        if self.html:
            message.add_alternative(self.html, subtype="html", cte=_ENCODING)
        message["Content-Language"] = self.language  # at last: setting the content removes such headers
        return message


def can_be_written_to(address: str) -> bool:
    """Whether mail can be addressed so; not whether anybody is there."""
    try:
        _address(address)
    except Exception:  # see `Mail.as_message`
        return False
    return len(address) <= _LONGEST_ADDRESS


def _address(text: str) -> Address:
    """The address; a domain with letters such as å in the form that every server knows."""
    local, _, domain = text.rpartition("@")
    address = Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
    if not local.isascii() or not address.domain:
        raise ValueError("no address that every server takes")
    return address
