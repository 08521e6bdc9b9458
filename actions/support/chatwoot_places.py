"""Which conversation is which in Chatwoot, and how it stands there, however late and disordered Chatwoot tells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from actions.support.chatwoot_tables import gone, places, posts
from actions.support.database import Database

INBOX, RELAY, LETTER = "inbox", "relay", "letter"
"""Kinds: a customer in one of Chatwoot's inboxes; one in the web chat; a message that is answered by mail."""

PENDING, OPEN, RESOLVED = "pending", "open", "resolved"
"""Chatwoot's statuses that matter: the bot's, a person's, settled."""

_KEPT = timedelta(days=7)

Mark = Callable[[str, str], str]
"""(lane, words) -> by what the same words are known again in this lane; without our key, it tells nobody what."""


@dataclass(frozen=True)
class Place:
    """See `actions.support.chatwoot_tables.places`."""

    lane: str
    kind: str
    number: int | None
    language: str
    contact: str | None
    status: str | None
    position: int
    at: float
    claim: str | None
    claim_out: bool
    attributes: str | None
    agent: str | None

    def is_told_by(self, position: int, at: float) -> bool:
        """Whether news of this message and moment are not older than what is known."""
        return position >= self.position or at > self.at

    def is_asked_for(self, status: str) -> bool:
        """Whether this status is claimed and Chatwoot has not taken it yet."""
        return self.claim == status and not self.claim_out

    @property
    def stands(self) -> str:
        """Whose the conversation is, as far as we know: what we have asked for counts before what we were told."""
        return self.claim or self.status or PENDING


@dataclass(frozen=True)
class Post:
    """`tried`: it may have been sent before. `message`: Chatwoot's id of it, where it surely was."""

    tried: bool
    message: int | None


