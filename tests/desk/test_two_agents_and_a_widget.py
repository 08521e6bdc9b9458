"""A customer's widget and two agents' pages at once, each in a window of its own, at an hour that the test chooses."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.async_api import TimeoutError as TooLate
from playwright.async_api import expect

from actions.support.handoff import State
from tests.browser.accessibility import violations
from tests.conftest import STOCKHOLM
from tests.desk.conftest import NIGHT

MORNING = datetime(2026, 3, 10, 8, 30, tzinfo=STOCKHOLM)
ROUNDS = range(3)
"""How often a race is run."""

WISH = {"en": "I want to talk to a person", "sv": "Jag vill prata med en person"}

LETTER = {
    "en": {"leave": "Leave a message", "asks": "Write your message", "message": "My HQA1 X773 0002 fell.",
           "yes": "Yes, send it", "sent": "has the reference"},
    "sv": {"leave": "Lämna ett meddelande", "asks": "Skriv ditt meddelande", "message": "HQA1 X773 0002 gick sönder.",
           "yes": "Ja, skicka", "sent": "har referensen"},
}  # fmt: skip


def line(customer):
    """The line above the composer."""
    return customer.panel.locator(".handoff")


async def asks_for_a_person(customer):
    """An adult who is in the queue."""
    await customer.opens()
    await customer.becomes_known_as_adult()
    await customer.is_answered(WISH[customer.language])
    await expect(line(customer)).to_be_visible()
    return customer


async def waiting_reference(room) -> str:
    """The hand-off that waits."""
    (waiting,) = room.desk.store.select(room.desk.table.c.state == "queued")
    return waiting.reference


async def test_in_open_hours_from_the_queue_to_a_person_to_a_colleague_and_back_to_the_bot(room, shopper, desk_window):
    customer = await shopper("sv")
    await customer.opens()
    await customer.becomes_known_as_adult()
    await customer.is_answered("Vad kostar programmet?")
    await customer.is_answered(WISH["sv"])
    words = customer.words["handoff"]
    await expect(line(customer)).to_contain_text(words["next"])
    anna, bo = await desk_window("anna"), await desk_window("bo", "sv")
    await expect(line(customer)).to_contain_text(words["no_estimate"])
    reference = await waiting_reference(room)

    await anna.takes(reference)
    await expect(line(customer)).to_contain_text("Du pratar med Anna")
    await expect(customer.bot_bubbles.last).to_contain_text("Nu skriver du med Anna")
    await expect(anna.page.locator(".facts")).to_contain_text("Vad kostar programmet?")

    await anna.page.locator("#answer").press_sequentially("Hej", delay=20)
    await expect(customer.log.locator(".typing")).to_be_visible()
    await customer.text.press_sequentially("Jag undrar", delay=20)
    await expect(anna.page.locator(".typing")).to_be_visible()
    await customer.says("Jag undrar över min laddare")
    await expect(anna.log).to_contain_text("Jag undrar över min laddare")
    await expect(anna.page.locator(".typing")).to_be_hidden()
    await anna.page.keyboard.press("Alt+p")
    await anna.page.keyboard.press("Enter")
    phrase = "Hej, jag har läst det du skrev. Ge mig en stund så tittar jag på det."
    await expect(anna.page.locator("#answer")).to_have_value(f"Hej {phrase}")
    await anna.answers("Vad har hänt med den?")
    await expect(customer.log.locator(".row.agent .bubble")).to_have_text("Anna: Vad har hänt med den?")

    await customer.page.reload()
    await expect(line(customer)).to_contain_text("Du pratar med Anna")

    await anna.page.fill("#note", "Laddaren har tappats.")
    await anna.page.click("#add-note")
    await expect(anna.page.locator(".notes")).to_contain_text("Laddaren har tappats.")
    await anna.page.select_option("#to", "bo")
    await anna.page.click("#assign")
    await expect(bo.page.locator("#news")).to_contain_text("En kollega har lämnat över en konversation till dig")
    await bo.opens(reference)
    await expect(bo.page.locator(".notes")).to_contain_text("Laddaren har tappats.")
    await expect(line(customer)).to_contain_text("Du pratar med Bo")
    await expect(anna.page.locator("#answer")).to_be_hidden()
    await bo.answers("Jag tar över.")
    await expect(customer.log.locator(".row.agent .bubble").last).to_contain_text("Jag tar över.")
    assert "Laddaren har tappats" not in await customer.log.inner_text()

    await bo.page.click("#return")
    await expect(line(customer)).to_be_hidden()
    await expect(customer.bot_bubbles.last).to_contain_text("Bo har lämnat chatten")
    await customer.is_answered("Hur länge gäller garantin?")
    await expect(bo.page.locator(".today")).to_contain_text("Tillbaka till assistenten")


async def test_two_customers_wait_and_the_second_sees_the_queue_move(room, shopper, desk_window):
    first = await asks_for_a_person(await shopper("en"))
    room.later(seconds=1)
    second = await asks_for_a_person(await shopper("sv"))
    await expect(line(second)).to_contain_text("Plats i kön: 2.")
    await second.page.reload()
    await expect(line(second)).to_contain_text("Plats i kön: 2.")
    before = await second.bot_bubbles.count()
    await first.button(first.words["handoff"]["cancel"]).click()
    await expect(first.bot_bubbles.last).to_contain_text("You are out of the queue")
    await expect(line(first)).to_be_hidden()
    await expect(line(second)).to_contain_text(second.words["handoff"]["next"])
    await expect(second.bot_bubbles).to_have_count(before + 1)
    await expect(second.bot_bubbles.last).to_contain_text("Nu är du först i kön.")
    assert await violations(second.page) == []


async def _presses_take(window) -> None:
    """Where a colleague was so much faster that the button has gone, it was pressed too late."""
    try:
        await window.page.click("#take", timeout=5000)
    except TooLate:
        await expect(window.page.locator("#take")).to_have_count(0)


async def test_both_agents_press_take_and_one_has_it(room, shopper, desk_window):
    anna, bo = await desk_window("anna"), await desk_window("bo")
    for _ in ROUNDS:
        customer = await asks_for_a_person(await shopper("en"))
        reference = await waiting_reference(room)
        for window in (anna, bo):
            await window.opens(reference)
        await asyncio.gather(*(_presses_take(window) for window in (anna, bo)))
        for window in (anna, bo):
            theirs = window.page.locator(".actions").get_by_text(re.compile("^With (Anna|Bo)$"))
            await expect(window.page.locator("#close").or_(theirs)).to_be_visible()
        having = [window for window in (anna, bo) if await window.page.locator("#close").count()]
        assert len(having) == 1
        await expect(customer.log.get_by_text("You are writing with")).to_have_count(1)
        owner = room.desk.store.get(reference).owner
        await expect(line(customer)).to_contain_text(owner.title())
        await having[0].closes("solved")


async def test_a_customer_cancels_while_an_agent_accepts_and_both_read_how_it_ended(room, shopper, desk_window):
    anna = await desk_window("anna")
    for _ in ROUNDS:
        customer = await asks_for_a_person(await shopper("en"))
        reference = await waiting_reference(room)
        await anna.opens(reference)
        await asyncio.gather(
            customer.button(customer.words["handoff"]["cancel"]).click(), anna.page.click("#take")
        )
        await expect(anna.page.locator("#take")).to_have_count(0)
        await expect(customer.log.locator(".sending")).to_have_count(0)
        handoff = room.desk.store.get(reference)
        if handoff.state is State.ASSIGNED:
            await expect(line(customer)).to_contain_text("Anna")
            await expect(customer.log.get_by_text("with you already")).to_have_count(1)
            await anna.closes("solved")
        else:
            assert (handoff.state, handoff.outcome) == (State.RETURNED, "cancelled")
            await expect(line(customer)).to_be_hidden()
            await expect(customer.log.get_by_text("You are out of the queue")).to_have_count(1)
            await expect(anna.page.locator(".actions")).to_contain_text("Customer cancelled")


async def test_an_agent_closes_while_the_customer_types_and_nothing_written_is_lost(room, shopper, desk_window):
    anna = await desk_window("anna")
    customer = await asks_for_a_person(await shopper("en"))
    await anna.takes(await waiting_reference(room))
    await customer.text.press_sequentially("Is the program free of", delay=10)
    await expect(anna.page.locator(".typing")).to_be_visible()
    await anna.closes("solved")
    await expect(line(customer)).to_be_hidden()
    await expect(customer.text).to_have_value("Is the program free of")
    await customer.text.press_sequentially(" charge?")
    before = await customer.bot_bubbles.count()
    await customer.text.press("Enter")
    await expect(customer.bot_bubbles.nth(before)).to_contain_text("free of charge")

    for _ in ROUNDS:
        await customer.is_answered(WISH["en"])
        reference = await waiting_reference(room)
        await anna.takes(reference)
        await asyncio.gather(customer.says("Is the program free of charge?"), anna.page.click("#close"))
        await expect(anna.page.locator("#close")).to_have_count(0)
        await expect(customer.log.locator(".sending")).to_have_count(0)
        said = room.chat.store.after(room.desk.store.get(reference).conversation, 0)
        texts = [message["text"] for message in said]
        closed = max(n for n, text in enumerate(texts) if text.startswith("Anna has ended"))
        asked = max(n for n, text in enumerate(texts) if text == "Is the program free of charge?")
        answered = any(message["from"] == "bot" and n > asked for n, message in enumerate(said) if n != closed)
        assert answered == (asked > closed)
        if asked < closed:
            await expect(anna.log).to_contain_text("Is the program free of charge?")


async def test_who_ends_the_chat_is_out_of_the_queue_and_the_agent_sees_it(room, shopper, desk_window):
    anna = await desk_window("anna")
    customer = await asks_for_a_person(await shopper("en"))
    reference = await waiting_reference(room)
    await anna.takes(reference)
    await customer.chooses_from_menu("end")
    await customer.button(customer.words["end"]["yes"]).click()
    await expect(anna.page.locator(".actions")).to_contain_text("Customer left")
    assert room.desk.store.get(reference).state is State.RETURNED


@pytest.fixture
def letters(room, tmp_path):
    """Mail goes into a folder; gives the mails that lie there, the oldest first."""
    from actions.mail import deliver_mail
    from actions.mail.senders import sender_at

    folder = tmp_path / "outbox"
    sender = sender_at(f"file://{folder}", "support@example.com", lambda: room.now)
    deliver_mail(room.outbox, sender)

    async def read() -> list:
        await room.outbox.work_off()
        return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(folder.glob("*.eml"))]

    return read


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_at_night_a_message_is_left_and_in_the_morning_two_agents_see_it_and_one_answers(
    room, shopper, desk_window, letters, language
):
    room.at(NIGHT)
    customer = await shopper(language)
    await customer.opens()
    await customer.becomes_known_as_adult()
    await customer.is_answered(WISH[language])
    await expect(line(customer)).to_be_hidden()
    await expect(customer.bot_bubbles.last).to_contain_text("08.00")
    said = LETTER[language]
    await customer.button(said["leave"]).click()
    await expect(customer.bot_bubbles.last).to_contain_text(said["asks"])
    await customer.is_answered(said["message"])
    form = customer.panel.get_by_role("group", name=customer.words["email"]["legend"])
    await form.get_by_label(customer.words["email"]["email"]).fill("maja@example.com")
    await form.get_by_role("button").click()
    await customer.button(said["yes"]).click()
    await expect(customer.bot_bubbles.last).to_contain_text(said["sent"])
    (receipt,) = await letters()
    assert receipt["To"] == "maja@example.com"

    room.at(MORNING)
    anna, bo = await desk_window("anna"), await desk_window("bo")
    reference = await waiting_reference(room)
    for window in (anna, bo):
        await expect(window.card(reference)).to_contain_text("By e-mail")
    await anna.takes(reference)
    await expect(bo.card(reference)).to_contain_text("With Anna")
    assert "HQA1" not in await anna.page.inner_text("article")
    await anna.page.click("#reveal")
    await expect(anna.page.locator(".personal")).to_contain_text("maja@example.com")
    await expect(anna.page.locator(".personal")).to_contain_text("HQA1 X773 0002")
    await anna.page.fill("#answer", "A new charger is on its way.")
    await anna.page.keyboard.press("Control+Enter")
    await expect(anna.page.locator(".notes")).to_contain_text("A new charger is on its way.")
    _, answer = await letters()
    assert answer["To"] == "maja@example.com"
    assert reference in answer["Subject"]
    assert "A new charger is on its way." in answer.get_body(("plain",)).get_content()
    await anna.closes("solved")
    assert room.desk.records.today(room.now).waited <= timedelta(minutes=31).total_seconds()
