"""Agents' accounts and their sessions at the desk."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from actions.support.database import Database
from actions.support.handoff import State
from actions.support.rows import moment
from actions.support.tables import agents, handoffs, sessions

LONGEST_SESSION = timedelta(hours=12)
LONGEST_PAUSE = timedelta(hours=1)
LEAST_PASSWORD, MOST_PASSWORD = 12, 128


class AccountRefused(ValueError):
    """The account cannot be made; the message says why."""


@dataclass(frozen=True)
class Agent:
    """Who works at the desk. `name` is what they sign in with, `first_name` what customers see."""

    name: str
    first_name: str


@dataclass(frozen=True)
class AgentHere:
    """An agent and whether their page has been heard of lately."""

    agent: Agent
    seen_at: datetime | None


class Accounts:
    """All calls block and are meant for a thread; passwords are kept as argon2id hashes, tokens as SHA-256.

    Raises (all calls): sqlalchemy.exc.SQLAlchemyError.
    """

    def __init__(self, database: Database, hasher: PasswordHasher | None = None) -> None:
        self._database, self._hasher = database, hasher or PasswordHasher()
        self._nobodys = _no_password(self._hasher)

    def add(self, name: str, first_name: str, password: str) -> None:
        """Make an account, or give an existing one this first name and password and end its sessions.

        Raises:
            AccountRefused: a name or the password cannot be used.
        """
        name = _key(name)
        if not 1 <= len(name) <= 64 or not name.replace(".", "").replace("-", "").replace("_", "").isalnum():
            raise AccountRefused("the name must be 1 to 64 letters, digits, dots and dashes")
        if not 1 <= len(first_name.strip()) <= 40 or not first_name.strip().isprintable():
            raise AccountRefused("the first name must be 1 to 40 characters")
        if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
            raise AccountRefused(f"the password must have {LEAST_PASSWORD} to {MOST_PASSWORD} characters")
        values = {"first_name": first_name.strip(), "password": self._hasher.hash(password)}
        with self._database.transaction() as connection:
            changed = connection.execute(sa.update(agents).where(agents.c.name == name).values(values))
            if changed.rowcount == 0:
                connection.execute(self._database.insert_if_free(agents).values(name=name, **values))
            connection.execute(sa.delete(sessions).where(sessions.c.agent == name))

    def remove(self, name: str) -> bool:
        """Delete an account and its sessions; whether there was one. The hand-offs that it has are queued again."""
        name = _key(name)
        held = (handoffs.c.owner == name) & (handoffs.c.state == State.ASSIGNED.value)
        queued = {"state": State.QUEUED.value, "owner": None, "assigned_at": None}
        with self._database.transaction() as connection:
            connection.execute(sa.update(handoffs).where(held).values(queued))
            connection.execute(sa.delete(sessions).where(sessions.c.agent == name))
            return connection.execute(sa.delete(agents).where(agents.c.name == name)).rowcount == 1

    def sign_in(self, name: str, password: str, now: datetime) -> tuple[Agent, str] | None:
        """The agent and the token of a new session; None: name and password do not belong together.

        It takes as long for a name that nobody has.
        """
        with self._database.transaction() as connection:
            row = connection.execute(sa.select(agents).where(agents.c.name == _key(name))).first()
        try:
            self._hasher.verify(row.password if row else self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return None
        if row is None:
            return None
        token = secrets.token_urlsafe(32)
        seconds = now.timestamp()
        with self._database.transaction() as connection:
            connection.execute(sa.delete(sessions).where(_expired(now)))
            connection.execute(
                sessions.insert().values(token=_hash(token), agent=row.name, started_at=seconds, used_at=seconds)
            )
        return Agent(row.name, row.first_name), token

    def agent_of(self, token: str, now: datetime, use: bool = True) -> Agent | None:
        """Whose session the token is; None: nobody's, or it has expired. Using it keeps it alive; looking does not."""
        own = sessions.c.token == _hash(token)
        used_at = now.timestamp() if use else sessions.c.used_at
        used = sa.update(sessions).where(own, sa.not_(_expired(now))).values(used_at=used_at)
        found = sa.select(agents).join(sessions, sessions.c.agent == agents.c.name).where(own)
        with self._database.transaction() as connection:
            if connection.execute(used).rowcount == 0:
                return None
            row = connection.execute(found).first()
        return Agent(row.name, row.first_name) if row else None

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._database.transaction() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.token == _hash(token)))

    def seen(self, name: str, now: datetime | None) -> None:
        """The agent's page is open now; None: it has just been closed."""
        value = now.timestamp() if now else None
        with self._database.transaction() as connection:
            connection.execute(sa.update(agents).where(agents.c.name == name).values(seen_at=value))

    def anybody(self) -> bool:
        """Whether there is an account at all."""
        with self._database.transaction() as connection:
            return connection.execute(sa.select(agents.c.name).limit(1)).first() is not None

    def first_name(self, name: str) -> str:
        """What customers call this agent; the name itself where the account is gone."""
        with self._database.transaction() as connection:
            found = connection.execute(sa.select(agents.c.first_name).where(agents.c.name == name)).scalar()
        return str(found or name)

    def everybody(self) -> list[AgentHere]:
        """All agents, by name."""
        with self._database.transaction() as connection:
            rows = connection.execute(sa.select(agents).order_by(agents.c.name))
            return [
                AgentHere(Agent(row.name, row.first_name), moment(row.seen_at) if row.seen_at is not None else None)
                for row in rows
            ]


def _expired(now: datetime) -> sa.sql.ColumnElement:
    return sa.or_(
        sessions.c.started_at <= (now - LONGEST_SESSION).timestamp(),
        sessions.c.used_at <= (now - LONGEST_PAUSE).timestamp(),
    )


def _key(name: str) -> str:
    return name.strip().casefold()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _no_password(hasher: PasswordHasher) -> str:
    """What looks like a hash, takes as long to check, and fits no password: names that exist are not told apart."""
    salt, digest = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (hasher.salt_len, hasher.hash_len))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2{hasher.type.name.lower()}$v={ARGON2_VERSION}${cost}${salt}${digest}"
