"""Who asks for a person is queued, with the reason and with what the agent needs to know."""

from __future__ import annotations

import pytest

from actions.support.handoff import State
from tests.conftest import ADULT


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_who_asks_for_a_person_in_open_hours_is_queued_at_once_and_hears_the_place(room, answer, language):
    visitor = await room.queued(language)
    (message,) = visitor.latest
    assert message["text"] == answer("say_queued", language, position="1")
    handoff = await visitor.handoff()
    assert message["data"] == {
        "kind": "handoff", "state": "queued", "position": 1, "reference": handoff.reference,
    }  # fmt: skip
    assert (handoff.state, handoff.language, handoff.reason) == (State.QUEUED, language, "asked")


async def test_a_complaint_is_queued_and_acknowledged(room, answer):
    visitor = await room.visitor()
    heard = await visitor.says("I want to make a complaint")
    assert heard[0]["text"] == answer("say_complaint_heard", "en")
    assert (await visitor.handoff()).reason == "complaint"


async def test_the_second_in_the_queue_is_told_so_and_moves_up(room):
    first = await room.queued()
    room.later(seconds=1)
    second = await room.queued()
    assert second.latest[0]["data"]["position"] == 2
    await room.work.take(room.agent, first.reference, "anna", "Anna")
    assert room.desk.place(await second.handoff(), room.now).position == 1


async def test_the_wait_is_estimated_from_measured_times(room, answer):
    from actions.support.accounts import Accounts

    accounts = Accounts(room.desk.database)
    accounts.add("anna", "Anna", "correct horse battery")
    for _ in range(3):
        visitor = await room.with_anna()
        room.later(minutes=6)
        await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    await room.with_anna()
    accounts.seen("anna", room.now)
    queued = await room.queued()
    assert queued.latest[0]["text"] == answer("say_queued_estimate", "en", position="1", minutes="6")


async def test_the_agent_gets_what_was_asked_and_answered(room):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("my serial is HQA1 X773 0002, how long is the warranty?")
    await visitor.says("I want to talk to a person")
    brief = (await visitor.handoff()).brief
    assert brief["first_question"] == "Is the program free of charge?"
    assert brief["tried"][0] == "faq/cost"
    assert brief["identified"] is False
    assert "HQA1" not in str(brief)


async def test_who_was_offered_a_person_is_queued_for_that_reason(room):
    visitor = await room.visitor()
    for text in ("zxqj wvkp qqfz", "zxqj wvkp qqfz"):
        await visitor.says(text)
    assert (await room.desk.of(visitor.conversation)).state is State.OFFERED
    assert await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    assert (await visitor.handoff()).reason == "misunderstood"


async def test_who_says_that_an_answer_did_not_help_is_queued_for_that_reason(room):
    visitor = await room.visitor()
    await visitor.says("That did not help")
    await visitor.presses("Talk to a person")
    assert (await visitor.handoff()).reason == "negative_feedback"


async def test_a_desk_without_accounts_has_no_queue(room, answer):
    from actions.support.accounts import Accounts

    Accounts(room.desk.database).remove("anna")
    visitor = await room.visitor()
    (told,) = await visitor.says("I want to talk to a person")
    assert told["text"] == answer("say_talk_to_human_no_chat_open", "en", until="19.00")
    assert await room.desk.of(visitor.conversation) is None


async def test_who_wants_a_person_beside_a_question_is_queued(room):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge? And I want to talk to a person.")
    assert (await visitor.handoff()).state is State.QUEUED


async def test_who_asked_for_a_person_before_the_age_was_known_is_queued_after_it(room):
    visitor = await room.stranger()
    await visitor.says("I want to talk to a person")
    await visitor.says(ADULT)
    assert (await visitor.handoff()).state is State.QUEUED
