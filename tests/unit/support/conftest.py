"""A desk on each of the two databases."""

from __future__ import annotations

import pytest

from tests.unit.support.desk_parts import Desk


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request, tmp_path):
    """Hand-offs in an empty database of each kind."""
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/desk.db" if on_sqlite else request.getfixturevalue("postgres_url")
    made = Desk(url)
    yield made
    made.database.close()


@pytest.fixture
def desk_on_postgres(postgres_url):
    """Hand-offs in an empty PostgreSQL database."""
    made = Desk(postgres_url)
    yield made
    made.database.close()
