"""One-time codes: a customer who reads mail at the address on the account is that customer.

Nothing here says whether the details belong together: for details that do not, a code is made in the same way, it is
only never sent and never right.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from actions.identity.details import CODE_DIGITS
from actions.identity.sealed import Sealer, Unsealable

LIFE = timedelta(minutes=10)
TRIES = 5
_PURPOSE = "identification"


@dataclass(frozen=True)
class Attempt:
    """An identification under way: what the customer has said, and the code that was made, if one was.

    `customer_id` and `device` (the serial number as the registry has it) are None where the details do not belong
    together. `until`: seconds since 1970.
    """

    email: str | None = None
    serials: tuple[str, ...] = ()
    customer_id: str | None = None
    device: str | None = None
    code: str | None = None
    until: float = 0.0
    tries_left: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether both details have been given."""
        return bool(self.email and self.serials)

    def is_open(self, now: datetime) -> bool:
        """Whether a code can still be entered at `now` (aware)."""
        return self.code is not None and self.tries_left > 0 and now.timestamp() < self.until

    def told(self, email: str | None, serials: Sequence[str]) -> Attempt:
        """The attempt after a message that named these; other details make an older code worthless."""
        if (email is None or email == self.email) and (not serials or tuple(serials) == self.serials):
            return self
        return Attempt(email=email or self.email, serials=tuple(serials) or self.serials)


class CodeExpired(Exception):
    """The code was valid for `LIFE`, or no code was made."""


class CodeUsedUp(Exception):
    """A wrong code was entered `TRIES` times; it is worth nothing any more (an attempt that is kept has to say so)."""


class WrongCode(Exception):
    """Not the code. `attempt` has one try less."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__("not the code")
        self.attempt = attempt


class Codes:
    """Keeps attempts sealed in the conversation, and checks codes."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def keep(self, attempt: Attempt, conversation: str, now: datetime) -> str:
        """The attempt as a sealed text for the conversation to hold."""
        return self._sealer.seal(_PURPOSE, conversation, asdict(attempt), now)

    def kept(self, sealed: Any, conversation: str) -> Attempt:
        """The attempt that the conversation holds; an empty one where it holds none."""
        if not sealed:
            return Attempt()
        try:
            value = self._sealer.unseal(_PURPOSE, conversation, sealed)
        except Unsealable:
            return Attempt()
        return Attempt(**{**value, "serials": tuple(value["serials"])})

    @staticmethod
    def with_code(attempt: Attempt, customer_id: str | None, device: str | None, now: datetime) -> Attempt:
        """The attempt with a new code, valid from `now` (aware) for `LIFE` and `TRIES` tries."""
        code = str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS)
        until = (now + LIFE).timestamp()
        return replace(
            attempt, customer_id=customer_id, device=device, code=code, until=until, tries_left=TRIES
        )

    @staticmethod
    def check(attempt: Attempt, code: str, now: datetime) -> str:
        """The customer's id, where this is the code.

        Raises:
            CodeExpired, CodeUsedUp, WrongCode.
        """
        if attempt.code is None or now.timestamp() >= attempt.until:
            raise CodeExpired("the code is not valid any more")
        if attempt.tries_left <= 0:
            raise CodeUsedUp("the code has been tried too often")
        right = hmac.compare_digest(attempt.code.encode(), code.encode())
        if right and attempt.customer_id is not None:
            return attempt.customer_id
        if attempt.tries_left == 1:
            raise CodeUsedUp("the code has been tried too often")
        raise WrongCode(replace(attempt, tries_left=attempt.tries_left - 1))
