"""The guarded ways to a customer's devices."""

from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from actions.program import AccountStatus, Claim, ClaimKind, ClaimStatus, Damage, Unit
from actions.registry import Registry

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)


Sent = list[tuple[str, Any]]


@pytest.fixture
def statements(engine: Engine, registry: Registry) -> Iterator[Sent]:
    """Every query sent to the database from now on, with its parameters."""
    sent: Sent = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_an_account_has_the_customer_s_devices_with_their_claims(registry: Registry) -> None:
    account = registry.account("C-1")
    assert account is not None
    assert (account.email, account.phone) == ("maja@example.com", "+46 70 174 06 05")
    assert (account.customer.account, account.customer.country) == (AccountStatus.ACTIVE, "SE")
    holder, charger = account.customer.devices
    assert (holder.serial, holder.unit, charger.model) == ("HQA1 X773 0001", Unit.HOLDER, "IQOS ILUMA, PRIME")
    assert (holder.purchased_on, holder.registered_on) == (date(2026, 8, 14), date(2026, 8, 15))
    assert holder.claims == (Claim("K-1", ClaimKind.ACCIDENT, date(2026, 9, 1), ClaimStatus.OPEN),)
    assert charger.claims == ()


def test_an_account_has_the_open_cases_by_serial_and_no_closed_ones(registry: Registry) -> None:
    opened = registry.open_case("C-1", "hqa1x7730002", Damage.ACCIDENT, "sv", NOW, "conversation").case
    closed = registry.open_case("C-1", "hqa1x7730001", Damage.DEFECT, "en", NOW).case
    assert registry.close_case(closed.reference)
    account = registry.account("C-1")
    assert account is not None
    assert account.open_cases == {"HQA1 X773 0002": opened}
    assert len(account.customer.devices) == 2


def test_empty_fields_are_nothing(registry: Registry) -> None:
    account = registry.account("C-2")
    assert account is not None
    assert account.phone is None
    assert account.customer.devices[0].registered_on is None


def test_a_customer_without_devices_has_an_account(engine: Engine, registry: Registry) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO customers VALUES ('C-3', 'a@example.com', 'a@example.com', NULL, 'SE', 'active')")
        )
    account = registry.account("C-3")
    assert account is not None
    assert account.customer.devices == ()


@pytest.mark.parametrize("customer_id", ["C-9", "", "c-1", "C-1\x00", "\ud800", "C" * 10_000, "' OR '1'='1"])
def test_a_customer_who_is_not_there_has_no_account(registry: Registry, customer_id: str) -> None:
    assert registry.account(customer_id) is None


def test_an_account_takes_two_queries(registry: Registry, statements: Sent) -> None:
    registry.account("C-1")
    assert len(statements) == 2


def test_the_queries_read_no_table_from_end_to_end(engine: Engine, registry: Registry, statements: Sent) -> None:
    registry.account("C-1")
    registry.owner("HQA1X7730001", "maja@example.com")
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # It reads tables as small as these whole, unless that is made very expensive.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        plans = [
            str(tuple(row))
            for statement, parameters in list(statements)
            for row in connection.exec_driver_sql(f"{explain} {statement}", parameters)
        ]
    assert [plan for plan in plans if "INDEX" in plan.upper()]
    assert not [plan for plan in plans if "Seq Scan" in plan or "SCAN " in plan]


@pytest.mark.parametrize("serial", ["HQA1 X773 0002", "hqai-x773-ooo2", " HQA1X7730002 "])
@pytest.mark.parametrize("email", ["maja@example.com", " Maja@Example.COM "])
def test_a_serial_and_its_owner_s_address_find_the_owner(registry: Registry, serial: str, email: str) -> None:
    owner = registry.owner(serial, email)
    assert owner is not None
    assert (owner.customer_id, owner.email, owner.serial) == ("C-1", "maja@example.com", "HQA1 X773 0002")


def test_an_address_is_found_without_case_beyond_ascii(registry: Registry) -> None:
    owner = registry.owner("HQB2K4180003", "ÅSA.ÖBERG@EXAMPLE.COM")
    assert owner is not None
    assert owner.email == "Åsa.Öberg@example.com"


@pytest.mark.parametrize(
    ("serial", "email"),
    [
        ("HQA1 X773 9999", "maja@example.com"),
        ("HQB2-K418-0003", "maja@example.com"),
        ("HQA1 X773 0002", "nobody@example.com"),
        ("HQA1 X773 0002\x00", "maja@example.com"),
        ("HQA1 X773 0002", "maja@example.com\x00"),
        ("HQA1 X773 0002", "%"),
        ("", ""),
        ("\ud800\ud800\ud800\ud800", "maja@\ud800.com"),
    ],
)
def test_unknown_and_not_yours_get_the_same_answer(registry: Registry, serial: str, email: str) -> None:
    assert registry.owner(serial, email) is None
