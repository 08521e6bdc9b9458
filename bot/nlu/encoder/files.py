"""Where the built encoder lies, and what is said when it does not."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / ".cache" / "encoder"
GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"
BUILD_COMMAND = "python -m bot.nlu.encoder"


class EncoderMissing(RuntimeError):
    """The encoder has not been built, or what lies there is not it; the message names the command to run."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The sentence encoder {problem}. Build it: {BUILD_COMMAND}")


def built(folder: Path = FOLDER) -> bool:
    """Whether both files of the encoder are there."""
    return all((folder / name).is_file() for name in (GRAPH, TOKENIZER))
