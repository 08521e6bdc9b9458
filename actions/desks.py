"""The desks to choose from (`DESK`), each put together from the services."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Mapping

from actions.identity.sealed import Sealer
from actions.mail import Tickets
from actions.mail.delivery import KIND as MAIL
from actions.registry.serials import new_reference
from actions.support.database import Database
from actions.support.desk import SEALED, EmbeddedDesk, Wish
from actions.support.email_desk import EmailDesk
from actions.support.hours import OpeningHours
from actions.support.outbox import Outbox


@lru_cache(maxsize=4)
def embedded_desk(database: Database, hours: OpeningHours, sealer: Sealer) -> EmbeddedDesk:
    """One desk a database: services that are made anew find the one on which the agents' page listens."""
    return EmbeddedDesk(database, hours, sealer, new_reference)


def email_desk(database: Database, outbox: Outbox, sealer: Sealer, tickets: Tickets) -> EmailDesk:
    """The desk that answers by mail; `sealer` reads what the skills have sealed for it."""

    def write(reference: str, wish: Wish) -> Mapping[str, Any]:
        left = sealer.unseal(SEALED, wish.conversation, wish.sealed)
        if not left.get("text") or not left.get("email"):
            raise ValueError("a ticket needs a message and an address")
        return tickets.write(reference, wish, left["text"], left["email"]).as_body()

    return EmailDesk(database, outbox, MAIL, new_reference, write)
