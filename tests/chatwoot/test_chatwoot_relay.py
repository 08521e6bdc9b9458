"""Customers of the web chat whom agents answer in Chatwoot, through its API inbox: what is said reaches the others."""

from __future__ import annotations

import pytest

from actions.support.handoff import ReplyBy, State
from bot.channels.webchat.problems import Problem
from tests.chatwoot.visitors import COST, MESSAGE, queued, with_anna


async def test_who_asks_for_a_person_becomes_a_conversation_in_the_api_inbox(office, answer):
    made = await queued(office)
    assert made.hears()[-1]["text"] == answer("say_queued", "en", position="1")
    there = made.in_chatwoot
    assert (there.status, there.channel) == ("open", "Channel::Api")
    (note,) = there.notes
    assert COST in note
    assert answer("utter_faq/cost", "en") in note  # the transcript: agents cannot see it otherwise
    assert there.custom_attributes["bot_reason"] == "asked"


async def test_what_the_customer_writes_reaches_the_agents_as_it_was_typed_and_the_bot_is_silent(office):
    made = await queued(office)
    assert await made.says("my mail is maja@example.com") == []
    assert made.in_chatwoot.said() == ["my mail is maja@example.com"]
    assert made.everything[-1]["text"] == "my mail is [email]"


async def test_a_repeated_message_reaches_the_agents_once(office):
    made = await queued(office)
    for _ in range(2):
        await made.says("hello?", id="same")
    assert made.in_chatwoot.said() == ["hello?"]


async def new_session(office, conversation: str) -> None:
    """What Rasa writes when a customer comes back after an hour: of what was before, the store reads nothing."""
    from rasa.shared.core.events import ActionExecuted, SessionStarted

    tracker = await office.agent.tracker_store.retrieve(conversation)
    for event in (ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")):
        tracker.update(event)
    await office.agent.tracker_store.save(tracker)


async def test_every_line_reaches_the_agents_however_often_the_session_begins_anew(office):
    made = await queued(office)
    lines = [f"line {number}" for number in range(24)]
    for number, line in enumerate(lines):
        if number % 8 == 7:
            await new_session(office, made.conversation)
        await made.says(line)
    assert made.in_chatwoot.said() == lines


async def test_what_could_not_be_stored_and_is_sent_again_reaches_the_agents_and_the_tracker_once(office, monkeypatch):
    from sqlalchemy.exc import OperationalError

    async def fails(tracker):
        raise OperationalError("", {}, Exception())

    made = await queued(office)
    with monkeypatch.context() as patch:
        patch.setattr(office.agent.tracker_store, "save", fails)
        with pytest.raises(Problem):
            await made.says("hello?", id="same")
    with monkeypatch.context() as patch:
        patch.setattr(office.chat.store, "add", lambda *details: (_ for _ in ()).throw(OperationalError("", {}, None)))
        with pytest.raises(Problem):
            await made.says("hello?", id="same")
    office.new_process()
    await made.says("hello?", id="same")
    await made.says("and then")
    assert made.in_chatwoot.said() == ["hello?", "and then"]
    tracker = await office.agent.tracker_store.retrieve(made.conversation)
    users = [event.as_dict()["text"] for event in tracker.events if event.type_name == "user"]
    assert users[-2:] == ["hello?", "and then"]
    assert users.count("hello?") == 1


async def test_what_the_agent_says_reaches_the_customer_by_first_name(office, answer):
    made = await with_anna(office)
    *_, joined, said = made.hears()
    assert joined["text"] == answer("say_agent_joined", "en", agent="Anna")
    assert (said["from"], said["name"], said["text"]) == ("agent", "Anna", "Hi, I have read what you wrote.")
    office.chatwoot.agent_says(made.in_chatwoot, "Anna", "a note", private=True)
    await office.settle()
    assert made.hears() == []


async def test_the_agents_words_are_told_once_however_often_chatwoot_tells_them(office):
    made = await with_anna(office)
    made.hears()
    office.chatwoot.agent_says(made.in_chatwoot, "Anna", "Your charger will be replaced.")
    (event,) = office.chatwoot.events
    for number in (1, 2):
        await office.chatwoot.deliver(event, **{"X-Chatwoot-Delivery": f"n{number}"})
        await office.settle()
    assert [each["text"] for each in made.hears()] == ["Your charger will be replaced."]


async def test_out_of_hours_a_message_becomes_a_conversation_and_its_answer_a_mail(office):
    from actions.support.tables import handoffs

    office.clock.later(hours=12)
    made = await queued(office)
    await made.presses("Leave a message")
    for text in (MESSAGE, "maja@example.com", "yes"):
        await made.says(text)
    (there,) = office.chatwoot.conversations.values()
    assert there.contact.email == "maja@example.com"
    assert (there.said(), there.status) == ([MESSAGE], "open")
    (note,) = there.notes
    assert "Answer here" in note
    assert COST in note
    assert "HQA1" not in note
    (left,) = office.desk.store.select(handoffs.c.reply_by == ReplyBy.MAIL.value)
    assert left.reference in note
    office.clock.later(hours=11)
    office.chatwoot.agent_says(there, "Anna", "A new one is on its way.")
    (event,) = office.chatwoot.events
    for _ in range(2):
        await office.chatwoot.deliver(event)
        await office.settle()
    assert [mail.to for mail in office.mails] == ["maja@example.com"] * 2  # the receipt, and the answer
    assert "A new one is on its way." in office.mails[-1].text
    assert await made.says(COST)  # the bot was never silent
    office.chatwoot.set_status(there, "resolved")
    await office.settle()
    assert office.desk.store.get(left.reference).state is State.CLOSED
    office.chatwoot.agent_says(there, "Anna", "One thing more.")
    await office.settle()
    assert "could not be sent" in there.notes[-1]
