"""How a decision about a damaged device is told."""

from __future__ import annotations

from typing import Any, Dict, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.program import Basis, Damage, Decision, Device, Reason, warranty_end
from actions.services import services
from actions.support.wording import describe_date
from actions.units import device_handle, end_of, name_of

_ANSWERS = {
    Reason.WARRANTY_EXPIRED: "say_decision_warranty_expired",
    Reason.NOT_REGISTERED: "say_decision_not_registered",
    Reason.PROGRAM_NOT_ACTIVATED: "say_decision_program_not_activated",
    Reason.ACCOUNT_INACTIVE: "say_decision_account_inactive",
    Reason.CLAIM_ALREADY_USED: "say_decision_claim_already_used",
    Reason.CLAIM_IN_PROGRESS: "say_decision_claim_in_progress",
    Reason.COSMETIC_ONLY: "say_decision_cosmetic_only",
    Reason.LOST_NOT_COVERED: "say_decision_lost_not_covered",
    Reason.STOLEN_NOT_COVERED: "say_decision_stolen_not_covered",
    Reason.UNKNOWN_DEVICE: "say_decision_unknown_device",
}
_COVERED = {
    Basis.ACCIDENT_PROTECTION: "say_decision_covered_accident",
    Basis.WARRANTY: "say_decision_covered_warranty",
}


def tell_decision(
    dispatcher: CollectingDispatcher, tracker: Tracker, decision: Decision, device: Optional[Device]
) -> None:
    """The decision in words, and as `data`. A covered device comes with the offer to open a case for it."""
    values: Dict[Text, Text] = {}
    if device:
        language = tracker.get_slot("language")
        until = describe_date(warranty_end(device, services().terms), language)
        values = {**name_of(device, language), "until": until, "device": device_handle(tracker, device.serial)}
    answer = _COVERED[decision.basis] if decision.basis else _ANSWERS[decision.reason]
    if decision.reason is Reason.CLAIM_IN_PROGRESS and decision.damage is not Damage.ACCIDENT:
        answer = "say_decision_warranty_claim_in_progress"
    dispatcher.utter_message(response=answer, data=decision_data(decision, device), **values)


def decision_data(decision: Decision, device: Optional[Device]) -> Dict[Text, Any]:
    """The decision as the contract's `damage_decision`."""
    return {
        "kind": "damage_decision",
        "serial": end_of(device.serial) if device else None,
        "damage": decision.damage.value,
        "outcome": decision.outcome.value,
        "reason": decision.reason.value,
        "basis": decision.basis.value if decision.basis else None,
    }
