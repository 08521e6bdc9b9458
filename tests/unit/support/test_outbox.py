"""What must leave the house is kept until it has: in order, tried again, given up in the end, erased on request."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from actions.support.outbox import FIRST_PAUSE, Never, NotNow, described
from actions.support.outbox_store import KEYS_KEPT, LAST_TRY, LEASE
from tests.unit.support.outbox_parts import House


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path):
    """An outbox in an empty database of each kind."""
    on_sqlite = request.param == "sqlite"
    made = House(f"sqlite:///{tmp_path}/outbox.db" if on_sqlite else request.getfixturevalue("postgres_url"))
    yield made
    made.database.close()


async def test_a_lane_goes_out_in_the_order_in_which_it_was_added(house):
    for text in ("1", "2", "3"):
        house.add(text)
    assert await house.outbox.work_off() == 3
    assert house.sent == ["1", "2", "3"]
    assert house.outbox.left() == []


async def test_what_fails_holds_its_lane_and_no_other(house):
    house.errors = [NotNow("the server is down")]
    house.add("1", "a")
    await house.outbox.work_off()
    house.add("2", "a")
    house.add("x", "b")
    assert await house.outbox.work_off() == 1
    assert house.sent == ["x"]
    house.later(seconds=FIRST_PAUSE.total_seconds())
    assert await house.outbox.work_off() == 2
    assert house.sent == ["x", "1", "2"]


async def test_kinds_do_not_wait_for_each_other(house):
    async def down(body) -> None:
        raise NotNow

    house.outbox.register("chatwoot", down)
    house.add("1", kind="chatwoot")
    house.add("2", kind="mail")
    assert await house.outbox.work_off() == 1
    assert house.sent == ["2"]


async def test_pauses_double_up_to_an_hour(house):
    house.errors = [NotNow() for _ in range(14)]
    house.add("1")
    pauses = []
    while house.errors:
        await house.outbox.work_off()
        due = house.outbox.store.next_due(["mail"])
        pauses.append((due - house.now).total_seconds())
        house.now = due
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600, 3600]


async def test_the_other_side_may_ask_for_a_longer_pause(house):
    house.errors = [NotNow("too many requests", retry_after=90)]
    house.add("1")
    await house.outbox.work_off()
    house.later(seconds=89)
    assert await house.outbox.work_off() == 0
    house.later(seconds=1)
    assert await house.outbox.work_off() == 1


async def test_an_error_that_nobody_foresaw_is_tried_again(house):
    house.errors = [RuntimeError("a mistake")]
    house.add("1")
    assert await house.outbox.work_off() == 0
    assert house.left() == {"waiting": 1}
    house.later(minutes=1)
    assert await house.outbox.work_off() == 1


async def test_what_can_never_be_delivered_is_kept_and_lets_its_lane_pass(house, caplog):
    house.errors = [Never("<maja@example.com> is unknown")]
    house.add("1")
    house.add("2")
    with caplog.at_level(logging.INFO):
        assert await house.outbox.work_off() == 1
    assert house.sent == ["2"]
    assert [described(tally) for tally in house.outbox.left()] == ["mail: 1 given up (Never: 1)"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "maja" not in caplog.text


async def test_after_three_days_it_is_given_up(house):
    house.errors = [NotNow() for _ in range(200)]
    house.add("1")
    while house.left() == {"waiting": 1}:
        house.later(minutes=50)
        await house.outbox.work_off()
    assert house.left() == {"given_up": 1}
    assert LAST_TRY.total_seconds() <= (house.now - house.outbox.left()[0].oldest).total_seconds() < 3.2 * 86400


async def test_an_operator_may_have_it_tried_again(house):
    house.errors = [Never()]
    house.add("1")
    await house.outbox.work_off()
    house.later(days=30)
    assert house.outbox.store.retry(house.now) == 1
    house.errors = [NotNow()]
    assert await house.outbox.work_off() == 0
    assert house.left() == {"waiting": 1}
    house.later(minutes=1)
    assert await house.outbox.work_off() == 1


async def test_an_operator_may_delete_what_was_given_up_and_nothing_else(house):
    house.errors = [Never(), NotNow()]
    house.add("given up", "a")
    house.add("waiting", "b")
    await house.outbox.work_off()
    assert house.outbox.store.drop() == 1
    assert house.left() == {"waiting": 1}


async def test_the_same_key_is_added_once_even_after_it_has_gone_out(house):
    assert house.add("1", key="turn 7")
    assert not house.add("1", key="turn 7")
    await house.outbox.work_off()
    assert not house.add("1", key="turn 7")
    await house.outbox.work_off()
    assert house.sent == ["1"]
    house.later(seconds=KEYS_KEPT.total_seconds() + 1)
    house.outbox.store.forget_keys(house.now)
    assert house.add("2", key="turn 7")


async def test_an_erasure_deletes_what_has_not_gone_out(house):
    house.errors = [Never()]
    house.add("given up", "a")
    await house.outbox.work_off()
    house.add("waiting", "a", key="k")
    house.add("another's", "b")
    house.outbox.erase("a")
    await house.outbox.work_off()
    assert house.sent == ["another's"]
    assert house.outbox.left() == []


async def test_an_erasure_during_the_attempt_leaves_nothing(house):
    async def erased_meanwhile(body) -> None:
        house.outbox.erase("a")
        raise NotNow

    house.outbox.register("mail", erased_meanwhile)
    house.add("1")
    await house.outbox.work_off()
    assert house.outbox.left() == []


async def test_a_restart_between_adding_and_delivery_loses_nothing(house):
    house.add("1")
    after = House(house.url)
    assert await after.outbox.work_off() == 1
    assert after.sent == ["1"]
    after.database.close()


async def test_a_crash_during_the_attempt_is_made_good_when_the_lease_ends(house):
    house.add("1")
    house.add("2")
    assert house.outbox.store.claim(["mail"], house.now) is not None  # and the process dies
    after = House(house.url)
    assert await after.outbox.work_off() == 0
    after.now += LEASE
    assert await after.outbox.work_off() == 2
    assert after.sent == ["1", "2"]
    after.database.close()


async def test_who_was_too_slow_settles_nothing(house):
    house.add("1")
    slow = house.outbox.store.claim(["mail"], house.now)
    house.now += LEASE
    assert await house.outbox.work_off() == 1
    house.outbox.store.later(slow, "Slow", house.now)
    house.outbox.store.give_up(slow, "Slow", house.now)
    assert house.outbox.left() == []


async def test_another_key_gives_up_and_keeps_it_for_the_right_one(house, caplog):
    house.add("1")
    stranger = House(house.url, "another secret")
    await stranger.outbox.work_off()
    assert stranger.sent == []
    assert house.left() == {"given_up": 1}
    house.outbox.store.retry(house.now)
    assert await house.outbox.work_off() == 1
    stranger.database.close()


async def test_a_kind_that_nobody_has_registered_waits(house):
    house.add("1", kind="pigeon")
    assert await house.outbox.work_off() == 0
    assert house.left() == {"waiting": 1}


def test_nothing_can_be_read_in_the_database(tmp_path):
    house = House(f"sqlite:///{tmp_path}/outbox.db")
    house.add("maja@example.com writes")
    house.database.close()
    assert b"maja" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


async def test_the_loop_delivers_at_once_what_this_process_adds_and_lives_through_a_fault(house, caplog):
    arrived, failed, claim = asyncio.Event(), threading.Event(), house.outbox.store.claim

    async def deliver(body) -> None:
        house.sent.append(body["text"])
        arrived.set()

    def fails_once(kinds, now):
        house.outbox.store.claim = claim
        failed.set()
        raise OSError("the disk")

    house.outbox.register("mail", deliver)
    house.outbox.store.claim = fails_once
    running = asyncio.ensure_future(house.outbox.run())
    await asyncio.to_thread(failed.wait, 5)
    await asyncio.to_thread(house.add, "1")
    await asyncio.wait_for(arrived.wait(), 5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert house.sent == ["1"]
    assert "cannot be worked off" in caplog.text


async def test_the_loop_goes_on_while_one_delivery_hangs(house):
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def deliver(body) -> None:
        if body["text"] == "slow":
            await go_on.wait()
        else:
            arrived.set()

    house.outbox.register("mail", deliver)
    house.add("slow", "a")
    running = asyncio.ensure_future(house.outbox.run())
    while house.outbox.store.next_due(["mail"]) == house.now:  # until it is claimed
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)  # the loop has looked around and found nothing more
    await asyncio.to_thread(house.add, "quick", "b")
    try:
        await asyncio.wait_for(arrived.wait(), 3)
    finally:
        go_on.set()
        running.cancel()
        await asyncio.wait({running})
    assert house.left() == {}


async def test_what_is_erased_while_it_is_given_up_is_not_said_to_be_kept(house, caplog):
    async def erased_meanwhile(body) -> None:
        house.outbox.erase("a")
        raise Never

    house.outbox.register("mail", erased_meanwhile)
    house.add("1")
    await house.outbox.work_off()
    assert "It is kept" not in caplog.text


async def test_the_end_of_the_server_waits_for_an_attempt_under_way(house):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(body) -> None:
        begun.set()
        await go_on.wait()
        house.sent.append(body["text"])

    house.outbox.register("mail", slow)
    house.add("1")
    house.add("2")
    running = asyncio.ensure_future(house.outbox.run())
    await asyncio.wait_for(begun.wait(), 5)
    running.cancel()
    asyncio.get_running_loop().call_later(0.05, go_on.set)
    with pytest.raises(asyncio.CancelledError):
        await running
    assert house.sent == ["1"]
    assert house.left() == {"waiting": 1}
