"""Identities that the shop's website vouches for: a signed token handed over by the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any, Dict

import jwt

LONGEST = timedelta(hours=1)
"""How far ahead an identity may expire (contract)."""

_LEEWAY = timedelta(seconds=10)


class IdentityRefused(Exception):
    """The token is not accepted; the message says why and holds nothing of the token."""


@dataclass(frozen=True)
class SignedIdentity:
    """A customer id of the registry, and whether the website has verified that this customer is an adult."""

    customer_id: str
    age_verified: bool


class SignedIdentities:
    """Reads HS256 tokens made with the secret shared with the website (`IDENTITY_SECRET`)."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def read(self, token: str, now: datetime) -> SignedIdentity:
        """The identity in the token, valid at `now` (aware).

        Raises:
            IdentityRefused: no secret is set, or the token is malformed, forged, expired, valid for more than an
                hour ahead, or lacks `sub`, `age_verified` or `exp`.
        """
        if not self._secret:
            raise IdentityRefused("identities are not accepted here (IDENTITY_SECRET is not set)")
        claims = self._claims(token)
        expires = claims.get("exp")
        if isinstance(expires, bool) or not isinstance(expires, (int, float)) or not isfinite(expires):
            raise IdentityRefused("'exp' must be a number of seconds")
        ahead = expires - now.timestamp()
        if ahead <= -_LEEWAY.total_seconds():
            raise IdentityRefused("the identity has expired")
        if ahead > (LONGEST + _LEEWAY).total_seconds():
            raise IdentityRefused("'exp' is more than an hour ahead")
        customer_id, age_verified = claims.get("sub"), claims.get("age_verified")
        if not isinstance(customer_id, str) or not customer_id:
            raise IdentityRefused("'sub' must be a customer id")
        if not isinstance(age_verified, bool):
            raise IdentityRefused("'age_verified' must be true or false")
        return SignedIdentity(customer_id, age_verified)

    def _claims(self, token: str) -> Dict[str, Any]:
        try:  # `read` checks `exp` itself, against the clock that it is given
            return jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                options={"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False},
            )
        except (jwt.PyJWTError, ValueError):
            raise IdentityRefused("the identity is not a valid HS256 token of the website") from None
