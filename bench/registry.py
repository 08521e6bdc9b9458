"""What an answer from the device registry costs, at 1,000 and at 1,000,000 devices, and what a decision costs.

    python -m bench.registry [--devices 1000 1000000]

Times are of this machine and noisy; what should hold is that they do not grow with the registry.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import event

from actions.program import Condition, Damage, coverage_of, decide, load_terms
from actions.registry import Registry, import_registry, registry_engine, upgrade

TODAY = date(2026, 11, 30)
DEVICES_A_CUSTOMER = 2
ROUNDS = 2_000
TERMS = load_terms(Path(__file__).parents[1] / "data" / "program.yml")


def write_files(folder: Path, devices: int) -> None:
    """Made-up customers with two devices each, every tenth device with a claim."""
    with (
        (folder / "customers.csv").open("w", newline="", encoding="utf-8") as customers,
        (folder / "devices.csv").open("w", newline="", encoding="utf-8") as units,
        (folder / "claims.csv").open("w", newline="", encoding="utf-8") as claims,
    ):
        to = [csv.writer(file) for file in (customers, units, claims)]
        to[0].writerow(["customer_id", "email", "phone", "country", "account_status"])
        to[1].writerow(
            "serial customer_id unit model purchased_on purchase_country registered_on program_activated_on".split()
        )
        to[2].writerow(["claim_id", "serial", "kind", "happened_on", "status"])
        for n in range(devices):
            customer, bought = f"C-{n // DEVICES_A_CUSTOMER}", TODAY - timedelta(days=n % 700)
            if n % DEVICES_A_CUSTOMER == 0:
                to[0].writerow([customer, f"customer{n // DEVICES_A_CUSTOMER}@example.com", "", "SE", "active"])
            unit = ("holder", "charger")[n % 2]
            to[1].writerow([serial(n), customer, unit, "IQOS ILUMA", bought, "SE", bought, bought])
            if n % 10 == 0:
                to[2].writerow([f"K-{n}", serial(n), "accident", bought, "approved"])


def serial(n: int) -> str:
    """The serial number of device n."""
    return f"HQA1X{n:08}"


def microseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of one call."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return median(times) * 1e6


def measure(devices: int) -> dict[str, float]:
    """Import so many devices into SQLite, then ask for customers at random."""
    chance = random.Random(1)  # noqa: S311  not for secrets
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, devices)
        engine = registry_engine(f"sqlite:///{folder}/registry.db")
        upgrade(engine)
        started = time.perf_counter()
        import_registry(engine, folder)
        imported = time.perf_counter() - started
        statements: list[str] = []

        def note(*arguments: object) -> None:
            statements.append(str(arguments[2]))

        event.listen(engine, "before_cursor_execute", note)
        registry = Registry(engine)
        registry.account("C-0")
        event.remove(engine, "before_cursor_execute", note)
        count = sum(statement.lstrip().upper().startswith("SELECT") for statement in statements)
        customers = devices // DEVICES_A_CUSTOMER
        account = microseconds(lambda: registry.account(f"C-{chance.randrange(customers)}"))

        def owner() -> object:
            n = chance.randrange(devices)
            return registry.owner(serial(n), f"customer{n // DEVICES_A_CUSTOMER}@example.com")

        found = microseconds(owner)
        registry.close()
    return {"devices": devices, "import_s": imported, "queries": count, "account_us": account, "owner_us": found}


def decisions() -> tuple[float, float]:
    """Microseconds of one decision, and of one whole coverage."""
    from actions.program import AccountStatus, Customer, Device, Unit

    device = Device("HQA1X00000001", Unit.CHARGER, "IQOS ILUMA", TODAY, "SE", TODAY, TODAY)
    customer = Customer("C-1", AccountStatus.ACTIVE, "SE", (device, device))
    decided = microseconds(lambda: decide(Damage.ACCIDENT, customer, device, TODAY, TERMS, Condition.NOT_ASKED))
    return decided, microseconds(lambda: coverage_of(customer, TODAY, TERMS))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, nargs="+", default=[1_000, 1_000_000])
    print(f"{'devices':>10} {'import':>9} {'queries':>8} {'account':>10} {'owner':>10}")
    for size in parser.parse_args().devices:
        row = measure(size)
        print(
            f"{size:>10,} {row['import_s']:>7.1f} s {row['queries']:>8} {row['account_us']:>7.0f} µs"
            f" {row['owner_us']:>7.0f} µs"
        )
    print("decision {:.1f} µs, coverage of two units {:.1f} µs".format(*decisions()))
