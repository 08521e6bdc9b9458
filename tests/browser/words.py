"""The widget's texts as the tests expect them: read from the content team's files."""

from __future__ import annotations

from functools import lru_cache

from bot.web.texts import load_widget_texts
from tests.conftest import ROOT


@lru_cache
def words(language: str) -> dict:
    """`data/<language>/widget.yml`."""
    return load_widget_texts(ROOT / "data")[language]
