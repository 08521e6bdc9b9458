"""`python -m bot privacy`: erasing conversations for those who ask for it in another way than in the chat."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from tests.api.running import ROOT


@pytest.fixture
def privacy(server):
    """Runs the command beside the server: privacy("erase", "…") -> exit code, what it said."""

    def run(*arguments: str) -> tuple[int, str]:
        settings = {"TRACKER_URL": f"sqlite:///{server.database}", "SECRET_KEY": "x" * 40}
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bot", "privacy", *arguments],
            cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return run


def test_a_conversation_is_erased_by_its_id(server, privacy):
    chat = server.chat(adult=True)
    with sqlite3.connect(server.database) as database:
        (conversation,) = database.execute("SELECT sender_id FROM events ORDER BY id DESC LIMIT 1").fetchone()
    assert privacy("erase", conversation, "7KQ-42P") == (0, "1 conversations erased.\n")
    with sqlite3.connect(server.database) as database:
        (left,) = database.execute("SELECT COUNT(*) FROM events WHERE sender_id = ?", (conversation,)).fetchone()
    assert left == 0
    assert chat.transcript().status == 410


def test_a_name_that_cannot_be_right_is_refused_and_nothing_is_erased(privacy):
    code, said = privacy("erase", "chatwoot:42")
    assert code != 0
    assert "chatwoot:42" in said
    assert "CHATWOOT_URL is not set" in said
