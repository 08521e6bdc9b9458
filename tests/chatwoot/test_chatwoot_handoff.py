"""A conversation is handed over to the agents in Chatwoot: how it is told, who has it, and what is said meanwhile."""

from __future__ import annotations

import pytest

from actions.support.handoff import State

COST = "Is the program free of charge?"


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_who_asks_for_a_person_hears_the_place_and_the_conversation_is_opened(office, answer, language):
    conversation = await office.waiting(language)
    assert conversation.by_bot[-1].content == answer("say_queued", language, position="1")
    assert conversation.status == "open"
    handoff = office.handoff(conversation)
    assert (handoff.state, handoff.language, handoff.reason) == (State.QUEUED, language, "asked")


async def test_an_event_without_attributes_says_nothing_of_them(office):
    conversation = await office.adult()
    conversation.custom_attributes = {"shop_order": "4711"}
    await office.says(conversation, COST)
    office.chatwoot.customer_says(conversation, "I want to talk to a person")
    del office.chatwoot.events[-1]["conversation"]["custom_attributes"]
    await office.settle()
    assert conversation.custom_attributes["shop_order"] == "4711"


async def test_agents_get_the_brief_as_a_private_note_and_as_attributes(office):
    conversation = await office.adult()
    conversation.custom_attributes = {"shop_order": "4711"}
    await office.says(conversation, COST)
    await office.says(conversation, "my serial is HQA1 X773 0002, how long is the warranty?")
    await office.says(conversation, "I want to talk to a person")
    (note,) = conversation.notes
    handoff = office.handoff(conversation)
    for line in (f"(reference {handoff.reference})", COST, "Asked for a person", "What it costs"):
        assert line in note
    assert "HQA1" not in note
    assert conversation.custom_attributes["shop_order"] == "4711"
    assert conversation.custom_attributes["bot_reference"] == handoff.reference
    assert conversation.custom_attributes["bot_identified"] is False


async def test_a_complaint_is_urgent(office):
    conversation = await office.adult()
    await office.says(conversation, "I want to make a complaint")
    assert conversation.priority == "high"
    assert office.handoff(conversation).reason == "complaint"


async def test_asking_twice_hands_over_once(office):
    conversation = await office.waiting()
    calls = [path for method, path, _ in office.chatwoot.calls if path.endswith("toggle_status")]
    office.chatwoot.set_status(conversation, "pending")
    await office.says(conversation, "I want to talk to a person")
    assert len(conversation.notes) == 2  # returned, and handed over again: two hand-offs
    assert len(calls) == 1


async def test_the_bot_is_silent_while_the_customer_waits_and_while_a_person_answers(office):
    conversation = await office.waiting()
    assert await office.says(conversation, COST) == []
    await office.anna_says(conversation, "Hi")
    assert await office.says(conversation, COST) == []


async def test_what_is_said_meanwhile_is_in_the_tracker_masked_and_not_understood(office):
    conversation = await office.with_anna()
    await office.says(conversation, "my mail is maja@example.com")
    spoken = await office.spoken(conversation)
    assert spoken[-2:] == [("Anna", "Hi, I have read what you wrote."), ("customer", "my mail is [email]")]
    assert (await office.events(conversation))[-2]["parse_data"]["intent"]["name"] is None


async def test_what_an_agent_says_is_told_twice_and_known_once(office):
    conversation = await office.waiting()
    office.chatwoot.agent_says(conversation, "Anna", "Hi")
    (event,) = [each for each in office.chatwoot.events if each["event"] == "message_created"]
    for _ in range(2):
        await office.chatwoot.deliver(event)
        await office.settle()
    assert [words for _, words in await office.spoken(conversation)].count("Hi") == 1


async def test_who_writes_first_has_it(office):
    conversation = await office.with_anna()
    handoff = office.handoff(conversation)
    assert (handoff.state, handoff.owner) == (State.ASSIGNED, "chatwoot 11")
    assert office.place(conversation).agent == "Anna"


async def test_a_private_note_of_an_agent_gives_it_to_nobody_and_reaches_nobody(office):
    conversation = await office.waiting()
    office.chatwoot.agent_says(conversation, "Anna", "looks like a warranty case", private=True)
    await office.settle()
    assert office.handoff(conversation).state is State.QUEUED
    assert "warranty case" not in str(await office.spoken(conversation))


async def test_to_whom_it_is_assigned_has_it(office):
    conversation = await office.waiting()
    office.chatwoot.assign(conversation, "Bo")
    await office.says(conversation, "hello?")
    assert office.handoff(conversation).owner == "chatwoot 12"


async def test_a_colleague_who_goes_on_has_it_then(office):
    conversation = await office.with_anna()
    office.chatwoot.agent_says(conversation, "Bo", "Bo here.")
    await office.settle()
    assert office.handoff(conversation).owner == "chatwoot 12"


async def test_agents_who_take_a_conversation_without_being_asked_have_it(office, answer):
    conversation = await office.adult()
    office.chatwoot.set_status(conversation, "open")
    await office.anna_says(conversation, "Let me help you.")
    handoff = office.handoff(conversation)
    assert (handoff.state, handoff.reason, handoff.owner) == (State.ASSIGNED, "taken_over", "chatwoot 11")
    office.chatwoot.set_status(conversation, "pending")
    assert (await office.says(conversation, COST))[0] == answer("say_bot_is_back", "en", agent="Anna")


@pytest.mark.parametrize("state", ["queued", "assigned", "returned", "closed"])
async def test_a_restart_in_any_state_goes_on(office, state):
    conversation = await office.waiting()
    if state != "queued":
        await office.anna_says(conversation, "Hi")
    if state in ("returned", "closed"):
        office.chatwoot.set_status(conversation, {"returned": "pending", "closed": "resolved"}[state])
    if state == "closed":
        await office.settle()
    office.new_process()
    said = await office.says(conversation, COST)
    assert bool(said) == (state in ("returned", "closed"))
    assert [words for who, words in await office.spoken(conversation)].count(COST) == 1


async def test_a_handoff_that_fails_half_way_leaves_the_customer_with_the_bot(office, answer, monkeypatch):
    conversation = await office.adult()

    def crash(*args, **kwargs):
        raise RuntimeError("nothing can be kept now")

    with monkeypatch.context() as patch:
        patch.setattr(office.line, "hand_over", crash)
        assert await office.says(conversation, "I want to talk to a person")
    assert conversation.status == "pending"
    assert answer("utter_faq/cost", "en") in await office.says(conversation, COST)
    assert await office.desk.of(office.place(conversation).lane) is None
    await office.says(conversation, "I want to talk to a person")
    assert conversation.status == "open"


async def test_once_a_person_is_there_all_words_are_for_the_person(office):
    conversation = await office.with_anna()
    assert await office.says(conversation, "cancel") == []
    assert office.handoff(conversation).state is State.ASSIGNED
