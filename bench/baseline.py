"""Rasa's default pipeline, trained on the same examples, to stand beside ours."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Optional

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.settings import ROOT

EPOCHS = 100
_SLASH = "+"
"""Stands for the slash of a retrieval intent: here every topic is an intent of its own.

In Rasa's default pipeline a ResponseSelector, trained like a second DIET, would choose among the answers; without it
the default is trained in half the time, and its confidence in a topic is one that the fallback sees.
"""

Examples = Dict[str, List[str]]
"""Topic -> texts."""


def configuration(epochs: int = EPOCHS) -> Dict[str, object]:
    """What `rasa init` writes for understanding (Rasa 3.6), but for the ResponseSelector."""
    counts: Dict[str, object] = {"name": "CountVectorsFeaturizer"}
    return {
        "recipe": "default.v1",
        "language": "sv",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            counts,
            {**counts, "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": 1},
            {"name": "EntitySynonymMapper"},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [{"name": "RulePolicy"}],
    }


def project_examples(data: Path) -> Examples:
    """The examples of both languages in the content folder."""
    examples: Examples = {}
    for file in sorted(data.glob("*/nlu/*.yml")):
        for entry in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in entry:
                lines = (line[1:].strip() for line in entry["examples"].splitlines())
                examples.setdefault(entry["intent"], []).extend(line for line in lines if line)
    return examples


def topic_of(intent: str) -> str:
    """The topic that an intent stands for."""
    return intent.replace(_SLASH, "/")


def train(
    examples: Examples, config: Dict[str, object], folder: Path, code: str = "", language: Optional[str] = None
) -> Path:
    """Train with the stock command; a model trained on exactly this before is returned at once.

    Args:
        examples: what to train on.
        config: a whole `config.yml`.
        folder: where model and files go.
        code: a fingerprint of the components, where they are this project's.
        language: of all examples, where the pipeline is to know it as it knows that of the project's own.

    Raises:
        subprocess.CalledProcessError: training failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "config.yml", config)
    _write(folder / "nlu.yml", {"version": "3.1", "nlu": [_entry(*item, language) for item in examples.items()]})
    content = b"".join((folder / name).read_bytes() for name in ("config.yml", "nlu.yml"))
    name = hashlib.sha256(content + code.encode()).hexdigest()[:16]
    model = folder / f"{name}.tar.gz"
    if not model.is_file():
        options = ["--config", "config.yml", "--nlu", "nlu.yml", "--out", ".", "--fixed-model-name", name]
        command = [sys.executable, "-m", "rasa", "train", "nlu", *options]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return model


def _entry(topic: str, texts: List[str], language: Optional[str]) -> Dict[str, object]:
    lines = "".join(f"- {' '.join(text.split())}\n" for text in texts)
    known = {"metadata": {"language": language}} if language else {}
    return {"intent": topic.replace("/", _SLASH), **known, "examples": LiteralScalarString(lines)}


def _write(file: Path, content: Dict[str, object]) -> None:
    with file.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)
