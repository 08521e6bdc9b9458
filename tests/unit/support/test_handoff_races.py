"""Many do something to one conversation at the same moment, on PostgreSQL: one succeeds, and the others hear it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from actions.support.handoff import NotYours, State
from tests.unit.support.desk_parts import at

CHAT = "c" * 32
ROUNDS = range(12)


def at_once(*actions: Callable[[], object]) -> list[object]:
    """What each action gives or raises, all begun at the same moment."""
    start = Barrier(len(actions))

    def run(action: Callable[[], object]) -> object:
        start.wait()
        try:
            return action()
        except NotYours as refusal:
            return refusal

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_many_agents_one_takes_a_conversation(desk_on_postgres, round_):
    desk, reference = desk_on_postgres, desk_on_postgres.queue(CHAT).reference
    agents = [f"agent{number}" for number in range(6)]
    outcomes = at_once(*(lambda agent=agent: desk.store.take(reference, agent, at(1)) for agent in agents))
    winners = [outcome.owner for outcome in outcomes if not isinstance(outcome, NotYours)]
    assert len(winners) == 1
    assert {outcome.handoff.owner for outcome in outcomes if isinstance(outcome, NotYours)} == set(winners)


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_cancel_and_a_take_agree_on_who_was_first(desk_on_postgres, round_):
    desk, reference = desk_on_postgres, desk_on_postgres.queue(CHAT).reference
    cancelled, taken = at_once(
        lambda: desk.store.cancel(CHAT, at(1)), lambda: desk.store.take(reference, "anna", at(1))
    )
    ended = desk.store.get(reference)
    if isinstance(taken, NotYours):
        assert (cancelled, ended.state, ended.owner) == (None, State.RETURNED, None)
    else:
        assert (cancelled.owner, ended.state, ended.owner) == ("anna", State.ASSIGNED, "anna")


@pytest.mark.parametrize("round_", ROUNDS)
def test_many_wishes_at_once_are_one_handoff(desk_on_postgres, round_):
    desk = desk_on_postgres
    outcomes = at_once(*(lambda: desk.queue(CHAT) for _ in range(6)))
    assert len({handoff.reference for handoff in outcomes}) == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_an_end_by_the_agent_and_one_by_the_customer_are_measured_once(desk_on_postgres, round_):
    desk, reference = desk_on_postgres, desk_on_postgres.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    at_once(
        lambda: desk.store.leave(CHAT, at(5)),
        lambda: desk.store.finish(reference, "anna", State.CLOSED, "solved", at(5)),
        lambda: desk.store.finish(reference, "anna", State.CLOSED, "solved", at(5)),
    )
    assert desk.store.get(reference).is_over
    assert desk.records.today(at(6)).ended == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_conversation_handed_on_while_it_is_closed_has_one_fate(desk_on_postgres, round_):
    desk, reference = desk_on_postgres, desk_on_postgres.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    moved, closed = at_once(
        lambda: desk.store.assign(reference, "anna", "bo", at(2)),
        lambda: desk.store.finish(reference, "anna", State.CLOSED, "solved", at(2)),
    )
    assert isinstance(moved, NotYours) != isinstance(closed, NotYours)


def test_the_tables_are_made_once_however_many_start_at_the_same_time(postgres_url):
    from tests.unit.support.desk_parts import Desk

    desks = [Desk(postgres_url) for _ in range(5)]
    assert at_once(*(lambda desk=desk: desk.store.of(CHAT) for desk in desks)) == [None] * 5
    for desk in desks:
        desk.database.close()
