"""The private notes that agents read in Chatwoot: the brief, and what the bot has to tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from actions.content import read_mapping, read_pattern, read_text, require_keys
from actions.support.desk import Said

_NOTES = {"handoff": True, "letter": True, "back": True, "erased": False, "not_mailed": True, "answer_lost": True}
"""Note -> whether it names the reference."""

_HEADINGS = (
    "reason", "spoken", "topic", "message", "first_question", "tried", "identified", "answer_yes", "answer_no",
    "decision", "next_step", "transcript", "customer", "bot", "agent",
)  # fmt: skip
_DECISION = ("damage", "outcome", "reason", "serial")
_LONGEST = 20_000


class Notes:
    """The notes in one language."""

    def __init__(
        self, notes: Mapping[str, str], desk: Mapping[str, Any], topics: Mapping[str, str], language: str
    ) -> None:
        self._notes, self._topics, self._language = notes, topics, language
        self._page, self._reasons, self._steps = desk["page"], desk["reasons"], desk["next_steps"]

    def short(self, note: str, reference: str = "") -> str:
        """One of the short notes."""
        return self._notes[note].format(reference=reference)

    def brief(
        self, note: str, reference: str, reason: str, brief: Mapping[str, Any], transcript: Sequence[Said] = ()
    ) -> str:
        """What a person who takes over gets to know, as Markdown; `transcript` is masked."""
        page, decision = self._page, brief.get("decision") or {}
        step = decision.get("reason") or reason
        rows = [
            (page["reason"], self._reasons.get(reason, reason)),
            (page["spoken"], self._language),
            (page["topic"], self._topic(brief.get("topic"))),
            (page["message"], brief.get("message")),
            (page["first_question"], brief.get("first_question")),
            (page["tried"], ", ".join(filter(None, map(self._topic, brief.get("tried") or ())))),
            (page["identified"], page["answer_yes"] if brief.get("identified") else page["answer_no"]),
            (page["decision"], " · ".join(str(decision[key]) for key in _DECISION if decision.get(key))),
            (page["next_step"], self._steps.get(step) or self._steps["general"]),
        ]
        lines = [f"**{self.short(note, reference)}**", ""]
        lines += [f"- {name}: {_one_line(value)}" for name, value in rows if value]
        if transcript:
            lines += ["", f"**{page['transcript']}**", ""]
            lines += [f"- {page.get(who, who)}: {_one_line(words)}" for who, words in transcript]
        return "\n".join(lines)[:_LONGEST]

    def _topic(self, topic: Any) -> str | None:
        return self._topics.get(topic, topic) if topic else None


def load_notes(language: str, folder: Path) -> Notes:
    """The notes of a language, from `folder`/<language>/chatwoot.yml and the desk's texts beside it.

    Raises:
        ContentError: a file is missing, or a text or a name in braces is missing or unknown.
    """
    path = folder / language / "chatwoot.yml"
    given = require_keys(path, "", read_mapping(path), ["notes"])["notes"]
    texts = require_keys(path, "notes.", given, list(_NOTES))
    notes = {}
    for name, with_reference in _NOTES.items():
        names = {"reference"} if with_reference else set()
        notes[name] = read_pattern(path, f"notes.{name}", texts[name], names, names)
    desk_path = folder / language / "desk.yml"
    desk = read_mapping(desk_path)
    for heading in _HEADINGS:
        read_text(desk_path, f"page.{heading}", (desk.get("page") or {}).get(heading))
    read_text(desk_path, "next_steps.general", (desk.get("next_steps") or {}).get("general"))
    topics = read_mapping(folder / language / "topics.yml").get("topics") or {}
    titles = {name: entry["title"] for name, entry in topics.items() if isinstance(entry, dict) and "title" in entry}
    return Notes(notes, {"reasons": {}, **desk}, titles, language)


def _one_line(value: Any) -> str:
    return " ".join(str(value).split())
