"""The memory of a process that is about to serve for a long time."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

_MOST_NEW = 20_000
"""Objects; a turn makes some thousands, nearly all of which go away by themselves."""


def grow() -> None:
    """Until `settle()`, or the end of a training: nothing is looked through for garbage.

    Loading makes objects that stay, half a million of them, and looking through those again and again is a tenth of it.
    """
    gc.disable()


def settle() -> None:
    """After everything is loaded: it is never looked through for garbage, what is new is looked through once in a few
    turns instead of many times in each, and what loading has freed is given back to the system.

    Looking through everything once would find 8 MB, and take a twentieth of the start.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(_MOST_NEW, 20, 20)
    with suppress(OSError, AttributeError):  # another C library than glibc has no such thing
        ctypes.CDLL("libc.so.6").malloc_trim(0)
