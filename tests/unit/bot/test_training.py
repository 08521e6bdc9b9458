"""When a model is out of date."""

from __future__ import annotations

import os
import shutil

import pytest

from bot.settings import ROOT
from bot.training import ModelMissing, fingerprint, newest_model, train


@pytest.fixture
def project(tmp_path):
    """A copy of everything that a fingerprint may look at."""
    for name in ("config.yml", "domain.yml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def append(file, line: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + line, encoding="utf-8")


def test_a_copy_has_the_same_fingerprint(project):
    assert fingerprint(project) == fingerprint(ROOT)


@pytest.mark.parametrize(
    "name",
    ["data/sv/nlu/faq.yml", "data/en/nlu/conversation.yml", "data/rules.yml", "config.yml", "domain.yml",
     "bot/nlu/classifier.py", "bot/dialogue/age_gate.py", "requirements.txt"],
)  # fmt: skip
def test_what_a_model_is_made_from_changes_the_fingerprint(project, name):
    before = fingerprint(project)
    append(project / name, "\n# changed\n")
    assert fingerprint(project) != before


def test_a_new_file_of_examples_changes_the_fingerprint(project):
    before = fingerprint(project)
    (project / "data" / "en" / "nlu" / "new.yml").write_text("nlu: []\n")
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    "name",
    ["data/sv/answers/faq.yml", "data/en/answers/age.yml", "data/contact.yml", "data/program.yml", "bot/server.py"],
)
def test_the_wording_of_an_answer_does_not_change_the_fingerprint(project, name):
    before = fingerprint(project)
    append(project / name, "\n# changed\n")
    assert fingerprint(project) == before


def test_the_newest_of_the_given_models_is_served(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.training.up_to_date_model", lambda: None)
    old, new = tmp_path / "z.tar.gz", tmp_path / "a.tar.gz"
    for age, file in ((2, old), (1, new)):
        file.write_bytes(b"")
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    assert newest_model([old, new]) == new


def test_without_any_model_the_message_says_how_to_train(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.training.MODELS", tmp_path)
    monkeypatch.setattr("bot.training._NOTE", tmp_path / "note.json")
    with pytest.raises(ModelMissing, match="python -m bot train"):
        newest_model()


def test_a_missing_encoder_is_told_with_the_command_that_builds_it(monkeypatch):
    monkeypatch.setattr("bot.training.built", lambda: False)
    for use in (newest_model, train):
        with pytest.raises(ModelMissing, match=r"python -m bot\.nlu\.encoder"):
            use()
