"""The key that processes of one installation share where SECRET_KEY is not set."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The key in the file, or a new one kept there (mode 0600, complete or not at all).

    The bot's own settings do the same; an action server of its own has none, and must seal with the same key.

    Raises:
        OSError: the file can neither be read nor made.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, file)
        except FileExistsError:  # another process was first: its key counts
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii").strip()
