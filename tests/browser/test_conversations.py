"""Whole conversations in both languages, at desktop and phone size."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.words import words

QUESTIONS = {"sv": "Vad kostar programmet?", "en": "Is the program free of charge?"}
HOURS = {"sv": "Är ni öppna nu?", "en": "Are you open now?"}
SIZES = pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["sv", "en"])


@LANGUAGES
@SIZES
async def test_a_conversation_from_the_welcome_to_an_answer_with_its_sources(visit, language, phone):
    customer = await (await visit(language, phone=phone)).opens()
    await customer.is_answered(QUESTIONS[language])
    field = customer.words["birth_date"]
    for name, value in (("year", "1985"), ("month", "3"), ("day", "12")):
        await customer.panel.get_by_label(field[name], exact=True).fill(value)
    await customer.button(field["send"]).click()
    await customer.log.get_by_text(customer.words["sources"]["show"]).click()
    await expect(customer.log.get_by_text("Yes, IQOS Customer Benefit Program is free of charge.")).to_be_visible()
    await expect(customer.own_rows).to_have_text([re.compile(re.escape(QUESTIONS[language])), re.compile("1985-03-12")])


@LANGUAGES
async def test_the_opening_hours_card_says_the_same_moment_as_the_answer(visit, language):
    customer = await (await visit(language)).opens()
    await customer.becomes_known_as_adult()
    await customer.is_answered(HOURS[language])
    said = await customer.bot_bubbles.last.inner_text()
    card = await customer.log.locator(".card dd").last.inner_text()
    moment = re.sub("^(till|öppnar|until|opens) ", "", card)
    assert moment in said


async def test_the_labels_are_in_the_language_of_the_page(visit):
    for language in ("sv", "en"):
        customer = await (await visit(language)).opens()
        await expect(customer.panel).to_have_attribute("open", "")
        await expect(customer.text).to_have_attribute("placeholder", words(language)["composer"]["hint"])


async def test_the_widget_follows_a_customer_who_changes_the_language(visit):
    customer = await (await visit("sv")).opens()
    await customer.says("Can we speak English please?")
    await expect(customer.panel.get_by_label(words("en")["composer"]["label"])).to_be_visible()
    await expect(customer.bot_bubbles.last).to_have_attribute("lang", "en")
    await expect(customer.widget).to_have_attribute("lang", "en")


async def test_a_quick_reply_is_sent_shown_as_chosen_and_then_gone(visit):
    customer = await (await visit("sv")).opens()
    before = await customer.bot_bubbles.count()
    await customer.button("Vad vi sparar").click()
    await expect(customer.own_rows.last).to_contain_text("Vad vi sparar")
    await expect(customer.bot_bubbles.nth(before)).to_be_visible()
    await expect(customer.button("Vad vi sparar")).to_have_count(0)


@pytest.mark.parametrize(
    ("year", "month", "day"), [("1985", "2", "31"), ("85", "3", "12"), ("1985", "", "12"), ("1985", "13", "1")]
)
async def test_a_date_that_does_not_exist_is_refused_at_the_field(visit, year, month, day):
    customer = await (await visit("sv")).opens()
    await customer.is_answered("Hej, vad kostar det?")
    field = customer.words["birth_date"]
    for name, value in (("year", year), ("month", month), ("day", day)):
        await customer.panel.get_by_label(field[name], exact=True).fill(value)
    await customer.button(field["send"]).click()
    await expect(customer.panel.get_by_role("alert")).to_have_text(field["wrong"])
    await expect(customer.own_rows).to_have_count(1)


async def test_the_fields_of_the_date_bring_the_right_keyboard_and_know_the_birthday(visit):
    customer = await (await visit("en")).opens()
    await customer.is_answered("Hello, what does it cost?")
    labels = customer.panel.locator(".fields label")
    assert await labels.all_inner_texts() == ["Day", "Month", "Year"]
    for name in ("day", "month", "year"):
        field = customer.panel.get_by_label(customer.words["birth_date"][name], exact=True)
        await expect(field).to_have_attribute("inputmode", "numeric")
        await expect(field).to_have_attribute("autocomplete", f"bday-{name}")


async def test_a_date_may_also_be_written_freely(visit):
    customer = await (await visit("sv")).opens()
    await customer.is_answered(QUESTIONS["sv"])
    await customer.says("12 mars 1985")
    await expect(customer.panel.get_by_role("group", name=customer.words["birth_date"]["legend"])).to_have_count(0)
    await expect(customer.bot_bubbles.last).to_contain_text("gratis")


async def test_only_safe_links_are_links(visit):
    customer = await (await visit("sv")).opens()
    text = (
        "Se https://shop.example/a?b=1. Ring 020-25 10 10 eller +46 8 123 45 67, mejla contact.se@iqos.com. "
        "javascript:alert(1) data:text/html,x file:///etc/passwd 1985-03-12 vbscript:x"
    )
    await customer.will_be_answered_with({"text": text})
    await customer.is_answered("Hej")
    links = customer.bot_bubbles.last.get_by_role("link")
    found = await links.evaluate_all("links => links.map(link => link.href)")
    assert found == [
        "https://shop.example/a?b=1",
        "tel:0202510" + "10",
        "tel:+4681234567",
        "mailto:contact.se@iqos.com",
    ]
    await expect(links.first).to_have_attribute("rel", "noopener noreferrer")
    shown = await customer.bot_bubbles.last.evaluate("bubble => bubble.textContent")
    assert shown.replace(f" {customer.words['panel']['new_tab']}", "") == f"{customer.words['who']['bot']}: {text}"


async def test_days_are_separated_and_named(visit):
    customer = await (await visit("sv")).opens()
    today, yesterday = await customer.page.evaluate(
        "[0, 1].map((ago) => new Date(Date.now() - ago * 864e5).toISOString())"
    )
    await customer.will_be_answered_with(
        {"text": "gammalt", "at": "2025-12-24T12:00:00+00:00"},
        {"text": "i går", "at": yesterday},
        {"text": "i dag", "at": today},
    )
    await customer.is_answered("Hej")
    assert (await customer.log.locator(".day").all_inner_texts())[-3:] == ["24 december 2025", "I går", "I dag"]


async def test_when_scrolled_up_the_view_stays_and_new_messages_are_offered(visit):
    customer = await (await visit("sv")).opens()
    await customer.will_be_answered_with(*({"text": f"Rad {number}\n\n\n"} for number in range(12)))
    await customer.is_answered("Hej")
    await customer.log.evaluate("log => (log.scrollTop = 0)")
    other = await customer.opens_a_tab()
    await other.opens()
    await other.says("Hejdå")
    jump = customer.panel.locator(".jump")
    await expect(jump).to_contain_text(customer.words["panel"]["new_messages"])
    assert await customer.log.evaluate("log => log.scrollTop") == 0
    await jump.click()
    await expect(jump).to_be_hidden()
    await expect(customer.log.get_by_text("Rad 11")).to_be_in_viewport()


async def test_messages_that_come_while_it_is_closed_are_counted_on_the_launcher_and_in_the_title(visit):
    customer = await (await visit("sv")).opens()
    title = await customer.page.title()
    other = await customer.opens_a_tab()
    await other.opens()
    await customer.button(customer.words["panel"]["close"]).click()
    await other.is_answered("Hej")
    await expect(customer.launcher).to_have_accessible_name(customer.words["launcher"]["open_unread_one"])
    assert await customer.page.title() == f"(1) {title}"
    await customer.launcher.click()
    await expect(customer.launcher).to_have_accessible_name(customer.words["launcher"]["close"])
    assert await customer.page.title() == title


async def test_the_typing_indicator_shows_while_the_bot_thinks(visit):
    customer = await (await visit("sv")).opens()
    await customer.page.evaluate(
        """() => { window.seen = 0;
        const root = document.querySelector("benefit-chat").shadowRoot;
        new MutationObserver(() => { window.seen += !root.querySelector(".typing").hidden; })
          .observe(root, {subtree: true, attributes: true, attributeFilter: ["hidden"]}); }"""
    )
    await customer.is_answered("Hej")
    assert await customer.page.evaluate("window.seen") > 0
    await expect(customer.log.locator(".typing")).to_be_hidden()


@pytest.mark.parametrize("name", ["Maja", "Johan"])
async def test_a_demo_customer_who_is_logged_in_is_not_asked_for_an_age(visit, name):
    customer = await visit("en")
    await customer.page.get_by_role("button", name=name).click()
    await expect(customer.page.get_by_text(f"Logged in as {name}.")).to_be_visible()
    await customer.opens()
    await customer.says(QUESTIONS["en"])
    await expect(customer.bot_bubbles.last).to_contain_text("free of charge")


async def test_another_customer_does_not_see_the_conversation_of_the_one_before(visit):
    customer = await visit("en")
    await customer.page.get_by_role("button", name="Maja").click()
    await expect(customer.page.get_by_text("Logged in as Maja.")).to_be_visible()
    await customer.opens()
    await customer.is_answered("My secret is blue.")
    await customer.page.get_by_role("button", name="Nobody").click()
    await expect(customer.own_rows).to_have_count(0)
    await expect(customer.bot_bubbles).to_have_count(1)


async def test_a_customer_who_logs_in_meanwhile_is_known_in_the_next_conversation(visit):
    customer = await (await visit("en")).opens()
    await customer.page.get_by_role("button", name="Johan").click()
    await customer.button(customer.words["over"]["start"]).click()
    await customer.says(QUESTIONS["en"])
    await expect(customer.bot_bubbles.last).to_contain_text("free of charge")
