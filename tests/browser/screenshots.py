"""`python -m tests.browser.screenshots`: takes the README's pictures of the widget anew, from a running bot.

What this bot says is said by it; coverage and hand-off are shown with replies of the API's form.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright, expect

from tests.api.running import Server
from tests.browser.conftest import FLAGS
from tests.browser.customer import Customer
from tests.browser.replies import COVERAGE, DECISION, DEVICES, HANDOFF
from tests.conftest import ROOT

PICTURES = ROOT / "docs"
NOW = datetime.now(timezone.utc).isoformat()
CHARGER = {**DEVICES[0], "serial": "…0002", "unit": "charger"}


async def light(customer: Customer) -> None:
    """An answer, where it comes from, and the opening hours."""
    await customer.becomes_known_as_adult()
    await customer.is_answered("Vad kostar programmet?")
    await customer.log.get_by_text(customer.words["sources"]["show"]).click()
    await customer.is_answered("Är ni öppna nu?")


async def dark(customer: Customer) -> None:
    """The question about age, with its field."""
    await customer.is_answered("Can my wife use my benefits if I get a job abroad?")


async def card(customer: Customer) -> None:
    """What a customer's devices are covered by, and a decision."""
    await customer.will_be_answered_with(
        {"text": "Så här ser det ut för dina enheter.",
         "data": {**COVERAGE, "devices": [DEVICES[0], CHARGER]}, "at": NOW},
        {"text": "Laddaren kan bytas en gång enligt villkoren. Ska jag öppna ett ärende?", "data": DECISION, "at": NOW,
         "buttons": [{"id": "1", "title": "Ja, öppna ärende"}, {"id": "2", "title": "Nej"}]},
    )  # fmt: skip
    await customer.is_answered("Vad gäller för min laddare?")


async def handoff(customer: Customer) -> None:
    """A person takes over."""
    await customer.will_be_answered_with(
        {"text": "You are in the queue. I will let you know when somebody is here.",
         "data": {**HANDOFF, "position": 1}, "at": NOW},
        {"from": "system", "text": "Lisa has joined the conversation.", "at": NOW},
        {"from": "agent", "name": "Lisa", "at": NOW,
         "text": "Hi, I'm Lisa. I have read what you wrote. You also reach us at 020-25 10 10 or contact.se@iqos.com."},
    )  # fmt: skip
    await customer.is_answered("I want to talk to a person")


SCENES: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "widget-light": (light, "sv", {"viewport": {"width": 1100, "height": 740}}),
    "widget-dark": (dark, "en", {"color_scheme": "dark", "viewport": {"width": 1100, "height": 740}}),
    "widget-phone": (dark, "en", {"phone": True, "device_scale_factor": 1.5}),
    "widget-card": (card, "sv", {"viewport": {"width": 460, "height": 860}}),
    "widget-handoff": (handoff, "en", {"viewport": {"width": 560, "height": 760}}),
}


async def take(browser: Browser, shop: str, name: str) -> None:
    """One picture."""
    scene, language, details = SCENES[name]
    customer = await Customer.arrives(browser, shop, language, timezone_id="Europe/Stockholm", **details)
    await customer.opens()
    await scene(customer)
    await expect(customer.log.locator(".sending")).to_have_count(0)
    await customer.text.evaluate("text => text.blur()")
    await customer.log.evaluate("log => (log.scrollTop = log.scrollHeight)")
    await customer.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    await customer.context.close()


async def main() -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as folder:
        bot = Server(Path(folder), "--demo").run()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                for name in SCENES:
                    await take(browser, f"http://127.0.0.1:{bot.port}", name)
                    size = (PICTURES / f"{name}.png").stat().st_size
                    print(f"docs/{name}.png  {size / 1000:.0f} kB")
        finally:
            bot.stop()


if __name__ == "__main__":
    asyncio.run(main())
