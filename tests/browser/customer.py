"""A customer in a browser: what they see, and what they do."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.words import words

ADULT = ("1985", "3", "12")
_WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""
_NETWORK = ("Failed to load resource", "net::ERR")
_PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
_DESKTOP = {"viewport": {"width": 1280, "height": 800}}

expect.set_options(timeout=10_000)


class Customer:
    """One browser window. `complaints`: what the page wrote to its console as errors."""

    def __init__(self, context: BrowserContext, page: Page, shop: str, language: str) -> None:
        self.context, self.page, self.shop, self.language = context, page, shop, language
        self.complaints: list[str] = []
        self.offline_expected = False

    @classmethod
    async def arrives(
        cls, browser: Browser, shop: str, language: str, phone: bool = False, url: str | None = None, **details: Any
    ) -> Customer:
        """Opens the shop. `details`: of the browser window, such as color_scheme."""
        context = await browser.new_context(**{**(_PHONE if phone else _DESKTOP), **details})
        await context.add_init_script(_WATCH)
        customer = cls(context, await context.new_page(), shop, language)
        customer._listen(customer.page)
        await customer.page.goto(url or f"{shop}/?language={language}")
        return customer

    async def opens_a_tab(self) -> Customer:
        """A second tab of the same browser."""
        other = Customer(self.context, await self.context.new_page(), self.shop, self.language)
        other._listen(other.page)
        await other.page.goto(f"{self.shop}/?language={self.language}")
        return other

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)

    async def leaves(self) -> None:
        """Closes the window; nothing may have gone wrong in it unseen."""
        for page in self.context.pages:
            violations = await page.evaluate("window.violations ?? []")
            assert violations == []
        await self.context.close()
        unexpected = [text for text in self.complaints if not any(part in text for part in _NETWORK)]
        assert unexpected == []
        assert self.offline_expected or self.complaints == []

    # What there is

    @property
    def words(self) -> dict:
        return words(self.language)

    @property
    def widget(self) -> Locator:
        return self.page.locator("benefit-chat")

    @property
    def launcher(self) -> Locator:
        return self.widget.locator("button.launch")

    @property
    def panel(self) -> Locator:
        return self.widget.locator("dialog.panel")

    @property
    def log(self) -> Locator:
        return self.panel.get_by_role("log")

    @property
    def text(self) -> Locator:
        return self.panel.locator("textarea")

    @property
    def bot_bubbles(self) -> Locator:
        return self.log.locator(".row.bot:not(.typing) .bubble")

    @property
    def own_rows(self) -> Locator:
        return self.log.locator(".row.customer")

    def button(self, name: str) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True)

    # What the customer does

    async def opens(self) -> Customer:
        """Opens the chat and waits for the welcome."""
        await self.launcher.click()
        await expect(self.bot_bubbles.first).to_be_visible()
        return self

    async def says(self, text: str) -> None:
        """Types a message and sends it with Enter."""
        await self.text.fill(text)
        await self.text.press("Enter")

    async def is_answered(self, text: str) -> None:
        """Says something and waits until the bot has answered it."""
        before = await self.bot_bubbles.count()
        await self.says(text)
        await expect(self.bot_bubbles.nth(before)).to_be_visible()
        await expect(self.log.locator(".sending")).to_have_count(0)

    async def becomes_known_as_adult(self) -> None:
        """Gives a date of birth in the field for it."""
        await self.is_answered("Hej" if self.language == "sv" else "Hello")
        field = self.words["birth_date"]
        for name, value in zip(("year", "month", "day"), ADULT):
            await self.panel.get_by_label(field[name], exact=True).fill(value)
        before = await self.bot_bubbles.count()
        await self.button(field["send"]).click()
        await expect(self.bot_bubbles.nth(before)).to_be_visible()

    async def chooses_from_menu(self, entry: str, role: str = "menuitem") -> None:
        """Opens the menu and chooses the entry of that key in `menu:`."""
        await self.button(self.words["panel"]["menu"]).click()
        await self.panel.get_by_role(role, name=self.words["menu"][entry], exact=True).click()

    async def goes_offline(self) -> None:
        self.offline_expected = True
        await self.context.set_offline(True)

    async def is_back_online(self) -> None:
        await self.context.set_offline(False)

    # What a test puts in the way

    async def will_be_answered_with(self, *messages: dict) -> None:
        """The next messages get these replies, in the form of the API, instead of the bot's."""

        async def answer(route: Route) -> None:
            replies = [
                {
                    "id": str(9000 + number),
                    "from": "bot",
                    "text": "…",
                    "buttons": [],
                    "at": "2026-11-24T07:00:00+00:00",
                    **message,
                }
                for number, message in enumerate(messages)
            ]
            await route.fulfill(json={"messages": replies})

        await self.page.route("**/webhooks/webchat/messages", answer)

    async def kept(self) -> dict | None:
        """What the widget has stored in this tab."""
        text = await self.page.evaluate("sessionStorage.getItem('benefit-chat')")
        return json.loads(text) if text else None

    async def tidy_count(self) -> int:
        """How many nodes the live region holds now."""
        return await self.panel.locator("[aria-live=polite] p").count()
