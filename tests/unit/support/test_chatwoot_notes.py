"""What agents read in Chatwoot, and content files that are refused."""

from __future__ import annotations

import shutil

import pytest

from actions.content import ContentError
from actions.support.chatwoot_notes import load_notes
from tests.conftest import ROOT

DECISION = {"damage": "accident", "outcome": "eligible", "reason": "covered", "serial": "…0002", "kind": "x"}
BRIEF = {"topic": "faq/cost", "first_question": "Is it\nfree?", "tried": ["faq/cost"], "identified": True}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_note_says_what_is_known_and_leaves_out_what_is_not(language):
    notes = load_notes(language, ROOT / "data")
    text = notes.brief("handoff", "7KQ-42P", "complaint", {**BRIEF, "decision": DECISION}, [("customer", "hi [email]")])
    for part in ("7KQ-42P", "Is it free?", "accident · eligible · covered · …0002", "hi [email]"):
        assert part in text
    assert "None" not in notes.brief("letter", "7KQ-42P", "message", {}, ())


def test_a_next_step_follows_from_the_decision_else_from_the_reason():
    notes = load_notes("en", ROOT / "data")
    by_decision = notes.brief("handoff", "R", "complaint", {"decision": DECISION})
    by_reason = notes.brief("handoff", "R", "complaint", {})
    assert "Confirm the case" in by_decision
    assert "Listen" in by_reason


@pytest.fixture
def folder(tmp_path):
    """A copy of the content, to be spoilt."""
    shutil.copytree(ROOT / "data" / "en", tmp_path / "en")
    return tmp_path


@pytest.mark.parametrize(
    ("find", "replace", "named"),
    [
        ("{reference}", "{name}", "notes.handoff"),
        ("  back:", "  bakc:", "notes.bakc"),
        ("notes:", "note:", "note"),
        ("(reference {reference}).", "(reference {reference", "notes."),
    ],
)
def test_a_file_that_is_wrong_is_refused_and_the_place_is_named(folder, find, replace, named):
    path = folder / "en" / "chatwoot.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(find, replace), encoding="utf-8")
    with pytest.raises(ContentError, match=named) as refusal:
        load_notes("en", folder)
    assert "chatwoot.yml" in str(refusal.value)


def test_a_heading_that_is_missing_at_the_desk_is_named(folder):
    path = folder / "en" / "desk.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  transcript:", "  transcripts:"), encoding="utf-8")
    with pytest.raises(ContentError, match="transcript"):
        load_notes("en", folder)
