"""SMTP servers for one test."""

from __future__ import annotations

import pytest

from tests.mail_server import MailServer


@pytest.fixture
def serve():
    """Starts an SMTP server: serve(**options)."""
    running: list[MailServer] = []

    def start(**options) -> MailServer:
        server = MailServer(**options)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()
