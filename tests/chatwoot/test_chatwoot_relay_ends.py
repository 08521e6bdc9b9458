"""How a chat that agents had through the API inbox ends, and that the bot goes on."""

from __future__ import annotations

from tests.chatwoot.visitors import COST, queued, with_anna


async def test_resolved_the_bot_says_that_it_was_closed_and_goes_on(office, answer):
    made = await with_anna(office)
    made.hears()
    office.chatwoot.set_status(made.in_chatwoot, "resolved")
    await office.settle()
    (closed,) = made.hears()
    assert closed["text"] == answer("say_chat_closed", "en", agent="Anna")
    assert closed["data"]["state"] == "closed"
    assert await made.says(COST) == [answer("utter_faq/cost", "en")]
    assert made.in_chatwoot.said()[-1] != COST


async def test_resolved_at_once_and_without_a_word_is_closed(office, answer):
    made = await queued(office)
    made.hears()
    office.chatwoot.set_status(made.in_chatwoot, "resolved")
    await office.settle()
    assert [each["text"] for each in made.hears()] == [answer("say_with_bot_again", "en")]
    assert await office.desk.of(made.conversation) is None


async def test_given_back_the_bot_says_so_with_the_customers_next_word(office, answer):
    made = await with_anna(office)
    made.hears()
    office.chatwoot.set_status(made.in_chatwoot, "pending")
    await made.says("are you there?")
    assert made.hears()[-1]["text"] == answer("say_bot_is_back", "en", agent="Anna")
    assert await made.says(COST) == [answer("utter_faq/cost", "en")]


async def test_the_customer_may_cancel_and_may_leave(office, answer):
    made = await queued(office)
    assert await made.presses("Cancel") == [answer("say_queue_cancelled", "en")]
    assert made.in_chatwoot.status == "pending"
    await made.says("I want to talk to a person")
    assert made.in_chatwoot.status == "open"
    office.chatwoot.agent_says(made.in_chatwoot, "Anna", "Hi")
    await office.settle()
    assert await made.presses("Back to the assistant") == [answer("say_with_bot_again", "en")]
    assert made.in_chatwoot.status == "pending"
    assert len(office.chatwoot.conversations) == 1


async def test_the_same_customer_stays_in_the_same_conversation(office):
    made = await with_anna(office)
    office.chatwoot.set_status(made.in_chatwoot, "resolved")
    await office.settle()
    await made.says("I want to talk to a person")
    assert len(office.chatwoot.conversations) == 1
    assert made.in_chatwoot.status == "open"


async def test_a_chat_that_nobody_took_was_handled_by_nobody(office):
    for _ in range(2):
        made = await queued(office)
        office.clock.later(minutes=3)
        office.chatwoot.set_status(made.in_chatwoot, "resolved")
        await office.settle()
    assert list(office.desk.records.handled(office.clock())) == []
    assert office.desk.records.today(office.clock()).outcomes == {"solved": 2}
    assert office.desk.records.owners(office.clock()) == 0
