"""The guarded ways to a customer's devices: by customer id, or by a serial together with its owner's e-mail
address.

Nothing here lists customers, and nothing tells a serial that does not exist from one that belongs to
somebody else.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from actions.program import AccountStatus, Claim, ClaimKind, ClaimStatus, Customer, Device, Unit
from actions.registry.cases import Case, case_of
from actions.registry.models import CaseRow, CaseStatus, ClaimRow, CustomerRow, DeviceRow
from actions.registry.serials import serial_key
from actions.registry.values import could_be_id, email_key

KNOWN_UNITS = {unit.value: unit for unit in Unit}


@dataclass(frozen=True)
class Account:
    """A customer for the rules (`customer`, with devices and claims, oldest purchase first), and how to
    reach them.

    `open_cases` has the open case of a device under the device's serial as written.
    """

    customer: Customer
    email: str
    phone: str | None
    open_cases: Mapping[str, Case]


@dataclass(frozen=True)
class Owner:
    """Whose device a serial and an e-mail address that belong together are about."""

    customer_id: str
    email: str
    serial: str


def account(session: Session, customer_id: str) -> Account | None:
    """Everything about one customer that an answer needs, in two queries by index; None where there is no
    such customer.

    The caller has made sure that the customer is the one who asks.
    """
    if not could_be_id(customer_id):
        return None
    rows = session.execute(
        select(CustomerRow.__table__, *_device_columns(), *_case_columns())
        .outerjoin(DeviceRow, DeviceRow.customer_id == CustomerRow.customer_id)
        .outerjoin(CaseRow, and_(CaseRow.serial_key == DeviceRow.serial_key, CaseRow.status == CaseStatus.OPEN.value))
        .where(CustomerRow.customer_id == customer_id)
        .order_by(DeviceRow.purchased_on, DeviceRow.serial_key)
    ).all()
    if not rows:
        return None
    claims = _claims(session, customer_id)
    owned = [row for row in rows if row.serial_key is not None]
    return Account(
        customer=Customer(
            customer_id=rows[0].customer_id,
            account=AccountStatus(rows[0].account_status),
            country=rows[0].country,
            devices=tuple(_device(row, claims[row.serial_key]) for row in owned),
        ),
        email=rows[0].email,
        phone=rows[0].phone,
        open_cases={row.serial: case_of(row) for row in owned if row.reference is not None},
    )


def owner(session: Session, serial: str, email: str) -> Owner | None:
    """Whose device `serial` is, if `email` is that customer's address; else None, without saying which of
    the two is wrong.

    The serial is compared as `serials.serial_key` says, the address without case and outer spaces.
    """
    key, address = serial_key(serial), email_key(email)
    if key is None or address is None:
        return None
    row = session.execute(
        select(CustomerRow.customer_id, CustomerRow.email, DeviceRow.serial)
        .join(DeviceRow, DeviceRow.customer_id == CustomerRow.customer_id)
        .where(DeviceRow.serial_key == key, CustomerRow.email_key == address)
    ).first()
    return None if row is None else Owner(customer_id=row.customer_id, email=row.email, serial=row.serial)


def _device_columns() -> list[Any]:
    return [column for column in DeviceRow.__table__.c if column.name != "customer_id"]


def _case_columns() -> list[Any]:
    return [column for column in CaseRow.__table__.c if column.name != "serial_key"]


def _claims(session: Session, customer_id: str) -> defaultdict[str, list[Claim]]:
    rows = session.execute(
        select(ClaimRow.__table__)
        .join(DeviceRow, DeviceRow.serial_key == ClaimRow.serial_key)
        .where(DeviceRow.customer_id == customer_id)
        .order_by(ClaimRow.happened_on, ClaimRow.claim_id)
    )
    claims = defaultdict(list)
    for row in rows:
        claim = Claim(row.claim_id, ClaimKind(row.kind), row.happened_on, ClaimStatus(row.status))
        claims[row.serial_key].append(claim)
    return claims


def _device(row: Row, claims: list[Claim]) -> Device:
    return Device(
        serial=row.serial,
        unit=KNOWN_UNITS.get(row.unit),
        model=row.model,
        purchased_on=row.purchased_on,
        purchase_country=row.purchase_country,
        registered_on=row.registered_on,
        program_activated_on=row.program_activated_on,
        claims=tuple(claims),
    )
