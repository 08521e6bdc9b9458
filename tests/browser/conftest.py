"""A real browser (Debian's Chromium, driven by Playwright) in front of a real bot."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.api.running import Server
from tests.browser.customer import Customer
from tests.browser.embedding import EmbeddingSite

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser; every test has windows of its own in it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("These tests need Chromium: apt-get install chromium", pytrace=False)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        await running.close()


@pytest.fixture(scope="session")
def site() -> Iterator[EmbeddingSite]:
    """Another website, on an origin of its own, that embeds the widget under a strict policy."""
    with EmbeddingSite() as running:
        yield running


@pytest.fixture(scope="session")
def bot(model, site, tmp_path_factory) -> Iterator[Server]:
    """The bot with the demo shop."""
    running = Server(tmp_path_factory.mktemp("shop"), "--demo", CORS_ORIGINS=site.origin).run()
    yield running
    assert running.stop() == 0


@pytest.fixture
async def visit(browser, bot) -> AsyncIterator:
    """A customer on the demo shop: await visit("sv", phone=True). What the page complains about fails the test."""
    customers: list[Customer] = []

    async def new(language: str = "sv", **wishes) -> Customer:
        customer = await Customer.arrives(browser, f"http://127.0.0.1:{bot.port}", language, **wishes)
        customers.append(customer)
        return customer

    yield new
    for customer in customers:
        await customer.leaves()
