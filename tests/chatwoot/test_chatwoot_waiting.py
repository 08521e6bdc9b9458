"""Customers in Chatwoot who wait for a person: their place, the other ways, and how they get out of the queue."""

from __future__ import annotations

import pytest

from actions.support.handoff import State
from tests.chatwoot.test_chatwoot_handoff import COST


async def test_the_customer_cancels_and_has_the_bot_again(office, answer):
    conversation = await office.waiting()
    assert await office.presses(conversation, "Cancel") == [answer("say_queue_cancelled", "en")]
    assert conversation.status == "pending"
    assert office.handoff(conversation).outcome == "cancelled"
    assert "gone back" in conversation.notes[-1]
    assert await office.says(conversation, COST) == [answer("utter_faq/cost", "en")]


async def test_who_waits_too_long_is_told_once_of_the_other_ways(office, answer):
    conversation = await office.waiting()
    office.clock.later(minutes=9)
    assert await office.talk.people.remind(office.agent) == 0
    office.clock.later(minutes=1)
    await office.talk.people.remind(office.agent)
    await office.talk.people.remind(office.agent)
    await office.settle()
    told = answer("say_still_waiting_open", "en", until="19.00")
    assert [each.content for each in conversation.by_bot].count(told) == 1


async def test_the_wait_is_estimated_from_our_own_times(office, answer):
    for _ in range(3):
        conversation = await office.with_anna()
        office.clock.later(minutes=6)
        office.chatwoot.set_status(conversation, "resolved")
        await office.settle()
    await office.with_anna()
    conversation = await office.waiting()
    assert conversation.by_bot[-1].content == answer("say_queued_estimate", "en", position="1", minutes="7")


async def test_out_of_hours_nobody_is_queued_and_the_other_ways_are_named(office, answer):
    office.clock.later(hours=12)
    conversation = await office.waiting()
    opens = "tomorrow, Tuesday, at 08.00"
    assert conversation.by_bot[-1].content == answer("say_talk_to_human_closed", "en", opens=opens)
    assert conversation.status == "pending"


@pytest.mark.parametrize(("language", "words"), [("en", "cancel"), ("sv", "avbryt")])
async def test_who_waits_gets_out_of_the_queue_in_so_many_words(office, answer, language, words):
    conversation = await office.waiting(language)
    heard = await office.says(conversation, words)
    assert heard == [answer("say_queue_cancelled", language)]
    assert conversation.status == "pending"
    assert office.handoff(conversation).state is State.RETURNED


async def test_who_waits_hears_the_place_when_asking(office, answer):
    conversation = await office.waiting()
    assert await office.says(conversation, "how long will it take?") == [answer("say_place", "en", position="1")]
    assert await office.says(conversation, "how long is the warranty?") == []
