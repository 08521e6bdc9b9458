"""The pipeline is generic: config.yml trains and tests on somebody else's data, in one language."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

_TRAIN = """version: "3.1"
nlu:
- intent: book_table
  examples: |
    - book a table for two
    - I want to reserve a table
    - can I get a table tonight
    - table for four please
    - make a reservation for dinner
- intent: ask_menu
  examples: |
    - what is on the menu
    - show me the menu
    - which dishes do you serve
    - do you have vegetarian dishes
    - what food do you serve
- intent: pay_bill
  examples: |
    - the bill please
    - I would like to pay
    - can I pay by card
    - how much is the bill
    - we want to pay separately
- intent: order_taxi
  examples: |
    - call a taxi
    - order a taxi to the station
    - I need a cab home
    - can you get me a taxi
    - a cab to the airport please
"""
_TEST = """version: "3.1"
nlu:
- intent: book_table
  examples: |
    - reserve a table for dinner
    - a table for two please
- intent: ask_menu
  examples: |
    - what dishes are on the menu
    - show the menu
- intent: pay_bill
  examples: |
    - can we pay the bill
    - pay by card please
- intent: order_taxi
  examples: |
    - get a taxi to the airport
    - I need a taxi home
"""


def _rasa(*arguments: str) -> None:
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
    finished = subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=400,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout[-3000:]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Trained and tested once: Rasa's report of the intents."""
    folder = tmp_path_factory.mktemp("foreign")
    train, test, results = folder / "train.yml", folder / "test.yml", folder / "results"
    train.write_text(_TRAIN, encoding="utf-8")
    test.write_text(_TEST, encoding="utf-8")
    config = str(ROOT / "config.yml")
    _rasa(
        "train", "nlu", "--config", config, "--nlu", str(train), "--out", str(folder), "--fixed-model-name", "foreign"
    )
    model = str(folder / "foreign.tar.gz")
    _rasa("test", "nlu", "--config", config, "--nlu", str(test), "--model", model, "--out", str(results), "--no-plot")
    return json.loads((results / "intent_report.json").read_text(encoding="utf-8"))


def test_the_report_has_the_foreign_intents_and_none_of_ours(report):
    named = {name for name, row in report.items() if isinstance(row, dict) and "avg" not in name}
    assert named - {"micro avg"} == {"book_table", "ask_menu", "pay_bill", "order_taxi"}


def test_the_foreign_intents_are_told_apart(report):
    assert report["weighted avg"]["f1-score"] >= 0.85
