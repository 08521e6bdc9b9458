"""States that the database itself refuses, and the moments that it keeps."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, StatementError

from actions.registry.models import CaseRow


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO customers VALUES ('C-1', 'a@example.com', 'a@example.com', NULL, 'SE', 'paused')",
        "INSERT INTO customers VALUES ('C-1', 'a@example.com', 'a@example.com', NULL, 'Sweden', 'active')",
        "INSERT INTO customers VALUES ('C-1', 'A@example.com', 'A@example.com', NULL, 'SE', 'active')",
        "INSERT INTO customers VALUES ('', 'a@example.com', 'a@example.com', NULL, 'SE', 'active')",
        "INSERT INTO customers VALUES ('C-0', 'a@example.com', 'a@example.com', NULL, 'SE', 'active')",
        "INSERT INTO devices VALUES ('HQA9', 'HQA9', 'C-9', 'holder', 'm', '2026-01-01', 'SE', NULL, NULL)",
        "INSERT INTO devices VALUES ('HQA9', 'HQA9', 'C-0', 'lighter', 'm', '2026-01-01', 'SE', NULL, NULL)",
        "INSERT INTO devices VALUES ('HQA9', 'HQA9', 'C-0', 'holder', 'm', '1926-01-01', 'SE', NULL, NULL)",
        "INSERT INTO devices VALUES ('HQA8', 'HQA9', 'C-0', 'holder', 'm', '2026-01-01', 'SE', NULL, NULL)",
        "INSERT INTO devices VALUES ('HQAO', 'HQAO', 'C-0', 'holder', 'm', '2026-01-01', 'SE', NULL, NULL)",
        "INSERT INTO devices VALUES ('HQA0', 'hq-a o', 'C-0', 'holder', 'm', '2026-01-01', 'SE', NULL, NULL)",
        "INSERT INTO claims VALUES ('K-1', 'HQA7', 'accident', '2026-01-01', 'open')",
        "INSERT INTO claims VALUES ('K-1', 'HQA0', 'theft', '2026-01-01', 'open')",
        "INSERT INTO claims VALUES ('K-1', 'HQA0', 'accident', '2026-01-01', 'lost')",
        "INSERT INTO cases VALUES ('7KQ-42P', 'HQA7', 'lost', '2026-01-01', 'open', NULL, 'sv')",
        "INSERT INTO cases VALUES ('7KQ42P', 'HQA0', 'lost', '2026-01-01', 'open', NULL, 'sv')",
        "INSERT INTO cases VALUES ('7KQ-42P', 'HQA0', 'eaten', '2026-01-01', 'open', NULL, 'sv')",
        "INSERT INTO cases VALUES ('7KQ-42P', 'HQA0', 'lost', '2026-01-01', 'waiting', NULL, 'sv')",
        "INSERT INTO cases VALUES ('7KQ-42P', 'HQA0', 'lost', '2026-01-01', 'open', NULL, 'de')",
        "INSERT INTO cases VALUES ('7KQ-42P', 'HQA0', 'lost', NULL, 'open', NULL, 'sv')",
        "INSERT INTO cases VALUES ('7KQ-42Q', 'HQA0', 'lost', '2026-01-01', 'open', NULL, 'sv')",
        "DELETE FROM customers WHERE customer_id = 'C-0'",
    ],
)
def test_the_database_itself_refuses_bad_states(constrained: Engine, statement: str) -> None:
    with pytest.raises(IntegrityError), constrained.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def constrained(engine: Engine) -> Engine:
    """A registry with one customer, one device and one open case."""
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO customers VALUES ('C-0', 'a@example.com', 'a@example.com', NULL, 'SE', 'active')",
            "INSERT INTO devices VALUES ('HQA0', 'hq-a o', 'C-0', 'holder', 'm', '2026-01-01', 'SE', NULL, NULL)",
            "INSERT INTO cases VALUES ('AAA-AAA', 'HQA0', 'lost', '2026-01-01', 'open', NULL, 'sv')",
            "INSERT INTO cases VALUES ('BBB-BBB', 'HQA0', 'lost', '2026-01-01', 'closed', NULL, 'sv')",
        ):
            connection.execute(text(statement))
    return engine


def a_case(created_at: datetime) -> dict[str, object]:
    return {
        "reference": "7KQ-42P",
        "serial_key": "HQA0",
        "damage": "lost",
        "created_at": created_at,
        "status": "closed",
        "language": "sv",
    }


def test_a_moment_comes_back_in_utc(constrained: Engine) -> None:
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    with constrained.begin() as connection:
        connection.execute(CaseRow.__table__.insert(), a_case(summer))
        kept = connection.execute(select(CaseRow.created_at).where(CaseRow.reference == "7KQ-42P")).scalar_one()
    assert kept == summer
    assert kept.isoformat() == "2026-06-30T23:30:00+00:00"


def test_a_moment_without_a_time_zone_is_refused(constrained: Engine) -> None:
    with pytest.raises(StatementError, match="needs a time zone"), constrained.begin() as connection:
        connection.execute(CaseRow.__table__.insert(), a_case(datetime(2026, 7, 1)))
