"""Every reason code, told in both languages to the customer whom it concerns, on the demo registry."""

import pytest

from tests.conversations.people import data_of

# customer, kind of damage on the button, unit on the button (None: is not asked), condition, what is decided
_CASES = {
    "covered_accident": ("C-1001", "accident", "…0002", None, ("eligible", "covered", "accident_protection")),
    "covered_warranty": ("C-1004", "defect", None, None, ("eligible", "covered", "warranty")),
    "covered_cosmetic_that_is_faulty": ("C-1004", "cosmetic", None, "faulty", ("eligible", "covered", "warranty")),
    "warranty_expired": ("C-1002", "accident", "…0003", None, ("not_eligible", "warranty_expired", None)),
    "warranty_expired_defect": ("C-1002", "defect", "…0004", None, ("not_eligible", "warranty_expired", None)),
    "warranty_expired_before_others": ("C-1011", "accident", None, None, ("not_eligible", "warranty_expired", None)),
    "account_inactive": ("C-1003", "accident", None, None, ("not_eligible", "account_inactive", None)),
    "not_registered": ("C-1004", "accident", None, None, ("not_eligible", "not_registered", None)),
    "program_not_activated": ("C-1005", "accident", None, None, ("not_eligible", "program_not_activated", None)),
    "claim_already_used": ("C-1006", "accident", "…0008", None, ("not_eligible", "claim_already_used", None)),
    "covered_other_unit": ("C-1006", "accident", "…0009", None, ("eligible", "covered", "accident_protection")),
    "claim_in_progress": ("C-1007", "accident", None, None, ("not_eligible", "claim_in_progress", None)),
    "covered_after_launch": ("C-1010", "accident", "…0017", None, ("eligible", "covered", "accident_protection")),
    "covered_rejected_claim": ("C-1012", "accident", None, None, ("eligible", "covered", "accident_protection")),
    "cosmetic_only": ("C-1001", "cosmetic", None, "works", ("not_eligible", "cosmetic_only", None)),
    "lost_not_covered": ("C-1001", "lost", None, None, ("not_eligible", "lost_not_covered", None)),
    "stolen_not_covered": ("C-1001", "stolen", None, None, ("not_eligible", "stolen_not_covered", None)),
    "no_devices": ("C-1009", "accident", None, None, ("needs_support", "unknown_device", None)),
    "no_such_customer": ("C-9999", "accident", None, None, ("needs_support", "unknown_device", None)),
}
_DAMAGE = {
    "accident": ("Dropped, wet or another accident", "Tappad, blöt eller annan olycka"),
    "defect": ("It does not work", "Den fungerar inte"),
    "cosmetic": ("Scratches or wear", "Repor eller slitage"),
    "lost": ("Lost", "Borttappad"),
    "stolen": ("Stolen", "Stulen"),
}
_CONDITION = {
    "works": ("Yes, it works", "Ja, den fungerar"),
    "faulty": ("No, something is wrong", "Nej, något är fel"),
}
_REPORT = ("Report a broken device", "Anmäl en trasig enhet")
_LANGUAGES = ("en", "sv")


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("case", _CASES)
async def test_the_decision_is_told_with_its_reason(known, language, case):
    customer_id, damage, unit, condition, (outcome, reason, basis) = _CASES[case]
    n = _LANGUAGES.index(language)
    customer = await known(language, customer_id)

    await customer.sends("/report_damage")
    await customer.presses(_DAMAGE[damage][n])
    if condition:
        await customer.presses(_CONDITION[condition][n])
    if unit:
        await customer.presses(next(title for title in customer.titles if title.endswith(unit)))

    decision = data_of(customer.messages, "damage_decision")
    assert (decision["outcome"], decision["reason"], decision["basis"]) == (outcome, reason, basis)
    assert decision["damage"] == damage
    assert decision["serial"] == unit or unit is None
    assert set(decision) == {"kind", "serial", "damage", "outcome", "reason", "basis"}
    assert ("decision\": \"confirmed" in str([b["payload"] for b in customer.buttons])) == (outcome == "eligible")


def test_every_reason_code_but_the_registrys_own_is_in_the_table():
    from actions.program import Reason

    shown = {reason for *_, (_, reason, _) in _CASES.values()}
    assert shown == {reason.value for reason in Reason} - {"registry_unavailable"}


@pytest.mark.parametrize("language", _LANGUAGES)
async def test_a_serial_number_that_is_not_theirs_is_as_unknown_as_one_that_does_not_exist(known, language):
    told = []
    for serial in ("HQB2 K418 0003", "HQB2 K418 9999"):  # Erik's, and nobody's
        customer = await known(language)
        await customer.sends("/report_damage")
        await customer.presses(_DAMAGE["accident"][_LANGUAGES.index(language)])
        await customer.says(serial)
        told.append([(m["text"], m["data"], [b["title"] for b in m["buttons"]]) for m in customer.messages])
    assert told[0] == told[1]
    assert told[0][0][1]["reason"] == "unknown_device"
    assert told[0][0][1]["serial"] is None
