"""Several processes work off one outbox: everything goes out once, in order, whatever happens to the database."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from actions.support.outbox_store import LEASE
from tests.unit.support.outbox_parts import House


def impatient(folder) -> House:
    """An outbox that waits a tenth of a second for a lock."""
    house = House(f"sqlite:///{folder}/outbox.db")
    house.database._engine = sa.create_engine(house.url, future=True, connect_args={"timeout": 0.1})
    return house


@pytest.mark.parametrize("round_", range(6))
async def test_several_workers_on_one_postgresql_deliver_everything_once_and_in_order(postgres_url, round_):
    houses = [House(postgres_url) for _ in range(4)]
    lanes = [f"lane{number}" for number in range(8)]
    for number in range(5):
        for lane in lanes:
            houses[number % 4].add(f"{lane} {number}", lane)
    went: list[str] = []

    async def deliver(body) -> None:
        went.append(body["text"])

    for house in houses:
        house.outbox.register("mail", deliver)
    counts = await asyncio.gather(*(house.outbox.work_off() for house in houses))
    counts.append(await houses[0].outbox.work_off())
    assert (sum(counts), len(set(went))) == (40, 40)
    for lane in lanes:
        assert [text for text in went if text.startswith(f"{lane} ")] == [f"{lane} {number}" for number in range(5)]
    assert houses[0].outbox.left() == []
    for house in houses:
        house.database.close()


@pytest.mark.parametrize("round_", range(6))
async def test_the_same_key_added_by_many_at_once_is_there_once(postgres_url, round_):
    houses = [House(postgres_url) for _ in range(4)]
    added = await asyncio.gather(*(asyncio.to_thread(house.add, "1", key="once") for house in houses))
    assert sorted(added) == [False, False, False, True]
    assert await houses[0].outbox.work_off() == 1
    for house in houses:
        house.database.close()


async def test_a_locked_database_is_an_error_to_who_adds_and_costs_nothing_that_waits(tmp_path):
    house = impatient(tmp_path)
    house.add("1")
    with sqlite3.connect(tmp_path / "outbox.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError):
            house.add("2")
        with pytest.raises(OperationalError):
            await house.outbox.work_off()
        other.execute("ROLLBACK")
    assert await house.outbox.work_off() == 1
    house.database.close()


async def test_a_database_that_is_locked_after_the_delivery_means_a_repetition_and_no_loss(tmp_path):
    house = impatient(tmp_path)
    house.add("1")
    other = sqlite3.connect(tmp_path / "outbox.db", isolation_level=None, check_same_thread=False)

    async def deliver(body) -> None:
        house.sent.append(body["text"])
        other.execute("BEGIN EXCLUSIVE")

    house.outbox.register("mail", deliver)
    with pytest.raises(OperationalError):
        await house.outbox.work_off()
    other.execute("ROLLBACK")
    house.now += LEASE
    house.outbox.register("mail", house._deliver)
    assert await house.outbox.work_off() == 1
    assert house.sent == ["1", "1"]
    other.close()
    house.database.close()
