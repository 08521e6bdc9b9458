"""The words for what the source says nothing about: broken files."""

import pytest

from bot.dialogue.content import ContentError
from bot.settings import ROOT
from bot.understanding.beyond import load_beyond

LANGUAGES = ("en", "sv")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("  police:", "  polis:"), "law, scam, police, used, decides, sending, leaving, difference, holiday, known"),
        (("    - by law\n", "    - 5\n"), "must be a list of texts"),
        (("beyond:", "beyonds:"), "the key 'beyond'"),
    ],
)
def test_a_broken_file_is_refused_and_named(tmp_path, change, complaint):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        text = (ROOT / "data" / language / "beyond.yml").read_text(encoding="utf-8")
        (tmp_path / language / "beyond.yml").write_text(text.replace(*change) if language == "en" else text)
    with pytest.raises(ContentError) as refused:
        load_beyond(tmp_path)
    assert complaint in str(refused.value)
    assert "beyond.yml" in str(refused.value)
