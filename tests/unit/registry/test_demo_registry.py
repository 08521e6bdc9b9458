"""The demo registry shows every reason code, for every day that its README promises."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from actions.program import Basis, Condition, Damage, Decision, Reason, coverage_of, decide, load_terms
from actions.registry import Registry, import_registry, registry_engine, upgrade

DATA = Path(__file__).parents[3] / "data"
TERMS = load_terms(DATA / "program.yml")
FIRST, LAST = date(2026, 11, 23), date(2027, 11, 13)
PROMISED = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The demo registry on SQLite."""
    engine: Engine = registry_engine(f"sqlite:///{tmp_path_factory.mktemp('demo')}/registry.db")
    upgrade(engine)
    import_registry(engine, DATA / "registry")
    return Registry(engine)


def decision(demo: Registry, email: str, serial: str, damage: Damage, today: date) -> Decision:
    """What the customer hears who gives this address and this serial."""
    owner = demo.owner(serial, email)
    account = demo.account(owner.customer_id) if owner else None
    customer = account.customer if account else None
    owned = customer.devices if customer else ()
    device = next((device for device in owned if owner and device.serial == owner.serial), None)
    return decide(damage, customer, device, today, TERMS, Condition.WORKS)


@pytest.mark.parametrize(
    ("name", "serial", "damage", "reason"),
    [
        ("maja", "HQA1 X773 0001", Damage.ACCIDENT, Reason.COVERED),
        ("maja", "HQA1 X773 0002", Damage.ACCIDENT, Reason.COVERED),
        ("ali", "HQA1 M207 0006", Damage.DEFECT, Reason.COVERED),
        ("johan", "HQA1 M211 0009", Damage.ACCIDENT, Reason.COVERED),
        ("oskar", "HQA1 M219 0017", Damage.ACCIDENT, Reason.COVERED),
        ("bjorn", "HQA1 M222 0019", Damage.ACCIDENT, Reason.COVERED),
        ("erik", "HQB2 K418 0003", Damage.ACCIDENT, Reason.WARRANTY_EXPIRED),
        ("erik", "HQB2 K418 0004", Damage.DEFECT, Reason.WARRANTY_EXPIRED),
        ("amira", "HQB2 R640 0018", Damage.ACCIDENT, Reason.WARRANTY_EXPIRED),
        ("sara", "HQA1 M205 0005", Damage.ACCIDENT, Reason.ACCOUNT_INACTIVE),
        ("ali", "HQA1 M207 0006", Damage.ACCIDENT, Reason.NOT_REGISTERED),
        ("karin", "HQA1 M209 0007", Damage.ACCIDENT, Reason.PROGRAM_NOT_ACTIVATED),
        ("johan", "HQA1 M211 0008", Damage.ACCIDENT, Reason.CLAIM_ALREADY_USED),
        ("linnea", "HQA1 M214 0010", Damage.ACCIDENT, Reason.CLAIM_IN_PROGRESS),
        ("maja", "HQA1 X773 0002", Damage.COSMETIC, Reason.COSMETIC_ONLY),
        ("maja", "HQA1 X773 0002", Damage.LOST, Reason.LOST_NOT_COVERED),
        ("maja", "HQA1 X773 0002", Damage.STOLEN, Reason.STOLEN_NOT_COVERED),
        ("maja", "HQA1 X773 9999", Damage.ACCIDENT, Reason.UNKNOWN_DEVICE),
        ("maja", "HQB2 K418 0003", Damage.ACCIDENT, Reason.UNKNOWN_DEVICE),
    ],
)
def test_the_customer_shows_the_reason(demo: Registry, name: str, serial: str, damage: Damage, reason: Reason) -> None:
    until = date(2027, 8, 14) if (name, reason) == ("maja", Reason.COVERED) else LAST
    for today in (FIRST, date(2027, 2, 28), date(2027, 7, 31), until):
        assert decision(demo, f"{name}@example.com", serial, damage, today).reason is reason


def test_every_reason_that_the_registry_can_give_is_shown_on_each_promised_day(demo: Registry) -> None:
    accounts = [demo.account(f"C-{number}") for number in range(1001, 1013)]
    needed = set(Reason) - {Reason.UNKNOWN_DEVICE, Reason.REGISTRY_UNAVAILABLE}
    for today in PROMISED:
        shown = {
            decide(damage, account.customer, device, today, TERMS, Condition.WORKS).reason
            for account in accounts
            if account
            for device in account.customer.devices
            for damage in Damage
        }
        assert needed <= shown


def test_both_bases_are_shown(demo: Registry) -> None:
    accident = decision(demo, "maja@example.com", "HQA1X7730002", Damage.ACCIDENT, FIRST)
    defect = decision(demo, "ali@example.com", "HQA1M2070006", Damage.DEFECT, FIRST)
    assert (accident.basis, defect.basis) == (Basis.ACCIDENT_PROTECTION, Basis.WARRANTY)


@pytest.mark.parametrize(("customer_id", "until"), [("C-1001", date(2027, 8, 14)), ("C-1008", date(2027, 10, 31))])
def test_the_program_runs_as_long_as_the_readme_says(demo: Registry, customer_id: str, until: date) -> None:
    account = demo.account(customer_id)
    assert account is not None
    assert coverage_of(account.customer, FIRST, TERMS).program_until == until


def test_the_people_are_made_up() -> None:
    lines = (DATA / "registry" / "customers.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(line.split(",")[1].endswith("@example.com") for line in lines)


def test_the_readme_tells_of_every_reason() -> None:
    readme = (DATA / "registry" / "README.md").read_text(encoding="utf-8")
    assert [reason.value for reason in Reason if f"| `{reason.value}`" not in readme] == []
