"""Mail that must not get lost: it goes out by way of the outbox."""

from __future__ import annotations

import asyncio
from typing import Text

from actions.mail import Mail
from actions.mail.delivery import KIND
from actions.services import services


async def send_mail(conversation: Text, mail: Mail, key: Text) -> bool:
    """Keep a mail for sending; False: it was kept before. An erasure deletes it where it has not gone out.

    Args:
        conversation: its mails go out in order.
        mail: goes out once.
        key: names this mail and no person.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: it could not be kept.
    """
    return await asyncio.to_thread(services().outbox.add, KIND, conversation, mail.as_body(), key)
