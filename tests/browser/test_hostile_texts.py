"""Whatever stands in a text, a name, a button or a card: it is shown, and never becomes markup."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.hostile import STRINGS
from tests.browser.replies import COVERAGE, DECISION, HANDOFF

_ALLOWED = {
    "DIV", "SPAN", "P", "A", "SECTION", "H3", "H4", "DL", "DT", "DD", "UL", "LI",
    "DETAILS", "SUMMARY", "TIME", "BUTTON",
    "I", "svg", "path",
}  # fmt: skip


async def check(customer) -> None:
    """Nothing ran, and the log has no element but those that the widget builds."""
    assert await customer.page.evaluate("window.hacked") is None
    tags = await customer.log.evaluate(
        """log => [...new Set([...log.querySelectorAll('*')]
        .filter(node => !node.closest('form.entry')).map(node => node.tagName))]"""
    )
    assert set(tags) <= _ALLOWED  # the field for an answer is the widget's own, and known by its class
    links = await customer.log.evaluate("log => [...log.querySelectorAll('a')].map(link => link.protocol)")
    assert set(links) <= {"http:", "https:", "mailto:", "tel:"}
    handlers = await customer.log.evaluate(
        """log => [...log.querySelectorAll('*')].flatMap(node => node.getAttributeNames())
        .filter(name => name.startsWith('on') || name === 'style')"""
    )
    assert handlers == []


async def test_texts_of_the_bot(visit):
    customer = await (await visit("sv")).opens()
    await customer.will_be_answered_with(*({"text": text} for text in STRINGS))
    await customer.is_answered("Hej")
    await expect(customer.bot_bubbles).to_have_count(len(STRINGS) + 1)
    shown = await customer.bot_bubbles.evaluate_all(
        """bubbles => bubbles.map(bubble => {
        const copy = bubble.cloneNode(true);
        copy.querySelectorAll('.sr').forEach(node => node.remove());
        return copy.textContent; })"""
    )
    assert shown[1:] == STRINGS
    await check(customer)


async def test_names_of_agents_and_titles_of_buttons(visit):
    customer = await (await visit("sv")).opens()
    buttons = [{"id": str(number), "title": text} for number, text in enumerate(STRINGS)]
    agents = [{"from": "agent", "name": text, "text": "Hej", "data": HANDOFF} for text in STRINGS]
    await customer.will_be_answered_with(*agents, {"text": "Välj", "buttons": buttons})
    await customer.is_answered("Hej")
    await expect(customer.panel.locator(".choice")).to_have_count(len(STRINGS))
    assert await customer.panel.locator(".choice").evaluate_all("all => all.map(one => one.textContent)") == STRINGS
    await expect(customer.log.locator(".row.agent")).to_have_count(len(STRINGS))
    await check(customer)


@pytest.mark.parametrize("kind", ["coverage", "decision", "handoff", "sources"])
async def test_cards(visit, kind):
    make = {
        "coverage": lambda text: {
            **COVERAGE,
            "program_until": text,
            "devices": [{"serial": text, "unit": text, "model": text, "warranty_until": text}],
        },
        "decision": lambda text: {**DECISION, "serial": text, "outcome": text, "reason": text, "damage": text},
        "handoff": lambda text: {**HANDOFF, "reference": text, "position": text},
        "sources": lambda text: {"kind": "sources", "statements": [text]},
    }[kind]
    customer = await (await visit("sv")).opens()
    await customer.will_be_answered_with(*({"text": "Kort", "data": make(text)} for text in STRINGS))
    await customer.is_answered("Hej")
    await expect(customer.log.locator(".card, .sources")).to_have_count(len(STRINGS))
    await check(customer)


async def test_what_the_customer_writes_through_the_real_bot_and_back(visit):
    customer = await (await visit("sv")).opens()
    await customer.becomes_known_as_adult()
    before = await customer.own_rows.count()
    texts = [text for text in STRINGS if text.strip()][::2]
    for text in texts:
        await customer.says(text)
    await expect(customer.own_rows).to_have_count(before + len(texts))
    await expect(customer.log.locator(".sending")).to_have_count(0, timeout=40_000)
    await expect(customer.log.locator(".failed, .refused")).to_have_count(0)
    await check(customer)
    await customer.page.reload()
    await expect(customer.own_rows).to_have_count(before + len(texts))
    await check(customer)
