"""The desk's page in a real browser (Chromium), and what is said in the web chat."""

from __future__ import annotations


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
