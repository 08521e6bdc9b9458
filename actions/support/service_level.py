"""Waiting, measured honestly: the clock runs from the request, in open hours only, and an estimate rests on
measured times.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from statistics import fmean

from actions.support.hours import OpeningHours

LEAST_MEASURED = 3
"""Conversations that must have been handled before anything is said about the next ones."""


def open_seconds(hours: OpeningHours, start: datetime, end: datetime) -> float:
    """How many seconds between two moments (aware) support was open.

    A request made while support is closed begins to wait when it opens.
    """
    total, now = timedelta(), start
    while now < end:
        status = hours.status(now)
        until = end if status.next_change is None else min(end, status.next_change.astimezone(timezone.utc))
        if status.open:
            total += until - now
        now = until
    return total.total_seconds()


@dataclass(frozen=True)
class Place:
    """`position` in the queue, 1 is next. `minutes`: the estimated wait, at least 1; None: nobody can say yet.

    `staffed`: somebody is at the desk now.
    """

    position: int
    minutes: int | None
    staffed: bool = True


def place(position: int, handled: Sequence[float], at_work: int, busy: int) -> Place:
    """The place with an estimate.

    Args:
        position: 1 is next.
        handled: how long the latest conversations took, in seconds.
        at_work: agents who are at the desk now; none: there is no estimate.
        busy: conversations that agents have now.
    """
    if at_work < 1 or len(handled) < LEAST_MEASURED:
        return Place(position, None, at_work > 0)
    free = max(0, at_work - busy)
    ahead = max(0, position - free)  # conversations that must end first
    return Place(position, max(1, math.ceil(ahead / at_work * fmean(handled) / 60)))
