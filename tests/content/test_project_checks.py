"""Checks of whole tools over the project: import arrows and Rasa's own validation."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_ALLOWED_WARNINGS: dict[str, str] = {
    "The intent 'other_language' is listed in the domain file": "bot.nlu.foreign sets it; it is never learnt",
}
"""Part of a warning -> why it may stay."""


def _run(*command: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300
    )


def test_the_import_arrows_hold():
    finished = _run(str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    assert finished.returncode == 0, finished.stdout


def test_rasa_finds_nothing_wrong_with_the_data():
    finished = _run(sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings")
    assert finished.returncode == 0, finished.stdout[-3000:]
    # warnings of libraries about their own future are no word about our data
    ours = [line for line in finished.stdout.splitlines() if "Warning" in line and "Deprecat" not in line]
    assert [line for line in ours if not any(part in line for part in _ALLOWED_WARNINGS)] == []
