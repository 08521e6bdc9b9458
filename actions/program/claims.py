"""How much of a unit's accident protection is left."""

from collections.abc import Iterable
from datetime import date

from actions.program.model import Claim, ClaimKind, ClaimStatus, Device
from actions.program.terms import Terms


def accident_claims_left(device: Device, terms: Terms) -> int:
    """How many accident replacements this unit has not used, 0 or more, whether or not it is still under
    warranty.

    Only approved accident claims dated on or after the launch count; an open one uses nothing up yet.

    Source: "During your warranty period, you can have your unit replaced once due to an accident [...] If
    you have changed your device before Customer Benefit Program was launched, this will not affect the
    ability to replace your device once." and "Accident protection (one per separate unit)".
    """
    return max(0, terms.accident_claims_per_unit - _count(device.claims, ClaimStatus.APPROVED, terms.launched_on))


def claim_in_progress(device: Device, terms: Terms) -> bool:
    """Whether an open accident claim dated on or after the launch may still use up the last replacement of
    this unit.

    Source: as for `accident_claims_left`; nothing is decided before support has decided the open claim.
    """
    open_claims = _count(device.claims, ClaimStatus.OPEN, terms.launched_on)
    return open_claims > 0 and open_claims >= accident_claims_left(device, terms)


def warranty_claim_in_progress(device: Device) -> bool:
    """Whether support is looking at a defect of this unit already; nothing is decided before that is."""
    return any(claim.kind is ClaimKind.WARRANTY and claim.status is ClaimStatus.OPEN for claim in device.claims)


def _count(claims: Iterable[Claim], status: ClaimStatus, launched_on: date) -> int:
    return sum(
        claim.kind is ClaimKind.ACCIDENT and claim.status is status and claim.happened_on >= launched_on
        for claim in claims
    )
