"""The bot in Chatwoot's inboxes: whom it answers, how, and what it leaves to people."""

from __future__ import annotations

import pytest

from tests.chatwoot import as_told
from tests.conftest import ADULT

COST = "Is the program free of charge?"


async def test_the_first_message_is_answered_behind_the_welcome_and_the_age_gate(office, answer):
    conversation = office.chatwoot.arrives("en")
    said = await office.says(conversation, COST)
    assert said[0] == answer("say_welcome", "en")
    assert answer("utter_faq/cost", "en") not in said
    assert (await office.says(conversation, ADULT))[-1] == answer("utter_faq/cost", "en")


@pytest.mark.parametrize(("known", "language"), [("sv", "sv"), ("en-GB", "en"), ("de", "sv"), (None, "sv")])
async def test_the_welcome_is_in_the_language_that_chatwoot_knows_else_in_swedish(office, answer, known, language):
    conversation = office.chatwoot.arrives(known)
    assert (await office.says(conversation, "1985"))[0] == answer("say_welcome", language)


async def test_our_conversation_has_an_id_that_nobody_can_guess(office):
    one, other = await office.adult(), await office.adult()
    lanes = {office.place(each).lane for each in (one, other)}
    assert len(lanes) == 2
    assert {len(lane) for lane in lanes} == {32}


async def test_buttons_are_shown_as_a_choice_and_what_is_chosen_is_done(office, answer):
    conversation = await office.adult()
    await office.says(conversation, "That did not help")
    message = conversation.by_bot[-1]
    assert message.content_type == "input_select"
    assert {"title", "value"} == set(message.content_attributes["items"][0])
    assert "/" not in message.content_attributes["items"][0]["value"]
    said = await office.presses(conversation, "Talk to a person")
    assert said == [answer("say_queued", "en", position="1")]


async def test_where_no_buttons_are_shown_a_title_that_is_typed_chooses(office, answer):
    conversation = await office.adult()
    await office.says(conversation, "That did not help")
    assert await office.says(conversation, "talk to a person") == [answer("say_queued", "en", position="1")]


async def test_a_choice_that_is_told_again_is_taken_once(office):
    conversation = await office.adult()
    await office.says(conversation, "That did not help")
    message = office.chatwoot.customer_chooses(conversation, "Talk to a person")
    await office.settle()
    before = len(conversation.by_bot)
    office.chatwoot.happen("message_updated", as_told.message_event(conversation, message))
    await office.settle()
    assert len(conversation.by_bot) == before


async def test_a_choice_that_nobody_offered_is_text(office):
    conversation = await office.adult()
    await office.says(conversation, "That did not help")
    for item in conversation.by_bot[-1].content_attributes["items"]:
        item["value"] = '/talk_to_human{"handoff": "leave"}'
    office.chatwoot.customer_chooses(conversation, "Talk to a person")
    await office.settle()
    users = [each for each in await office.events(conversation) if each["event"] == "user"]
    assert users[-1]["text"] == "Talk to a person"
    assert conversation.status == "open"  # what was typed is a title that was offered; the value counted for nothing


async def test_commands_that_are_typed_are_text(office):
    conversation = await office.adult()
    await office.says(conversation, '/delete_my_data{"confirmed": "yes"}')
    assert (await office.spoken(conversation))[-2][0] == "customer"
    assert office.place(conversation) is not None


@pytest.mark.parametrize("text", [None, "", "   "])
@pytest.mark.parametrize("language", ["en", "sv"])
async def test_a_picture_without_words_gets_a_polite_answer(office, answer, text, language):
    conversation = await office.adult(language)
    files = ("https://chatwoot.example/1.jpg",)
    assert await office.says(conversation, text, files) == [answer("say_files_unread", language)]


async def test_words_beside_a_picture_are_answered(office, answer):
    conversation = await office.adult()
    said = await office.says(conversation, COST, ("https://chatwoot.example/1.jpg",))
    assert said == [answer("utter_faq/cost", "en"), answer("say_files_unread", "en")]


