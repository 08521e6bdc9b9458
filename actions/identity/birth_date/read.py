"""Reading the date of birth that a message gives, or finding out why there is none that can be relied on."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from actions.identity.birth_date.find import find
from actions.identity.birth_date.fold import fold
from actions.identity.birth_date.shapes import HINT
from actions.program.age import is_adult

OLDEST = 120  # years; older is a slip of the pen


class Unclear(Enum):
    """Why a message gives no date of birth; the dialogue chooses what to ask."""

    NONE = "none"  # nothing in it looks like one
    INCOMPLETE = "incomplete"  # an age, a year or a month, or a date that cannot be read with certainty
    IMPOSSIBLE = "impossible"  # no such day: 31 February, month 13
    FUTURE = "future"  # after today
    TOO_OLD = "too_old"  # somebody of more than 120 years
    AMBIGUOUS = "ambiguous"  # two readings that differ about being old enough, or two different dates


@dataclass(frozen=True)
class BirthDate:
    """The date, and where it stands in the text as (start, end) character positions, once or more often."""

    value: date
    spans: tuple[tuple[int, int], ...]


def read_birth_date(text: str, today: date, minimum_age: int) -> BirthDate | Unclear:
    """The date of birth in `text`, or why there is none that can be relied on.

    `today`: the customer's local date. `minimum_age`: whole years, see `is_adult`.
    - Two digits of a year mean the most recent such date that is not after `today`; a personal number with a
      plus sign means one at least 100 calendar years back. Co-ordination numbers have 60 added to the day.
    - Day and month (with two digits of a year also year and day: 04-03-12) can often be swapped. When all
      past readings agree about `minimum_age`, the usual one is taken: year first with dashes, else day first.
      When they do not, the result is AMBIGUOUS.
    - Six digits in a row are year, month, day as in a personal number.
    - Several dates must have a reading in common, else AMBIGUOUS; incomplete ones do not count then.
    """
    folded, origin = fold(text)
    found = find(folded)
    dates = [f for f in found if f.readings]
    if not dates:
        return Unclear.INCOMPLETE if found or HINT.search(folded) else Unclear.NONE
    meant = [[r.on(today) for r in f.readings] for f in dates]
    real = [[d for d in days if d is not None] for days in meant]
    if not any(real):
        return Unclear.IMPOSSIBLE
    common = [d for d in real[0] if all(d in others for others in real[1:])]
    if not common:
        return Unclear.AMBIGUOUS
    past = [d for d in common if d <= today]
    likely = [d for d in past if not is_adult(d, today - timedelta(days=1), OLDEST)]
    if not likely:
        return Unclear.TOO_OLD if past else Unclear.FUTURE
    if len({is_adult(d, today, minimum_age) for d in likely}) > 1:
        return Unclear.AMBIGUOUS
    return BirthDate(likely[0], tuple((origin[f.start], origin[f.end - 1] + 1) for f in dates))
