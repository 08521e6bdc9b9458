"""Browser windows of agents at the desk."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.desk.serving import PASSWORD

PATIENCE = 15_000
SIZES = {False: {"width": 1200, "height": 900}, True: {"width": 390, "height": 800}}


class Window:
    """One agent's page. `complaints`: what the page wrote to its console as errors."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)

    async def signs_in(self, url: str, name: str) -> None:
        """From the sign-in to the lists."""
        await self.page.goto(f"{url}/desk")
        await self.page.fill("#name", name)
        await self.page.fill("#password", PASSWORD)
        await self.page.click("form.sign-in button")
        await self.page.wait_for_selector("#next")

    def card(self, reference: str) -> Locator:
        """The conversation in the lists."""
        return self.page.locator(f"[data-reference='{reference}']").first

    async def opens(self, reference: str) -> None:
        """Shows a conversation."""
        await self.card(reference).click()
        await expect(self.page.locator("article h2")).to_contain_text(reference)

    async def takes(self, reference: str) -> None:
        """Opens a conversation and takes it."""
        await self.opens(reference)
        await self.page.click("#take")
        await self.page.wait_for_selector("#close")

    async def answers(self, text: str) -> None:
        """Writes to the customer and sends it with the keyboard."""
        await self.page.fill("#answer", text)
        await self.page.keyboard.press("Control+Enter")
        await expect(self.log.get_by_text(text, exact=True)).to_be_visible()

    async def closes(self, reason: str) -> None:
        """Ends the conversation."""
        await self.page.select_option("#why", reason)
        await self.page.click("#close")
        await expect(self.page.locator("#close")).to_have_count(0)

    @property
    def log(self) -> Locator:
        return self.page.locator("article .log")

    @property
    def news(self) -> Locator:
        return self.page.locator("#news")

    @property
    def troubles(self) -> list[str]:
        """What went wrong in the page, but for answers that the test provoked."""
        return [text for text in self.complaints if "Failed to load resource" not in text]
