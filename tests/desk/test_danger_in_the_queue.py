"""A customer in danger who waits in the queue: nobody may be there yet, so the bot says what to do."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("language", "text"), [("en", "my charger is on fire"), ("sv", "laddaren brinner")])
async def test_who_waits_is_told_what_to_do_and_stays_in_the_queue(room, answer, language, text):
    visitor = await room.queued(language)
    said = await visitor.says(text)
    assert said[0]["text"] == answer("say_danger", language)
    assert "020-25 10 10" in said[1]["text"]
    assert not any(message["buttons"] for message in said)
    assert (await room.desk.of(visitor.conversation)).silences_bot


async def test_those_who_will_take_over_know_of_it_with_the_number_to_call(room):
    visitor = await room.queued("en")
    await visitor.says("my charger is on fire, call me on 0701234567")
    handoff = await room.desk.of(visitor.conversation)
    assert handoff.reason == "danger"
    (original,) = room.desk.records.originals(handoff.reference)
    assert "0701234567" not in original  # sealed
    assert "0701234567" not in str(visitor.everything)


async def test_a_person_who_is_there_answers_alone(room):
    visitor = await room.with_anna()
    assert await visitor.says("my charger is on fire") == []


async def test_of_a_minor_the_desk_keeps_nothing(room):
    visitor = await room.stranger("en")
    await visitor.says("2015-04-02")
    assert len(await visitor.says("my charger is on fire")) == 2
    assert await room.desk.of(visitor.conversation) is None
