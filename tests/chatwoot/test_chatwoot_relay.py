"""Customers of the web chat whom agents answer in Chatwoot, through its API inbox."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import pytest

from actions.support.handoff import ReplyBy, State
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import Erased
from tests.chatwoot.conftest import SUPPORT
from tests.chatwoot.visitors import COST, queued, visitor, with_anna

MESSAGE = "My charger HQA1 X773 0002 fell. Can I talk to someone about a new one?"


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


@pytest.mark.parametrize("bad_day", ["refuse", "half", "close"])
async def test_on_a_bad_day_everything_arrives_later_once_and_in_order(office, bad_day):
    office.chatwoot.bad_day = bad_day
    made = await queued(office)
    for text in ("one", "two", "two", "three"):
        await made.says(text)
    for _ in range(4):  # some calls get through in between, half-way
        office.clock.later(minutes=20)
        await office.settle()
    office.chatwoot.bad_day = ""
    for _ in range(12):
        office.clock.later(hours=1)
        await office.settle()
    assert len(office.chatwoot.conversations) == 1
    assert made.in_chatwoot.said() == ["one", "two", "two", "three"]
    assert len(made.in_chatwoot.notes) == 1
    assert made.in_chatwoot.status == "open"


async def test_what_a_crash_has_left_waiting_here_is_handed_over_later(office, monkeypatch):
    made = await visitor(office)

    def crash(*args, **kwargs):
        raise RuntimeError("the process dies here")

    with monkeypatch.context() as patch:
        patch.setattr(office.line, "hand_over", crash)
        await made.says("I want to talk to a person")
    assert office.chatwoot.conversations == {}
    for _ in range(2):
        office.clock.later(minutes=1)
        await office.talk.people.remind(office.agent)
        await office.settle()
    assert made.in_chatwoot.status == "open"
    assert len(made.in_chatwoot.notes) == 1


@pytest.mark.parametrize("undone", [True, False])
async def test_a_claim_whose_handoff_was_not_kept_is_handed_over_later(office, monkeypatch, undone):
    """The database is busy at the worst moment; a crash, too, leaves the claim as it is."""
    from sqlalchemy.exc import OperationalError

    made = await visitor(office)

    def fails(*args, **kwargs):
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(office.line, "_add", fails)
        if not undone:
            patch.setattr(office.line.places, "reclaim", fails)
        with suppress(Problem):
            await made.says("I want to talk to a person")
    assert (await office.desk.of(made.conversation)).state is State.QUEUED
    assert office.chatwoot.conversations == {}
    for _ in range(3):
        office.clock.later(minutes=1)
        await office.talk.people.remind(office.agent)
        await office.settle()
    assert made.in_chatwoot.status == "open"
    assert len(made.in_chatwoot.notes) == 1
    office.chatwoot.agent_says(made.in_chatwoot, "Anna", "Hi")
    office.chatwoot.set_status(made.in_chatwoot, "resolved")
    await office.settle()
    assert await office.desk.of(made.conversation) is None


async def test_what_is_handed_over_later_comes_with_what_was_said(office, answer, monkeypatch):
    made = await visitor(office)
    await made.says(COST)
    with monkeypatch.context() as patch:
        patch.setattr(office.line, "hand_over", lambda *details, **more: 1 / 0)
        await made.says("I want to talk to a person")
    office.clock.later(minutes=1)
    await office.talk.people.remind(office.agent)
    await office.settle()
    (note,) = made.in_chatwoot.notes
    assert answer("utter_faq/cost", "en") in note


async def test_a_chat_that_nobody_took_was_handled_by_nobody(office):
    for _ in range(2):
        made = await queued(office)
        office.clock.later(minutes=3)
        office.chatwoot.set_status(made.in_chatwoot, "resolved")
        await office.settle()
    assert list(office.desk.records.handled(office.clock())) == []
    assert office.desk.records.today(office.clock()).outcomes == {"solved": 2}
    assert office.desk.records.owners(office.clock()) == 0


@pytest.mark.parametrize("dies", ["erase", "say"])
async def test_an_erasure_that_a_crash_has_cut_short_is_whole_when_it_is_repeated(office, monkeypatch, dies):
    office.clock.later(hours=12)
    made = await queued(office)
    await made.presses("Leave a message")
    for text in (MESSAGE, "maja@example.com", "yes"):
        await made.says(text)
    (there,) = office.chatwoot.conversations.values()
    with monkeypatch.context() as patch:
        patch.setattr(office.line, dies, lambda *details, **more: 1 / 0)
        with suppress(ZeroDivisionError):
            await office.desk.erase(made.conversation)
    await office.desk.erase(made.conversation)
    await office.settle()
    assert office.line.places.at(there.id) is None
    assert sum("deleted" in note for note in there.notes) == 1
    assert office.desk.store.select(True) == []


async def test_what_waits_for_chatwoot_is_not_handed_over_twice(office):
    office.chatwoot.bad_day = "refuse"
    made = await queued(office)
    for _ in range(4):
        office.clock.later(minutes=1)
        await office.talk.people.remind(office.agent)
        await office.settle()
    office.chatwoot.bad_day = ""
    office.clock.later(hours=1)
    await office.settle()
    assert len(made.in_chatwoot.notes) == 1


async def test_nobody_can_read_the_conversation_by_what_we_store(office, tmp_path):
    made = await queued(office)
    await made.says("my mail is maja@example.com")
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("desk.db*"))
    assert made.in_chatwoot.source.encode() not in stored
    assert b"maja@example.com" not in stored


async def test_erasure_takes_what_has_not_gone_out_and_tells_the_agents(office):
    made = await with_anna(office)
    there = made.in_chatwoot
    office.chatwoot.bad_day = "refuse"
    await made.says("not told yet")
    await office.chat.erase(office.agent, made.conversation)
    office.chatwoot.bad_day = ""
    office.clock.later(hours=2)
    await office.settle()
    assert "not told yet" not in there.said()
    assert "deleted" in there.notes[-1]
    with pytest.raises(Erased):
        made.hears()
    office.chatwoot.agent_says(there, "Anna", "are you there?")
    await office.settle()  # it reaches nobody, and breaks nothing


async def test_what_is_said_where_an_erased_customer_was_makes_no_new_conversation(office, tmp_path):
    made = await with_anna(office)
    there = made.in_chatwoot
    await made.says("hello?")
    late = [event for event, _, _ in office.chatwoot.told if event.get("content") == "hello?"][-1]
    await office.chat.erase(office.agent, made.conversation)
    await office.settle()
    office.chatwoot.agent_says(there, "Anna", "are you there?")
    office.chatwoot.assign(there, "Bo")
    office.chatwoot.agent_says(there, "Bo", "Hello?")
    await office.settle()
    await office.chatwoot.deliver({**late, "id": 9999})  # the customer's own words, told once more
    await office.settle()
    assert office.line.places.at(there.id) is None
    assert office.desk.store.select(True) == []
    with sqlite3.connect(tmp_path / "desk.db") as database:
        assert database.execute("SELECT * FROM chatwoot_gone").fetchall() == [(there.id,)]


async def test_an_erasure_while_the_conversation_is_begun_is_remembered(office):
    office.chatwoot.bad_day = "refuse"
    made = await queued(office)
    office.line.places.erase(made.conversation)
    office.line.places.link(made.conversation, 41)
    assert office.line.places.enter(41, "sv", lambda: "d" * 32) is None


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


async def other_desk(office, conversation: str, owner: str | None = None) -> str:
    """A hand-off from the days of `DESK=embedded`; its reference."""
    made = office.desk.store.request(conversation, "en", "asked", office.clock(), {})
    if owner:
        office.desk.store.take(made.reference, owner, office.clock())
    return made.reference


async def test_whom_another_desk_had_waiting_is_handed_over_and_whom_its_agents_had_is_the_bots_again(office, answer):
    waits, has = await visitor(office), await visitor(office)
    for made, owner in ((waits, None), (has, "anna")):
        await other_desk(office, made.conversation, owner)
        made.hears()
    office.clock.later(minutes=1)
    for _ in range(2):
        await office.talk.people.remind(office.agent)
        await office.settle()
    assert waits.in_chatwoot.status == "open"
    assert [each["text"] for each in has.hears()] == [answer("say_with_bot_again", "en")]
    assert await has.says(COST) == [answer("utter_faq/cost", "en")]
    assert office.outbox.left() == []


class TestWithoutAnInbox:
    """CHATWOOT_INBOX is not set."""

    async def test_whom_another_desk_had_waiting_is_the_bots_again(self, office, answer):
        made = await visitor(office)
        await other_desk(office, made.conversation)
        made.hears()
        office.clock.later(minutes=1)
        for _ in range(2):
            await office.talk.people.remind(office.agent)
            await office.settle()
        assert [each["text"] for each in made.hears()] == [answer("say_with_bot_again", "en")]
        assert office.chatwoot.calls == []

    @pytest.fixture
    def inbox_of_chatwoot(self):
        return None

    async def test_the_web_chat_is_not_live(self, office, answer):
        made = await queued(office)
        assert "020-25 10 10" in made.hears()[-1]["text"]
        assert await office.desk.of(made.conversation) is None
        assert office.chatwoot.conversations == {}

    async def test_a_message_that_is_left_reaches_support_by_mail(self, office):
        made = await queued(office)
        await made.presses("Leave a message")
        for text in (MESSAGE, "maja@example.com", "yes"):
            await made.says(text)
        ticket, receipt = sorted(office.mails, key=lambda mail: mail.to, reverse=True)
        assert (ticket.to, receipt.to) == (SUPPORT, "maja@example.com")
        assert MESSAGE in ticket.text

    async def test_chatwoots_own_inboxes_are(self, office):
        conversation = await office.waiting()
        assert conversation.status == "open"
