"""Drafts, sending, reconnecting, reloading, tabs, restarts: not a word is lost, and none comes twice."""

from __future__ import annotations

import re
import time

from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from playwright.async_api import Route, expect

from tests.api.running import Server

SECRET = "the key that signs tokens in these tests"


async def test_a_draft_survives_a_reload(visit):
    customer = await (await visit("sv")).opens()
    await customer.text.fill("Ett halvt")
    await customer.page.reload()
    await expect(customer.text).to_have_value("Ett halvt")


async def test_a_reload_restores_the_conversation_with_its_buttons_and_does_not_take_the_focus(visit):
    customer = await (await visit("sv")).opens()
    await customer.is_answered("Hej")
    before = await customer.bot_bubbles.all_inner_texts()
    choices = await customer.panel.locator(".choice").all_inner_texts()
    await customer.page.reload()
    await expect(customer.bot_bubbles).to_have_text(before)
    await expect(customer.own_rows).to_have_count(1)
    await expect(customer.panel.locator(".choice")).to_have_text(choices)
    assert await customer.page.evaluate("document.activeElement === document.body")
    await customer.panel.locator(".choice").first.click()
    await expect(customer.own_rows).to_have_count(2)
    await expect(customer.log.locator(".failed, .refused")).to_have_count(0)


async def test_what_is_written_offline_is_marked_kept_over_a_reload_and_sent_once_when_online(visit):
    customer = await (await visit("sv")).opens()
    await customer.goes_offline()
    await expect(customer.panel.get_by_text(customer.words["trouble"]["offline"])).to_be_visible()
    await customer.says("Skrivet i tunneln")
    await expect(customer.own_rows.last).to_contain_text(customer.words["state"]["failed"])
    await customer.text.fill("och ett utkast")
    await customer.is_back_online()
    await expect(customer.own_rows.last).not_to_contain_text(customer.words["state"]["failed"])
    await expect(customer.bot_bubbles).to_have_count(2)
    await expect(customer.own_rows).to_have_count(1)
    await expect(customer.text).to_have_value("och ett utkast")
    await expect(customer.panel.get_by_text(customer.words["trouble"]["offline"])).to_have_count(0)


async def test_a_message_that_was_on_its_way_at_a_reload_is_sent_afterwards_and_once(visit):
    customer = await (await visit("sv")).opens()
    held: list[Route] = []
    await customer.page.route("**/webhooks/webchat/messages", lambda route: held.append(route))
    await customer.says("Hej på er")
    await expect(customer.own_rows.last).to_contain_text(customer.words["state"]["sending"])
    await customer.page.unroute("**/webhooks/webchat/messages")
    customer.offline_expected = True
    await customer.page.reload()
    await expect(customer.bot_bubbles).to_have_count(2)
    await expect(customer.own_rows).to_have_count(1)
    assert (await customer.kept())["outbox"] == []


async def test_an_answer_that_got_lost_on_the_way_back_does_not_make_the_message_count_twice(visit):
    customer = await (await visit("sv")).opens()
    customer.offline_expected = True

    async def lose_the_first_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await customer.page.route("**/webhooks/webchat/messages", lose_the_first_answer, times=1)
    await customer.says("Hej på er")
    await expect(customer.log.locator(".sending")).to_have_count(0)
    await expect(customer.bot_bubbles).to_have_count(2)
    await customer.page.reload()
    await expect(customer.bot_bubbles).to_have_count(2)
    await expect(customer.own_rows).to_have_count(1)


async def test_a_failed_message_can_be_tried_again_by_hand(visit):
    customer = await (await visit("sv")).opens()
    customer.offline_expected = True
    await customer.page.clock.install()
    await customer.page.route("**/webhooks/webchat/messages", lambda route: route.abort())
    await customer.says("Hej")
    retry = customer.own_rows.last.get_by_role("button", name=customer.words["state"]["retry"])
    for _ in range(4):
        await customer.page.clock.run_for(10_000)
    await expect(retry).to_be_visible()
    await customer.page.unroute("**/webhooks/webchat/messages")
    await retry.click()
    await expect(customer.bot_bubbles).to_have_count(2)
    await expect(customer.log.locator(".failed")).to_have_count(0)


async def test_a_message_that_the_server_refuses_says_so_and_the_next_one_goes_through(visit):
    customer = await (await visit("sv")).opens()
    customer.offline_expected = True
    problem = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": "An English sentence."}
    await customer.page.route(
        "**/webhooks/webchat/messages",
        lambda route: route.fulfill(status=400, json=problem, content_type="application/problem+json"),
        times=1,
    )
    await customer.says("Hej")
    await expect(customer.own_rows.last).to_contain_text(customer.words["state"]["refused"])
    await expect(customer.panel.get_by_text("English")).to_have_count(0)
    await customer.is_answered("Hej igen")


async def test_a_pause_that_the_server_asks_for_is_said_in_the_customers_language(visit):
    customer = await (await visit("sv")).opens()
    customer.offline_expected = True
    await customer.page.route(
        "**/webhooks/webchat/messages",
        lambda route: route.fulfill(status=429, headers={"Retry-After": "2"}, json={"status": 429}),
        times=1,
    )
    await customer.says("Hej")
    await expect(customer.panel.get_by_text("Vi fortsätter om 2 sekunder.")).to_be_visible()
    await expect(customer.bot_bubbles).to_have_count(2)


