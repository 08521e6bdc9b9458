"""The desk's page in a real browser (Chromium), and what is said in the web chat."""

from __future__ import annotations

import re

from playwright.async_api import expect

from actions.identity.sealed import Sealer
from actions.support.records import Records
from tests.browser.accessibility import violations


async def test_two_agents_and_a_customer(room, desk_window):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    anna, bo = await desk_window("anna"), await desk_window("bo", "sv")
    await visitor.says("I want to talk to a person")

    for window in (anna, bo):
        await window.page.wait_for_selector(f"[data-reference='{visitor.reference}']")
    assert "Someone new is waiting" in await anna.page.inner_text("#news")
    await anna.page.click(f"[data-reference='{visitor.reference}']")
    await anna.page.wait_for_selector("#take")
    assert "Is the program free of charge?" in await anna.page.inner_text(".facts")
    await anna.page.click("#take")
    await anna.page.wait_for_selector("#close")

    await bo.page.click(f"[data-reference='{visitor.reference}']")
    await bo.page.wait_for_selector("article .actions >> text=Hos Anna")
    assert await bo.page.is_hidden("#answer")

    await anna.page.fill("#answer", "Hi, I have read what you wrote.")
    await anna.page.keyboard.press("Control+Enter")
    await anna.page.wait_for_selector(".log >> text=Hi, I have read what you wrote.")
    assert ("agent", "Anna") in [(each["from"], each.get("name")) for each in visitor.hears()]
    await visitor.says("my mail is maja@example.com")
    await anna.page.wait_for_selector(".log >> text=my mail is [email]")

    await anna.page.click("#reveal")
    await anna.page.wait_for_selector(".personal >> text=maja@example.com")
    await anna.page.select_option("#why", "solved")
    await anna.page.click("#close")
    await anna.page.wait_for_selector("article .actions >> text=Solved")
    assert visitor.hears()[-1]["text"].startswith("Anna has ended the talk")
    assert await visitor.says("Is the program free of charge?")


async def test_what_a_customer_writes_is_text_and_never_markup(room, desk_window):
    anna = await desk_window("anna")
    visitor = await room.queued()
    await visitor.says("<img src=x onerror=document.title='broken'> <b>hi</b>")
    await anna.page.click(f"[data-reference='{visitor.reference}']")
    await anna.page.wait_for_selector(".log >> text=<b>hi</b>")
    assert await anna.page.locator("article img, article b").count() == 0


async def test_the_desk_works_on_a_phone(room, desk_window):
    visitor = await room.queued("sv")
    anna = await desk_window("anna", "sv", phone=True)
    await anna.page.click(f"[data-reference='{visitor.reference}']")
    await anna.page.wait_for_selector("#take")
    assert await anna.page.is_hidden("#lists")
    width = await anna.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    await anna.page.click("#take")
    await anna.page.wait_for_selector("#close")
    await anna.page.click("button.back")
    assert await anna.page.is_visible("#lists")


async def test_everything_can_be_done_with_the_keyboard(room, desk_window):
    visitor = await room.queued()
    anna = await desk_window("anna")
    await anna.page.wait_for_selector(f"[data-reference='{visitor.reference}']")
    await anna.page.focus(f"[data-reference='{visitor.reference}']")
    await anna.page.keyboard.press("Enter")
    await anna.page.wait_for_selector("#take")
    assert await anna.page.evaluate("document.activeElement.tagName") == "H2"
    await anna.page.focus("#take")
    await anna.page.keyboard.press("Enter")
    await anna.page.wait_for_selector("#close")
    await anna.page.keyboard.press("Alt+w")
    await anna.page.keyboard.type("Hello")
    await anna.page.keyboard.press("Control+Enter")
    await anna.page.wait_for_selector(".log >> text=Hello")
    await anna.page.keyboard.press("Alt+q")
    assert await anna.page.evaluate("document.activeElement.id") == "lists"


