"""The words of the program: units, damage, devices, claims and customers.

Plain frozen data, built by whoever reads the registry. Days are calendar days without a time zone, as they
stand on a receipt; "today" is decided by the caller (in Sweden: the day in Europe/Stockholm).
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Unit(Enum):
    """The kinds of unit that the program knows. Each separate unit has its own accident protection."""

    HOLDER = "holder"
    CHARGER = "charger"
    ALL_IN_ONE = "all_in_one"


class Damage(Enum):
    """What a customer says has happened to a unit."""

    ACCIDENT = "accident"
    DEFECT = "defect"
    COSMETIC = "cosmetic"
    LOST = "lost"
    STOLEN = "stolen"


class Condition(Enum):
    """Whether a unit still works normally, as far as the customer has been asked."""

    WORKS = "works"
    FAULTY = "faulty"
    NOT_ASKED = "not_asked"


class AccountStatus(Enum):
    """Whether the customer's account in the program is in use."""

    ACTIVE = "active"
    CLOSED = "closed"


class ClaimKind(Enum):
    """What a claim was made under."""

    ACCIDENT = "accident"
    WARRANTY = "warranty"


class ClaimStatus(Enum):
    """How far support has come with a claim. Only support moves a claim on."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Claim:
    """One claim on one unit; `happened_on` is the day of the damage."""

    claim_id: str
    kind: ClaimKind
    happened_on: date
    status: ClaimStatus


@dataclass(frozen=True)
class Device:
    """One separate unit of a customer, with every claim that was ever made on it.

    `unit` is None where the registry names a kind that these terms do not know: support decides about it.
    `registered_on` and `program_activated_on` are None until that has happened.
    """

    serial: str
    unit: Unit | None
    model: str
    purchased_on: date
    purchase_country: str
    registered_on: date | None = None
    program_activated_on: date | None = None
    claims: tuple[Claim, ...] = ()

    def is_registered(self, today: date) -> bool:
        """Whether the unit has been registered at IQOS.com, today or earlier.

        Source: "IQOS users who have registered their IQOS at IQOS.com and activated Customer Benefit
        Program for this device are entitled to one claim on accidental damage".
        """
        return self.registered_on is not None and self.registered_on <= today

    def is_activated(self, today: date) -> bool:
        """Whether the program has been activated for this unit, today or earlier. Source: as for
        `is_registered`.
        """
        return self.program_activated_on is not None and self.program_activated_on <= today


@dataclass(frozen=True)
class Customer:
    """A customer and all of the customer's units; `country` is where the program was applied for (ISO
    3166-1).

    Source: "valid in the country you applied for, this does not necessarily have to be in the country where
    you bought your IQOS": no rule looks at a device's purchase country.
    """

    customer_id: str
    account: AccountStatus
    country: str
    devices: tuple[Device, ...] = ()
