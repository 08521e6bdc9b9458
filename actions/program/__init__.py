"""The terms of the Customer Benefit Program as pure code: no clock, no database, no Rasa.

Callers bring the day (`today`), the customer from the registry and the terms from `data/program.yml`.
"""

from actions.program.age import is_adult
from actions.program.claims import accident_claims_left, claim_in_progress
from actions.program.coverage import Coverage, DeviceCoverage, coverage_of, coverage_of_device, program_until
from actions.program.decisions import (
    Basis,
    Decision,
    Outcome,
    Reason,
    accident_obstacles,
    asks_condition,
    decide,
    defect_obstacles,
)
from actions.program.model import (
    AccountStatus,
    Claim,
    ClaimKind,
    ClaimStatus,
    Condition,
    Customer,
    Damage,
    Device,
    Unit,
)
from actions.program.terms import Terms, TermsError, load_terms
from actions.program.warranty import months_later, under_warranty, warranty_end

__all__ = [
    "AccountStatus",
    "Basis",
    "Claim",
    "ClaimKind",
    "ClaimStatus",
    "Condition",
    "Coverage",
    "Customer",
    "Damage",
    "Decision",
    "Device",
    "DeviceCoverage",
    "Outcome",
    "Reason",
    "Terms",
    "TermsError",
    "Unit",
    "accident_claims_left",
    "accident_obstacles",
    "asks_condition",
    "claim_in_progress",
    "coverage_of",
    "coverage_of_device",
    "decide",
    "defect_obstacles",
    "is_adult",
    "load_terms",
    "months_later",
    "program_until",
    "under_warranty",
    "warranty_end",
]
