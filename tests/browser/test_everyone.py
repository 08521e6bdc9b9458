"""WCAG 2.2 AA: axe-core in every state, the keyboard alone, screen readers, zoom, colours, movement."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.accessibility import violations
from tests.browser.replies import COVERAGE, DECISION, HANDOFF, HOURS, SOURCES, ask

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
_HEARD = """() => { window.heard = [];
  const root = document.querySelector("benefit-chat").shadowRoot;
  new MutationObserver((records) => records.forEach((record) => record.addedNodes.forEach((node) => {
    const region = record.target.closest?.("[aria-live=polite]");
    if (region) window.heard.push(node.textContent);
  }))).observe(root, {subtree: true, childList: true}); }"""


@SCHEMES
async def test_axe_finds_nothing_in_the_states_of_a_conversation(visit, scheme):
    customer = await visit("sv", color_scheme=scheme)
    page = customer.page
    assert await violations(page) == []
    await customer.opens()
    assert await violations(page) == []
    await customer.is_answered("Vad kostar programmet?")  # the question about age, with its field
    await customer.button(customer.words["birth_date"]["send"]).click()
    assert await violations(page) == []
    await customer.is_answered("1985-03-12")
    await customer.button(customer.words["feedback"]["helpful"]).click()
    await customer.log.get_by_text(customer.words["sources"]["show"]).click()
    assert await violations(page) == []
    await customer.button(customer.words["panel"]["menu"]).click()
    assert await violations(page) == []
    await customer.panel.get_by_role("menuitem", name=customer.words["menu"]["end"]).click()
    assert await violations(page) == []
    await customer.button(customer.words["end"]["yes"]).click()
    assert await violations(page) == []
    await customer.panel.locator(".over").get_by_role("button", name=customer.words["menu"]["delete"]).click()
    await customer.button(customer.words["delete"]["yes"]).click()
    await expect(customer.panel.locator(".over")).to_contain_text("raderad")
    assert await violations(page) == []


@SCHEMES
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_axe_finds_nothing_in_cards_fields_agents_and_failures(visit, scheme, phone):
    customer = await (await visit("en", color_scheme=scheme, phone=phone)).opens()
    cards = [COVERAGE, DECISION, {**DECISION, "outcome": "not_eligible"}, HANDOFF, HOURS, SOURCES]
    agent = {"from": "agent", "name": "Lisa", "text": "Hi, this is Lisa. Call 020-25 10 10."}
    system = {"from": "system", "text": "Lisa has joined."}
    await customer.will_be_answered_with(
        *({"text": "See below.", "data": data} for data in cards),
        system,
        agent,
        {**ask("credentials"), "buttons": [{"id": "x", "title": "Talk to a person"}]},
    )
    await customer.is_answered("Hello")
    assert await violations(customer.page) == []
    await customer.page.unroute("**/webhooks/webchat/messages")
    await customer.goes_offline()
    await customer.says("Are you there?")
    await expect(customer.own_rows.last).to_contain_text(customer.words["state"]["failed"])
    assert await violations(customer.page) == []


async def test_axe_finds_nothing_on_the_demo_pages(visit):
    customer = await visit("en")
    await customer.page.goto(f"{customer.shop}/privacy?language=en")
    assert await violations(customer.page) == []


async def test_a_whole_visit_with_the_keyboard_alone(visit):
    customer = await visit("sv")
    keyboard = customer.page.keyboard
    await customer.launcher.focus()
    await keyboard.press("Enter")
    await expect(customer.text).to_be_focused()
    await expect(customer.bot_bubbles).to_have_count(1)
    await keyboard.type("Vad kostar programmet?")
    await keyboard.press("Enter")
    year = customer.panel.get_by_label("År", exact=True)
    await expect(year).to_be_visible()
    await expect(customer.text).to_be_focused()
    for _ in range(8):
        await keyboard.press("Shift+Tab")
        if await year.evaluate("field => field.getRootNode().activeElement === field"):
            break
    for value in ("1985", "3", "12"):
        await keyboard.type(value)
        await keyboard.press("Tab")
    await keyboard.press("Enter")
    await expect(customer.log).to_contain_text("gratis")
    await expect(customer.text).to_be_focused()
    await keyboard.press("Shift+Tab")
    choices = customer.panel.locator(".choice")
    await expect(choices.first).to_be_focused()
    await keyboard.press("ArrowRight")
    await expect(choices.nth(1)).to_be_focused()
    await keyboard.press("ArrowRight")
    await expect(choices.first).to_be_focused()
    await keyboard.press("End")
    await expect(choices.last).to_be_focused()
    await keyboard.press("Home")
    title = await choices.first.inner_text()
    await keyboard.press("Enter")
    await expect(customer.own_rows.last).to_contain_text(title)
    await expect(customer.text).to_be_focused()
    await keyboard.press("Escape")
    await expect(customer.panel).to_be_hidden()
    await expect(customer.launcher).to_be_focused()


async def test_the_menu_and_the_question_work_with_the_keyboard_and_escape_closes_one_at_a_time(visit):
    customer = await (await visit("sv")).opens()
    keyboard = customer.page.keyboard
    menu = customer.button(customer.words["panel"]["menu"])
    await menu.focus()
    await keyboard.press("ArrowDown")
    await expect(customer.panel.get_by_role("menuitem").first).to_be_focused()
    await keyboard.press("ArrowUp")
    last = customer.panel.get_by_role("menuitem", name=customer.words["menu"]["delete"])
    await expect(last).to_be_focused()
    await keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await expect(last).to_be_hidden()
    await keyboard.press("Enter")
    await keyboard.press("End")
    await keyboard.press("Enter")
    question = customer.panel.get_by_role("dialog", name=customer.words["delete"]["title"])
    await expect(question).to_be_visible()
    await expect(customer.button(customer.words["delete"]["no"])).to_be_focused()
    await keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(customer.panel).to_be_visible()
    await expect(menu).to_be_focused()


async def test_each_new_message_is_read_out_once_and_the_history_never(visit):
    customer = await visit("sv")
    await customer.opens()
    await customer.page.evaluate(_HEARD)
    await customer.is_answered("Vad kostar programmet?")
    answer = (await customer.bot_bubbles.last.inner_text()).removeprefix("Assistenten:").strip()
    heard = await customer.page.evaluate("heard")
    assert [text for text in heard if answer in text] == [f"Assistenten: {answer} 2 förslag att välja mellan."]
    await customer.page.add_init_script(f"addEventListener('benefit-chat-ready', {_HEARD})")
    await customer.page.reload()
    await expect(customer.bot_bubbles).to_have_count(2)
    await customer.is_answered("Vad kan du?")
    heard = await customer.page.evaluate("heard")
    assert len(heard) == 1
    assert answer not in heard[0]


async def test_the_chosen_quick_reply_is_said_aloud(visit):
    customer = await (await visit("sv")).opens()
    await customer.page.evaluate(_HEARD)
    await customer.button("Vad vi sparar").click()
    await expect(customer.bot_bubbles).to_have_count(2)
    assert "Du valde: Vad vi sparar" in await customer.page.evaluate("heard")


async def test_the_log_is_a_log_that_does_not_speak_itself(visit):
    customer = await (await visit("sv")).opens()
    await expect(customer.log).to_have_attribute("aria-live", "off")
    await expect(customer.log).to_have_accessible_name(customer.words["panel"]["log"])
    await expect(customer.panel.locator("[aria-live=polite]")).to_have_count(1)


async def test_a_message_that_comes_in_never_takes_the_focus(visit):
    customer = await (await visit("sv")).opens()
    other = await customer.opens_a_tab()
    await other.opens()
    link = customer.log.get_by_role("link").first
    await link.focus()
    await other.is_answered("Hej")
    await expect(customer.bot_bubbles).to_have_count(2)
    await expect(link).to_be_focused()


async def test_every_target_is_at_least_24_pixels_in_both_directions(visit):
    customer = await (await visit("en", phone=True)).opens()
    await customer.will_be_answered_with(
        {"text": "One", "data": SOURCES},
        {**ask("birth_date"), "buttons": [{"id": "x", "title": "A"}, {"id": "y", "title": "B"}]},
    )
    await customer.is_answered("Hello")
    await customer.button(customer.words["panel"]["menu"]).click()
    small = await customer.page.evaluate(
        """() => [...document.querySelector("benefit-chat").shadowRoot
          .querySelectorAll("button, input, textarea, summary, [role^=menuitem]")]
        .filter((node) => node.checkVisibility())
        .map((node) => [node.className || node.id, node.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize(
    "size", [(320, 256), (320, 640), (844, 390)], ids=["zoomed 400 %", "narrow", "phone on its side"]
)
async def test_everything_can_be_reached_when_there_is_little_room(visit, size):
    customer = await (await visit("sv", viewport={"width": size[0], "height": size[1]})).opens()
    await customer.is_answered("Vad kostar programmet?")
    await expect(customer.panel.get_by_role("group", name=customer.words["choices"]["label"])).to_be_in_viewport()
    assert await customer.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    assert await customer.log.evaluate("log => log.scrollWidth <= log.clientWidth")
    for part in (
        customer.button(customer.words["birth_date"]["send"]),
        customer.text,
        customer.button(customer.words["panel"]["close"]),
    ):
        await part.scroll_into_view_if_needed()
        await expect(part).to_be_in_viewport(ratio=1)
    await customer.button(customer.words["panel"]["menu"]).click()
    last = customer.panel.get_by_role("menuitem", name=customer.words["menu"]["delete"])
    await last.scroll_into_view_if_needed()
    await expect(last).to_be_in_viewport()


async def test_on_a_phone_it_fills_the_screen_and_the_page_behind_it_is_out_of_reach(visit):
    customer = await (await visit("sv", phone=True)).opens()
    box = await customer.panel.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 780)
    assert await customer.panel.evaluate("panel => panel.matches(':modal')")
    await customer.page.set_viewport_size({"width": 390, "height": 500})  # what an on-screen keyboard leaves
    await expect(customer.text).to_be_in_viewport(ratio=1)


async def test_with_forced_colours_bubbles_and_buttons_keep_their_edges(visit):
    customer = await (await visit("sv", forced_colors="active")).opens()
    await customer.is_answered("Hej")
    for part in (customer.bot_bubbles.last, customer.panel.locator(".send"), customer.own_rows.last.locator(".bubble")):
        edge = await part.evaluate(
            "node => [getComputedStyle(node).borderTopStyle, parseFloat(getComputedStyle(node).borderTopWidth)]"
        )
        assert edge[0] == "solid"
        assert edge[1] >= 1


async def test_with_reduced_motion_nothing_moves(visit):
    customer = await (await visit("sv", reduced_motion="reduce")).opens()
    moving = await customer.page.evaluate("document.querySelector('benefit-chat').shadowRoot.getAnimations().length")
    assert moving == 0
    assert (
        await customer.log.locator(".typing i").first.evaluate("dot => getComputedStyle(dot).animationName") == "none"
    )


async def test_the_focus_is_always_visible(visit):
    customer = await (await visit("sv")).opens()
    for part in (customer.text, customer.panel.locator(".choice").first, customer.log, customer.launcher):
        await part.focus()
        await customer.page.keyboard.press("Shift+Tab")
        await customer.page.keyboard.press("Tab")
        style = await part.evaluate(
            "node => [getComputedStyle(node).outlineStyle, parseFloat(getComputedStyle(node).outlineWidth)]"
        )
        assert style == ["solid", 3]
