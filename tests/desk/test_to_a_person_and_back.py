"""A customer asks for a person, a person answers, and the bot comes back: what each of them hears and knows."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from actions.support.accounts import Accounts
from actions.support.handoff import NotYours, State, UnknownHandoff
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import Erased
from tests.conftest import ADULT


def said_by(messages: list[dict]) -> list[tuple[str, str]]:
    return [(message["from"], message["text"]) for message in messages]


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_who_asks_for_a_person_in_open_hours_is_queued_at_once_and_hears_the_place(room, answer, language):
    visitor = await room.queued(language)
    (message,) = visitor.latest
    assert message["text"] == answer("say_queued", language, position="1")
    handoff = await visitor.handoff()
    assert message["data"] == {
        "kind": "handoff", "state": "queued", "position": 1, "reference": handoff.reference,
    }  # fmt: skip
    assert (handoff.state, handoff.language, handoff.reason) == (State.QUEUED, language, "asked")


async def test_a_complaint_is_queued_and_acknowledged(room, answer):
    visitor = await room.visitor()
    heard = await visitor.says("I want to make a complaint")
    assert heard[0]["text"] == answer("say_complaint_heard", "en")
    assert (await visitor.handoff()).reason == "complaint"


async def test_the_second_in_the_queue_is_told_so_and_moves_up(room):
    first = await room.queued()
    room.later(seconds=1)
    second = await room.queued()
    assert second.latest[0]["data"]["position"] == 2
    await room.work.take(room.agent, first.reference, "anna", "Anna")
    assert room.desk.place(await second.handoff(), room.now).position == 1


async def test_the_wait_is_estimated_from_measured_times(room, answer):
    from actions.support.accounts import Accounts

    accounts = Accounts(room.desk.database)
    accounts.add("anna", "Anna", "correct horse battery")
    for _ in range(3):
        visitor = await room.with_anna()
        room.later(minutes=6)
        await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    await room.with_anna()
    accounts.seen("anna", room.now)
    queued = await room.queued()
    assert queued.latest[0]["text"] == answer("say_queued_estimate", "en", position="1", minutes="6")


async def test_the_bot_is_silent_while_the_customer_waits(room):
    visitor = await room.queued()
    before = len(visitor.everything)
    assert await visitor.says("Is the program free of charge?") == []
    assert [message["from"] for message in visitor.everything[before:]] == ["customer"]


async def test_what_the_customer_writes_meanwhile_is_in_the_tracker_masked_and_not_understood(room):
    visitor = await room.queued()
    await visitor.says("my mail is maja@example.com, is the program free?")
    event = [each for each in await visitor.events() if each["event"] == "user"][-1]
    assert event["text"] == "my mail is [email], is the program free?"
    assert event["parse_data"]["intent"]["name"] is None
    assert visitor.everything[-1]["text"] == event["text"]


async def test_the_agent_can_read_what_was_masked_while_the_handoff_lasts(room):
    from actions.desk_parts import personal_data

    visitor = await room.with_anna()
    await visitor.says("my mail is maja@example.com")
    assert (await personal_data(await visitor.handoff()))["words"] == ["my mail is maja@example.com"]
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    assert (await personal_data(await visitor.handoff()))["words"] == []


async def test_typed_commands_reach_the_person_as_text(room):
    visitor = await room.with_anna()
    assert await visitor.says('/talk_to_human{"handoff": "leave"}') == []
    assert (await visitor.handoff()).state is State.ASSIGNED
    assert visitor.everything[-1]["text"].startswith("/talk_to_human")


async def test_a_repeated_message_reaches_the_person_once(room):
    visitor = await room.with_anna()
    for _ in range(2):
        await visitor.says("hello?", id="same")
    assert [each["text"] for each in visitor.everything].count("hello?") == 1
    users = [each["text"] for each in await visitor.events() if each["event"] == "user"]
    assert users.count("hello?") == 1


async def test_the_customer_sees_the_first_name_of_the_person_who_answers(room, answer):
    visitor = await room.queued()
    await room.work.take(room.agent, visitor.reference, "anna", "Anna")
    (joined,) = visitor.hears()
    assert joined["text"] == answer("say_agent_joined", "en", agent="Anna")
    assert joined["data"]["state"] == "assigned"
    await room.anna_says(visitor, "Hi, I have read what you wrote.")
    (message,) = visitor.hears()
    assert (message["from"], message["name"]) == ("agent", "Anna")
    assert message["text"] == "Hi, I have read what you wrote."


async def test_an_answer_sent_twice_is_said_once(room):
    visitor = await room.with_anna()
    first = await room.anna_says(visitor, "Hi.", turn="same")
    assert await room.anna_says(visitor, "Hi.", turn="same") == first
    assert len(visitor.hears()) == 1


async def test_typing_of_the_person_is_shown_by_name(room):
    visitor = await room.with_anna()
    with room.chat.hub.subscription(visitor.conversation) as signals:
        await room.work.typing(visitor.reference, "anna", "Anna", True)
        assert signals.get_nowait() == {"event": "typing", "from": "agent", "name": "Anna", "typing": True}


async def test_the_bot_that_returns_says_so_and_knows_what_was_said(room, answer):
    visitor = await room.with_anna()
    await room.anna_says(visitor, "Your charger will be replaced.")
    await visitor.says("great")
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.RETURNED, "returned")
    back = visitor.hears()[-1]
    assert back["text"] == answer("say_bot_is_back", "en", agent="Anna")
    assert back["data"]["state"] == "closed"
    spoken = [(each["event"], each["text"]) for each in await visitor.events() if each["event"] in ("bot", "user")]
    assert spoken[-3:] == [("bot", "Your charger will be replaced."), ("user", "great"), ("bot", back["text"])]
    by_anna = [each for each in await visitor.events() if each["event"] == "bot"][-2]
    assert by_anna["metadata"] == {"from": "agent", "name": "Anna"}
    assert (await visitor.says("Is the program free of charge?"))[0]["text"] == answer("utter_faq/cost", "en")


async def test_the_customer_cancels_and_has_the_bot_again(room, answer):
    visitor = await room.queued()
    (message,) = await visitor.presses("Cancel")
    assert message["text"] == answer("say_queue_cancelled", "en")
    assert (await visitor.handoff()).outcome == "cancelled"
    assert await visitor.says("Is the program free of charge?")


async def test_who_cancels_when_a_person_is_there_is_told_so(room, answer):
    visitor = await room.with_anna()
    (message,) = await visitor.presses("Cancel")
    assert message["text"] == answer("say_agent_is_here", "en")
    assert (await visitor.handoff()).owner == "anna"


async def test_the_customer_may_leave_the_person(room, answer):
    visitor = await room.with_anna()
    (message,) = await visitor.presses("Back to the assistant")
    assert message["text"] == answer("say_with_bot_again", "en")
    with pytest.raises(NotYours):
        await room.anna_says(visitor, "too late")


async def test_a_message_that_meets_the_closing_is_answered_by_the_bot_or_read_by_the_person(room):
    visitor = await room.with_anna()
    closing = room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    _, replies = await asyncio.gather(closing, visitor.says("Is the program free of charge?"))
    texts = [each["text"] for each in visitor.everything]
    closed_at = next(n for n, text in enumerate(texts) if text.startswith("Anna has ended"))
    asked_at = texts.index("Is the program free of charge?")
    assert bool(replies) == (asked_at > closed_at)


async def test_two_agents_who_take_at_once_are_one_owner_and_one_greeting(room):
    accounts = Accounts(room.desk.database)
    accounts.add("bo", "Bo", "correct horse battery")
    accounts.seen("bo", room.now)
    visitor = await room.queued()
    taking = [room.work.take(room.agent, visitor.reference, name, name.title()) for name in ("anna", "bo")]
    outcomes = await asyncio.gather(*taking, return_exceptions=True)
    assert sum(isinstance(outcome, NotYours) for outcome in outcomes) == 1
    assert len(visitor.hears()) == 1


async def test_a_colleague_who_gets_the_conversation_is_named(room, answer):
    visitor = await room.with_anna()
    await room.work.assign(room.agent, visitor.reference, "anna", "bo", "Bo")
    assert visitor.hears()[0]["text"] == answer("say_agent_changed", "en", agent="Bo")
    with pytest.raises(NotYours):
        await room.anna_says(visitor, "still me")


async def test_who_waits_too_long_is_told_once_of_the_other_ways(room, answer):
    visitor = await room.queued()
    room.later(minutes=9)
    assert await room.work.remind(room.agent) == 0
    room.later(minutes=1)
    assert await room.work.remind(room.agent) == 1
    assert visitor.hears()[0]["text"] == answer("say_still_waiting_open", "en", until="19.00")
    assert await room.work.remind(room.agent) == 0
    assert (await visitor.handoff()).state is State.QUEUED


async def test_a_colleague_may_take_a_chat_whose_agent_is_gone_and_its_customer_hears_so(room, answer):
    visitor = await room.with_anna()
    Accounts(room.desk.database).seen("anna", None)
    await room.work.take(room.agent, visitor.reference, "bo", "Bo")
    assert visitor.hears()[0]["text"] == answer("say_agent_changed", "en", agent="Bo")


async def test_who_waits_for_an_agent_who_is_gone_is_told_of_the_other_ways(room, answer):
    visitor = await room.with_anna()
    room.later(minutes=11)
    assert await room.work.remind(room.agent) == 0  # Anna is gone, but it is the customer's turn
    await visitor.says("Are you still there?")
    assert await room.work.remind(room.agent) == 1
    assert visitor.hears()[0]["text"] == answer("say_still_waiting_open", "en", until="19.00")
    assert await room.work.remind(room.agent) == 0


async def test_one_who_is_erased_meanwhile_does_not_keep_the_others_from_being_told(room, monkeypatch):
    first, second = await room.queued(), await room.queued()
    room.later(minutes=10)
    overdue = room.desk.overdue(room.now)
    room.chat.store.erase(first.conversation)
    monkeypatch.setattr(room.desk, "overdue", lambda now: overdue)
    assert await room.work.remind(room.agent) == 1
    assert len(second.hears()) == 1


async def test_typing_an_answer_by_mail_is_not_shown_in_the_chat(room, monkeypatch):
    shown = []
    visitor = await room.visitor()
    monkeypatch.setattr(room.chat.hub, "publish", lambda conversation, signal: shown.append(signal))
    store = room.desk.store
    letter = store.leave_message(visitor.conversation, "en", "message", room.now, {}, None).reference
    store.take(letter, "anna", room.now)
    await room.work.typing(letter, "anna", "Anna", True)
    assert shown == []


async def test_who_waits_when_support_closes_is_told_when_it_opens(room, answer):
    visitor = await room.queued()
    room.later(hours=9)
    await room.work.remind(room.agent)
    opens = "tomorrow, Tuesday, at 08.00"
    assert visitor.hears()[0]["text"] == answer("say_still_waiting_closed", "en", opens=opens)


async def test_erasure_takes_the_handoff_with_it(room):
    visitor = await room.with_anna()
    await room.chat.erase(room.agent, visitor.conversation)
    with pytest.raises(UnknownHandoff):
        await room.anna_says(visitor, "hello")
    with pytest.raises(Erased):
        visitor.hears()


async def test_a_button_that_deletes_everything_works_while_a_person_has_the_conversation(room):
    visitor = await room.visitor()
    await visitor.says("Please delete my data")
    await visitor.says("I want to talk to a person")
    assert (await visitor.handoff()).state is State.QUEUED
    with pytest.raises(Erased):
        await visitor.presses("Yes, delete it")
    with pytest.raises(UnknownHandoff):
        await visitor.handoff()


async def test_the_agent_gets_what_was_asked_and_answered(room):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("my serial is HQA1 X773 0002, how long is the warranty?")
    await visitor.says("I want to talk to a person")
    brief = (await visitor.handoff()).brief
    assert brief["first_question"] == "Is the program free of charge?"
    assert brief["tried"][0] == "faq/cost"
    assert brief["identified"] is False
    assert "HQA1" not in str(brief)


async def test_who_was_offered_a_person_is_queued_for_that_reason(room):
    visitor = await room.visitor()
    for text in ("zxqj wvkp qqfz", "zxqj wvkp qqfz"):
        await visitor.says(text)
    assert (await room.desk.of(visitor.conversation)).state is State.OFFERED
    assert await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    assert (await visitor.handoff()).reason == "misunderstood"


async def test_who_says_that_an_answer_did_not_help_is_queued_for_that_reason(room):
    visitor = await room.visitor()
    await visitor.says("That did not help")
    await visitor.presses("Talk to a person")
    assert (await visitor.handoff()).reason == "negative_feedback"


async def test_a_desk_without_accounts_has_no_queue(room, answer):
    from actions.support.accounts import Accounts

    Accounts(room.desk.database).remove("anna")
    visitor = await room.visitor()
    (told,) = await visitor.says("I want to talk to a person")
    assert told["text"] == answer("say_talk_to_human_no_chat_open", "en", until="19.00")
    assert await room.desk.of(visitor.conversation) is None


async def test_what_an_agent_repeats_of_the_customers_data_is_not_in_the_stored_events(room):
    visitor = await room.with_anna()
    await room.anna_says(visitor, "Is maja@example.com still right?")
    assert visitor.hears()[0]["text"] == "Is maja@example.com still right?"
    events = str(await visitor.events())
    assert "maja@example.com" not in events
    assert "Is [email] still right?" in events


async def test_a_turn_that_failed_tells_of_no_end_later(room, monkeypatch):
    visitor, signals = await room.with_anna(), []
    takeover = room.chat.takeover

    def fails(conversation, words):
        raise OperationalError("INSERT", {}, Exception("locked"))

    with monkeypatch.context() as patch:
        patch.setattr(takeover, "_seal", fails)
        with pytest.raises(Problem):
            await visitor.says("I am maja@example.com")
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    monkeypatch.setattr(room.chat.hub, "publish", lambda conversation, signal: signals.append(str(signal)))
    await visitor.says("Is the program free of charge?")
    assert not any(visitor.reference in signal for signal in signals)


async def test_who_wants_a_person_beside_a_question_is_queued(room):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge? And I want to talk to a person.")
    assert (await visitor.handoff()).state is State.QUEUED


async def test_who_asked_for_a_person_before_the_age_was_known_is_queued_after_it(room):
    visitor = await room.stranger()
    await visitor.says("I want to talk to a person")
    await visitor.says(ADULT)
    assert (await visitor.handoff()).state is State.QUEUED
