"""Which conversation is meant, by the names that customers and agents know it by."""

from __future__ import annotations

import asyncio
from typing import Optional, Text

from actions import services as skill_services

_CHATWOOT = "chatwoot:"


async def conversation_called(name: Text) -> Optional[Text]:
    """The id of a conversation.

    Args:
        name: the id itself; the reference of a hand-off or of a message, such as 7KQ-42P; or `chatwoot:` with the
            number that the conversation has in Chatwoot.

    Returns:
        None: nobody knows the reference or number. What may be an id is given as it is.

    Raises:
        ValueError: behind `chatwoot:` stands no number, or Chatwoot is not set up.
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    services, reference = skill_services.services(), name.strip().upper()
    if name.startswith(_CHATWOOT):
        number = name[len(_CHATWOOT) :]
        if not number.isdecimal():
            raise ValueError(f"'{name}' names no conversation in Chatwoot: {_CHATWOOT}42 does.")
        if services.chatwoot is None:
            raise ValueError(f"'{name}': CHATWOOT_URL is not set.")
        place = await asyncio.to_thread(services.chatwoot.places.at, int(number))
        if place is None:
            return None
        name, reference = place.lane, place.lane  # of a message that was left it is the reference
    return await services.desk.conversation_of(reference) or name.strip()
