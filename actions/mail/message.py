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
            ValueError: the address is none, or a header would hold a line break. It does not quote them.
        """
        try:
            return self._composed(sender, now)
        except Exception as error:  # the standard library's parser fails in many ways on what is no address
            raise ValueError(f"the mail cannot be put together ({type(error).__name__})") from None

    def _composed(self, sender: Address, now: datetime) -> EmailMessage:
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
