"""Waiting: in open hours, from the request on; estimates rest on measured times or are not made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.support.handoff import State
from actions.support.service_level import open_seconds, place
from tests.conftest import STOCKHOLM
from tests.unit.support.desk_parts import HOURS, at

MINUTE = 60.0


def _at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (_at(2026, 3, 9, 10, 0), _at(2026, 3, 9, 10, 7), 7),
        (_at(2026, 3, 9, 18, 50), _at(2026, 3, 10, 8, 5), 15),  # closed from 19.00 to 08.00
        (_at(2026, 3, 9, 6, 0), _at(2026, 3, 9, 8, 3), 3),
        (_at(2026, 3, 14, 17, 59), _at(2026, 3, 15, 10, 1), 2),  # Saturday to Sunday
        (_at(2026, 3, 29, 1, 0), _at(2026, 3, 29, 11, 0), 60),  # the night to summer time
        (_at(2026, 3, 9, 10, 0), _at(2026, 3, 9, 10, 0), 0),
    ],
)
def test_only_open_hours_count_as_waiting(start, end, minutes):
    assert open_seconds(HOURS, start, end) == minutes * MINUTE


@pytest.mark.parametrize("handled", [[], [300.0], [300.0, 300.0]])
def test_there_is_no_estimate_without_measured_times(handled):
    assert place(2, handled, at_work=3, busy=0).minutes is None


def test_there_is_no_estimate_when_nobody_is_at_the_desk():
    assert place(1, [300.0] * 5, at_work=0, busy=0).minutes is None


@pytest.mark.parametrize(
    ("position", "at_work", "busy", "minutes"),
    [
        (1, 2, 0, 1),  # somebody is free
        (1, 2, 2, 3),  # two agents, five minutes each: one of them is free in about two and a half
        (4, 2, 2, 10),
        (1, 1, 1, 5),
        (3, 2, 1, 5),  # one agent is free for the first, two are still ahead
    ],
)
def test_the_estimate_counts_those_ahead_and_the_agents_at_work(position, at_work, busy, minutes):
    assert place(position, [300.0] * 5, at_work, busy).minutes == minutes


def test_the_queue_is_in_the_order_of_the_requests(desk):
    first, second = desk.queue("first", minutes=0), desk.queue("second", minutes=1)
    positions = [desk.records.position(each.requested_at, each.reference) for each in (first, second)]
    assert positions == [1, 2]
    desk.store.take(first.reference, "anna", at(2))
    assert desk.records.position(second.requested_at, second.reference) == 1


def test_those_who_asked_at_the_same_moment_have_different_places(desk):
    both = [desk.queue("first"), desk.queue("second")]
    assert sorted(desk.records.position(each.requested_at, each.reference) for each in both) == [1, 2]


def test_messages_for_mail_do_not_lengthen_the_queue_of_the_chat(desk):
    desk.store.leave_message("other", "sv", "closed", at(-5), {}, None)
    queued = desk.queue("first")
    assert desk.records.position(queued.requested_at, queued.reference) == 1


def test_handling_is_measured_from_taking_to_the_end_and_waiting_from_the_request(desk):
    reference = desk.queue("first").reference
    desk.store.take(reference, "anna", at(4))
    desk.store.finish(reference, "anna", State.CLOSED, "solved", at(10))
    today = desk.records.today(at(11))
    assert (today.waited, today.handled) == (4 * MINUTE, 6 * MINUTE)
    assert list(desk.records.handled(at(11))) == [6 * MINUTE]


def test_who_cancels_counts_as_cancelled_and_not_as_handled(desk):
    desk.queue("first", reason="complaint")
    desk.store.cancel("first", at(3))
    today = desk.records.today(at(4))
    assert (today.ended, today.cancelled, today.handled) == (1, 1, None)
    assert (today.reasons, today.outcomes) == ({"complaint": 1}, {"cancelled": 1})


def test_the_figures_are_those_of_the_day(desk):
    desk.queue("first")
    desk.store.cancel("first", at(3))
    assert desk.records.today(at(0) + timedelta(days=1)).ended == 0


def test_erasure_keeps_the_measured_times(desk):
    desk.queue("first")
    desk.store.cancel("first", at(3))
    desk.store.erase("first")
    assert desk.records.today(at(4)).ended == 1
