"""Remembers that a person was offered, and why: the agent sees it when the customer accepts."""

from __future__ import annotations

import logging
from typing import Text

from rasa_sdk import Tracker

from actions.services import services

logger = logging.getLogger(__name__)


async def offer(tracker: Tracker, reason: Text) -> None:
    """An offer that cannot be kept is as good to the customer: the button under it works all the same."""
    try:
        language = tracker.get_slot("language")
        await services().desk.offer(tracker.sender_id, language, reason, services().now())
    except Exception as error:
        logger.warning("An offer of a person was not kept (%s).", type(error).__name__)
