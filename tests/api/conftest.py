"""The servers that the tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.running import Server


@pytest.fixture(scope="session")
def server(model, tmp_path_factory) -> Iterator[Server]:
    """The server that most tests share: identities, one shop origin, no felt limits."""
    running = Server(tmp_path_factory.mktemp("server")).run()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def strict_server(model, tmp_path_factory) -> Iterator[Server]:
    """A server with tight limits, no shared secret and no origin of other sites."""
    limits = "conversation=5/minute address=1000/minute sessions=12/minute"
    folder = tmp_path_factory.mktemp("strict")
    running = Server(folder, RATE_LIMITS=limits, IDENTITY_SECRET="", CORS_ORIGINS="").run()
    yield running
    assert running.stop() == 0
