"""The memory of a process that is about to serve for a long time."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

_MOST_NEW = 20_000
"""Objects; a turn makes some thousands, nearly all of which go away by themselves."""


def settle() -> None:
    """After everything is loaded: it is never looked through for garbage again, what is new is looked through once in a
    few turns instead of many times in each, and what loading has left is given back to the system.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MOST_NEW, 20, 20)
    with suppress(OSError, AttributeError):  # another C library than glibc has no such thing
        ctypes.CDLL("libc.so.6").malloc_trim(0)
