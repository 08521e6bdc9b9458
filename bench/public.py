"""Public intent data, one file a set: {"train": [[text, intent], …], "test", "typo", "oos_test": [text, …]}.

The files lie outside the project (BENCH_DATA names the folder); their licences are told in the README beside them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Dict, List, NamedTuple

from bench.baseline import Examples
from bench.held_out import HeldOut

OUTSIDE = "out_of_scope"
LANGUAGE = "en"
"""Of all these sets."""
_PUBLIC = "public"


class PublicSet(NamedTuple):
    """Examples to train on, and what to measure on, by kind of test."""

    examples: Examples
    tests: Dict[str, List[HeldOut]]


def read(file: Path) -> PublicSet:
    """One set.

    Raises:
        KeyError, ValueError: the file is not of this form.
    """
    content = json.loads(file.read_text(encoding="utf-8"))
    examples: Examples = {}
    for text, intent in content["train"]:
        examples.setdefault(intent, []).append(text)
    outside = [HeldOut(text, OUTSIDE, _PUBLIC, _PUBLIC) for text in content.get("oos_test", [])]
    tests = {
        name: [HeldOut(text, intent, _PUBLIC, _PUBLIC) for text, intent in content[key]] + outside * (key == "test")
        for name, key in (("test", "test"), ("with typing errors", "typo"))
    }
    return PublicSet(examples, tests)
