"""A message made to take long is searched for dates as quickly as any other."""

import time
from collections.abc import Callable

import pytest

from actions.identity.birth_date import mask_birth_dates
from tests.unit.identity.birth_dates import read

HOSTILE = [
    "1",
    "0",
    " ",
    "\t",
    "1 ",
    "19",
    "1-",
    "1/",
    "a",
    "１",
    "1maj",
    "17/5 ",
    "900517 ",
    "may ",
    "twenty",
    "+4 ",
    "\u030a",
]


def least_time(action: Callable[[str], object], text: str) -> float:
    """Seconds of the processor in the fastest of several runs: not what else the machine was doing."""
    times = []
    for _ in range(5):
        start = time.process_time()
        action(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_message_takes_no_longer_than_any_other(part: str) -> None:
    text = (part * 1000)[:1000]
    limit = 0.01 if part in "10 \t１" else 0.05
    assert least_time(mask_birth_dates, text) < limit
    assert least_time(read, text) < limit


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_with_the_length_of_the_message_only(part: str) -> None:
    short, long = ((part * 8000)[:length] for length in (1000, 8000))
    assert least_time(mask_birth_dates, long) < 8 * 4 * least_time(mask_birth_dates, short)
