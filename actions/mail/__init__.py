"""Mail to customers and to support: written in the customer's language, sent without making anybody wait."""

from actions.mail.delivery import MailDelivery, deliver_mail
from actions.mail.message import Mail, can_be_written_to
from actions.mail.postman import Postman
from actions.mail.senders import MailUrlError, Sender, sender_at
from actions.mail.texts import MailText, load_mail_texts
from actions.mail.ticket import Tickets, load_ticket_words

__all__ = [
    "Mail",
    "MailDelivery",
    "MailText",
    "MailUrlError",
    "Postman",
    "Sender",
    "Tickets",
    "can_be_written_to",
    "deliver_mail",
    "load_mail_texts",
    "load_ticket_words",
    "sender_at",
]
