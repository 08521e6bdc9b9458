"""A registry that shows every reason code on the day of the test, for servers with a real clock."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

# customer: (account status, unit, days since purchase, registered, activated, claim (days ago, status) or None)
PEOPLE = {
    "covered": ("active", "charger", 30, True, True, None),
    "warranty_expired": ("active", "holder", 500, True, True, None),
    "account_inactive": ("closed", "holder", 30, True, True, None),
    "not_registered": ("active", "all_in_one", 30, False, False, None),
    "program_not_activated": ("active", "charger", 30, True, False, None),
    "claim_already_used": ("active", "holder", 30, True, True, (5, "approved")),
    "claim_in_progress": ("active", "holder", 30, True, True, (5, "open")),
}


def email_of(customer: str) -> str:
    """The address of a customer."""
    return f"{customer.replace('_', '.')}@example.com"


def serial_of(customer: str) -> str:
    """The serial number of a customer's only device."""
    return f"TST1 X77{list(PEOPLE).index(customer)} 000{list(PEOPLE).index(customer)}"


def write_registry(folder: Path, today: date) -> Path:
    """The three CSV files in `folder`, as seen on `today`."""
    customers = ["customer_id,email,phone,country,account_status"]
    devices = [
        "serial,customer_id,unit,model,purchased_on,purchase_country,registered_on,program_activated_on",
    ]
    claims = ["claim_id,serial,kind,happened_on,status"]
    for customer, (status, unit, age, registered, activated, claim) in PEOPLE.items():
        bought = today - timedelta(days=age)
        serial = serial_of(customer)
        customers.append(f"{customer},{email_of(customer)},,SE,{status}")
        dates = f"{bought if registered else ''},{bought if activated else ''}"
        devices.append(f"{serial},{customer},{unit},IQOS ILUMA,{bought},SE,{dates}")
        if claim:
            claims.append(f"K-{customer},{serial},accident,{today - timedelta(days=claim[0])},{claim[1]}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (("customers", customers), ("devices", devices), ("claims", claims)):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