async def test_every_control_has_a_name(room, desk_window):
    visitor = await room.queued()
    anna = await desk_window("anna")
    await anna.page.click(f"[data-reference='{visitor.reference}']")
    await anna.page.click("#take")
    await anna.page.wait_for_selector("#close")
    nameless = await anna.page.evaluate(
        """[...document.querySelectorAll("button, input, select, textarea")]
            .filter((each) => !each.textContent.trim() && !each.labels?.length && !each.getAttribute("aria-label"))
            .map((each) => each.id)"""
    )
    assert nameless == []


async def test_axe_finds_nothing_from_the_sign_in_to_the_list_of_keys(customers, desk_window, browser, site):
    visitor = await customers("C-1001")
    await visitor.says("My charger fell to the floor and does not work any more")
    await visitor.says("I want to talk to a person")
    for scheme in ("light", "dark"):
        anna = await desk_window("anna", color_scheme=scheme)
        assert await violations(anna.page) == []
        await anna.opens(visitor.reference)
        if scheme == "light":
            await anna.page.click("#take")
        await anna.page.wait_for_selector("#close")
        assert await violations(anna.page) == []
        await anna.page.click("#keys")
        assert await violations(anna.page) == []
    stranger = await browser.new_page()
    await stranger.goto(f"{site.url}/desk")
    await stranger.wait_for_selector("form.sign-in")
    assert await violations(stranger) == []
    await stranger.context.close()


async def test_axe_finds_nothing_on_a_phone(room, desk_window):
    visitor = await room.queued("sv")
    anna = await desk_window("anna", "sv", phone=True)
    assert await violations(anna.page) == []
    await anna.takes(visitor.reference)
    assert await violations(anna.page) == []
    assert await anna.page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_the_agent_sees_what_the_terms_say_the_devices_and_what_to_do_next(customers, desk_window):
    visitor = await customers("C-1001", language="sv")
    await visitor.says("Laddaren har gått sönder, den åkte i golvet")
    await visitor.says("Jag vill prata med en person")
    anna = await desk_window("anna")
    await anna.opens(visitor.reference)
    decision, devices = anna.page.locator(".told .card").nth(0), anna.page.locator(".told .card").nth(1)
    await expect(decision).to_contain_text("Can be replaced")
    await expect(decision).to_contain_text("…0002")
    await expect(devices).to_contain_text("…0001")
    await expect(anna.page.locator(".next li").first).to_contain_text("Confirm the case")
    known = await anna.page.locator(".facts").inner_text()
    assert all(part in known for part in ("Asked for a person", "Report a broken device", "Swedish", "åkte i golvet"))
    assert "HQA1" not in await anna.page.inner_text("body")


async def test_what_is_typed_stays_when_another_conversation_is_opened(room, desk_window):
    first, second = await room.queued(), await room.queued()
    anna = await desk_window("anna")
    await anna.takes(first.reference)
    await anna.page.fill("#answer", "half a sentence")
    await anna.opens(second.reference)
    await expect(anna.page.locator("#answer")).to_have_value("")
    await anna.opens(first.reference)
    await expect(anna.page.locator("#answer")).to_have_value("half a sentence")


async def test_who_waits_for_an_answer_is_marked_until_it_is_given(room, desk_window):
    first, second = await room.queued(), await room.queued()
    anna = await desk_window("anna")
    await anna.takes(first.reference)
    await anna.takes(second.reference)
    await first.says("hello?")
    mark = anna.card(first.reference).locator(".unanswered")
    await expect(mark).to_be_visible()
    await expect(anna.news).to_contain_text("A customer has written")
    await anna.opens(first.reference)
    await anna.answers("Here I am.")
    await expect(mark).to_have_count(0)


