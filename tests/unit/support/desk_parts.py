"""The desk's parts for tests: hand-offs in a database, with references in order and time as the test says."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from actions.identity.sealed import Sealer
from actions.support.database import Database
from actions.support.hours import load_contact
from actions.support.records import Records
from actions.support.service_level import open_seconds
from actions.support.store import HandoffStore
from tests.conftest import ROOT, STOCKHOLM

MORNING = datetime(2026, 3, 9, 10, 0, tzinfo=STOCKHOLM)
"""A Monday, support is open."""

HOURS = load_contact(ROOT / "data" / "contact.yml").hours
BRIEF = {"topic": "report_damage", "first_question": "My charger is broken"}


class Desk:
    """Store and records on one database."""

    def __init__(self, url: str) -> None:
        numbers = itertools.count(1)
        self.url = url
        self.database = Database(url)
        self.records = Records(self.database, Sealer("a secret of the tests"))
        self.store = HandoffStore(
            self.database,
            lambda: f"REF-{next(numbers):04}",
            lambda handoff, now: open_seconds(HOURS, handoff.requested_at, now),
        )

    def queue(self, conversation: str, minutes: float = 0, reason: str = "asked"):
        """A conversation that asks for a person so many minutes after the morning's ten."""
        return self.store.request(conversation, "en", reason, at(minutes), BRIEF)


def at(minutes: float) -> datetime:
    """So many minutes after the morning's ten."""
    return MORNING + timedelta(minutes=minutes)
