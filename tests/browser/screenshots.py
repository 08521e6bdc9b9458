"""`python -m tests.browser.screenshots`: takes the README's pictures anew, of a running bot, its widget and its desk.

Everything on them was said: by the bot, by the customer's window, and by an agent's window at the desk. The server's
clock stands on a Monday morning, when support is open and the demo registry's devices are bought.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.api.at_the_desk import give_accounts
from tests.api.running import ServerAt
from tests.browser.conftest import FLAGS
from tests.browser.customer import Customer
from tests.conftest import ROOT
from tests.conversations.people import NOVEMBER
from tests.desk.windows import SIZES, Window

PICTURES = ROOT / "docs"
WISH = {"en": "I want to talk to a person", "sv": "Jag vill prata med en person"}


async def light(customer: Customer) -> None:
    """An answer, and where it comes from."""
    await customer.opens()
    await customer.becomes_known_as_adult()
    await customer.is_answered("Vad kostar programmet?")
    await customer.log.get_by_text(customer.words["sources"]["show"]).click()


async def dark(customer: Customer) -> None:
    """The question about age, with its field."""
    await customer.opens()
    await customer.is_answered("Can my wife use my benefits if I get a job abroad?")


async def card(customer: Customer) -> None:
    """What a customer's devices are covered by, and a decision."""
    await logs_in(customer, "Maja")
    await customer.opens()
    await customer.is_answered("Gäller min garanti fortfarande?")
    await customer.is_answered("Laddaren har gått sönder, den åkte i golvet")


async def logs_in(customer: Customer, name: str) -> None:
    """As one of the made-up customers of the demo shop."""
    await customer.page.get_by_role("button", name=name, exact=True).click()
    await expect(customer.page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")


SCENES: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "widget-light": (light, "sv", {"viewport": {"width": 1100, "height": 740}}),
    "widget-dark": (dark, "en", {"color_scheme": "dark", "viewport": {"width": 1100, "height": 740}}),
    "widget-phone": (dark, "en", {"phone": True, "device_scale_factor": 1.5}),
    "widget-card": (card, "sv", {"viewport": {"width": 460, "height": 860}}),
}


class Studio:
    """A browser, a server, and where the pictures go."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url

    async def widget(self, name: str) -> None:
        """A picture of the widget alone."""
        scene, language, details = SCENES[name]
        customer = await self.customer(language, **details)
        await scene(customer)
        await self.takes_widget(customer, name)
        await customer.context.close()

    async def desk(self) -> None:
        """A person takes over: both sides, and two more who wait."""
        maja = await self.customer("en", viewport={"width": 560, "height": 760})
        await logs_in(maja, "Maja")
        await maja.opens()
        await maja.is_answered("My charger fell to the floor and does not work any more")
        await maja.is_answered(WISH["en"])
        waiting = [await self.customer(language) for language in ("sv", "en")]
        for customer, question in zip(waiting, ("Hur registrerar jag en enhet?", "I want to make a complaint")):
            await customer.opens()
            await customer.becomes_known_as_adult()
            await customer.is_answered(question)
        await waiting[0].is_answered(WISH["sv"])
        anna = await self.agent("anna", {"width": 1200, "height": 960})
        await anna.page.click("#next")
        await anna.page.wait_for_selector("#close")
        await anna.answers("Hi, I'm Anna. I have read what you wrote about the charger. Does its light still come on?")
        await maja.says("no, it stays dark")
        await expect(anna.log).to_contain_text("it stays dark")
        await self.takes_widget(maja, "widget-handoff")
        await self.takes_desk(anna.page, "desk")
        phone = await self.agent("anna", SIZES[True])
        await phone.page.set_viewport_size({"width": 390, "height": 844})
        await phone.page.locator("[data-reference]").nth(2).click()
        await phone.page.wait_for_selector("article")
        await self.takes_desk(phone.page, "desk-phone")

    async def customer(self, language: str, **details: Any) -> Customer:
        """A window on the shop."""
        return await Customer.arrives(self.browser, self.url, language, timezone_id="Europe/Stockholm", **details)

    async def agent(self, name: str, size: Any) -> Window:
        """A window on the desk."""
        context = await self.browser.new_context(viewport=size, locale="en-GB", timezone_id="Europe/Stockholm")
        window = Window(await context.new_page())
        await window.signs_in(self.url, name)
        return window

    async def takes_widget(self, customer: Customer, name: str) -> None:
        """When nothing is on its way any more, at the end of what was said."""
        await expect(customer.log.locator(".sending")).to_have_count(0)
        await customer.text.evaluate("text => text.blur()")
        await customer.log.evaluate("log => (log.scrollTop = log.scrollHeight)")
        await self.takes(customer.page, name)

    async def takes_desk(self, page: Page, name: str) -> None:
        """From the top of the page."""
        await page.evaluate("document.activeElement.blur()")
        await page.evaluate("scrollTo(0, 0)")
        await self.takes(page, name)

    async def takes(self, page: Page, name: str) -> None:
        """One picture."""
        file = PICTURES / f"{name}.png"
        await page.screenshot(path=file, animations="disabled")
        print(f"docs/{name}.png  {file.stat().st_size / 1000:.0f} kB")


async def main() -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as folder:
        bot = ServerAt(Path(folder), NOVEMBER, "--demo")
        give_accounts(bot, "anna", "bo")
        bot.run()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                studio = Studio(browser, f"http://127.0.0.1:{bot.port}")
                for name in SCENES:
                    await studio.widget(name)
                await studio.desk()
        finally:
            bot.stop()


if __name__ == "__main__":
    asyncio.run(main())
