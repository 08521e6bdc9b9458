"""Content files are read by the parsers in C, and say the same as with those in Python."""

import pytest
import yaml
from ruamel.yaml import YAML

from actions.content import ContentError as SkillsContentError
from actions.content import _plain, read_mapping
from bot.dialogue.content import ContentError, parse_yaml, read_yaml
from tests.conftest import ROOT

_FILES = sorted(file for file in (ROOT / "data").rglob("*.yml") if "nlu" not in file.parts)


@pytest.mark.parametrize("file", _FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_both_parsers_read_the_same(file):
    text = file.read_text(encoding="utf-8")
    assert parse_yaml(text) == YAML(typ="safe", pure=True).load(text)
    assert read_mapping(file) == _plain(file, "", yaml.compose(text, Loader=yaml.BaseLoader))


@pytest.mark.parametrize("text", ["a: [b", "a: b: c", "a:\n\t- b", "'", "a: 1\na: 2", "- *nobody"])
def test_what_is_wrong_is_said_in_the_words_of_the_parser_in_python(text, tmp_path):
    file = tmp_path / "some.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Exception) as expected:  # noqa: PT011  whatever it is
        YAML(typ="safe", pure=True).load(text)
    with pytest.raises(ContentError) as refused:
        read_yaml(file)
    assert " ".join(str(expected.value).split()) in str(refused.value)


def test_skills_say_so_too(tmp_path):
    file = tmp_path / "some.yml"
    file.write_text("a: [b", encoding="utf-8")
    with pytest.raises(SkillsContentError) as refused:
        read_mapping(file)
    with pytest.raises(yaml.YAMLError) as expected:
        yaml.compose("a: [b", Loader=yaml.BaseLoader)
    assert " ".join(str(expected.value).split()) in str(refused.value)
