"""Agents in Chatwoot return or resolve a conversation, or their customer leaves: the bot has it again."""

from __future__ import annotations

from actions.support.handoff import State
from tests.chatwoot.test_chatwoot_handoff import COST


async def test_given_back_the_bot_says_so_and_knows_what_was_said(office, answer):
    conversation = await office.with_anna()
    office.chatwoot.set_status(conversation, "pending")
    said = await office.says(conversation, COST)
    assert said == [answer("say_bot_is_back", "en", agent="Anna"), answer("utter_faq/cost", "en")]
    assert office.handoff(conversation).state is State.RETURNED
    spoken = [who for who, _ in await office.spoken(conversation)]
    assert spoken[-4:] == ["Anna", "bot", "customer", "bot"]


async def test_newer_versions_tell_of_the_return_and_the_bot_says_so_at_once(office, answer):
    office.chatwoot.newer = True
    conversation = await office.with_anna()
    before = len(conversation.by_bot)
    office.chatwoot.set_status(conversation, "pending")
    await office.settle()
    assert [each.content for each in conversation.by_bot[before:]] == [answer("say_bot_is_back", "en", agent="Anna")]
    assert await office.says(conversation, COST) == [answer("utter_faq/cost", "en")]


async def test_given_back_by_somebody_unnamed_the_bot_is_back_all_the_same(office, answer):
    conversation = await office.waiting()
    office.chatwoot.set_status(conversation, "pending")
    assert (await office.says(conversation, COST))[0] == answer("say_with_bot_again", "en")


async def test_resolved_is_closed_and_the_bot_adds_nothing(office):
    conversation = await office.with_anna()
    before = len(conversation.by_bot)
    office.chatwoot.set_status(conversation, "resolved")
    await office.settle()
    handoff = office.handoff(conversation)
    assert (handoff.state, handoff.outcome) == (State.CLOSED, "solved")
    assert len(conversation.by_bot) == before


async def test_resolved_without_a_word_is_closed_too(office):
    conversation = await office.waiting()
    office.chatwoot.set_status(conversation, "resolved")
    await office.settle()
    assert office.handoff(conversation).state is State.CLOSED


async def test_after_it_was_resolved_the_customer_has_the_bot_again(office, answer):
    conversation = await office.with_anna()
    office.chatwoot.set_status(conversation, "resolved")
    await office.settle()
    assert await office.says(conversation, COST) == [answer("utter_faq/cost", "en")]
    await office.says(conversation, "I want to talk to a person")
    assert conversation.status == "open"
    assert office.handoff(conversation).state is State.QUEUED


async def test_who_cancels_when_a_person_is_there_is_told_so_and_may_leave(office, answer):
    conversation = await office.with_anna()
    assert await office.presses(conversation, "Cancel") == [answer("say_agent_is_here", "en")]
    assert conversation.status == "open"
    assert await office.presses(conversation, "Back to the assistant") == [answer("say_with_bot_again", "en")]
    assert conversation.status == "pending"
    assert office.handoff(conversation).outcome == "left"


async def test_a_late_word_of_an_agent_after_the_customer_left_is_known_and_changes_nothing(office):
    conversation = await office.with_anna()
    office.chatwoot.agent_says(conversation, "Anna", "One moment")
    late = office.chatwoot.events.pop()
    await office.presses(conversation, "Cancel")
    await office.presses(conversation, "Back to the assistant")
    await office.chatwoot.deliver(late)
    await office.settle()
    assert ("Anna", "One moment") in await office.spoken(conversation)
    assert office.handoff(conversation).state is State.RETURNED


async def test_old_news_of_the_opening_do_not_take_the_conversation_from_the_bot_again(office, answer):
    conversation = await office.adult()
    office.chatwoot.customer_says(conversation, "I want to talk to a person")
    await office.chatwoot.tell()
    await office.inbox.work_off()
    await office.outbox.work_off()
    opened = [each for each in office.chatwoot.events if each["event"] == "conversation_opened"]
    office.chatwoot.events = [each for each in office.chatwoot.events if each["event"] != "conversation_opened"]
    await office.settle()
    await office.presses(conversation, "Cancel")
    await office.chatwoot.deliver(opened[0])
    assert await office.says(conversation, COST) == [answer("utter_faq/cost", "en")]
    assert office.handoff(conversation).state is State.RETURNED


async def test_erasure_while_a_person_has_the_conversation_leaves_it_to_the_person(office):
    conversation = await office.adult()
    await office.says(conversation, "Please delete my data")
    await office.says(conversation, "I want to talk to a person")
    lane = office.place(conversation).lane
    await office.presses(conversation, "Yes, delete it")
    assert await office.desk.of(lane) is None
    assert "deleted" in conversation.notes[-1]
    assert conversation.status == "open"
