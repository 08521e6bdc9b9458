"""The words that tell of damage in spite of a topic: broken files."""

import pytest

from bot.dialogue.content import ContentError
from bot.settings import ROOT
from bot.understanding.told import load_told

LANGUAGES = ("en", "sv")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("  what_now:", "  whatnow:"), "accident, defect, what_now, around, known"),
        (("    - help|please\n", "    - 5\n"), "must be a list of texts"),
        (("told:", "tolt:"), "the key 'told'"),
    ],
)
def test_a_broken_file_is_refused_and_named(tmp_path, change, complaint):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        text = (ROOT / "data" / language / "told.yml").read_text(encoding="utf-8")
        (tmp_path / language / "told.yml").write_text(text.replace(*change) if language == "en" else text)
    with pytest.raises(ContentError) as refused:
        load_told(tmp_path)
    assert complaint in str(refused.value)
    assert "told.yml" in str(refused.value)
