"""What the skills work with: made once at start, replaced as a whole by tests."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Callable, Mapping, Optional

from actions.chatwoot import account_of, chatwoot_desk, chatwoot_line
from actions.desks import email_desk, embedded_desk
from actions.identity.codes import Codes
from actions.identity.grants import Grants
from actions.identity.kept_secret import kept_secret
from actions.identity.limits import AttemptLimits
from actions.identity.sealed import Sealer
from actions.identity.signed import SignedIdentities
from actions.mail import (
    MailText,
    Postman,
    Tickets,
    deliver_mail,
    load_mail_texts,
    load_ticket_words,
    sender_at,
)
from actions.program.terms import Terms, load_terms
from actions.registry import ANSWER_WITHIN, Registry, TimelyRegistry, registry_url
from actions.support.chatwoot_api import Account
from actions.support.chatwoot_desk import ChatwootDesk
from actions.support.chatwoot_line import Line
from actions.support.chatwoot_notes import load_notes
from actions.support.database import Database
from actions.support.desk import SEALED, Desk, EmbeddedDesk
from actions.support.hours import Contact, load_contact
from actions.support.outbox import Outbox
from actions.support.wording import load_words

logger = logging.getLogger(__name__)

LANGUAGES = ("sv", "en")
_TO_CHATWOOT_AT_ONCE = 4
ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"


@dataclass(frozen=True)
class Services:
    """The clock (aware, UTC), the terms, the contact hours, the registry, and what tells who is asking."""

    clock: Callable[[], datetime]
    terms: Terms
    contact: Contact
    registry: TimelyRegistry
    identities: SignedIdentities
    sealer: Sealer
    grants: Grants
    codes: Codes
    code_limits: AttemptLimits
    mail_texts: Mapping[str, Mapping[str, MailText]]
    postman: Postman
    desk: Desk
    outbox: Outbox
    chatwoot: Optional[Line] = None
    """The way to Chatwoot, where its settings are set."""
    to_chatwoot: Optional[Outbox] = None
    """What takes the things on that way; it is run beside `outbox`."""

    def now(self) -> datetime:
        """The present moment in the time zone of the contact hours (Europe/Stockholm)."""
        return self.clock().astimezone(self.contact.hours.zone)


def build(environment: Mapping[str, str], data: Path = DATA) -> Services:
    """Services from environment variables and the files under `data/`.

    Variables: `REGISTRY_URL`, `TRACKER_URL`, `MAIL_URL`, `IDENTITY_SECRET`, `REDIS_URL`, `DESK`, `DESK_MAIL`, and
    `SECRET_KEY`; without the last one, the key that the bot keeps under `var/`.

    Raises:
        ValueError: a file or variable is wrong; the message names it.
    """
    for language in LANGUAGES:
        load_words(language)  # a broken file stops the start, not a customer's turn
    contact = load_contact(data / "contact.yml")
    secret = environment.get("SECRET_KEY") or _kept_secret()
    sealer = _sealer(secret)
    tracker_url = environment.get("TRACKER_URL") or f"sqlite:///{ROOT}/var/tracker.db"
    sender = sender_at(environment.get("MAIL_URL") or f"file://{ROOT}/var/outbox", contact.email, _utc_now)
    mail_texts = {language: load_mail_texts(language, data) for language in LANGUAGES}
    words = {language: load_ticket_words(language, data) for language in LANGUAGES}
    ticket_texts = {language: texts["ticket"] for language, texts in mail_texts.items()}
    tickets = Tickets(environment.get("DESK_MAIL") or contact.email, ticket_texts, words)
    outbox = _outbox(tracker_url, secret)
    deliver_mail(outbox, sender, tell_of_a_lost_answer)
    line = _line(account_of(environment), tracker_url, secret)
    wanted, database = environment.get("DESK") or "embedded", _database(tracker_url)
    return Services(
        clock=_utc_now,
        terms=load_terms(data / "program.yml"),
        contact=contact,
        registry=TimelyRegistry(Registry.at(registry_url(environment), ANSWER_WITHIN)),
        identities=SignedIdentities(environment.get("IDENTITY_SECRET", "")),
        sealer=sealer,
        grants=Grants(sealer),
        codes=Codes(sealer),
        code_limits=AttemptLimits(environment.get("REDIS_URL") or None),
        mail_texts=mail_texts,
        postman=Postman(sender),
        desk=_desk(wanted, database, contact, outbox, sealer, tickets, line, data),
        outbox=outbox,
        chatwoot=line,
        to_chatwoot=_to_chatwoot(tracker_url, secret) if line else None,
    )


def _kept_secret() -> str:
    try:
        return kept_secret(ROOT / "var" / "secret_key")
    except OSError as error:
        logger.warning("SECRET_KEY is not set, and none can be kept (%s): every start has another.", error.strerror)
        return secrets.token_urlsafe(48)


def _desk(
    wanted: str,
    database: Database,
    contact: Contact,
    outbox: Outbox,
    sealer: Sealer,
    tickets: Tickets,
    line: Optional[Line],
    data: Path,
) -> Desk:
    if wanted == "embedded":
        return embedded_desk(database, contact.hours, sealer)
    by_mail = email_desk(database, outbox, sealer, tickets)
    if wanted == "email":
        return by_mail
    if wanted != "chatwoot":
        raise ValueError(f"DESK: '{wanted}' is not available; embedded, email and chatwoot are.")
    if line is None:
        raise ValueError("CHATWOOT_URL is not set; DESK=chatwoot needs it.")
    notes = {language: load_notes(language, data) for language in LANGUAGES}
    return chatwoot_desk(line, database, contact.hours, sealer, notes, by_mail)


@lru_cache(maxsize=4)
def _sealer(secret: str) -> Sealer:
    """One a key, so that what is made once with it is found again."""
    return Sealer(secret)


@lru_cache(maxsize=4)
def _line(account: Optional[Account], url: str, secret: str) -> Optional[Line]:
    """One way to Chatwoot, however often services are made anew."""
    if account is None:
        return None
    return chatwoot_line(account, _database(url), _to_chatwoot(url, secret), _sealer(secret), _utc_now)


@lru_cache(maxsize=4)
def _database(url: str) -> Database:
    """One pool of connections a database."""
    return Database(url)


@lru_cache(maxsize=4)
def _outbox(url: str, secret: str) -> Outbox:
    """One outbox a database: services that are made anew wake the one that is worked off."""
    return Outbox(_database(url), _sealer(secret), _utc_now)


@lru_cache(maxsize=4)
def _to_chatwoot(url: str, secret: str) -> Outbox:
    """What goes to Chatwoot, on the same table: neither waits while the other's server hangs."""
    return _outbox(url, secret).beside(_TO_CHATWOOT_AT_ONCE)


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


async def tell_of_a_lost_answer(reference: str, mail: str, to: str) -> None:
    """An answer of this hand-off was given up: its agents learn of it. `mail`: names the mail, which went to `to`."""
    desk, now = services().desk, services().now()
    if not isinstance(desk, (EmbeddedDesk, ChatwootDesk)):
        return
    handoff = await asyncio.to_thread(desk.store.get, reference)
    sealed = services().sealer.seal(SEALED, handoff.conversation, {"email": to}, now)
    await desk.answer_lost(reference, f"lost {mail}", now, sealed)


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