class Places:
    """All calls block and are meant for a thread. Raises (all calls): sqlalchemy.exc.SQLAlchemyError.

    Args:
        database: keeps them.
        mark: see `Mark`.
    """

    def __init__(self, database: Database, mark: Mark) -> None:
        self._database, self._mark = database, mark

    def find(self, lane: str) -> Place | None:
        """The place of our conversation."""
        return self._one(places.c.lane == lane)

    def at(self, number: int) -> Place | None:
        """The place of Chatwoot's conversation."""
        return self._one(places.c.number == number)

    def enter(self, number: int, language: str, mint: Callable[[], str]) -> Place | None:
        """The place of a conversation in one of Chatwoot's inboxes; where there is none, a new one with a minted id.

        None: we had brought the conversation to Chatwoot, and it was erased here.
        """
        found = self.at(number)
        if found is None and not self.is_gone(number):
            self._add(lane=mint(), kind=INBOX, number=number, language=language)
            found = self.at(number)
            if found is None:
                raise RuntimeError("the place was erased while it was made")
        return found

    def is_gone(self, number: int) -> bool:
        """Whether a conversation of this number was brought to Chatwoot by us, and erased here."""
        with self._database.transaction() as connection:
            return connection.execute(sa.select(gone).where(gone.c.number == number)).first() is not None

    def open(self, lane: str, kind: str, language: str) -> Place:
        """The place of a conversation that we bring to Chatwoot; its number comes later (`link`)."""
        self._add(lane=lane, kind=kind, number=None, language=language)
        found = self.find(lane)
        if found is None:
            raise RuntimeError("the place was erased while it was made")
        return found

    def restore(self, place: Place) -> None:
        """Put a place back that an erasure has taken, without what was known of it."""
        self._add(lane=place.lane, kind=place.kind, number=place.number, language=place.language)

    def link(self, lane: str, number: int) -> None:
        """Chatwoot has given the conversation this number. It may have been erased here in the meantime."""
        with self._database.transaction() as connection:
            linked = sa.update(places).where(places.c.lane == lane).values(number=number)
            if connection.execute(linked).rowcount == 0:
                connection.execute(self._database.insert_if_free(gone).values(number=number))

    def keep_contact(self, lane: str, sealed: str) -> None:
        """Keep the contact's key."""
        self._set(places.c.lane == lane, contact=sealed)

    def keep_agent(self, lane: str, first_name: str) -> None:
        """Keep who writes."""
        self._set(places.c.lane == lane, agent=first_name[:40])

    def seen(self, lane: str, status: str, position: int, at: float) -> Place | None:
        """Chatwoot says how it stood when `position` was the latest message in it; old news change nothing.

        `at`: when it was changed, by Chatwoot's clock. Messages are counted, too, because the clock has whole seconds;
        notes for agents are not among those that Chatwoot names.
        """
        same = sa.and_(places.c.position == position, places.c.at <= at)
        newer = sa.or_(places.c.position < position, places.c.at < at, same)
        row = sa.and_(places.c.lane == lane, places.c.claim.is_(None), newer)
        self._set(row, status=status, position=position, at=at)
        return self.find(lane)

    def seen_attributes(self, lane: str, sealed: str, at: float) -> None:
        """Keep the custom attributes as they were at `at`."""
        row = sa.and_(places.c.lane == lane, places.c.attributes_at <= at)
        self._set(row, attributes=sealed, attributes_at=at)

    def keep_attributes(self, lane: str, sealed: str) -> None:
        """Keep the custom attributes as we have just sent them."""
        self._set(places.c.lane == lane, attributes=sealed)

    def claim(self, lane: str, status: str) -> None:
        """From now on this is how the conversation stands; Chatwoot is told in turn."""
        self._set(places.c.lane == lane, claim=status, claim_out=False)

    def reclaim(self, before: Place) -> None:
        """That was asked for before: it stands as it stood."""
        untold = sa.and_(places.c.lane == before.lane, places.c.claim_out.is_(False))
        self._set(untold, claim=before.claim, claim_out=before.claim_out)

    def told(self, lane: str, status: str) -> None:
        """Chatwoot has taken the status that was claimed. News from before may still be under way."""
        self._set(sa.and_(places.c.lane == lane, places.c.claim == status), claim_out=True)

    def trying(self, key: str, lane: str, words: str, now: datetime) -> Post:
        """A message is about to be sent."""
        values = {"key": key, "lane": lane, "words": self._marked(lane, words), "tried_at": now.timestamp()}
        with self._database.transaction() as connection:
            if connection.execute(self._database.insert_if_free(posts).values(values)).rowcount == 1:
                return Post(False, None)
            return Post(True, connection.execute(sa.select(posts.c.message).where(posts.c.key == key)).scalar())

    def not_sent(self, key: str) -> None:
        """It surely was not sent."""
        with self._database.transaction() as connection:
            connection.execute(sa.delete(posts).where(posts.c.key == key))

    def sent(self, key: str, lane: str, message: int, at: float) -> None:
        """It was, and has this id and moment at Chatwoot. News of later ones are newer than a status told before."""
        row = sa.and_(places.c.lane == lane, places.c.claim.is_not(None), places.c.claim_out)
        settled = {
            "status": places.c.claim,
            "position": message,
            "at": sa.case((places.c.at < at, at), else_=places.c.at),
            "claim": None,
            "claim_out": False,
        }
        with self._database.transaction() as connection:
            connection.execute(sa.update(posts).where(posts.c.key == key).values(message=message))
            connection.execute(sa.update(places).where(row).values(settled))

    def echoed(self, lane: str, words: str, message: int) -> None:
        """Chatwoot tells us of a message of our own. Where its answer to us was lost, this is how we know."""
        with self._database.transaction() as connection:
            if connection.execute(sa.select(posts.c.key).where(posts.c.message == message)).first():
                return
            same = posts.c.words == self._marked(lane, words)
            open_ones = sa.and_(posts.c.lane == lane, same, posts.c.message.is_(None))
            first = sa.select(posts.c.key).where(open_ones).order_by(posts.c.tried_at, posts.c.key).limit(1)
            key = connection.execute(first).scalar()
            connection.execute(sa.update(posts).where(posts.c.key == key).values(message=message))

    def known(self, message: int) -> bool:
        """Whether a message of this id is known to be ours."""
        with self._database.transaction() as connection:
            return connection.execute(sa.select(posts.c.key).where(posts.c.message == message)).first() is not None

    def erase(self, lane: str) -> None:
        """Forget the place and what was sent from it. What is said later where we had brought it is nobody's here."""
        brought = sa.and_(places.c.lane == lane, places.c.kind != INBOX, places.c.number.is_not(None))
        with self._database.transaction() as connection:
            numbers = sa.select(places.c.number).where(brought)
            connection.execute(self._database.insert_if_free(gone).from_select(["number"], numbers))
            connection.execute(sa.delete(posts).where(posts.c.lane == lane))
            connection.execute(sa.delete(places).where(places.c.lane == lane))

    def forget_posts(self, now: datetime) -> None:
        """Delete what was sent longer than a week ago."""
        with self._database.transaction() as connection:
            connection.execute(sa.delete(posts).where(posts.c.tried_at < (now - _KEPT).timestamp()))

    def _marked(self, lane: str, words: str) -> str:
        return self._mark(lane, unicodedata.normalize("NFC", " ".join(words.split())))

    def _add(self, **values: Any) -> None:
        fresh: Mapping[str, Any] = {"position": 0, "at": 0.0, "claim_out": False, "attributes_at": 0.0}
        with self._database.transaction() as connection:
            connection.execute(self._database.insert_if_free(places).values(**fresh, **values))

    def _set(self, condition: Any, **values: Any) -> None:
        with self._database.transaction() as connection:
            connection.execute(sa.update(places).where(condition).values(values))

    def _one(self, condition: Any) -> Place | None:
        with self._database.transaction() as connection:
            row = connection.execute(sa.select(places).where(condition)).first()
        if row is None:
            return None
        return Place(**{name: getattr(row, name) for name in Place.__dataclass_fields__})
