"""The one line on a website, the JavaScript API, the files, and what a hostile page can and cannot do."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import expect

from bot.composition import widget_texts
from bot.web.assets import build_assets
from tests.browser.customer import Customer


@pytest.fixture(scope="module")
def address(bot) -> str:
    return f"http://127.0.0.1:{bot.port}"


@pytest.fixture
async def shopper(browser, site, address):
    """A customer on the other website: await shopper(extra attributes of the script)."""
    customers: list[Customer] = []

    async def new(extra: str = "", **details) -> Customer:
        site.embed(address, extra)
        customer = await Customer.arrives(browser, address, "sv", url=site.origin, **details)
        customers.append(customer)
        return customer

    yield new
    for customer in customers:
        await customer.leaves()


def integrity(bot) -> str:
    return build_assets(widget_texts()).launcher.integrity


async def test_before_the_chat_is_opened_nothing_is_stored_and_nothing_requested(browser, bot, address):
    context = await browser.new_context()
    page = await context.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url.removeprefix(address)))
    await page.goto(f"{address}/?language=sv")
    await expect(page.locator("benefit-chat button.launch")).to_be_visible()
    widget = [path for path in requested if not path.startswith(("/static/", "/?"))]
    assert widget == ["/widget.js"]
    assert await page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert await page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    await context.close()


async def test_it_works_on_another_website_under_a_strict_policy(shopper):
    customer = await (await shopper()).opens()
    await customer.is_answered("Hej")
    await expect(customer.bot_bubbles).to_have_count(2)


async def test_it_works_pinned_by_its_hash(shopper, bot):
    customer = await (await shopper(f'integrity="{integrity(bot)}" crossorigin="anonymous"')).opens()
    await customer.is_answered("Hej")


async def test_a_panel_that_was_tampered_with_does_not_run(shopper):
    customer = await shopper()
    customer.offline_expected = True

    async def tamper(route) -> None:
        response = await route.fetch()
        await route.fulfill(response=response, body=await response.text() + "\nwindow.tampered = true;")

    await customer.page.route(re.compile(r"/widget/.*/panel\.js"), tamper)
    await customer.launcher.click()
    await expect(customer.widget.get_by_role("status")).to_have_text(customer.words["launcher"]["failed"])
    assert await customer.page.evaluate("window.tampered") is None
    assert any("integrity" in complaint for complaint in customer.complaints)
    customer.complaints.clear()


async def test_a_chat_that_cannot_be_loaded_says_so_and_can_be_tried_again(shopper):
    customer = await shopper()
    await customer.goes_offline()
    await customer.launcher.click()
    await expect(customer.widget.get_by_role("status")).to_have_text(customer.words["launcher"]["failed"])
    await customer.is_back_online()
    await customer.opens()


async def test_a_website_that_is_not_listed_gets_no_conversation(browser, site, address, bot):
    site.embed(address)
    customer = await Customer.arrives(browser, address, "sv", url=site.origin.replace("127.0.0.1", "localhost"))
    customer.offline_expected = True
    await customer.launcher.click()
    await expect(customer.panel.locator(".trouble p")).to_be_visible()
    await expect(customer.bot_bubbles).to_have_count(0)
    await customer.context.close()


async def test_the_javascript_interface(shopper):
    customer = await shopper()
    page = customer.page
    await page.evaluate(
        """() => { window.heard = [];
        for (const name of ["open", "close", "start", "message", "unread", "language", "end"])
        benefitChat.addEventListener(name, (event) => heard.push([name, event.detail])); }"""
    )
    await page.evaluate("benefitChat.open()")
    await expect(customer.bot_bubbles).to_have_count(1)
    assert await page.evaluate("benefitChat.isOpen") is True
    await page.evaluate("benefitChat.setLanguage('en')")
    await expect(customer.panel.get_by_label("Write a message")).to_be_visible()
    assert await page.evaluate("benefitChat.setLanguage('de').catch(error => error.name)") == "RangeError"
    assert await page.evaluate("benefitChat.identify(7).catch(error => error.name)") == "TypeError"
    await page.evaluate("benefitChat.setLanguage('sv')")
    await customer.is_answered("Hej")
    await page.evaluate("benefitChat.end()")
    await page.evaluate("benefitChat.close()")
    await expect(customer.panel).to_be_hidden()
    heard = await page.evaluate("heard")
    assert [name for name, _ in heard] == ["open", "start", "message", "end", "close"]
    assert set(heard[2][1]) == {"id", "from"}  # never what was said


async def test_an_identity_that_is_refused_does_not_stop_the_conversation(visit):
    customer = await visit("sv")
    customer.offline_expected = True
    await customer.page.evaluate("benefitChat.identify('not.a.token')")
    await customer.opens()
    await expect(customer.panel.locator(".trouble")).to_contain_text(customer.words["trouble"]["identity"])
    await customer.is_answered("Hej")


async def test_messages_from_other_windows_do_nothing(visit):
    customer = await (await visit("sv")).opens()
    before = await customer.panel.inner_html()
    await customer.page.evaluate(
        """() => { for (const data of ["open", {kind: "message", value: {id: "1", text: "x"}}, {kind: "over"}])
          postMessage(data, "*"); }"""
    )
    await customer.page.evaluate("new Promise(done => setTimeout(done))")
    assert await customer.panel.inner_html() == before


def test_the_demo_page_cannot_be_framed(bot):
    for path in ("/", "/privacy"):
        headers = bot.request("GET", path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("accepted", "language"), [("en-GB,en;q=0.9,sv;q=0.8", "en"), ("sv-SE", "sv"), ("de", "sv"), ("", "sv")]
)
def test_the_shop_is_in_the_language_of_the_browser_or_of_the_choice(bot, accepted, language):
    assert f'<html lang="{language}">'.encode() in bot.request("GET", "/", Accept_Language=accepted).body
    assert b'<html lang="en">' in bot.request("GET", "/?language=en", Accept_Language="sv").body


def test_the_launcher_is_cached_for_minutes_and_its_files_for_ever(bot, site):
    launcher = bot.request("GET", "/widget.js", Accept_Encoding="gzip", Origin="https://anybody.example")
    assert launcher.headers["Cache-Control"] == "public, max-age=300"
    assert launcher.headers["Content-Encoding"] == "gzip"
    assert launcher.headers.get_all("Access-Control-Allow-Origin") == ["*"]
    assert bot.request("GET", "/widget.js", Origin=site.origin).headers.get_all("Access-Control-Allow-Origin") == [
        site.origin
    ]
    again = bot.request("GET", "/widget.js", If_None_Match=launcher.headers["ETag"])
    assert again.status == 304
    plain = bot.request("GET", "/widget.js").body.decode()
    version = json.loads(re.search(r"const build=(\{.*?\});", plain)[1])["version"]
    for name in ("panel.js", "panel.css", "sv.json", "en.json"):
        file = bot.request("GET", f"/widget/{version}/{name}")
        assert file.status == 200
        assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert file.headers["X-Content-Type-Options"] == "nosniff"
    for path in (
        f"/widget/{version}/assets.py",
        f"/widget/{version}/..%2fassets.py",
        "/widget/000000000000/panel.js",
        "/static/../assets.py",
    ):
        assert bot.request("GET", path).status == 404


def test_identities_of_made_up_customers_are_only_those_two(bot):
    assert set(bot.request("GET", "/demo/identity/C-1001").json) == {"identity"}
    assert bot.request("GET", "/demo/identity/C-1001").headers["Cache-Control"] == "no-store"
    for customer in ("C-1002", "C-1001x", "..", "%2e"):
        assert bot.request("GET", f"/demo/identity/{customer}").status == 404
