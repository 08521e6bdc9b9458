"""Where the built encoder lies, and what is said when it does not."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / ".cache" / "encoder"
GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"
VERSION = "version.txt"
_BUILT_BY = ("graph.py", "build.py")
BUILD_COMMAND = "python -m bot.nlu.encoder"


class EncoderMissing(RuntimeError):
    """The encoder has not been built, or what lies there is not it; the message names the command to run."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The sentence encoder {problem}. Build it: {BUILD_COMMAND}")


def version() -> str:
    """What tells an encoder that this version of the program builds from all others."""
    sources = (Path(__file__).with_name(name).read_bytes() for name in _BUILT_BY)
    return hashlib.sha256(b"".join(sources)).hexdigest()


def built(folder: Path = FOLDER) -> bool:
    """Whether the encoder is there, as this version of the program builds it: another one means something else."""
    if not all((folder / name).is_file() for name in (GRAPH, TOKENIZER, VERSION)):
        return False
    return (folder / VERSION).read_bytes().strip() == version().encode("ascii")
