"""How coverage, claims and devices are told: a sentence about the whole, and a line for each device."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.program import AccountStatus, Claim, ClaimKind, ClaimStatus, Coverage, DeviceCoverage
from actions.registry import Case
from actions.services import services
from actions.support.wording import describe_date
from actions.units import end_of, name_of

MOST_LINES = 10

_PROTECTED = "say_line_coverage_protected"
_CLAIMS = {
    (ClaimKind.ACCIDENT, ClaimStatus.APPROVED): "say_line_claim_used",
    (ClaimKind.ACCIDENT, ClaimStatus.OPEN): "say_line_claim_accident_open",
    (ClaimKind.WARRANTY, ClaimStatus.OPEN): "say_line_claim_warranty_open",
}
_UNDECIDED = {"say_line_claim_accident_open", "say_line_claim_warranty_open", "say_line_case"}

Line = Dict[Text, Any]
"""An answer of one line: {"answer": its name, and what is filled in}."""


def tell_coverage(
    dispatcher: CollectingDispatcher, tracker: Tracker, coverage: Coverage, whole: Coverage
) -> None:
    """Coverage of the devices in `coverage`, after a sentence about the `whole` account."""
    language = tracker.get_slot("language")
    lines = _listed([_coverage_line(each, coverage.account, language) for each in _latest_first(coverage)])
    answer, values = _overall(whole, language)
    dispatcher.utter_message(response=answer, lines=lines, data=coverage_data(whole), **values)


def tell_own_program(dispatcher: CollectingDispatcher, tracker: Tracker, coverage: Coverage) -> None:
    """Until when the program runs for this customer, behind a general answer."""
    language = tracker.get_slot("language")
    until = coverage.program_until
    if until:
        day = describe_date(until, language)
        dispatcher.utter_message(response="say_own_program_active", until=day, data=coverage_data(coverage))
    else:
        dispatcher.utter_message(response="say_own_program_inactive", data=coverage_data(coverage))


def tell_own_devices(dispatcher: CollectingDispatcher, tracker: Tracker, coverage: Coverage) -> None:
    """What each device of this customer is covered by, behind a general answer."""
    language = tracker.get_slot("language")
    lines = _listed([_coverage_line(each, coverage.account, language) for each in _latest_first(coverage)])
    dispatcher.utter_message(response="say_own_devices", lines=lines, data=coverage_data(coverage))


def _overall(coverage: Coverage, language: Text) -> tuple[Text, Dict[Text, Text]]:
    if coverage.account is AccountStatus.CLOSED:
        return "say_coverage_account_closed", {}
    if coverage.program_until is None:
        return "say_coverage_inactive", {}
    return "say_coverage_active", {"until": describe_date(coverage.program_until, language)}


def _coverage_line(each: DeviceCoverage, account: AccountStatus, language: Text) -> Line:
    until = describe_date(each.warranty_until, language)
    return {"answer": _standing(each, account), "until": until, **name_of(each.device, language)}


def _standing(each: DeviceCoverage, account: AccountStatus) -> Text:
    if not each.warranty_active:
        return "say_line_coverage_over"
    if account is AccountStatus.CLOSED:
        return "say_line_coverage_warranty_only"
    if not each.registered:
        return "say_line_coverage_not_registered"
    if not each.program_activated:
        return "say_line_coverage_not_activated"
    if each.accident_claims_left == 0:
        return "say_line_coverage_used"
    return "say_line_coverage_in_progress" if each.claim_in_progress else _PROTECTED


def tell_claims(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    coverage: Coverage,
    whole: Coverage,
    cases: Mapping[str, Case],
) -> None:
    """For each device in `coverage`: its accident claims, and what support is working on (`cases` by serial number)."""
    language = tracker.get_slot("language")
    lines: List[Line] = []
    for each in _latest_first(coverage):
        name = name_of(each.device, language)
        line = _coverage_line(each, coverage.account, language)
        if line["answer"] == _PROTECTED:
            line = {**line, "answer": "say_line_claim_left", "left": str(each.accident_claims_left)}
        lines += [{**_claim_line(claim, language), **name} for claim in each.device.claims if _counts(claim)] or [line]
        if each.device.serial in cases:
            lines.append({"answer": "say_line_case", "reference": cases[each.device.serial].reference, **name})
    listed = _listed(lines)
    if any(line["answer"] in _UNDECIDED for line in lines):  # "when will they decide?"
        listed = [*listed, {"answer": "say_line_undecided"}]
    dispatcher.utter_message(response="say_claims", lines=listed, data=coverage_data(whole))


def _claim_line(claim: Claim, language: Text) -> Line:
    return {"answer": _CLAIMS[claim.kind, claim.status], "day": describe_date(claim.happened_on, language)}


def _counts(claim: Claim) -> bool:
    """Whether a claim is worth a line: support works on it, or it has used a replacement up."""
    return (claim.kind, claim.status) in _CLAIMS and (
        claim.kind is ClaimKind.WARRANTY or claim.happened_on >= services().terms.launched_on
    )


def tell_devices(dispatcher: CollectingDispatcher, tracker: Tracker, coverage: Coverage) -> None:
    """Every device: kind, model, end of the serial number, and since when it is registered."""
    language = tracker.get_slot("language")
    lines = []
    for each in _latest_first(coverage):
        since = each.device.registered_on if each.registered else None
        name = "say_line_device_registered" if since else "say_line_device_not_registered"
        day = describe_date(since or each.device.purchased_on, language)
        lines.append({"answer": name, "day": day, **name_of(each.device, language)})
    count = str(len(coverage.devices))
    answer = "say_devices" if len(coverage.devices) > 1 else "say_device"
    dispatcher.utter_message(response=answer, count=count, lines=_listed(lines), data=coverage_data(coverage))


def coverage_data(coverage: Coverage) -> Dict[Text, Any]:
    """The coverage as the contract's `coverage`, with every device."""
    until = coverage.program_until
    return {
        "kind": "coverage",
        "account": coverage.account.value,
        "program_active": coverage.program_active,
        "program_until": until.isoformat() if until else None,
        "devices": [_device_data(each) for each in coverage.devices],
    }


def _device_data(each: DeviceCoverage) -> Dict[Text, Any]:
    return {
        "serial": end_of(each.device.serial),
        "unit": each.device.unit.value if each.device.unit else None,
        "model": each.device.model,
        "warranty_until": each.warranty_until.isoformat(),
        "warranty_active": each.warranty_active,
        "registered": each.registered,
        "program_activated": each.program_activated,
        "accident_claims_left": each.accident_claims_left,
        "claim_in_progress": each.claim_in_progress,
    }


def _latest_first(coverage: Coverage) -> List[DeviceCoverage]:
    """The devices that are covered longest first: those are what customers ask about."""
    return sorted(coverage.devices, key=lambda each: each.warranty_until, reverse=True)


def _listed(lines: List[Line]) -> List[Line]:
    """As many lines as fit, and one that says how many more there are."""
    more = len(lines) - MOST_LINES
    return lines if more <= 0 else [*lines[:MOST_LINES], {"answer": "say_line_more", "count": str(more)}]