async def test_two_tabs_are_one_conversation(visit):
    one = await (await visit("sv")).opens()
    await one.is_answered("Hej")
    other = await one.opens_a_tab()
    await other.opens()
    await expect(other.own_rows).to_have_count(1)
    assert (await other.kept())["token"] == (await one.kept())["token"]
    await other.is_answered("Vem är du?")
    await expect(one.own_rows).to_have_count(2)
    await expect(one.bot_bubbles).to_have_text(await other.bot_bubbles.all_inner_texts())
    await one.is_answered("Tack")
    await expect(other.own_rows).to_have_count(3)
    await expect(other.bot_bubbles).to_have_text(await one.bot_bubbles.all_inner_texts())


async def test_the_second_tab_goes_on_listening_when_the_first_is_closed(visit):
    one = await (await visit("sv")).opens()
    other = await one.opens_a_tab()
    await other.opens()
    await one.page.close()
    third = await other.opens_a_tab()
    await third.opens()
    await third.is_answered("Hej")
    await expect(other.bot_bubbles).to_have_count(2)


async def test_a_restart_of_the_server_is_told_and_survived(visit, bot: Server):
    customer = await (await visit("sv")).opens()
    customer.offline_expected = True
    await customer.is_answered("Hej")
    assert bot.stop() == 0
    await expect(customer.panel.get_by_text(customer.words["trouble"]["reconnecting"])).to_be_visible()
    await customer.says("Är du kvar?")
    bot.run()
    retry = customer.panel.get_by_role("button", name=customer.words["state"]["retry"]).first
    await expect(customer.bot_bubbles.nth(2).or_(retry)).to_be_visible(timeout=40_000)
    await expect(customer.bot_bubbles).to_have_count(3, timeout=40_000)
    await expect(customer.own_rows).to_have_count(2)
    await expect(customer.panel.locator(".trouble p")).to_have_count(0)


async def test_a_token_that_has_expired_ends_with_a_sentence_and_a_way_on(visit, browser):
    class Yesterday(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time()) - 25 * 60 * 60

    customer = await (await visit("sv")).opens()
    customer.offline_expected = True
    token = URLSafeTimedSerializer(SECRET, salt="webchat session", signer=Yesterday).dumps("0" * 32)
    await customer.page.evaluate(
        """(token) => { const kept = JSON.parse(sessionStorage["benefit-chat"]);
        const outbox = [{key: "k", text: "inte skickat", at: new Date().toISOString()}];
        sessionStorage["benefit-chat"] = JSON.stringify({...kept, token, draft: "mitt utkast", outbox}); }""",
        token,
    )
    await customer.page.reload()
    await expect(customer.panel.locator(".over")).to_contain_text(customer.words["over"]["expired"])
    await customer.button(customer.words["over"]["start"]).click()
    await expect(customer.bot_bubbles).to_have_count(1)
    await expect(customer.text).to_have_value(re.compile("inte skickat\nmitt utkast"))
    await customer.is_answered("Hej")


async def test_a_conversation_that_another_tab_deletes_is_over_here_too(visit):
    one = await (await visit("sv")).opens()
    other = await one.opens_a_tab()
    await other.opens()
    await other.chooses_from_menu("delete")
    await other.button(other.words["delete"]["yes"]).click()
    await expect(one.panel.locator(".over")).to_contain_text(one.words["over"]["deleted"])
    assert (await one.kept())["token"] is None


async def test_a_conversation_that_the_bot_deletes_on_request_ends_with_a_receipt(visit):
    customer = await (await visit("sv")).opens()
    await customer.is_answered("Radera mina uppgifter")
    await customer.button("Ja, radera").click()
    await expect(customer.panel.locator(".over")).to_contain_text(customer.words["over"]["deleted"])
    await customer.button(customer.words["over"]["start"]).click()
    await expect(customer.bot_bubbles).to_have_count(1)


async def test_a_closed_browser_forgets_the_conversation(visit, browser):
    customer = await (await visit("sv")).opens()
    await customer.is_answered("Hej")
    state = await customer.context.storage_state()  # what outlives the browser window: cookies and localStorage
    assert state == {"cookies": [], "origins": []}


async def test_a_closed_browser_remembers_it_where_the_customer_chose_so(visit):
    customer = await (await visit("sv")).opens()
    await customer.is_answered("Hej")
    await customer.chooses_from_menu("remember", role="menuitemcheckbox")
    state = await customer.context.storage_state()
    back = await visit("sv", storage_state=state)
    await back.opens()
    await expect(back.own_rows).to_have_count(1)
    await back.chooses_from_menu("remember", role="menuitemcheckbox")
    assert await back.page.evaluate("localStorage.length") == 0


async def test_while_the_first_session_cannot_start_words_wait_and_are_sent(visit):
    customer = await visit("sv")
    customer.offline_expected = True
    await customer.page.route(
        "**/webhooks/webchat/sessions", lambda route: route.fulfill(status=503, json={"status": 503}), times=1
    )
    await customer.launcher.click()
    await customer.says("Hej, är någon där?")
    await expect(customer.panel.get_by_text(customer.words["trouble"]["starting"])).to_be_visible()
    await expect(customer.bot_bubbles).to_have_count(2)
    await expect(customer.own_rows).to_have_count(1)
