"""Chatwoot is down, slow, half-way or full: nothing is lost, nothing is said twice, and all of it in order."""

from __future__ import annotations

import pytest

COST = "Is the program free of charge?"


async def goes_well_again(office, minutes: float = 10, rounds: int = 6) -> None:
    """The bad day is over, and time goes by."""
    office.chatwoot.bad_day = ""
    for _ in range(rounds):
        office.clock.later(minutes=minutes)
        await office.settle()


@pytest.mark.parametrize("bad_day", ["refuse", "limit", "half", "close"])
async def test_on_a_bad_day_an_answer_arrives_later_and_once(office, answer, bad_day):
    conversation = await office.adult()
    office.chatwoot.bad_day = bad_day
    await office.says(conversation, COST)
    await goes_well_again(office)
    assert conversation.said().count(answer("utter_faq/cost", "en")) == 1


@pytest.mark.parametrize("bad_day", ["refuse", "half"])
async def test_a_handoff_on_a_bad_day_arrives_whole_once_and_in_order(office, answer, bad_day):
    conversation = await office.adult()
    office.chatwoot.bad_day = bad_day
    await office.says(conversation, "I want to talk to a person")
    await goes_well_again(office, rounds=12)
    assert conversation.status == "open"
    assert len(conversation.notes) == 1
    queued = answer("say_queued", "en", position="1")
    assert conversation.said().count(queued) == 1
    ids = {each.content: each.id for each in conversation.messages}
    assert ids[conversation.notes[0]] < ids[queued]
    assert conversation.custom_attributes["bot_reference"]


@pytest.mark.parametrize("status", ["302", "400", "401", "403", "404", "405", "502"])
async def test_a_page_of_somebody_in_between_costs_nothing(office, answer, status):
    conversation = await office.adult()
    office.chatwoot.bad_day = status
    await office.says(conversation, COST)
    assert office.outbox.left()[0].state == "waiting"
    await goes_well_again(office)
    assert conversation.said().count(answer("utter_faq/cost", "en")) == 1


async def test_a_wrong_inbox_is_told_to_the_operator_and_costs_nothing_once_it_is_right(office, caplog):
    from dataclasses import replace

    from tests.chatwoot.visitors import queued

    account = office.line.api.account
    office.line.api.account = replace(account, inbox="wrong")
    made = await queued(office)
    await made.says("hello?")
    assert "CHATWOOT_INBOX" in caplog.text
    assert {each.state for each in office.outbox.left()} == {"waiting"}
    office.line.api.account = account
    await goes_well_again(office)
    assert made.in_chatwoot.said() == ["hello?"]


async def test_nobody_listens_and_then_somebody_does(office, answer):
    conversation = await office.adult()
    await office.chatwoot.go_down()
    office.chatwoot.customer_says(conversation, COST)
    await office.settle()
    office.chatwoot.customer_says(conversation, "How long does the program last?")
    await office.settle()
    before = len(conversation.by_bot)
    await office.chatwoot.listen()
    office.clock.later(minutes=10)
    await office.settle()
    said = [each.content for each in conversation.by_bot[before:]]
    assert said[0] == answer("utter_faq/cost", "en")
    assert len(said) == 2


async def test_the_customer_waits_for_a_person_although_chatwoot_does_not_know_it_yet(office):
    conversation = await office.adult()
    office.chatwoot.bad_day = "refuse"
    await office.says(conversation, "I want to talk to a person")
    office.chatwoot.customer_says(conversation, "hello?")
    await office.settle()
    assert office.handoff(conversation).state.value == "queued"
    await goes_well_again(office)
    assert conversation.status == "open"
    assert (await office.spoken(conversation))[-1] == ("customer", "hello?")
    assert office.handoff(conversation).state.value == "queued"


async def test_two_equal_answers_are_two(office, answer):
    conversation = await office.adult()
    for _ in range(2):
        await office.says(conversation, COST)
    assert conversation.said().count(answer("utter_faq/cost", "en")) == 2


async def test_what_was_said_before_a_restart_goes_out_after_it(office, answer):
    conversation = await office.adult()
    office.chatwoot.bad_day = "refuse"
    await office.says(conversation, COST)
    office.new_process()
    await goes_well_again(office)
    assert conversation.said().count(answer("utter_faq/cost", "en")) == 1


async def test_a_conversation_that_is_gone_holds_up_no_other(office, caplog):
    conversation, other = await office.adult(), await office.adult()
    del office.chatwoot.conversations[conversation.id]
    office.chatwoot.customer_says(conversation, COST)
    office.chatwoot.customer_says(other, COST)
    await office.settle()
    assert other.by_bot[-1].id > other.messages[-2].id
    assert COST not in caplog.text


async def test_a_wrong_token_is_tried_again_and_told_to_the_operator(office, answer, caplog):
    from dataclasses import replace

    conversation = await office.adult()
    account = office.line.api.account
    office.line.api.account = replace(account, token="wrong")
    await office.says(conversation, COST)
    assert "401" in caplog.text
    office.line.api.account = account
    await goes_well_again(office)
    assert conversation.said().count(answer("utter_faq/cost", "en")) == 1


async def test_the_bot_calls_only_what_a_bot_may(office):
    conversation = await office.with_anna()
    office.chatwoot.set_status(conversation, "pending")
    await office.says(conversation, COST)
    allowed = ("messages", "toggle_status", "custom_attributes", "toggle_priority")
    assert {path.rsplit("/", 1)[-1] for _, path, _ in office.chatwoot.calls} <= set(allowed)


async def test_everything_else_is_forbidden_to_it(office):
    import aiohttp

    from tests.chatwoot.account import ACCOUNT, TOKEN

    conversation = await office.adult()
    bot = {"api_access_token": TOKEN}
    async with aiohttp.ClientSession() as session:
        for method, path, headers, status in (
            ("GET", f"conversations/{conversation.id}", bot, 401),
            ("GET", f"conversations/{conversation.id}/messages", bot, 401),
            ("GET", "contacts", bot, 401),
            ("POST", f"conversations/{conversation.id}/messages", {}, 401),
            ("POST", "conversations/999/messages", bot, 404),
            ("POST", f"conversations/{conversation.id}/toggle_status", bot, 422),
        ):
            url = f"{office.chatwoot.url}/api/v1/accounts/{ACCOUNT}/{path}"
            body = {"content": "x"} if method == "POST" else None
            async with session.request(method, url, json=body, headers=headers) as answer:
                assert answer.status == status, path
