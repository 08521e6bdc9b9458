"""The bearer tokens of the web chat: a conversation's id, signed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Callable, Text

from itsdangerous import SignatureExpired, URLSafeTimedSerializer

TOKEN_LIFE = timedelta(hours=24)
_MOST = 2000
"""Tokens that are remembered: whoever writes again need not have the signature checked again."""


def _utc() -> datetime:
    return datetime.now(timezone.utc)


class SessionTokens:
    """Signs conversations' ids, and reads them back for `TOKEN_LIFE`.

    Args:
        secret: signs.
        now: the present moment, aware.
    """

    def __init__(self, secret: Text, now: Callable[[], datetime] = _utc) -> None:
        self._serializer, self._now = URLSafeTimedSerializer(secret, salt="webchat session"), now
        self._signed = lru_cache(maxsize=_MOST)(self._verified)

    def make(self, conversation: Text) -> Text:
        """A token for the conversation, from now on."""
        return str(self._serializer.dumps(conversation))

    def read(self, token: Text) -> Text:
        """The conversation that the token is for.

        Raises:
            itsdangerous.SignatureExpired: the token has had its time.
            itsdangerous.BadSignature, ValueError: it is none of ours.
        """
        conversation, signed_at = self._signed(token)
        age = self._now() - signed_at
        if age > TOKEN_LIFE or age < timedelta(0):
            raise SignatureExpired(f"Signed {age} ago.", date_signed=signed_at)
        return conversation

    def _verified(self, token: Text) -> tuple[Text, datetime]:
        conversation, signed_at = self._serializer.loads(token, return_timestamp=True)
        return str(conversation), signed_at
