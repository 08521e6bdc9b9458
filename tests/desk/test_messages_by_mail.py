"""A message to support, answered by mail: asked for step by step, confirmed, found by agents, answered."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from actions.support.handoff import State
from tests.desk.letters import tickets

MESSAGE = "My charger HQA1 X773 0002 fell. Can I talk to someone about a new one?"


async def left(room, *texts: str):
    """A visitor who leaves a message, up to the last question."""
    visitor = await room.queued()
    await visitor.presses("Leave a message")
    for text in texts:
        await visitor.says(text)
    return visitor


async def test_when_support_is_closed_it_says_when_it_opens_and_takes_a_message(at_night, answer):
    visitor = await at_night.queued()
    opens = "tomorrow, Tuesday, at 08.00"
    assert visitor.latest[0]["text"] == answer("say_talk_to_human_closed", "en", opens=opens)
    assert await at_night.desk.of(visitor.conversation) is None
    (asked,) = await visitor.presses("Leave a message")
    assert asked["text"] == answer("say_ask_message", "en")


async def test_whatever_is_typed_is_the_message(at_night, answer):
    visitor = await left(at_night, MESSAGE)
    assert visitor.latest[0]["text"] == answer("say_ask_reply_address", "en")
    assert visitor.latest[0]["data"] == {"kind": "ask", "field": "email"}


async def test_the_address_is_confirmed_before_anything_is_sent(at_night, answer):
    visitor = await left(at_night, MESSAGE, "it is maja@example.com")
    masked = MESSAGE.replace("HQA1 X773 0002", "[serial]")
    confirm = answer("say_confirm_message", "en", address="maja@ex….com", message=masked)
    assert visitor.latest[0]["text"] == confirm
    assert tickets(at_night) == []


async def test_a_yes_makes_a_ticket_and_a_receipt(at_night):
    visitor = await left(at_night, MESSAGE, "maja@example.com", "yes")
    (ticket,) = tickets(at_night)
    assert ticket.reference in visitor.latest[0]["text"]
    assert (ticket.state, ticket.conversation) == (State.QUEUED, visitor.conversation)
    assert "[serial]" in ticket.brief["message"]
    await at_night.outbox.work_off()
    (receipt,) = at_night.mails
    assert (receipt.to, ticket.reference in receipt.text) == ("maja@example.com", True)
    assert "charger" not in receipt.text


async def test_message_and_address_in_one_are_both_taken(at_night):
    visitor = await left(at_night, f"{MESSAGE} Write to maja@example.com.", "yes")
    assert len(tickets(at_night)) == 1
    assert "maja@ex….com" in visitor.latest[0]["text"]


async def test_another_address_can_be_given(at_night):
    visitor = await left(at_night, MESSAGE, "maya@example.com")
    await visitor.presses("Another address")
    await visitor.says("maja@example.com")
    await visitor.presses("Yes, send it")
    from actions.desk_parts import personal_data

    (ticket,) = tickets(at_night)
    assert await personal_data(ticket) == {"email": "maja@example.com", "text": MESSAGE, "words": []}


@pytest.mark.parametrize("texts", [(), (MESSAGE,), (MESSAGE, "maja@example.com")])
async def test_the_customer_may_drop_it_at_every_step(at_night, answer, texts):
    visitor = await left(at_night, *texts)
    title = "No, do not send it" if len(texts) == 2 else "Never mind"
    (said,) = await visitor.presses(title)
    assert said["text"] == answer("say_message_dropped", "en")
    assert (await visitor.says("Is the program free of charge?"))[0]["text"] == answer("utter_faq/cost", "en")
    assert tickets(at_night) == []


async def test_a_question_in_between_is_answered_and_the_address_asked_again(at_night, answer):
    visitor = await left(at_night, MESSAGE)
    replies = await visitor.says("Is the program free of charge?")
    expected = [answer("utter_faq/cost", "en"), answer("say_ask_reply_address", "en")]
    assert [each["text"] for each in replies] == expected


async def test_an_address_that_is_none_is_asked_for_again(at_night, answer):
    visitor = await left(at_night, MESSAGE, "qqqq wwww")
    assert visitor.latest[0]["text"] == answer("say_reply_address_unclear", "en")


async def test_nothing_personal_is_stored_in_the_clear(at_night, tmp_path):
    visitor = await left(at_night, MESSAGE, "maja@example.com", "yes")
    kept = str(await visitor.events()) + str(visitor.everything)
    stored = (tmp_path / "desk.db").read_bytes()
    assert "maja@example.com" not in kept
    assert "HQA1" not in kept
    assert b"maja@example.com" not in stored
    assert b"HQA1" not in stored


async def test_what_agents_write_down_is_not_stored_in_the_clear(at_night, tmp_path):
    await left(at_night, MESSAGE, "maja@example.com", "yes")
    (ticket,) = tickets(at_night)
    await at_night.work.take(at_night.agent, ticket.reference, "anna", "Anna")
    await at_night.work.answer(at_night.agent, ticket.reference, "anna", "Anna", "Dear Maja Berg, it comes.", "t1")
    at_night.desk.records.add_note(ticket.reference, "note", "anna", "Maja Berg called", at_night.now)
    written = [note.text for note in at_night.desk.records.notes(ticket.reference)]
    assert written == ["Dear Maja Berg, it comes.", "Maja Berg called"]
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("desk.db*"))
    assert b"Maja" not in stored


async def test_the_bot_goes_on_talking_while_a_message_waits(at_night):
    visitor = await left(at_night, MESSAGE, "maja@example.com", "yes")
    assert await visitor.says("Is the program free of charge?")


async def test_in_the_morning_an_agent_answers_by_mail_once(at_night):
    await left(at_night, MESSAGE, "maja@example.com", "yes")
    at_night.later(hours=11)
    (ticket,) = tickets(at_night)
    await at_night.work.take(at_night.agent, ticket.reference, "anna", "Anna")
    for _ in range(2):
        await at_night.work.answer(at_night.agent, ticket.reference, "anna", "Anna", "A new one is on its way.", "t1")
    await at_night.outbox.work_off()
    (_, mail) = at_night.mails
    assert mail.to == "maja@example.com"
    assert "A new one is on its way." in mail.text
    assert ticket.reference in mail.subject
    await at_night.work.finish(at_night.agent, ticket.reference, "anna", "Anna", State.CLOSED, "solved")
    assert at_night.desk.store.get(ticket.reference).sealed is None
    assert at_night.desk.records.today(at_night.now).waited < 3700  # the night does not count


async def test_who_waits_may_leave_a_message_instead(room):
    visitor = await room.queued()
    room.later(minutes=11)
    await room.work.remind(room.agent)
    await visitor.presses("Leave a message")
    assert await room.desk.of(visitor.conversation) is None
    await visitor.says(MESSAGE)
    await visitor.says("maja@example.com")
    await visitor.says("yes")
    assert len(tickets(room)) == 1


async def test_receipts_are_not_sent_without_end_to_one_address(at_night):
    for _ in range(7):
        await left(at_night, MESSAGE, "maja@example.com", "yes")
    assert len(tickets(at_night)) == 5


async def test_an_answer_that_was_kept_but_not_noted_goes_out_once_and_is_noted_when_it_is_sent_again(at_night):
    await left(at_night, MESSAGE, "maja@example.com", "yes")
    (ticket,) = tickets(at_night)
    await at_night.work.take(at_night.agent, ticket.reference, "anna", "Anna")
    records, add_note = at_night.desk.records, at_night.desk.records.add_note

    def fails(*details):
        records.add_note = add_note
        raise OperationalError("INSERT", {}, Exception("locked"))

    records.add_note = fails
    with pytest.raises(OperationalError):
        await at_night.work.answer(at_night.agent, ticket.reference, "anna", "Anna", "A new one comes.", "t1")
    await at_night.work.answer(at_night.agent, ticket.reference, "anna", "Anna", "A new one comes.", "t1")
    await at_night.outbox.work_off()
    assert [mail.text.splitlines()[0] for mail in at_night.mails if "A new one" in mail.text] == ["A new one comes."]
    assert [note.text for note in records.notes(ticket.reference)] == ["A new one comes."]


async def test_an_agents_answer_comes_from_a_person_and_can_be_answered(at_night):
    await left(at_night, MESSAGE, "maja@example.com", "yes")
    (ticket,) = tickets(at_night)
    await at_night.work.take(at_night.agent, ticket.reference, "anna", "Anna")
    await at_night.work.answer(at_night.agent, ticket.reference, "anna", "<b>Anna</b>", "Hi <you>", "t1")
    await at_night.outbox.work_off()
    mail = at_night.mails[-1]
    assert (mail.automatic, mail.reply_to) == (False, "contact.se@iqos.com")
    assert "Hi &lt;you&gt;" in mail.html
    assert "<b>" not in mail.html


async def test_an_erasure_takes_an_answer_that_has_not_gone_out(at_night):
    visitor = await left(at_night, MESSAGE, "maja@example.com", "yes")
    (ticket,) = tickets(at_night)
    await at_night.work.take(at_night.agent, ticket.reference, "anna", "Anna")
    await at_night.work.answer(at_night.agent, ticket.reference, "anna", "Anna", "A new one comes.", "t1")
    await at_night.agent.tracker_store.erase(visitor.conversation)
    assert await at_night.outbox.work_off() == 0
    assert at_night.mails == []


class _Takes:
    def __init__(self, mails: list) -> None:
        self._mails = mails

    def send(self, mail) -> None:
        self._mails.append(mail)


async def test_an_answer_that_cannot_be_delivered_comes_back_to_its_agent(at_night, monkeypatch):
    from actions import services
    from actions.mail import deliver_mail

    class Refuses:
        def send(self, mail) -> None:
            raise ValueError("no such mailbox")

    await left(at_night, MESSAGE, "maja@example.com", "yes")
    (ticket,) = tickets(at_night)
    details = (at_night.agent, ticket.reference, "anna", "Anna")
    await at_night.work.take(*details)
    await at_night.work.answer(*details, "A new one comes.", "t1")
    await at_night.work.finish(*details, State.CLOSED, "solved")
    deliver_mail(at_night.outbox, Refuses(), services.tell_of_a_lost_answer)
    await at_night.outbox.work_off()
    again = at_night.desk.store.get(ticket.reference)
    assert (again.state, again.owner, again.outcome) == (State.ASSIGNED, "anna", None)
    assert [note.kind for note in at_night.desk.records.notes(ticket.reference)] == ["answer", "lost"]
    deliver_mail(at_night.outbox, _Takes(at_night.mails), services.tell_of_a_lost_answer)
    await at_night.work.answer(*details, "Once more: a new one comes.", "t2")
    await at_night.outbox.work_off()
    assert (at_night.mails[-1].to, "Once more" in at_night.mails[-1].text) == ("maja@example.com", True)


async def test_what_is_said_of_the_damage_before_it_is_sent_belongs_to_the_message(at_night, answer):
    from actions.desk_parts import personal_data

    holder, charger = "my holder broke too, it fell in the sink", "wait, the charger got wet as well"
    visitor = await left(at_night, MESSAGE, holder)
    assert [said["text"] for said in visitor.latest] == [
        answer("say_message_added", "en"),
        answer("say_ask_reply_address", "en"),
    ]
    await visitor.says("maja@example.com")
    await visitor.says(charger)
    assert visitor.latest[0]["text"] == answer("say_message_added", "en")
    await visitor.says("yes")
    (ticket,) = tickets(at_night)
    assert (await personal_data(ticket))["text"].splitlines() == [MESSAGE, holder, charger]
