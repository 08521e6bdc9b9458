"""Texts to vectors."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence, Text

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.nlu.encoder.files import FOLDER, GRAPH, TOKENIZER, EncoderMissing, built

WIDTH = 384
_MOST_TOKENS = 128
_ERRORS_ONLY = 3


class Encoder:
    """The built encoder, on one thread: about 1.5 ms for a sentence of a dozen words.

    Several threads may use one.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it.

        Raises:
            EncoderMissing: it is not there, or cannot be read.
        """
        if not built(folder):
            raise EncoderMissing("has not been built, or not by this version")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare exceptions and kinds of their own
            raise EncoderMissing(f"cannot be read ({type(error).__name__})") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_TOKENS)

    def encode(self, texts: Sequence[Text]) -> np.ndarray:
        """One vector of unit length for each text (float32, [texts, 384]); what is beyond 128 tokens is not read.

        One text at a time: together they would share the scale of their eight-bit numbers, and a message would
        get another vector in training than alone. It is as fast.
        """
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for number, text in enumerate(texts):
            tokens = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
            vectors[number] = self._session.run(["vectors"], {"tokens": tokens})[0][0]
        return vectors
