"""The identities of two made-up customers, for the demo shop. Never served but by `serve --demo`."""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta
from typing import MutableMapping, Text

import jwt

CUSTOMERS = ("C-1001", "C-1006")
"""Of `data/registry/customers.csv`: maja@example.com and johan@example.com."""

_LIFE = timedelta(minutes=50)


def demo_identity(secret: Text, customer: Text, now: datetime) -> Text:
    """What the shop's website would hand to the widget for a customer who is logged in (`now`: aware).

    Raises:
        KeyError: no demo customer.
    """
    if customer not in CUSTOMERS:
        raise KeyError(customer)
    claims = {"sub": customer, "age_verified": True, "exp": now + _LIFE}
    return jwt.encode(claims, secret, algorithm="HS256")


def lend_identity_secret(environment: MutableMapping[Text, Text] = os.environ) -> None:
    """A secret for this process alone, where none is set."""
    environment["IDENTITY_SECRET"] = secrets.token_urlsafe(48)
