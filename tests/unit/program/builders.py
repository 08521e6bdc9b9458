"""Short ways to the customers, devices and claims that the rules are tested on."""

from datetime import date

from hypothesis import strategies as st

from actions.program import (
    AccountStatus,
    Claim,
    ClaimKind,
    ClaimStatus,
    Customer,
    Device,
    Terms,
    Unit,
)

TERMS = Terms(warranty_months=12, accident_claims_per_unit=1, launched_on=date(2020, 1, 1), minimum_age=18)
BOUGHT = date(2026, 8, 14)
TODAY = date(2026, 11, 23)

days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
maybe_days = st.none() | days
claims = st.builds(Claim, st.text(max_size=3), st.sampled_from(ClaimKind), days, st.sampled_from(ClaimStatus))
devices = st.builds(
    Device,
    serial=st.text("0123456789", min_size=4, max_size=8),
    unit=st.sampled_from(Unit),
    model=st.just("IQOS ILUMA"),
    purchased_on=days,
    purchase_country=st.just("SE"),
    registered_on=maybe_days,
    program_activated_on=maybe_days,
    claims=st.lists(claims, max_size=4).map(tuple),
)
customers = st.builds(
    Customer,
    customer_id=st.just("C-1"),
    account=st.sampled_from(AccountStatus),
    country=st.just("SE"),
    devices=st.lists(devices, max_size=8).map(tuple),
)


def a_device(
    purchased_on: date = BOUGHT,
    registered: bool = True,
    activated: bool = True,
    claims: tuple[Claim, ...] = (),
    unit: Unit | None = Unit.HOLDER,
) -> Device:
    """A unit for which every rule is met, but for what the arguments change."""
    return Device(
        serial="HQA1 X773 0001",
        unit=unit,
        model="IQOS ILUMA PRIME",
        purchased_on=purchased_on,
        purchase_country="SE",
        registered_on=purchased_on if registered else None,
        program_activated_on=purchased_on if activated else None,
        claims=claims,
    )


def a_customer(*devices: Device, account: AccountStatus = AccountStatus.ACTIVE) -> Customer:
    """A customer in Sweden with these devices."""
    return Customer("C-1001", account, "SE", devices)


def a_claim(
    status: ClaimStatus,
    happened_on: date = date(2026, 9, 1),
    kind: ClaimKind = ClaimKind.ACCIDENT,
) -> Claim:
    """An accident claim, unless `kind` says otherwise."""
    return Claim("K-1", kind, happened_on, status)
