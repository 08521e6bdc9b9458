"""Customers, devices, claims and cases: where they are kept and the guarded ways to them. Knows
`actions.program` only.

`Registry` is what skills use. The rest is for start-up and the command line: the engine, the migrations,
the files.
"""

from actions.registry.cases import Case, OpenedCase
from actions.registry.engine import registry_engine, registry_url
from actions.registry.errors import (
    ImportRefused,
    Problem,
    RegistryError,
    RegistryUnavailable,
    RegistryUrlError,
    UnknownDevice,
)
from actions.registry.exporter import export_registry
from actions.registry.importer import Progress, import_registry
from actions.registry.migrate import is_current, upgrade
from actions.registry.models import CaseStatus
from actions.registry.queries import Account, Owner
from actions.registry.serials import serial_key
from actions.registry.service import Registry
from actions.registry.staging import Counts
from actions.registry.timely import ANSWER_WITHIN, TimelyRegistry

__all__ = [
    "ANSWER_WITHIN",
    "Account",
    "Case",
    "CaseStatus",
    "Counts",
    "ImportRefused",
    "OpenedCase",
    "Owner",
    "Problem",
    "Progress",
    "Registry",
    "RegistryError",
    "RegistryUnavailable",
    "RegistryUrlError",
    "TimelyRegistry",
    "UnknownDevice",
    "export_registry",
    "import_registry",
    "is_current",
    "registry_engine",
    "registry_url",
    "serial_key",
    "upgrade",
]