async def test_a_list_of_the_keys_opens_and_the_keys_do_what_it_says(room, desk_window):
    visitor = await room.queued()
    anna = await desk_window("anna")
    keyboard, focused = anna.page.keyboard, "document.activeElement.id"
    await keyboard.press("?")
    await expect(anna.page.locator("#help")).to_contain_text("Alt+N")
    await keyboard.press("Escape")
    await expect(anna.page.locator("#help")).to_have_count(0)
    await keyboard.press("Alt+n")
    await anna.page.wait_for_selector("#close")
    for key, place in {"s": "words", "w": "answer", "i": "note", "c": "why", "q": "lists"}.items():
        await keyboard.press(f"Alt+{key}")
        assert await anna.page.evaluate(focused) == place
    await anna.card(visitor.reference).focus()
    await keyboard.press("ArrowDown")
    assert await anna.page.evaluate("document.activeElement.dataset.reference") == visitor.reference
    await keyboard.press("Enter")
    await anna.page.wait_for_selector("#close")
    await keyboard.press("Alt+w")
    await keyboard.type("why?")
    await expect(anna.page.locator("#answer")).to_have_value("why?")
    await expect(anna.page.locator("#help")).to_have_count(0)


async def test_of_a_note_that_was_sealed_with_another_key_the_page_says_so(room, desk_window):
    visitor = await room.queued()
    elsewhere = Records(room.desk.database, Sealer("another secret"))
    for kind in ("note", "answer"):
        elsewhere.add_note(visitor.reference, kind, "anna", "hello", room.now)
    bo = await desk_window("bo", "sv")
    await bo.opens(visitor.reference)
    unreadable = "Kan inte läsas: texten är krypterad med en annan nyckel."
    notes = await bo.page.locator(".notes li").all_inner_texts()
    assert notes == [f"Anna: {unreadable}", f"Anna: svarade med mejl: {unreadable}"]


async def test_a_search_finds_what_is_over(room, desk_window):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    anna = await desk_window("anna")
    await anna.takes(visitor.reference)
    await anna.closes("forwarded")
    await anna.page.fill("#words", "free of")
    await anna.page.keyboard.press("Enter")
    await anna.opens(visitor.reference)
    await expect(anna.page.locator(".actions")).to_contain_text("Passed on")
    await expect(anna.page.locator(".today")).to_contain_text("Passed on")


async def test_a_thumb_down_is_seen_with_its_word(room, desk_window):
    from bot.channels.webchat.requests import Feedback

    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    rated = visitor.latest[-1]["id"]
    await visitor.says("I want to talk to a person")
    anna = await desk_window("anna")
    await anna.takes(visitor.reference)
    await room.chat.rate(room.agent, visitor.conversation, Feedback(rated, False, "too vague"))
    await visitor.says("hello")
    await expect(anna.log).to_contain_text("did not help: too vague")


_NOTICES = """
window.asked = 0; window.notices = []; window.notes = 0;
window.Notification = class {
  constructor(title, { body }) { window.notices.push(body); }
  static permission = "default";
  static async requestPermission() { window.asked += 1; return (Notification.permission = "granted"); }
};
const oscillator = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () { window.notes += 1; return oscillator.call(this); };
"""


async def test_sound_and_notices_come_only_when_the_agent_wants_them(room, desk_window):
    anna = await desk_window("anna")
    await anna.page.context.add_init_script(_NOTICES)
    await anna.page.reload()
    await anna.page.wait_for_selector("#next")
    await anna.page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})")
    await room.queued()
    await expect(anna.news).to_contain_text("Someone new is waiting")
    await expect(anna.page).to_have_title(re.compile(r"^\(1\)"))
    assert await anna.page.evaluate("[asked, notices.length, notes]") == [0, 0, 0]
    await anna.page.check("#sound")
    await anna.page.check("#notify")
    before = await anna.page.evaluate("notes")
    assert await anna.page.evaluate("asked") == 1
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    await expect(anna.page).to_have_title(re.compile(r"^\(2\)"))
    assert await anna.page.evaluate("notices") == ["Someone new is waiting: Is the program free of charge?"]
    assert await anna.page.evaluate("notes") > before


async def test_a_chat_whose_agent_is_gone_can_be_taken_on_the_page(room, desk_window):
    from actions.support.accounts import Accounts

    visitor, bo = await room.with_anna(), await desk_window("bo")
    Accounts(room.desk.database).seen("anna", None)
    room.desk.on_change(visitor.reference)
    await bo.opens(visitor.reference)
    await bo.page.click("#take")
    await bo.page.wait_for_selector("#close")
    assert (await visitor.handoff()).owner == "bo"
