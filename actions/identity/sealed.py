"""Values that only this bot can make and read, bound to one conversation and one purpose."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken


class Unsealable(Exception):
    """The value is not this bot's, belongs to another conversation or purpose, or has been altered."""


class Sealer:
    """Encrypts and signs small values (Fernet), so that conversations can hold them without anybody reading them.

    The key is derived from `SECRET_KEY`, for this use alone.
    """

    def __init__(self, secret: str) -> None:
        key = hmac.new(secret.encode(), b"sealed values of a conversation", hashlib.sha256).digest()
        self._key = key
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def handle(self, conversation: str, value: str) -> str:
        """A short name for a value (a serial number) that says nothing about it and is good in one conversation."""
        return hmac.new(self._key, f"{conversation}\0{value}".encode(), hashlib.sha256).hexdigest()[:16]

    def seal(self, purpose: str, conversation: str, value: dict[str, Any], now: datetime) -> str:
        """`value` (what JSON can hold) as an opaque text. `now` (aware) is written in."""
        content = {"purpose": purpose, "conversation": conversation, "value": value}
        return self._fernet.encrypt_at_time(json.dumps(content).encode(), int(now.timestamp())).decode()

    def unseal(self, purpose: str, conversation: str, sealed: Any) -> dict[str, Any]:
        """The value again.

        Raises:
            Unsealable: see there.
        """
        try:
            content = json.loads(self._fernet.decrypt(str(sealed).encode()))
        except (InvalidToken, ValueError) as error:
            raise Unsealable("the value cannot be unsealed") from error
        if content["purpose"] != purpose or content["conversation"] != conversation:
            raise Unsealable("the value is for another conversation or purpose")
        return dict(content["value"])
