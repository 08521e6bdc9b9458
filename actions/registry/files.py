"""The three files of a registry: their columns, and how a field becomes a value of a table."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Table

from actions.program import AccountStatus, ClaimKind, ClaimStatus, Unit
from actions.registry import values
from actions.registry.models import ClaimRow, CustomerRow, DeviceRow
from actions.registry.serials import serial_key
from actions.registry.values import Value


@dataclass(frozen=True)
class Field:
    """One column of a file: its `name` in the header, the `column` of the table it fills, and the parser of
    its text.
    """

    name: str
    column: str
    parse: Callable[[str], Value]


@dataclass(frozen=True, eq=False)
class RegistryFile:
    """One file of a registry. Rows are known by `key`, a column of `table`, read from the first field by
    `read_key`, which raises ValueError or gives None where the text is no key.

    `derived` columns are worked out from another column: (column, from column, how). `owner_key` is the
    column that must name a row of `owner`.
    """

    name: str
    table: Table
    key: str
    fields: tuple[Field, ...]
    read_key: Callable[[str], str | None] = values.identifier
    derived: tuple[tuple[str, str, Callable[[str], str | None]], ...] = ()
    owner: "RegistryFile | None" = None
    owner_key: str = ""

    @property
    def header(self) -> list[str]:
        """The first line of the file, field by field."""
        return [field.name for field in self.fields]

    @property
    def key_name(self) -> str:
        """What the header calls the key."""
        return self.header[0]

    @property
    def columns(self) -> list[str]:
        """The columns of the table that the file fills."""
        return [field.column for field in self.fields] + [column for column, _, _ in self.derived]


def _plain(name: str, parse: Callable[[str], Value]) -> Field:
    return Field(name, name, parse)


CUSTOMERS = RegistryFile(
    name="customers.csv",
    table=CustomerRow.__table__,
    key="customer_id",
    fields=(
        _plain("customer_id", values.identifier),
        _plain("email", values.email),
        _plain("phone", values.phone),
        _plain("country", values.country),
        _plain("account_status", values.word_of(AccountStatus)),
    ),
    derived=(("email_key", "email", values.email_key),),
)
DEVICES = RegistryFile(
    name="devices.csv",
    table=DeviceRow.__table__,
    key="serial_key",
    read_key=serial_key,
    fields=(
        _plain("serial", values.serial),
        _plain("customer_id", values.identifier),
        _plain("unit", values.word_of(Unit)),
        _plain("model", values.model),
        _plain("purchased_on", values.day),
        _plain("purchase_country", values.country),
        _plain("registered_on", values.day_or_never),
        _plain("program_activated_on", values.day_or_never),
    ),
    derived=(("serial_key", "serial", serial_key),),
    owner=CUSTOMERS,
    owner_key="customer_id",
)
CLAIMS = RegistryFile(
    name="claims.csv",
    table=ClaimRow.__table__,
    key="claim_id",
    fields=(
        _plain("claim_id", values.identifier),
        Field("serial", "serial_key", values.serial_by_key),
        _plain("kind", values.word_of(ClaimKind)),
        _plain("happened_on", values.day),
        _plain("status", values.word_of(ClaimStatus)),
    ),
    owner=DEVICES,
    owner_key="serial_key",
)
FILES = (CUSTOMERS, DEVICES, CLAIMS)
"""In the order in which they refer to each other."""
