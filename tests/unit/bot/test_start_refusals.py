"""A file that says where Rasa finds its parts and cannot be used is refused with a sentence."""

from __future__ import annotations

import pytest

from bot import server
from bot.settings import load_settings

OURS = "nlg: {type: bot.composition.Answers}\n"


@pytest.fixture
def settings(tmp_path):
    return load_settings({}, var=tmp_path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, r"endpoints\.yml is missing in "),
        ("a: [b", r"endpoints\.yml cannot be used: .* line 1"),
        ("- a", r"endpoints\.yml cannot be used: .* not a dict"),
        ("", r"endpoints\.yml: 'nlg' must have"),
        ("nlg: bot.x", r"endpoints\.yml: 'nlg' must have 'type: bot\.composition\.Answers'"),
        ("nlg: {type: callback}", r"endpoints\.yml: 'nlg' must have"),
        (OURS, r"endpoints\.yml: 'tracker_store' must have 'type: bot\.composition\.Conversations'"),
        (f"{OURS}tracker_store: {{type: mongod}}", r"endpoints\.yml: 'tracker_store' must have"),
    ],
)
def test_endpoints_that_cannot_be_used(monkeypatch, tmp_path, settings, text, sentence):
    if text is not None:
        (tmp_path / "endpoints.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(server, "ROOT", tmp_path)
    with pytest.raises(server.StartRefused, match=sentence) as refused:
        server.load_agent(tmp_path / "model.tar.gz", settings)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, r"credentials\.yml is missing in "),
        ("a: [b", r"credentials\.yml cannot be used: .* line 1"),
        ("my.own.Channel:", r"credentials\.yml cannot be used: there is no channel 'my\.own\.Channel'"),
    ],
)
def test_credentials_that_cannot_be_used(monkeypatch, tmp_path, settings, text, sentence):
    if text is not None:
        (tmp_path / "credentials.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(server, "ROOT", tmp_path)
    monkeypatch.setattr(server.Sanic, "_app_registry", {})
    with pytest.raises(server.StartRefused, match=sentence):
        server.make_app(None, settings)
