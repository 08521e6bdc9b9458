"""What the customer decides: the notice, the copy, deleting, ending, feedback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.api.client import API


async def test_the_privacy_notice_stands_before_the_first_message_and_its_link_leads_to_a_page(visit):
    customer = await (await visit("sv")).opens()
    notice = customer.log.locator(".privacy")
    await expect(notice).to_contain_text(customer.words["privacy"]["notice"])
    assert await notice.evaluate(
        "notice => Boolean(notice.compareDocumentPosition(notice.parentNode.querySelector('.row')) & 4)"
    )
    async with customer.context.expect_page() as opened:
        await notice.get_by_role("link").click()
    page = await opened.value
    await expect(page.get_by_role("heading", level=1)).to_have_text("Så hanterar chatten dina uppgifter")


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_the_transcript_can_be_downloaded_as_text(visit, language):
    customer = await (await visit(language)).opens()
    await customer.becomes_known_as_adult()
    async with customer.page.expect_download() as download:
        await customer.chooses_from_menu("text")
    file = await download.value
    text = Path(await file.path()).read_text()
    assert file.suggested_filename == f"{customer.words['transcript']['file']}.txt"
    assert text.startswith(customer.words["transcript"]["title"])
    assert f"{customer.words['who']['customer']}: {customer.words['marks']['date']}" in text
    assert "1985" not in text.replace("1985-03-12", "")  # the example that the bot gives


async def test_the_transcript_can_be_downloaded_as_json(visit):
    customer = await (await visit("en")).opens()
    await customer.is_answered("Hello")
    async with customer.page.expect_download() as download:
        await customer.chooses_from_menu("json")
    copy = json.loads(Path(await (await download.value).path()).read_text())
    assert [message["from"] for message in copy["messages"]] == ["bot", "customer", "bot"]


async def test_deleting_asks_first_and_gives_a_receipt(visit, bot):
    customer = await (await visit("sv")).opens()
    await customer.is_answered("Hej")
    token = (await customer.kept())["token"]
    await customer.chooses_from_menu("delete")
    await customer.button(customer.words["delete"]["no"]).click()
    await expect(customer.own_rows).to_have_count(1)
    await customer.chooses_from_menu("delete")
    await customer.button(customer.words["delete"]["yes"]).click()
    await expect(customer.panel.locator(".over p")).to_contain_text("Konversationen är raderad, ")
    await expect(customer.log.locator(".row:not(.typing)")).to_have_count(0)
    assert bot.request("GET", f"{API}/transcript", token=token).status == 410
    assert (await customer.kept())["token"] is None
    await customer.button(customer.words["over"]["start"]).click()
    await expect(customer.bot_bubbles).to_have_count(1)
    await expect(customer.text).to_be_focused()


async def test_a_deletion_that_does_not_get_through_is_not_claimed(visit):
    customer = await (await visit("sv")).opens()
    await customer.goes_offline()
    await customer.chooses_from_menu("delete")
    await customer.button(customer.words["delete"]["yes"]).click()
    await expect(customer.panel.locator(".trouble")).to_contain_text(customer.words["trouble"]["delete"])
    await expect(customer.bot_bubbles).to_have_count(1)


async def test_an_ended_chat_is_forgotten_here_and_can_still_be_downloaded_and_deleted(visit):
    customer = await (await visit("en")).opens()
    await customer.is_answered("Hello")
    await customer.chooses_from_menu("end")
    await customer.button(customer.words["end"]["yes"]).click()
    await expect(customer.panel.locator(".over")).to_contain_text(customer.words["over"]["ended"])
    await expect(customer.text).to_be_hidden()
    assert (await customer.kept())["token"] is None
    async with customer.page.expect_download():
        await customer.panel.locator(".over").get_by_role("button", name=customer.words["menu"]["text"]).click()
    await customer.panel.locator(".over").get_by_role("button", name=customer.words["menu"]["delete"]).click()
    await customer.button(customer.words["delete"]["yes"]).click()
    await expect(customer.panel.locator(".over")).to_contain_text("was deleted")


async def test_feedback_with_a_word_is_kept_and_shown_again(visit, bot):
    customer = await (await visit("en")).opens()
    await customer.becomes_known_as_adult()
    await customer.is_answered("Is the program free of charge?")
    await customer.button(customer.words["feedback"]["unhelpful"]).click()
    comment = customer.panel.get_by_label(customer.words["feedback"]["comment"])
    await expect(comment).to_be_focused()
    await comment.fill("I was born 1985-03-12 and wanted more")
    await customer.button(customer.words["feedback"]["send"]).click()
    await expect(customer.log.locator(".thanks")).to_have_text(customer.words["feedback"]["thanks"])
    token = (await customer.kept())["token"]
    rated = [
        message for message in bot.request("GET", f"{API}/transcript", token=token).messages if "helpful" in message
    ]
    assert [(message["helpful"], message["comment"]) for message in rated] == [
        (False, "I was born [date] and wanted more")
    ]
    await customer.page.reload()
    await expect(customer.button(customer.words["feedback"]["unhelpful"])).to_have_attribute("aria-pressed", "true")


async def test_questions_and_small_talk_are_not_rated(visit):
    customer = await (await visit("en")).opens()
    await customer.is_answered("Hello")
    await expect(customer.panel.locator(".rating")).to_have_count(0)


async def test_sound_is_off_until_it_is_chosen(visit):
    customer = await (await visit("sv")).opens()
    assert (await customer.kept())["sound"] is False
    await customer.button(customer.words["panel"]["menu"]).click()
    sound = customer.panel.get_by_role("menuitemcheckbox", name=customer.words["menu"]["sound"])
    await expect(sound).to_have_attribute("aria-checked", "false")
    await sound.click()
    assert (await customer.kept())["sound"] is True
