"""What has not left the house, as those who run the bot see it: how many, since when, and what failed."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Text

from sqlalchemy.exc import SQLAlchemyError

from actions import services as skill_services
from actions.support.database import Database
from actions.support.outbox import described
from actions.support.outbox_store import OutboxStore
from bot.composition import process
from bot.composition.process import make_folder


def outbox_lines() -> List[Text]:
    """One line for each kind and state, without a word of what it is.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    now, tallies = _now(), _store().tallies()
    return [f"{described(each)}, the oldest for {_span((now - each.oldest).total_seconds())}" for each in tallies]


def retry_outbox() -> int:
    """Let all that failed be tried again, by the running bot; how many.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    return _store().retry(_now())


def drop_given_up() -> int:
    """Delete what was given up, for good; how many.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    return _store().drop()


def outbox_health() -> Optional[Dict[Text, Any]]:
    """By kind: how many wait and are given up, and for how many seconds the oldest has been there. None: unknown."""
    kinds: Dict[Text, Any] = {}
    now = _now()
    try:
        tallies = skill_services.services().outbox.left()
    except SQLAlchemyError:
        return None
    for tally in tallies:
        kind = kinds.setdefault(tally.kind, {"waiting": 0, "given_up": 0, "oldest_seconds": 0})
        kind[tally.state] = tally.count
        kind["oldest_seconds"] = max(kind["oldest_seconds"], int((now - tally.oldest).total_seconds()))
    return kinds


def _store() -> OutboxStore:
    url = process.settings().tracker_url
    make_folder(url)
    return OutboxStore(Database(url))


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _span(seconds: float) -> Text:
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"
