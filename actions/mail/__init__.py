"""Mail to customers and to support: written in the customer's language, sent without making anybody wait."""

from actions.mail.message import Mail
from actions.mail.postman import Postman
from actions.mail.senders import MailUrlError, Sender, sender_at
from actions.mail.texts import MailText, load_mail_texts

__all__ = ["Mail", "MailText", "MailUrlError", "Postman", "Sender", "load_mail_texts", "sender_at"]
