"""What could not be handed over to the API inbox at once, after a crash or on a bad day, is handed over once later."""

from __future__ import annotations

from contextlib import suppress

import pytest

from actions.support.handoff import State
from bot.channels.webchat.problems import Problem
from tests.chatwoot.visitors import COST, queued, visitor


@pytest.mark.parametrize("bad_day", ["refuse", "half", "close"])
async def test_on_a_bad_day_everything_arrives_later_once_and_in_order(office, bad_day):
    office.chatwoot.bad_day = bad_day
    made = await queued(office)
    for text in ("one", "two", "two", "three"):
        await made.says(text)
    for _ in range(4):  # some calls get through in between, half-way
        office.clock.later(minutes=20)
        await office.settle()
    office.chatwoot.bad_day = ""
    for _ in range(12):
        office.clock.later(hours=1)
        await office.settle()
    assert len(office.chatwoot.conversations) == 1
    assert made.in_chatwoot.said() == ["one", "two", "two", "three"]
    assert len(made.in_chatwoot.notes) == 1
    assert made.in_chatwoot.status == "open"


async def test_what_a_crash_has_left_waiting_here_is_handed_over_later(office, monkeypatch):
    made = await visitor(office)

    def crash(*args, **kwargs):
        raise RuntimeError("the process dies here")

    with monkeypatch.context() as patch:
        patch.setattr(office.line, "hand_over", crash)
        await made.says("I want to talk to a person")
    assert office.chatwoot.conversations == {}
    for _ in range(2):
        office.clock.later(minutes=1)
        await office.talk.people.remind(office.agent)
        await office.settle()
    assert made.in_chatwoot.status == "open"
    assert len(made.in_chatwoot.notes) == 1


@pytest.mark.parametrize("undone", [True, False])
async def test_a_claim_whose_handoff_was_not_kept_is_handed_over_later(office, monkeypatch, undone):
    """The database is busy at the worst moment; a crash, too, leaves the claim as it is."""
    from sqlalchemy.exc import OperationalError

    made = await visitor(office)

    def fails(*args, **kwargs):
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(office.line, "_add", fails)
        if not undone:
            patch.setattr(office.line.places, "reclaim", fails)
        with suppress(Problem):
            await made.says("I want to talk to a person")
    assert (await office.desk.of(made.conversation)).state is State.QUEUED
    assert office.chatwoot.conversations == {}
    for _ in range(3):
        office.clock.later(minutes=1)
        await office.talk.people.remind(office.agent)
        await office.settle()
    assert made.in_chatwoot.status == "open"
    assert len(made.in_chatwoot.notes) == 1
    office.chatwoot.agent_says(made.in_chatwoot, "Anna", "Hi")
    office.chatwoot.set_status(made.in_chatwoot, "resolved")
    await office.settle()
    assert await office.desk.of(made.conversation) is None


async def test_what_is_handed_over_later_comes_with_what_was_said(office, answer, monkeypatch):
    made = await visitor(office)
    await made.says(COST)
    with monkeypatch.context() as patch:
        patch.setattr(office.line, "hand_over", lambda *details, **more: 1 / 0)
        await made.says("I want to talk to a person")
    office.clock.later(minutes=1)
    await office.talk.people.remind(office.agent)
    await office.settle()
    (note,) = made.in_chatwoot.notes
    assert answer("utter_faq/cost", "en") in note


async def test_what_waits_for_chatwoot_is_not_handed_over_twice(office):
    office.chatwoot.bad_day = "refuse"
    made = await queued(office)
    for _ in range(4):
        office.clock.later(minutes=1)
        await office.talk.people.remind(office.agent)
        await office.settle()
    office.chatwoot.bad_day = ""
    office.clock.later(hours=1)
    await office.settle()
    assert len(made.in_chatwoot.notes) == 1
