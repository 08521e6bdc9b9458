"""The ticket: what support gets by mail about a conversation whose customer has left a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from actions.content import read_mapping, read_pattern, read_text, require_keys
from actions.mail.message import Mail
from actions.mail.texts import MailText
from actions.support.desk import Wish
from actions.support.wording import describe_date, unit_name

_WORDS = ("yes", "no", "none", "no_question", "no_topic", "no_decision", "no_devices", "answer_it")
_LISTS = {
    "languages": ("en", "sv"),
    "speakers": ("customer", "bot", "agent"),
    "damages": ("accident", "defect", "cosmetic", "lost", "stolen"),
    "outcomes": ("eligible", "not_eligible", "needs_support"),
}


@dataclass(frozen=True)
class TicketWords:
    """What the facts of a ticket are called in one language."""

    plain: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]
    decision: str
    device: str
    reasons: Mapping[str, str]
    next_steps: Mapping[str, str]
    topics: Mapping[str, str]


class Tickets:
    """Writes tickets in the customer's language, which they name: support answers in it.

    Only the customer's message and address are in them as they were given; all else is masked.
    """

    def __init__(self, support: str, texts: Mapping[str, MailText], words: Mapping[str, TicketWords]) -> None:
        """`support`: the address that tickets go to; texts and words by language."""
        self._support, self._texts, self._words = support, texts, words

    def write(self, reference: str, wish: Wish, message: str, address: str) -> Mail:
        """The ticket about a wish: the customer's `message` and `address` as typed. Answers go to the customer.

        Raises:
            KeyError: the wish is in a language that has no texts.
        """
        words, brief = self._words[wish.language], wish.brief
        decision = brief.get("decision")
        none = words.plain["none"]
        values = {
            "reference": reference,
            "topic": _topic(words, brief.get("topic")) or words.plain["no_topic"],
            "reason": words.reasons.get(wish.reason, wish.reason),
            "spoken": words.lists["languages"][wish.language],
            "address": address,
            "message": message,
            "first_question": " ".join((brief.get("first_question") or "").split()) or words.plain["no_question"],
            "tried": ", ".join(filter(None, (_topic(words, each) for each in brief.get("tried") or ()))) or none,
            "identified": words.plain["yes" if brief.get("identified") else "no"],
            "decision": _decision(words, decision) if decision else words.plain["no_decision"],
            "devices": _devices(words, brief.get("coverage"), wish.language) or words.plain["no_devices"],
            "next_step": _next_step(words, decision, wish.reason),
            "transcript": [f"{words.lists['speakers'][who]}: {said}" for who, said in wish.transcript] or none,
        }
        # Not marked as automatic: it speaks for a person, and help desks put aside what is marked so.
        return self._texts[wish.language].mail(self._support, values, reply_to=address, automatic=False)


def load_ticket_words(language: str, folder: Path) -> TicketWords:
    """The words of a language: `words` in its mails.yml, and from the files beside it what topics, reasons and next
    steps are called.

    Raises:
        ContentError: a file or a word is missing.
    """
    path = folder / language / "mails.yml"
    words = require_keys(path, "words.", read_mapping(path).get("words"), [*_WORDS, *_LISTS, "decision", "device"])
    lists = {}
    for name, keys in _LISTS.items():
        given = require_keys(path, f"words.{name}.", words[name], keys)
        lists[name] = {key: read_text(path, f"words.{name}.{key}", given[key]) for key in keys}
    desk = read_mapping(folder / language / "desk.yml")
    topics = read_mapping(folder / language / "topics.yml").get("topics") or {}
    names = {"damage", "serial", "outcome"}
    device = {"unit", "serial", "until", "registered", "activated", "left"}
    return TicketWords(
        plain={name: read_text(path, f"words.{name}", words[name]) for name in _WORDS},
        lists=lists,
        decision=read_pattern(path, "words.decision", words["decision"], names, {"damage", "outcome"}),
        device=read_pattern(path, "words.device", words["device"], device, {"unit", "serial", "until"}),
        reasons=desk.get("reasons") or {},
        next_steps=desk.get("next_steps") or {},
        topics={name: entry["title"] for name, entry in topics.items() if isinstance(entry, dict) and "title" in entry},
    )


def _topic(words: TicketWords, topic: Any) -> str | None:
    return words.topics.get(topic) if topic else None


def _decision(words: TicketWords, decision: Mapping[str, Any]) -> str:
    damage, outcome = words.lists["damages"], words.lists["outcomes"]
    return words.decision.format(
        damage=damage.get(decision.get("damage", ""), words.plain["none"]),
        serial=decision.get("serial") or "-",
        outcome=outcome.get(decision.get("outcome", ""), words.plain["none"]),
    )


def _devices(words: TicketWords, coverage: Mapping[str, Any] | None, language: str) -> list[str]:
    """One line for each device of the customer, as far as the bot knows them."""
    yes, no = words.plain["yes"], words.plain["no"]
    return [
        words.device.format(
            unit=unit_name(each["unit"], language).title,
            serial=each["serial"],
            until=describe_date(date.fromisoformat(each["warranty_until"]), language),
            registered=yes if each["registered"] else no,
            activated=yes if each["program_activated"] else no,
            left=each["accident_claims_left"],
        )
        for each in (coverage or {}).get("devices", ())
    ]


def _next_step(words: TicketWords, decision: Mapping[str, Any] | None, reason: str) -> str:
    """By the decision, else by why a person is wanted; that a message was left says nothing about what to do."""
    steps = {key: step for key, step in words.next_steps.items() if key != "message"}
    step = steps.get((decision or {}).get("reason", "")) or steps.get(reason)
    return f"{step} {words.plain['answer_it']}" if step else words.plain["answer_it"]
