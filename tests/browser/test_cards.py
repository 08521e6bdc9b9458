"""Cards: what `data` says, as names and values, in both languages."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from tests.browser.replies import COVERAGE, DECISION, HANDOFF, HOURS, ask


async def rows(card: Locator) -> list[str]:
    """Each name with its value."""
    return [" ".join(text.split()) for text in await card.locator("dl > div").all_inner_texts()]


async def shown(visit, language: str, *data: dict) -> Locator:
    """The cards for these `data`."""
    customer = await (await visit(language)).opens()
    await customer.will_be_answered_with(*({"text": "Så här ser det ut.", "data": one} for one in data))
    await customer.is_answered("Hej")
    return customer.log.locator(".card")


async def test_coverage_says_for_each_unit_what_is_left_until_when(visit):
    card = (await shown(visit, "sv", COVERAGE)).first
    await expect(card).to_have_accessible_name("Dina enheter")
    assert await card.get_by_role("heading", level=4).all_inner_texts() == [
        "Hållare IQOS ILUMA PRIME", "Laddare IQOS ILUMA PRIME", "Allt-i-ett-enhet IQOS ILUMA ONE",
    ]  # fmt: skip
    assert await rows(card) == [
        "Programmet Aktivt till 14 augusti 2027",
        "Serienummer …0001", "Garanti Till 14 augusti 2027", "Byten vid olycka 1 kvar",
        "Serienummer …0002", "Garanti Gick ut 31 januari 2025", "Byten vid olycka Inget kvar",
        "Registrering Enheten är inte registrerad", "Program Inte aktiverat för enheten",
        "Serienummer …0003", "Garanti Okänd", "Byten vid olycka Ett ärende pågår", "Program Inte aktiverat för enheten",
    ]  # fmt: skip


async def test_a_closed_account_without_devices_is_said(visit):
    card = await shown(visit, "en", {**COVERAGE, "account": "closed", "program_active": False, "devices": []})
    assert await rows(card) == ["The program The account is closed"]
    await expect(card).to_contain_text("There are no devices on the account.")


@pytest.mark.parametrize(
    ("outcome", "mark"),
    [("eligible", "Can be replaced"), ("not_eligible", "Cannot be replaced"), ("needs_support", "Support decides")],
)
async def test_a_damage_decision_names_outcome_reason_and_basis(visit, outcome, mark):
    card = await shown(visit, "en", {**DECISION, "outcome": outcome})
    await expect(card.locator(".mark")).to_have_text(mark)
    assert await rows(card) == [
        "Device …0002", "Damage Accident", "Why The damage is covered", "Basis Accident protection",
    ]  # fmt: skip


async def test_a_decision_without_a_device_leaves_out_what_it_does_not_know(visit):
    card = await shown(
        visit, "sv", {**DECISION, "serial": None, "basis": None, "damage": "lost", "reason": "lost_not_covered"}
    )
    assert await rows(card) == ["Skada Borttappad", "Varför Borttappade enheter byts inte"]


async def test_the_hand_off_says_state_place_and_reference(visit):
    cards = await shown(
        visit, "sv", HANDOFF, {**HANDOFF, "state": "assigned"}, {**HANDOFF, "state": "closed", "reference": None}
    )
    assert await cards.locator(".mark").all_inner_texts() == [
        "Du står i kö", "En person har tagit över", "Samtalet med supporten är avslutat",
    ]  # fmt: skip
    assert await rows(cards.first) == ["Plats i kön 2", "Referens 3F9-KD2"]
    assert await rows(cards.nth(1)) == ["Referens 3F9-KD2"]


async def test_opening_hours_are_said_in_the_supports_time_zone_and_vanish_when_they_are_over(visit):
    cards = await shown(
        visit, "en", HOURS, {**HOURS, "open": False}, {**HOURS, "next_change": "2020-01-01T08:00:00+01:00"}
    )
    await expect(cards).to_have_count(2)
    assert await rows(cards.first) == ["Open now until 5 January 2099 at 19.00"]
    assert await rows(cards.nth(1)) == ["Closed now opens 5 January 2099 at 19.00"]


async def test_tomorrow_is_called_tomorrow(visit):
    customer = await visit("sv", timezone_id="America/New_York")
    await customer.page.clock.set_fixed_time("2026-11-23T20:00:00+01:00")
    await customer.opens()
    await customer.will_be_answered_with(
        {"data": {"kind": "opening_hours", "open": False, "next_change": "2026-11-24T08:00:00+01:00"}}
    )
    await customer.is_answered("Hej")
    assert await rows(customer.log.locator(".card")) == ["Stängt nu öppnar i morgon, tisdag, kl. 08.00"]


@pytest.mark.parametrize(
    "data", [{"kind": "unknown"}, {"kind": "toString"}, {"kind": None}, {"kind": "coverage", "devices": 7}]
)
async def test_data_that_is_not_known_draws_nothing_and_breaks_nothing(visit, data):
    assert await (await shown(visit, "sv", data)).count() == 0


@pytest.mark.parametrize(
    ("field", "values", "sent"),
    [
        ("code", {"code": "402 117"}, "402117"),
        ("credentials", {"email": "maja@example.com", "serial": "HQA1 X773 0002"}, "maja@example.com HQA1 X773 0002"),
        ("email", {"email": "maja@example.com"}, "maja@example.com"),
    ],
)
async def test_what_the_bot_asks_for_has_a_field_of_its_own(visit, field, values, sent):
    customer = await (await visit("sv")).opens()
    await customer.will_be_answered_with(ask(field))
    await customer.is_answered("Hej")
    form = customer.panel.get_by_role("group", name=customer.words[field]["legend"])
    await form.get_by_role("button").click()
    await expect(form.get_by_role("alert")).to_have_text(customer.words[field]["wrong"])
    for name, value in values.items():
        await form.get_by_label(customer.words[field][name]).fill(value)
    async with customer.page.expect_request("**/webhooks/webchat/messages") as request:
        await form.get_by_role("button").click()
    assert (await request.value).post_data_json["text"] == sent


async def test_a_code_is_offered_by_the_phone(visit):
    customer = await (await visit("sv", phone=True)).opens()
    await customer.will_be_answered_with(ask("code"))
    await customer.is_answered("Hej")
    code = customer.panel.get_by_label(customer.words["code"]["code"])
    await expect(code).to_have_attribute("autocomplete", "one-time-code")
    await expect(code).to_have_attribute("inputmode", "numeric")
