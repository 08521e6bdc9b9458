"""The desk in Chatwoot put together, and what its channel needs of the skills."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Callable, Mapping, Optional

from actions.identity.sealed import Sealer, Unsealable
from actions.registry.serials import new_reference
from actions.support.chatwoot_api import Account, ChatwootApi
from actions.support.chatwoot_desk import Address, ChatwootDesk
from actions.support.chatwoot_line import Line
from actions.support.chatwoot_notes import Notes
from actions.support.chatwoot_places import Places
from actions.support.database import Database
from actions.support.desk import SEALED, Desk, Wish
from actions.support.hours import OpeningHours
from actions.support.outbox import Outbox

CHANNEL_ANSWERS = {"files": "say_files_unread"}
"""What the channel says by itself: `files` to what the bot cannot read."""

_NEEDED = ("CHATWOOT_URL", "CHATWOOT_ACCOUNT", "CHATWOOT_TOKEN")


def account_of(environment: Mapping[str, str]) -> Optional[Account]:
    """The account in `CHATWOOT_URL`, `CHATWOOT_ACCOUNT`, `CHATWOOT_TOKEN` and `CHATWOOT_INBOX`; None where none is set.

    Raises:
        ValueError: one is missing; the message names it.
    """
    given = {name: environment.get(name, "") for name in _NEEDED}
    if not any(given.values()):
        return None
    for name, value in given.items():
        if not value:
            raise ValueError(f"{name} is not set; Chatwoot needs {', '.join(_NEEDED)}.")
    if not given["CHATWOOT_ACCOUNT"].isdecimal():
        raise ValueError("CHATWOOT_ACCOUNT must be a whole number.")
    url, number, token = given.values()
    return Account(url.rstrip("/"), int(number), token, environment.get("CHATWOOT_INBOX") or None)


def chatwoot_line(
    account: Account, database: Database, outbox: Outbox, sealer: Sealer, clock: Callable[[], datetime]
) -> Line:
    """The way to Chatwoot."""
    places = Places(database, sealer.handle)
    return Line(ChatwootApi(account), places, outbox, sealer, lambda: secrets.token_hex(16), clock)


def chatwoot_desk(
    line: Line, database: Database, hours: OpeningHours, sealer: Sealer, notes: Mapping[str, Notes], by_mail: Desk
) -> ChatwootDesk:
    """The desk; `sealer` reads what the skills have sealed for it. `notes`, `by_mail`: see `ChatwootDesk`."""

    def left(wish: Wish) -> Address:
        try:
            private = sealer.unseal(SEALED, wish.conversation, wish.sealed)
        except Unsealable:
            private = {}
        return Address(private.get("email"), private.get("text"))

    return ChatwootDesk(database, line, hours, new_reference, notes, left, by_mail)
