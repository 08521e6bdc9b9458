"""A model's domain is read once, and is the one that Rasa reads."""

import pytest
from rasa.shared.core.domain import Domain, InvalidDomain

from bot.model_loading import _domains_are_read_once
from tests.conftest import ROOT


def test_the_domain_is_the_same(tmp_path):
    Domain.load(str(ROOT / "domain.yml")).persist(tmp_path / "domain.yml")
    rasas = Domain.from_path(tmp_path)
    with _domains_are_read_once():
        ours = Domain.from_path(tmp_path)
    assert ours.as_dict() == rasas.as_dict()
    assert ours.fingerprint() == rasas.fingerprint()
    assert [slot.name for slot in ours.slots] == [slot.name for slot in rasas.slots]


def test_other_paths_are_rasas_affair(tmp_path):
    (tmp_path / "one.yml").write_text("version: '3.1'\nintents: [one]\n", encoding="utf-8")
    (tmp_path / "two.yml").write_text("version: '3.1'\nintents: [two]\n", encoding="utf-8")
    with _domains_are_read_once():
        assert {"one", "two"} <= set(Domain.from_path(tmp_path).intents)
        assert "one" in Domain.from_path(tmp_path / "one.yml").intents
        with pytest.raises(InvalidDomain):
            Domain.from_path(tmp_path / "none")


def test_afterwards_rasa_reads_as_ever():
    before = Domain.__dict__["from_path"]
    with pytest.raises(ZeroDivisionError), _domains_are_read_once():
        1 / 0  # noqa: B018
    assert Domain.__dict__["from_path"] is before
