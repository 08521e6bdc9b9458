"""The channel beside another desk: it answers, and has nobody to hand over to."""

from __future__ import annotations

import pytest

COST = "Is the program free of charge?"


@pytest.fixture
async def beside(office, set_clock, built_services):
    """The office without the desk in Chatwoot."""
    from dataclasses import replace

    from actions import services

    services.use(replace(services.services(), desk=built_services.desk))
    office.new_process()
    return office


async def test_it_answers_and_names_the_other_ways_to_a_person(beside, answer):
    conversation = await beside.adult()
    assert await beside.says(conversation, COST) == [answer("utter_faq/cost", "en")]
    (said,) = await beside.says(conversation, "I want to talk to a person")
    assert "020-25 10 10" in said
    assert conversation.status == "pending"


async def test_it_is_silent_where_people_have_the_conversation_and_goes_on_afterwards(beside, answer):
    conversation = await beside.adult()
    beside.chatwoot.set_status(conversation, "open")
    beside.chatwoot.agent_says(conversation, "Anna", "Hi")
    assert await beside.says(conversation, COST) == []
    beside.chatwoot.set_status(conversation, "pending")
    assert await beside.says(conversation, COST) == [answer("utter_faq/cost", "en")]


async def test_an_erasure_takes_the_place_with_it(beside):
    conversation = await beside.adult()
    lane = beside.place(conversation).lane
    await beside.says(conversation, "Please delete my data")
    assert await beside.presses(conversation, "Yes, delete it")
    assert beside.line.places.find(lane) is None
