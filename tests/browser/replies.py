"""Replies of the API with every kind of `data`, as the contract has them."""

from __future__ import annotations

DEVICES = [
    {"serial": "…0001", "unit": "holder", "model": "IQOS ILUMA PRIME", "warranty_until": "2027-08-14",
     "warranty_active": True,
     "registered": True, "program_activated": True, "accident_claims_left": 1, "claim_in_progress": False},
    {"serial": "…0002", "unit": "charger", "model": "IQOS ILUMA PRIME", "warranty_until": "2025-01-31",
     "warranty_active": False,
     "registered": False, "program_activated": False, "accident_claims_left": 0, "claim_in_progress": False},
    {"serial": "…0003", "unit": "all_in_one", "model": "IQOS ILUMA ONE", "warranty_until": None,
     "warranty_active": False,
     "registered": True, "program_activated": False, "accident_claims_left": 0, "claim_in_progress": True},
]  # fmt: skip
COVERAGE = {
    "kind": "coverage", "account": "active", "program_active": True, "program_until": "2027-08-14", "devices": DEVICES,
}  # fmt: skip
DECISION = {
    "kind": "damage_decision", "serial": "…0002", "damage": "accident", "outcome": "eligible", "reason": "covered",
    "basis": "accident_protection",
}  # fmt: skip
HANDOFF = {"kind": "handoff", "state": "queued", "position": 2, "reference": "3F9-KD2"}
SOURCES = {"kind": "sources", "statements": ["Yes, IQOS Customer Benefit Program is free of charge."]}
HOURS = {"kind": "opening_hours", "open": True, "next_change": "2099-01-05T19:00:00+01:00"}


def ask(field: str) -> dict:
    """The bot asks for something that has a field of its own."""
    return {"text": "…?", "data": {"kind": "ask", "field": field}}
