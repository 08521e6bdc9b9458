"""Trains the model, and knows without Rasa whether there is anything to train."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Iterable, Optional, Text

from bot.memory import grow
from bot.nlu.encoder.files import EncoderMissing, built
from bot.quiet import calm_environment, calm_logs
from bot.serving import unused_in_training
from bot.settings import ROOT
from bot.without_tensorflow import components_of_config, leave_out

MODELS = ROOT / "models"
_NAME = "benefit-assistant"
_NOTE = MODELS / f"{_NAME}.json"

ENCODER = "bot.nlu.sentences.SentenceEncoder"
"""The component that needs the built encoder."""

_TRAINED_FROM = (
    "config.yml",
    "domain.yml",
    "data/rules.yml",
    "data/*/nlu/*.yml",
    "data/*/glossary.txt",
    "bot/nlu/*.py",
    "bot/nlu/encoder/*.py",
    "bot/dialogue/*.py",
    "requirements.txt",
)


class ModelMissing(Exception):
    """There is no model that fits; the message says what to do."""


def fingerprint(root: Path = ROOT) -> Text:
    """A hash over everything that a model is made from: examples, rules, configuration, components, versions."""
    digest = hashlib.sha256()
    for pattern in _TRAINED_FROM:
        for file in sorted(root.glob(pattern)):
            digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def up_to_date_model() -> Optional[Path]:
    """The model trained by `train` from exactly today's files; None when there is none."""
    try:
        note = json.loads(_NOTE.read_text(encoding="utf-8"))
        model = MODELS / str(note["model"])
        return model if note["fingerprint"] == fingerprint() and model.is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def train(force: bool = False) -> Path:
    """Train unless nothing changed; returns the model file.

    Rasa trains in a process of its own, so that this one stays as small as its next task.

    Raises:
        ModelMissing: training failed, what is wrong has been printed; or the encoder has not been built.
    """
    _require_encoder()
    current = None if force else up_to_date_model()
    if current:
        return current
    trained_from = fingerprint()
    finished = subprocess.run([sys.executable, "-m", "bot.training"], cwd=ROOT)
    model = MODELS / f"{_NAME}.tar.gz"
    if finished.returncode != 0 or not model.is_file():
        raise ModelMissing("Training failed; the lines above say why. The former model, if any, is unchanged.")
    _NOTE.write_text(json.dumps({"model": model.name, "fingerprint": trained_from}), encoding="utf-8")
    return model


def newest_model(models: Iterable[Path] = ()) -> Path:
    """The model to serve: the up-to-date one, else the newest file under models/.

    Raises:
        ModelMissing: there is no model at all, or not the encoder that it needs.
    """
    _require_encoder()
    current = up_to_date_model()
    if current:
        return current
    files = sorted(models or MODELS.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not files:
        raise ModelMissing("There is no model in models/. Train one: python -m bot train")
    return files[-1]


def _require_encoder() -> None:
    """Said at once, and not by Rasa, which would name a node of its graph and no command."""
    if not built() and ENCODER in (components_of_config(ROOT / "config.yml") or ()):
        raise ModelMissing(str(EncoderMissing("has not been built, or not by this version")))


def _train_here() -> int:
    """The training process: Rasa's own training on this project."""
    calm_environment()
    grow()
    leave_out(components_of_config(ROOT / "config.yml"), unused_in_training())
    calm_logs()
    from rasa.api import train as rasa_train
    from rasa.shared.exceptions import RasaException

    from bot import lean_training

    lean_training.begin()
    try:
        result = rasa_train(
            domain=str(ROOT / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=str(ROOT / "data"),
            output=str(MODELS),
            fixed_model_name=_NAME,
            force_training=True,
        )
    except (RasaException, ValueError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return int(result.code)


if __name__ == "__main__":
    raise SystemExit(_train_here())
