"""Whether a request comes from our Chatwoot, and just now."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Mapping, Text

WINDOW = timedelta(minutes=5)
"""How old (or, by a clock that goes ahead, how new) a signature may be."""


class NotSigned(Exception):
    """The request is not to be believed; the message says why."""


def check(headers: Mapping[Text, Text], body: bytes, secret: Text, now: datetime) -> None:
    """Check `X-Chatwoot-Signature` over `X-Chatwoot-Timestamp` and the raw body.

    Raises:
        NotSigned: see there.
    """
    timestamp, signature = headers.get("x-chatwoot-timestamp", ""), headers.get("x-chatwoot-signature", "")
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        raise NotSigned("X-Chatwoot-Timestamp is missing or no number.")
    if not hmac.compare_digest(signature.encode(), sign(timestamp, body, secret).encode()):
        raise NotSigned("X-Chatwoot-Signature is missing or wrong.")
    if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        raise NotSigned("X-Chatwoot-Timestamp is too far from the present.")


def sign(timestamp: Text, body: bytes, secret: Text) -> Text:
    """The signature that the request should have."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"
