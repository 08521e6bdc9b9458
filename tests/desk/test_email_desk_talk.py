"""What customers of the desk by mail hear, and what support reads about them."""

from __future__ import annotations

import pytest

from tests.desk.every_desk import SUPPORT, make_place
from tests.mail_server import MailServer

ADDRESS = "maja@example.com"


@pytest.fixture
def office(agent, set_clock, tmp_path):
    """The web chat with the desk by mail."""
    server = MailServer()
    server.start()
    made = make_place(agent, set_clock, tmp_path, server, "email")
    yield made
    made._parts.database.close()
    server.stop()


async def ticket_after(office, visitor, leave="Leave a message", send="Yes, send it", text="Please look into it"):
    """The letter that support gets when the visitor goes on to leave a message."""
    await visitor.presses(leave)
    await visitor.says(text)
    await visitor.says(ADDRESS)
    await visitor.presses(send)
    (letter,) = await office.mailed_to(SUPPORT)
    return letter


async def test_the_ticket_of_a_complaint_says_so(office):
    visitor = await office.visitor()
    await visitor.says("I want to make a complaint")
    letter = await ticket_after(office, visitor)
    assert "- Why: Complaint" in letter.plain
    assert "Listen, say what happens next" in letter.plain


async def test_an_answer_that_did_not_help_is_why(office):
    visitor = await office.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("That did not help")
    await visitor.presses("Talk to a person")
    letter = await ticket_after(office, visitor)
    assert "- Why: The answer did not help" in letter.plain
    assert "- First question: Is the program free of charge?" in letter.plain
    assert "- Answered before: What it costs\n" in letter.plain


async def test_the_message_itself_is_no_question_and_a_typed_yes_is_there_once(office):
    visitor = await office.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    await visitor.presses("Leave a message")
    await visitor.says("You never answered my complaint about a stolen device")
    await visitor.says("write to maja@example.com")
    await visitor.says("yes")
    (letter,) = await office.mailed_to(SUPPORT)
    assert letter.message["Subject"].endswith(": What it costs")
    assert "- Answered before: What it costs\n" in letter.plain
    assert "call 020-25 10 10" in letter.plain  # the bot's own words are as they were
    assert letter.plain.rstrip().endswith("Is that right?\n- Customer: yes")


async def test_a_swedish_customer_makes_a_swedish_ticket(office):
    visitor = await office.visitor("sv")
    await visitor.says("Vad kostar programmet?")
    await visitor.says("Jag vill prata med en person")
    letter = await ticket_after(office, visitor, "Lämna ett meddelande", "Ja, skicka", "Min <b>hållare</b> är trasig")
    assert letter.message["Content-Language"] == "sv"
    assert "- Språk: svenska" in letter.plain
    assert "> Min <b>hållare</b> är trasig" in letter.plain
    assert '<html lang="sv">' in letter.html
    assert "Min &lt;b&gt;hållare&lt;/b&gt; är trasig" in letter.html


async def test_the_bot_goes_on_and_takes_another_message(office):
    visitor = await office.visitor()
    await visitor.says("I want to talk to a person")
    await ticket_after(office, visitor)
    assert (await visitor.says("Is the program free of charge?"))[0]["text"]
    await visitor.says("I want to talk to a person")
    await visitor.presses("Leave a message")
    await visitor.says("One more thing")
    await visitor.says(ADDRESS)
    await visitor.presses("Yes, send it")
    assert len(await office.mailed_to(SUPPORT)) == 2
    assert len(await office.mailed_to(ADDRESS)) == 2


async def test_mail_that_support_does_not_get_is_kept_and_holds_up_no_receipt(office):
    office.mail_server.answers_for[SUPPORT] = ["450 mailbox busy"]
    visitor = await office.visitor()
    await visitor.says("I want to talk to a person")
    await visitor.presses("Leave a message")
    await visitor.says("Please look into it")
    await visitor.says(ADDRESS)
    await visitor.presses("Yes, send it")
    assert await office.mailed_to(SUPPORT) == []
    office.later(minutes=1)
    assert len(await office.mailed_to(ADDRESS)) == 1
    assert len(await office.mailed_to(SUPPORT)) == 1
