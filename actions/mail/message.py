"""One mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid


@dataclass(frozen=True)
class Mail:
    """To one address, plain text. `language`: `en` or `sv`, for screen readers of mail."""

    to: str
    subject: str
    text: str
    language: str

    def as_message(self, sender: Address, now: datetime) -> EmailMessage:
        """As it goes out, from `sender`, dated `now` (aware).

        Raises:
            ValueError: the address is none, or a header would hold a line break.
        """
        message = EmailMessage(policy=SMTP)
        message["From"] = sender
        message["To"] = Address(addr_spec=self.to)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = make_msgid(domain=sender.domain)
        message["Content-Language"] = self.language
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        return message
