"""The registry's tables. What may not be is refused by the database itself, whoever writes to it.

A serial's key (see `serials.serial_key`) is what a device is known by; the serial as written is kept beside
it.
"""

from datetime import datetime, timezone
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, DateTime, ForeignKey, Index, MetaData, String, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import TypeDecorator

from actions.program import AccountStatus, ClaimKind, ClaimStatus, Damage, Unit

LANGUAGES = ("en", "sv")
FIRST_DAY, LAST_DAY = "1990-01-01", "2099-12-31"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
Base: Any = declarative_base(metadata=metadata)

# The key as SQL works it out from a serial that has plain spaces and dashes only.
KEY_OF_SERIAL = "replace(replace(replace(replace(upper(serial), ' ', ''), '-', ''), 'O', '0'), 'I', '1')"


class CaseStatus(Enum):
    """Whether support still has to do something about a case."""

    OPEN = "open"
    CLOSED = "closed"


class UtcDateTime(TypeDecorator):
    """A moment, kept in UTC and always given back with its time zone, on SQLite too. Raises ValueError for
    a naive one.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the database gets."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(timezone.utc)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the database gave, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


def _one_of(column: str, words: tuple[str, ...] | type[Enum]) -> CheckConstraint:
    values = words if isinstance(words, tuple) else tuple(str(word.value) for word in words)
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


def _plausible(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'", name=column)


def _filled(column: str, longest: int) -> CheckConstraint:
    return CheckConstraint(f"length({column}) BETWEEN 1 AND {longest}", name=column)


class CustomerRow(Base):
    """A customer, found by `email_key`: the address in lower case. Two customers may share an address."""

    __tablename__ = "customers"

    customer_id = Column(String, primary_key=True)
    email = Column(String, nullable=False)
    email_key = Column(String, nullable=False, index=True)
    phone = Column(String)
    country = Column(String, nullable=False)
    account_status = Column(String, nullable=False)

    __table_args__ = (
        _filled("customer_id", 64),
        CheckConstraint("length(email) BETWEEN 3 AND 254", name="email"),
        CheckConstraint("email_key = lower(email_key) AND email_key LIKE '%_@_%'", name="email_key"),
        CheckConstraint("length(country) = 2 AND country = upper(country)", name="country"),
        _one_of("account_status", AccountStatus),
    )


class DeviceRow(Base):
    """One separate unit of a customer."""

    __tablename__ = "devices"

    serial_key = Column(String, primary_key=True)
    serial = Column(String, nullable=False)
    customer_id = Column(ForeignKey(CustomerRow.customer_id), nullable=False, index=True)
    unit = Column(String, nullable=False)
    model = Column(String, nullable=False)
    purchased_on = Column(Date, nullable=False)
    purchase_country = Column(String, nullable=False)
    registered_on = Column(Date)
    program_activated_on = Column(Date)

    __table_args__ = (
        CheckConstraint(f"length(serial_key) BETWEEN 4 AND 32 AND serial_key = {KEY_OF_SERIAL}", name="serial_key"),
        _one_of("unit", Unit),
        _filled("model", 80),
        CheckConstraint("length(purchase_country) = 2 AND purchase_country = upper(purchase_country)", name="country"),
        _plausible("purchased_on"),
        _plausible("registered_on"),
        _plausible("program_activated_on"),
    )


class ClaimRow(Base):
    """A claim on a unit, as support keeps it."""

    __tablename__ = "claims"

    claim_id = Column(String, primary_key=True)
    serial_key = Column(ForeignKey(DeviceRow.serial_key), nullable=False, index=True)
    kind = Column(String, nullable=False)
    happened_on = Column(Date, nullable=False)
    status = Column(String, nullable=False)

    __table_args__ = (
        _filled("claim_id", 64),
        _one_of("kind", ClaimKind),
        _one_of("status", ClaimStatus),
        _plausible("happened_on"),
    )


class CaseRow(Base):
    """A case that the bot opened for support to look at: one open case for each device, whatever races."""

    __tablename__ = "cases"

    reference = Column(String, primary_key=True)
    serial_key = Column(ForeignKey(DeviceRow.serial_key), nullable=False, index=True)
    damage = Column(String, nullable=False)
    created_at = Column(UtcDateTime, nullable=False)
    status = Column(String, nullable=False)
    conversation_id = Column(String)
    language = Column(String, nullable=False)

    __table_args__ = (
        CheckConstraint("reference LIKE '___-___' AND reference = upper(reference)", name="reference"),
        _one_of("damage", Damage),
        _one_of("status", CaseStatus),
        _one_of("language", LANGUAGES),
        Index(
            "uq_cases_open",
            "serial_key",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )
