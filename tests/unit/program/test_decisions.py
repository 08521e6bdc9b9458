"""What the terms say about a damaged unit, and which reason is named."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.program import (
    AccountStatus,
    Basis,
    Claim,
    ClaimKind,
    ClaimStatus,
    Condition,
    Customer,
    Damage,
    Decision,
    Device,
    Outcome,
    Reason,
    asks_condition,
    decide,
)
from actions.program.claims import warranty_claim_in_progress
from tests.unit.program.builders import TERMS, TODAY, a_claim, a_customer, a_device, customers, days

PRECEDENCE = [
    Reason.WARRANTY_EXPIRED,
    Reason.ACCOUNT_INACTIVE,
    Reason.NOT_REGISTERED,
    Reason.PROGRAM_NOT_ACTIVATED,
    Reason.CLAIM_ALREADY_USED,
    Reason.CLAIM_IN_PROGRESS,
]


def accident(device: Device | None, account: AccountStatus = AccountStatus.ACTIVE) -> Decision:
    owned = () if device is None else (device,)
    return decide(Damage.ACCIDENT, a_customer(*owned, account=account), device, TODAY, TERMS)


def with_reasons(reasons: set[Reason]) -> tuple[Customer, Device]:
    claims = []
    if Reason.CLAIM_ALREADY_USED in reasons:
        claims.append(a_claim(ClaimStatus.APPROVED))
    if Reason.CLAIM_IN_PROGRESS in reasons:
        claims.append(a_claim(ClaimStatus.OPEN))
    device = a_device(
        purchased_on=date(2020, 1, 1) if Reason.WARRANTY_EXPIRED in reasons else date(2026, 8, 14),
        registered=Reason.NOT_REGISTERED not in reasons,
        activated=Reason.PROGRAM_NOT_ACTIVATED not in reasons,
        claims=tuple(claims),
    )
    closed = Reason.ACCOUNT_INACTIVE in reasons
    return a_customer(device, account=AccountStatus.CLOSED if closed else AccountStatus.ACTIVE), device


@pytest.mark.parametrize("chosen", list(product([False, True], repeat=len(PRECEDENCE))))
def test_of_several_reasons_the_first_in_order_is_named(chosen: tuple[bool, ...]) -> None:
    reasons = [reason for reason, is_chosen in zip(PRECEDENCE, chosen, strict=True) if is_chosen]
    customer, device = with_reasons(set(reasons))
    decision = decide(Damage.ACCIDENT, customer, device, TODAY, TERMS)
    assert decision.reason is (reasons[0] if reasons else Reason.COVERED)
    assert decision.outcome is (Outcome.NOT_ELIGIBLE if reasons else Outcome.ELIGIBLE)


def test_a_covered_accident_rests_on_the_accident_protection() -> None:
    expected = Decision(Damage.ACCIDENT, Outcome.ELIGIBLE, Reason.COVERED, Basis.ACCIDENT_PROTECTION)
    assert accident(a_device()) == expected


@pytest.mark.parametrize(
    "claim",
    [
        a_claim(ClaimStatus.APPROVED, happened_on=TERMS.launched_on - timedelta(days=1)),
        a_claim(ClaimStatus.OPEN, happened_on=TERMS.launched_on - timedelta(days=1)),
        a_claim(ClaimStatus.REJECTED),
        a_claim(ClaimStatus.APPROVED, kind=ClaimKind.WARRANTY),
    ],
    ids=["approved before launch", "open before launch", "rejected", "warranty claim"],
)
def test_a_claim_that_does_not_count_leaves_an_accident_covered(claim: object) -> None:
    assert accident(a_device(claims=(claim,))).outcome is Outcome.ELIGIBLE  # type: ignore[arg-type]


def test_a_used_claim_on_one_unit_leaves_the_other_unit_covered() -> None:
    used, other = a_device(claims=(a_claim(ClaimStatus.APPROVED),)), a_device()
    customer = a_customer(used, other)
    assert decide(Damage.ACCIDENT, customer, used, TODAY, TERMS).reason is Reason.CLAIM_ALREADY_USED
    assert decide(Damage.ACCIDENT, customer, other, TODAY, TERMS).reason is Reason.COVERED


def test_an_accident_on_the_last_covered_day_is_covered_and_the_day_after_is_not() -> None:
    device = a_device(purchased_on=date(2024, 2, 29))
    last = decide(Damage.ACCIDENT, a_customer(device), device, date(2025, 2, 28), TERMS)
    after = decide(Damage.ACCIDENT, a_customer(device), device, date(2025, 3, 1), TERMS)
    assert (last.reason, after.reason) == (Reason.COVERED, Reason.WARRANTY_EXPIRED)


@given(customers.filter(lambda customer: customer.devices != ()), days)
def test_a_defect_is_covered_by_the_warranty_whatever_the_program_says(customer: Customer, today: date) -> None:
    device = customer.devices[0]
    decision = decide(Damage.DEFECT, customer, device, max(today, device.purchased_on), TERMS)
    assert decision.reason in {Reason.COVERED, Reason.WARRANTY_EXPIRED, Reason.CLAIM_IN_PROGRESS}
    assert (decision.reason is Reason.CLAIM_IN_PROGRESS) <= warranty_claim_in_progress(device)
    assert decision.basis is (Basis.WARRANTY if decision.outcome is Outcome.ELIGIBLE else None)


@given(customers.filter(lambda customer: customer.devices != ()), days)
def test_a_covered_accident_is_always_a_covered_defect(customer: Customer, today: date) -> None:
    device = customer.devices[0]
    covered = decide(Damage.ACCIDENT, customer, device, today, TERMS).outcome is Outcome.ELIGIBLE
    if covered and not warranty_claim_in_progress(device):
        assert decide(Damage.DEFECT, customer, device, today, TERMS).outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        (ClaimKind.WARRANTY, ClaimStatus.OPEN, Reason.CLAIM_IN_PROGRESS),
        (ClaimKind.WARRANTY, ClaimStatus.APPROVED, Reason.COVERED),
        (ClaimKind.ACCIDENT, ClaimStatus.OPEN, Reason.COVERED),
    ],
)
def test_a_defect_that_support_is_looking_at_is_not_claimed_again(
    kind: ClaimKind, status: ClaimStatus, reason: Reason
) -> None:
    device = a_device(claims=(Claim("K-1", kind, TODAY, status),))
    assert decide(Damage.DEFECT, a_customer(device), device, TODAY, TERMS).reason is reason


def test_cosmetic_damage_asks_first() -> None:
    assert [damage for damage in Damage if asks_condition(damage)] == [Damage.COSMETIC]
    with pytest.raises(ValueError, match="works normally"):
        decide(Damage.COSMETIC, a_customer(), a_device(), TODAY, TERMS)


def test_cosmetic_damage_on_a_working_unit_is_not_covered_and_needs_no_unit() -> None:
    decision = decide(Damage.COSMETIC, None, None, TODAY, TERMS, Condition.WORKS)
    assert decision == Decision(Damage.COSMETIC, Outcome.NOT_ELIGIBLE, Reason.COSMETIC_ONLY)


@pytest.mark.parametrize("purchased_on", [date(2026, 8, 14), date(2020, 1, 1)])
def test_cosmetic_damage_on_a_faulty_unit_is_treated_as_a_defect(purchased_on: date) -> None:
    device = a_device(purchased_on)
    cosmetic = decide(Damage.COSMETIC, a_customer(device), device, TODAY, TERMS, Condition.FAULTY)
    defect = decide(Damage.DEFECT, a_customer(device), device, TODAY, TERMS)
    assert (cosmetic.outcome, cosmetic.reason, cosmetic.basis) == (
        defect.outcome,
        defect.reason,
        defect.basis,
    )


@pytest.mark.parametrize("device", [None, a_device()])
@pytest.mark.parametrize(
    ("damage", "reason"),
    [(Damage.LOST, Reason.LOST_NOT_COVERED), (Damage.STOLEN, Reason.STOLEN_NOT_COVERED)],
)
def test_lost_and_stolen_are_not_covered_whatever_the_unit(
    damage: Damage, reason: Reason, device: Device | None
) -> None:
    assert decide(damage, None, device, TODAY, TERMS) == Decision(damage, Outcome.NOT_ELIGIBLE, reason)


@pytest.mark.parametrize("damage", [Damage.ACCIDENT, Damage.DEFECT])
@pytest.mark.parametrize(
    "device",
    [None, a_device(unit=None), a_device(purchased_on=TODAY + timedelta(days=1))],
    ids=["unknown", "unit of an unknown kind", "bought tomorrow"],
)
def test_a_unit_that_the_terms_cannot_judge_needs_support(damage: Damage, device: Device | None) -> None:
    decision = decide(damage, a_customer(), device, TODAY, TERMS)
    assert decision == Decision(damage, Outcome.NEEDS_SUPPORT, Reason.UNKNOWN_DEVICE)


def test_an_unknown_customer_needs_support() -> None:
    assert decide(Damage.DEFECT, None, a_device(), TODAY, TERMS).outcome is Outcome.NEEDS_SUPPORT


@given(
    st.sampled_from(Damage),
    st.sampled_from([Condition.WORKS, Condition.FAULTY]),
    customers.filter(lambda customer: customer.devices != ()),
    days,
)
def test_a_basis_is_named_exactly_when_the_damage_is_covered(
    damage: Damage, condition: Condition, customer: Customer, today: date
) -> None:
    decision = decide(damage, customer, customer.devices[0], today, TERMS, condition)
    covered = decision.outcome is Outcome.ELIGIBLE
    assert covered == (decision.reason is Reason.COVERED) == (decision.basis is not None)
