"""Who the customer of a conversation is, once that is verified."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.identity.sealed import Sealer, Unsealable

LIFE = timedelta(minutes=30)
"""How long a customer stays identified."""

_PURPOSE = "grant"


class NotIdentified(Exception):
    """Nobody has been identified in this conversation, or it was too long ago."""


class Grants:
    """Makes and reads grants: sealed texts that say for which customer a conversation may ask."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def grant(self, conversation: str, customer_id: str, now: datetime) -> str:
        """A grant for this conversation from `now` (aware) on, for `LIFE`."""
        value = {"customer_id": customer_id, "until": (now + LIFE).timestamp()}
        return self._sealer.seal(_PURPOSE, conversation, value, now)

    def customer_id(self, grant: Any, conversation: str, now: datetime) -> str:
        """For which customer the grant is good in this conversation at `now` (aware).

        Raises:
            NotIdentified: there is no grant, or none that is good here and now.
        """
        try:
            value = self._sealer.unseal(_PURPOSE, conversation, grant)
        except Unsealable as error:
            raise NotIdentified("no customer is identified in this conversation") from error
        if now.timestamp() >= value["until"]:
            raise NotIdentified("the customer was identified too long ago")
        return str(value["customer_id"])
