"""What the skills work with: made once at start, replaced as a whole by tests."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable, Mapping, Optional

from actions.identity.signed import SignedIdentities
from actions.program.terms import Terms, load_terms
from actions.support.hours import Contact, load_contact
from actions.support.wording import load_words

LANGUAGES = ("sv", "en")
DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Services:
    """The clock (aware, UTC), the terms, the contact hours, and who vouches for customers."""

    clock: Callable[[], datetime]
    terms: Terms
    contact: Contact
    identities: SignedIdentities

    def now(self) -> datetime:
        """The present moment in the time zone of the contact hours (Europe/Stockholm)."""
        return self.clock().astimezone(self.contact.hours.zone)


def build(environment: Mapping[str, str], data: Path = DATA) -> Services:
    """Services from environment variables (`IDENTITY_SECRET`) and the files under `data/`.

    Raises:
        ValueError: a file or variable is wrong; the message names it.
    """
    for language in LANGUAGES:
        load_words(language)  # a broken file stops the start, not a customer's turn
    return Services(
        clock=lambda: datetime.now(timezone.utc),
        terms=load_terms(data / "program.yml"),
        contact=load_contact(data / "contact.yml"),
        identities=SignedIdentities(environment.get("IDENTITY_SECRET", "")),
    )


_current: Optional[Services] = None


def services() -> Services:
    """The services in use; made from the environment on first use (`rasa run actions` has no other start)."""
    global _current
    if _current is None:
        _current = build(os.environ)
    return _current


def use(replacement: Optional[Services]) -> None:
    """Put other services in place: at start by the composition root, and by tests."""
    global _current
    _current = replacement
