"""Mail that must not get lost: it goes out by way of the outbox. An erasure deletes what has not gone out."""

from __future__ import annotations

import asyncio
import logging
from typing import Text

from actions.mail import Mail
from actions.mail.delivery import ANSWER, RECEIPT
from actions.services import services
from actions.support.handoff import Handoff

logger = logging.getLogger(__name__)


async def send_receipt(conversation: Text, mail: Mail, key: Text) -> bool:
    """Keep a receipt for sending; False: it was kept before.

    Args:
        conversation: its receipts go out in order.
        mail: goes out once.
        key: names this mail and no person.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: it could not be kept.
    """
    return await asyncio.to_thread(services().outbox.add, RECEIPT, conversation, mail.as_body(), key)


async def send_answer(handoff: Handoff, mail: Mail, key: Text) -> bool:
    """Keep an agent's answer for sending; see `send_receipt`. Should it be given up, the desk is told."""
    body = {"reference": handoff.reference, "mail": mail.as_body()}
    return await asyncio.to_thread(services().outbox.add, ANSWER, handoff.conversation, body, key)
