"""What the outbox and those who deliver for it have agreed on, and how a failure is named without its text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from actions.support.outbox_store import GIVEN_UP, WAITING, Tally

Deliver = Callable[[Mapping[str, Any]], Awaitable[None]]
"""Takes a body out of the house. Raises `NotNow` or `Never`; anything else that it raises counts as `NotNow`."""


class NotNow(Exception):
    """Not delivered; the same body is delivered again later. `retry_after`: not before so many seconds."""

    def __init__(self, message: str = "", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Never(Exception):
    """This body can never be delivered."""


class Seals(Protocol):
    """`actions.identity.sealed.Sealer`, as far as it is needed here."""

    def seal(self, purpose: str, conversation: str, value: dict[str, Any], now: datetime) -> str:
        """The value as an opaque text."""

    def unseal(self, purpose: str, conversation: str, sealed: Any) -> dict[str, Any]:
        """The value again; raises where it cannot be read."""


def described(tally: Tally) -> str:
    """A tally in one line, without the time: "mail: 3 given up (SMTPDataError 554: 3)"."""
    errors = ", ".join(f"{name}: {count}" for name, count in sorted(tally.errors.items()))
    state = {WAITING: "waiting", GIVEN_UP: "given up"}[tally.state]
    return f"{tally.kind}: {tally.count} {state}" + (f" ({errors})" if errors else "")


def name_of(error: BaseException) -> str:
    """What failed, by its class and number; never its text."""
    cause = error.__cause__ or error
    number = getattr(cause, "smtp_code", None) or getattr(cause, "status", None)
    name = type(cause).__name__
    return f"{name} {number}"[:60] if isinstance(number, int) else name[:60]
