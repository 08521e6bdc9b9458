"""The registry for an event loop: nothing blocks it, nothing is waited for too long."""

import asyncio
import threading
import time

import pytest

from actions.program import Damage
from actions.registry import Registry, RegistryUnavailable, TimelyRegistry
from actions.registry.timely import ANSWER_WITHIN
from tests.unit.registry.test_cases import NOW, SERIAL


class Hanging(Registry):
    """Does not answer until it is released."""

    def __init__(self) -> None:
        self.released = threading.Event()

    def account(self, customer_id):
        self.released.wait(30)


async def test_it_answers_like_the_registry(registry: Registry) -> None:
    timely = TimelyRegistry(registry)
    assert await timely.account("C-1") == registry.account("C-1")
    assert await timely.owner(SERIAL, "maja@example.com") == registry.owner(SERIAL, "maja@example.com")
    opened = await timely.open_case("C-1", SERIAL, Damage.ACCIDENT, "sv", NOW, "c")
    assert opened.is_new


def test_customers_wait_three_seconds_at_most() -> None:
    assert ANSWER_WITHIN == 3.0


async def test_an_answer_that_takes_too_long_counts_as_none() -> None:
    hanging = Hanging()
    try:
        with pytest.raises(RegistryUnavailable, match=r"did not answer within 0\.05 s"):
            await TimelyRegistry(hanging, answer_within=0.05).account("C-1")
    finally:
        hanging.released.set()


async def test_a_registry_that_hangs_blocks_neither_the_loop_nor_other_threads() -> None:
    hanging = Hanging()
    timely = TimelyRegistry(hanging, answer_within=0.2)
    try:
        waiting = [asyncio.ensure_future(timely.account("C-1")) for _ in range(40)]
        assert await asyncio.to_thread(time.monotonic) > 0  # the loop's own threads are free
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert {type(result) for result in results} == {RegistryUnavailable}
    finally:
        hanging.released.set()
