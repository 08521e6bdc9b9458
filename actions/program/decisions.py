"""What the terms say about a damaged, lost or stolen unit.

A decision is a statement about the terms. Support confirms it; nothing here uses a claim up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from actions.program.claims import accident_claims_left, claim_in_progress, warranty_claim_in_progress
from actions.program.model import AccountStatus, Condition, Customer, Damage, Device
from actions.program.terms import Terms
from actions.program.warranty import under_warranty


class Outcome(Enum):
    """What the terms come to. `NEEDS_SUPPORT`: they cannot be applied to what is known."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_SUPPORT = "needs_support"


class Reason(Enum):
    """Why, as a code. `REGISTRY_UNAVAILABLE` is for callers that could not read the registry."""

    COVERED = "covered"
    WARRANTY_EXPIRED = "warranty_expired"
    NOT_REGISTERED = "not_registered"
    PROGRAM_NOT_ACTIVATED = "program_not_activated"
    ACCOUNT_INACTIVE = "account_inactive"
    CLAIM_ALREADY_USED = "claim_already_used"
    CLAIM_IN_PROGRESS = "claim_in_progress"
    COSMETIC_ONLY = "cosmetic_only"
    LOST_NOT_COVERED = "lost_not_covered"
    STOLEN_NOT_COVERED = "stolen_not_covered"
    UNKNOWN_DEVICE = "unknown_device"
    REGISTRY_UNAVAILABLE = "registry_unavailable"


class Basis(Enum):
    """What covers the damage."""

    ACCIDENT_PROTECTION = "accident_protection"
    WARRANTY = "warranty"


@dataclass(frozen=True)
class Decision:
    """What the terms say. `basis` is what covers the damage, None unless the outcome is eligible."""

    damage: Damage
    outcome: Outcome
    reason: Reason
    basis: Basis | None = None


def asks_condition(damage: Damage, condition: Condition = Condition.NOT_ASKED) -> bool:
    """Whether the customer must first be asked if the unit still works normally.

    Source: "Replacement is not available for such cases unless it affects the device's functionality."
    """
    return damage is Damage.COSMETIC and condition is Condition.NOT_ASKED


def decide(
    damage: Damage,
    customer: Customer | None,
    device: Device | None,
    today: date,
    terms: Terms,
    condition: Condition = Condition.NOT_ASKED,
) -> Decision:
    """What the terms say on `today` about `damage` to `device` of `customer`.

    `customer` and `device` may be None where the answer does not depend on them (lost, stolen, cosmetic
    only); else None means that no such device is known, and support decides. `condition` matters for
    cosmetic damage alone.

    Raises ValueError for cosmetic damage with a condition that was not asked for (see `asks_condition`).

    Sources: "Replacement is not available for such cases." (lost, stolen), "we only replace products that
    are defective or have a malfunction due to cosmetic damage"; accident and defect: see
    `accident_obstacles` and `defect_obstacles`.
    """
    if asks_condition(damage, condition):
        raise ValueError("cosmetic damage is decided only after asking whether the unit works normally")
    if damage is Damage.LOST:
        return Decision(damage, Outcome.NOT_ELIGIBLE, Reason.LOST_NOT_COVERED)
    if damage is Damage.STOLEN:
        return Decision(damage, Outcome.NOT_ELIGIBLE, Reason.STOLEN_NOT_COVERED)
    if damage is Damage.COSMETIC and condition is Condition.WORKS:
        return Decision(damage, Outcome.NOT_ELIGIBLE, Reason.COSMETIC_ONLY)
    if customer is None or device is None or not _can_be_judged(device, today):
        return Decision(damage, Outcome.NEEDS_SUPPORT, Reason.UNKNOWN_DEVICE)
    if damage is Damage.ACCIDENT:
        obstacles, basis = accident_obstacles(customer, device, today, terms), Basis.ACCIDENT_PROTECTION
    else:
        obstacles, basis = defect_obstacles(device, today, terms), Basis.WARRANTY
    first = next(obstacles, None)
    if first is not None:
        return Decision(damage, Outcome.NOT_ELIGIBLE, first)
    return Decision(damage, Outcome.ELIGIBLE, Reason.COVERED, basis)


def accident_obstacles(customer: Customer, device: Device, today: date, terms: Terms) -> Iterator[Reason]:
    """Every reason why an accident is not covered on `today`, the one to be named first.

    Source: "IQOS users who have registered their IQOS at IQOS.com and activated Customer Benefit Program
    for this device are entitled to one claim on accidental damage during the coverage period.", "Accident
    protection (one per separate unit): is based on the 12-month warranty period" and "As long as you have
    an active account [...]".
    """
    if not under_warranty(device, today, terms):
        yield Reason.WARRANTY_EXPIRED
    if customer.account is not AccountStatus.ACTIVE:
        yield Reason.ACCOUNT_INACTIVE
    if not device.is_registered(today):
        yield Reason.NOT_REGISTERED
    if not device.is_activated(today):
        yield Reason.PROGRAM_NOT_ACTIVATED
    if accident_claims_left(device, terms) == 0:
        yield Reason.CLAIM_ALREADY_USED
    if claim_in_progress(device, terms):
        yield Reason.CLAIM_IN_PROGRESS


def defect_obstacles(device: Device, today: date, terms: Terms) -> Iterator[Reason]:
    """Every reason why a defect cannot be claimed on `today`: the unit's warranty alone decides, program or not, and
    a claim that is open already.

    Source: "the warranty covers electronic products for a 12-month warranty period if the problem is due to a
    defect product or malfunction. We will replace your defect product with a new one."
    """
    if not under_warranty(device, today, terms):
        yield Reason.WARRANTY_EXPIRED
    if warranty_claim_in_progress(device):
        yield Reason.CLAIM_IN_PROGRESS


def _can_be_judged(device: Device, today: date) -> bool:
    """A unit of a kind that the terms do not name, or bought after today, is for support to look at."""
    return device.unit is not None and device.purchased_on <= today
