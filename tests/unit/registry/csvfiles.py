"""Small registries as files."""

from pathlib import Path

CUSTOMERS = """\
customer_id,email,phone,country,account_status
C-1,maja@example.com,+46 70 174 06 05,SE,active
C-2,Åsa.Öberg@example.com,,SE,closed
"""
DEVICES = """\
serial,customer_id,unit,model,purchased_on,purchase_country,registered_on,program_activated_on
HQA1 X773 0001,C-1,holder,IQOS ILUMA PRIME,2026-08-14,SE,2026-08-15,2026-08-15
HQA1 X773 0002,C-1,charger,"IQOS ILUMA, PRIME",2026-08-14,SE,2026-08-15,2026-08-15
HQB2-K418-0003,C-2,all_in_one,IQOS ILUMA ONE,2024-02-29,NO,,
"""
CLAIMS = """\
claim_id,serial,kind,happened_on,status
K-1,hqa1x7730001,accident,2026-09-01,open
K-2,HQB2 K4I8 OOO3,warranty,2024-04-02,approved
"""


def write_files(
    directory: Path,
    customers: str | bytes | None = CUSTOMERS,
    devices: str | bytes | None = DEVICES,
    claims: str | bytes | None = CLAIMS,
) -> Path:
    """Write the files that are not None; the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in (("customers", customers), ("devices", devices), ("claims", claims)):
        path = directory / f"{name}.csv"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return directory
