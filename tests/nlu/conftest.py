"""Parts of the pipeline that need no model."""

import pytest

from bench.entities import trained


@pytest.fixture(scope="session")
def rules():
    """Trained on data/<language>/nlu/entities.yml of both languages."""
    return trained()