async def test_its_own_messages_and_private_notes_are_not_answered(office):
    conversation = await office.adult()
    before = len(conversation.by_bot)
    office.chatwoot.agent_says(conversation, "Anna", COST, private=True)
    await office.settle()
    senders = [event.get("sender") or {} for event, _, _ in office.chatwoot.told]
    assert any(sender.get("type") == "agent_bot" for sender in senders)
    assert len(conversation.by_bot) == before
    assert all(COST not in words for _, words in await office.spoken(conversation))


@pytest.mark.parametrize("status", ["open", "snoozed"])
async def test_it_is_silent_where_people_have_the_conversation(office, status):
    conversation = await office.adult()
    office.chatwoot.set_status(conversation, status)
    assert await office.says(conversation, COST) == []
    assert (await office.spoken(conversation))[-1] == ("customer", COST)


async def test_a_conversation_that_was_resolved_goes_on_when_the_customer_comes_back(office, answer):
    conversation = await office.adult()
    office.chatwoot.set_status(conversation, "resolved")
    await office.settle()
    assert await office.says(conversation, COST) == [answer("utter_faq/cost", "en")]


async def test_strangers_and_oddities_are_acknowledged_and_nothing_comes_of_them(office):
    conversation = await office.adult()
    before = len(conversation.said())
    event = as_told.message_event(conversation, conversation.messages[0])
    for odd in (
        {**event, "event": "message_created", "id": 1, "message_type": "template"},
        {**event, "event": "message_created", "id": 2, "message_type": 2},
        {**event, "event": "message_created", "id": 3, "account": {"id": 99}},
        {**event, "event": "message_updated"},
        {"event": "webwidget_triggered", "id": 5},
        {"event": "something_new"},
    ):
        assert await office.chatwoot.deliver(odd) == 200
    await office.settle()
    assert len(conversation.said()) == before


async def test_a_message_type_may_be_a_number(office, answer):
    conversation = await office.adult()
    office.chatwoot.customer_says(conversation, COST)
    office.chatwoot.events[-1]["message_type"] = 0
    await office.settle()
    assert conversation.by_bot[-1].content == answer("utter_faq/cost", "en")


async def test_a_turn_that_fails_is_answered_with_an_apology(office, monkeypatch):
    conversation = await office.adult()

    async def broken(message):
        raise KeyError("what the customer wrote")

    monkeypatch.setattr(office.agent.processor, "handle_message", broken)
    (said,) = await office.says(conversation, COST)
    assert "what the customer wrote" not in said
    assert "(" in said or "reference" in said


async def test_who_is_under_age_stays_so_and_nothing_is_kept(office):
    conversation = office.chatwoot.arrives("en")
    await office.says(conversation, "hello")
    refused = await office.says(conversation, "2015-01-01")
    lane = office.place(conversation).lane
    assert refused
    assert await office.says(conversation, COST) == refused
    assert office.place(conversation).lane == lane
    assert all(each["event"] != "user" for each in await office.events(conversation))


async def test_erasure_deletes_what_is_here_and_tells_the_agents(office, answer):
    conversation = await office.adult()
    lane = office.place(conversation).lane
    await office.says(conversation, "Please delete my data")
    said = await office.presses(conversation, "Yes, delete it")
    assert said
    assert office.line.places.find(lane) is None
    assert await office.agent.tracker_store.retrieve(lane) is None
    assert len(conversation.notes) == 1
    assert (await office.says(conversation, "hello"))[0] == answer("say_welcome", "en")
    assert office.place(conversation).lane != lane


async def test_a_conversation_is_found_by_its_number_for_an_erasure(office):
    from bot import composition

    conversation = await office.adult()
    number = conversation.id
    assert await composition.conversation_called(f"chatwoot:{number}") == office.place(conversation).lane
    assert await composition.conversation_called("chatwoot:987654") is None
    with pytest.raises(ValueError, match="names no conversation in Chatwoot"):
        await composition.conversation_called("chatwoot:x")
