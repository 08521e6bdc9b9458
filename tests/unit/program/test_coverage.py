"""Until when the program runs, and what is left of a unit's accident protection."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from actions.program import (
    AccountStatus,
    ClaimKind,
    ClaimStatus,
    Customer,
    Device,
    Terms,
    accident_claims_left,
    claim_in_progress,
    coverage_of,
    program_until,
    under_warranty,
    warranty_end,
)
from tests.unit.program.builders import (
    BOUGHT,
    TERMS,
    TODAY,
    a_claim,
    a_customer,
    a_device,
    customers,
    days,
    devices,
)

LAUNCH = TERMS.launched_on


def test_runs_until_the_latest_warranty_end_of_the_devices() -> None:
    newest = date(2026, 10, 31)
    customer = a_customer(a_device(BOUGHT), a_device(newest), a_device(date(2026, 1, 1)))
    assert program_until(customer, TODAY, TERMS) == date(2027, 10, 31)


@pytest.mark.parametrize(
    "device",
    [
        a_device(registered=False),
        a_device(activated=False),
        a_device(purchased_on=date(2025, 11, 22)),
        a_device(purchased_on=TODAY + timedelta(days=1)),
    ],
    ids=["not registered", "not activated", "warranty over", "bought tomorrow"],
)
def test_a_device_that_misses_one_condition_does_not_carry_the_program(device: Device) -> None:
    assert program_until(a_customer(device), TODAY, TERMS) is None


def test_not_active_when_the_account_is_closed() -> None:
    assert program_until(a_customer(a_device(), account=AccountStatus.CLOSED), TODAY, TERMS) is None


def test_not_active_without_devices() -> None:
    assert not coverage_of(a_customer(), TODAY, TERMS).program_active


@pytest.mark.parametrize(
    "device",
    [replace(a_device(), registered_on=TODAY), replace(a_device(), program_activated_on=TODAY)],
    ids=["registered", "activated"],
)
def test_registered_or_activated_today_counts_and_tomorrow_does_not(device: Device) -> None:
    assert program_until(a_customer(device), TODAY, TERMS) is not None
    assert program_until(a_customer(device), TODAY - timedelta(days=1), TERMS) is None


def test_the_last_day_of_the_program_is_active_and_the_day_after_is_not() -> None:
    customer = a_customer(a_device(BOUGHT))
    assert coverage_of(customer, date(2027, 8, 14), TERMS).program_active
    assert not coverage_of(customer, date(2027, 8, 15), TERMS).program_active


@pytest.mark.parametrize(
    ("status", "kind", "happened_on", "left"),
    [
        (ClaimStatus.APPROVED, ClaimKind.ACCIDENT, LAUNCH, 0),
        (ClaimStatus.APPROVED, ClaimKind.ACCIDENT, LAUNCH - timedelta(days=1), 1),
        (ClaimStatus.OPEN, ClaimKind.ACCIDENT, LAUNCH, 1),
        (ClaimStatus.REJECTED, ClaimKind.ACCIDENT, LAUNCH, 1),
        (ClaimStatus.APPROVED, ClaimKind.WARRANTY, LAUNCH, 1),
    ],
)
def test_only_an_approved_accident_since_the_launch_uses_the_claim(
    status: ClaimStatus, kind: ClaimKind, happened_on: date, left: int
) -> None:
    device = a_device(claims=(a_claim(status, happened_on, kind),))
    assert accident_claims_left(device, TERMS) == left


@pytest.mark.parametrize(("happened_on", "in_progress"), [(LAUNCH, True), (LAUNCH - timedelta(days=1), False)])
def test_an_open_accident_since_the_launch_is_in_progress(happened_on: date, in_progress: bool) -> None:
    device = a_device(claims=(a_claim(ClaimStatus.OPEN, happened_on),))
    assert claim_in_progress(device, TERMS) is in_progress


def test_a_used_claim_is_no_claim_in_progress() -> None:
    assert not claim_in_progress(a_device(claims=(a_claim(ClaimStatus.APPROVED),)), TERMS)


def test_with_two_claims_a_unit_one_open_claim_leaves_the_other_free() -> None:
    terms = Terms(12, 2, LAUNCH, 18)
    one_open = a_device(claims=(a_claim(ClaimStatus.OPEN),))
    one_of_each = a_device(claims=(a_claim(ClaimStatus.OPEN), a_claim(ClaimStatus.APPROVED)))
    assert not claim_in_progress(one_open, terms)
    assert claim_in_progress(one_of_each, terms)


@given(customers, days)
def test_active_exactly_when_an_active_account_has_a_carrying_device(customer: Customer, today: date) -> None:
    carrying = [
        warranty_end(device, TERMS)
        for device in customer.devices
        if under_warranty(device, today, TERMS)
        and device.registered_on is not None
        and device.registered_on <= today
        and device.program_activated_on is not None
        and device.program_activated_on <= today
    ]
    until = program_until(customer, today, TERMS)
    if customer.account is AccountStatus.CLOSED or not carrying:
        assert until is None
    else:
        assert until == sorted(carrying)[-1]
        assert until >= today


@given(customers, days)
def test_each_device_is_judged_by_itself(customer: Customer, today: date) -> None:
    together = coverage_of(customer, today, TERMS).devices
    alone = [coverage_of(a_customer(device), today, TERMS).devices[0] for device in customer.devices]
    assert list(together) == alone


@given(devices)
def test_claims_left_are_never_negative_and_never_more_than_the_terms_give(device: Device) -> None:
    assert 0 <= accident_claims_left(device, TERMS) <= TERMS.accident_claims_per_unit
