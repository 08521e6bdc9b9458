"""Cases that the bot opens for support: at most one open case for each device."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from actions.program import Damage
from actions.registry.engine import insert_into
from actions.registry.errors import RegistryError, UnknownDevice
from actions.registry.models import CaseRow, CaseStatus, DeviceRow
from actions.registry.serials import new_reference, serial_key
from actions.registry.values import could_be_id

ATTEMPTS = 5


@dataclass(frozen=True)
class Case:
    """A case as the customer hears of it. `created_at` is in UTC."""

    reference: str
    damage: Damage
    created_at: datetime
    status: CaseStatus
    language: str
    conversation_id: str | None


@dataclass(frozen=True)
class OpenedCase:
    """The open case of a device. `is_new` is false where the device had one already: the customer hears its
    reference.
    """

    case: Case
    is_new: bool


def open_case(
    session: Session,
    customer_id: str,
    serial: str,
    damage: Damage,
    language: str,
    now: datetime,
    conversation_id: str | None = None,
    make_reference: Callable[[], str] = new_reference,
) -> OpenedCase:
    """Open a case for a device of this customer, or give back the one that is open, however many ask at
    once.

    `now` needs a time zone. `language` is `en` or `sv`. Opening a case uses no claim up. The session must
    have been begun for writing; the caller commits. Raises UnknownDevice where the customer has no such
    device.
    """
    key = serial_key(serial)
    owned = select(DeviceRow.serial_key).where(DeviceRow.serial_key == key, DeviceRow.customer_id == customer_id)
    if key is None or not could_be_id(customer_id) or session.execute(owned).first() is None:
        raise UnknownDevice("the customer has no such device")
    insert = insert_into(CaseRow.__table__, session.get_bind().dialect.name).on_conflict_do_nothing()
    for _ in range(ATTEMPTS):
        values = {
            "reference": make_reference(),
            "serial_key": key,
            "damage": damage.value,
            "created_at": now,
            "status": CaseStatus.OPEN.value,
            "conversation_id": conversation_id,
            "language": language,
        }
        is_new = session.execute(insert.values(values)).rowcount == 1
        found = _open_case(session, key)
        if found is not None:
            return OpenedCase(found, is_new)
    raise RegistryError(f"no free case reference in {ATTEMPTS} attempts")


def close_case(session: Session, reference: str) -> bool:
    """Close a case; says whether it was open. The caller commits."""
    closing = (
        update(CaseRow.__table__)
        .where(CaseRow.reference == reference, CaseRow.status == CaseStatus.OPEN.value)
        .values(status=CaseStatus.CLOSED.value)
    )
    return session.execute(closing).rowcount == 1


def case_of(row: Any) -> Case:
    """The case in a row that holds the columns of the table `cases`."""
    return Case(
        reference=row.reference,
        damage=Damage(row.damage),
        created_at=row.created_at,
        status=CaseStatus(row.status),
        language=row.language,
        conversation_id=row.conversation_id,
    )


def _open_case(session: Session, key: str) -> Case | None:
    table = CaseRow.__table__
    is_open = select(table).where(table.c.serial_key == key, table.c.status == CaseStatus.OPEN.value)
    row = session.execute(is_open).first()
    return None if row is None else case_of(row)
