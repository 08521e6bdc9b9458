"""An outbox for tests: time is the test's, and what goes out is written down."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.identity.sealed import Sealer
from actions.support.database import Database
from actions.support.outbox import Outbox

START = datetime.fromisoformat("2026-03-09T09:00:00+00:00")


class House:
    """One process at work on an outbox. `errors`: what the next deliveries raise, first to last; None: it goes out."""

    def __init__(self, url: str, secret: str = "a secret of the tests") -> None:  # noqa: S107
        self.url, self.now = url, START
        self.database = Database(url)
        self.outbox = Outbox(self.database, Sealer(secret), lambda: self.now, jitter=lambda: 0.0)
        self.sent: list[str] = []
        self.errors: list[Exception | None] = []
        self.outbox.register("mail", self._deliver)

    async def _deliver(self, body) -> None:
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        self.sent.append(body["text"])

    def add(self, text: str, lane: str = "a", kind: str = "mail", key: str | None = None) -> bool:
        """Something with this text."""
        return self.outbox.add(kind, lane, {"text": text}, key)

    def later(self, **span: float) -> None:
        """Time goes by: later(minutes=5)."""
        self.now += timedelta(**span)

    def left(self) -> dict[str, int]:
        """How many entries there are by state."""
        return {tally.state: tally.count for tally in self.outbox.left()}
