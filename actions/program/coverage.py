"""What a customer and each of the customer's units are covered by on a day."""

from dataclasses import dataclass
from datetime import date

from actions.program.claims import accident_claims_left, claim_in_progress
from actions.program.model import AccountStatus, Customer, Device
from actions.program.terms import Terms
from actions.program.warranty import under_warranty, warranty_end


@dataclass(frozen=True)
class DeviceCoverage:
    """One unit's standing on a day. `warranty_until` is the last covered day."""

    device: Device
    warranty_until: date
    warranty_active: bool
    registered: bool
    program_activated: bool
    accident_claims_left: int
    claim_in_progress: bool


@dataclass(frozen=True)
class Coverage:
    """A customer's standing on a day. `program_until` is the last day of the program, None while it is not
    active.
    """

    account: AccountStatus
    program_until: date | None
    devices: tuple[DeviceCoverage, ...]

    @property
    def program_active(self) -> bool:
        """Whether the customer can benefit from the program on that day."""
        return self.program_until is not None


def program_until(customer: Customer, today: date, terms: Terms) -> date | None:
    """The last day of the program for `customer`, or None where the program is not active on `today`.

    The program is active when the account is active and at least one registered unit with the program
    activated is under warranty; it runs until the latest warranty end among those units.

    Source: "The Customer Benefit program is based on the unit with the longest warranty period." and "As
    long as you have an active account in the Customer Benefit Program and your device's warranty period is
    still active (12 months), you can benefit from IQOS Customer Benefit Program."
    """
    if customer.account is not AccountStatus.ACTIVE:
        return None
    ends = (warranty_end(device, terms) for device in customer.devices if _carries_program(device, today, terms))
    return max(ends, default=None)


def coverage_of(customer: Customer, today: date, terms: Terms) -> Coverage:
    """Everything that an answer about a customer's coverage on `today` says. Sources: those of the rules it
    gathers.
    """
    return Coverage(
        account=customer.account,
        program_until=program_until(customer, today, terms),
        devices=tuple(coverage_of_device(device, today, terms) for device in customer.devices),
    )


def coverage_of_device(device: Device, today: date, terms: Terms) -> DeviceCoverage:
    """One unit's standing on `today`. Sources: those of the rules it gathers."""
    return DeviceCoverage(
        device=device,
        warranty_until=warranty_end(device, terms),
        warranty_active=under_warranty(device, today, terms),
        registered=device.is_registered(today),
        program_activated=device.is_activated(today),
        accident_claims_left=accident_claims_left(device, terms),
        claim_in_progress=claim_in_progress(device, terms),
    )


def _carries_program(device: Device, today: date, terms: Terms) -> bool:
    return device.is_registered(today) and device.is_activated(today) and under_warranty(device, today, terms)
