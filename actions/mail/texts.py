"""What mails say: `data/<language>/mails.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.content import ContentError, read_mapping, read_pattern, require_keys
from actions.mail.layout import Layout, Value, as_html, as_text, load_layout
from actions.mail.message import Mail

VARIABLES = {
    "code": {"code", "minutes", "phone", "email"},
    "receipt": {"reference", "phone", "email"},
    "answer": {"reference", "name", "text", "phone", "email"},
    "ticket": {
        "reference", "topic", "reason", "spoken", "address", "message", "first_question", "tried", "identified",
        "decision", "devices", "next_step", "transcript",
    },
}  # fmt: skip
"""Mail -> what is filled in: a subject or text may use these names in braces and no others."""

NEEDED = {
    "code": {"code"},
    "receipt": {"reference"},
    "answer": {"text"},
    "ticket": {"reference", "spoken", "address", "message", "next_step", "transcript"},
}
"""Mail -> the names that its text must use."""

_OF_A_SUBJECT = {"reference", "topic"}
"""What a subject may say: nothing that a customer wrote, and no code."""


@dataclass(frozen=True)
class MailText:
    """One mail in one language: its subject and text have names in braces."""

    subject: str
    text: str
    language: str
    layout: Layout

    def mail(
        self, to: str, values: Mapping[str, Value], reply_to: str | None = None, automatic: bool = True
    ) -> Mail:
        """The mail to an address with the values in place, as text and as HTML; for the rest see `Mail`."""
        subject = self.subject.format_map(values)
        page = self.layout.around(as_html(self.text, values), subject, self.language)
        return Mail(to, subject, as_text(self.text, values), self.language, page, reply_to, automatic)


def load_mail_texts(language: str, folder: Path) -> dict[str, MailText]:
    """The mails of a language, from `folder`/<language>/mails.yml and the layout `folder`/mail.html.

    Raises:
        ContentError: a file is missing, or a mail, a key or a name in braces is missing or unknown.
    """
    path = folder / language / "mails.yml"
    mails = require_keys(path, "", read_mapping(path), [*VARIABLES, "words"])
    layout = load_layout(folder / "mail.html")
    return {name: _mail(path, name, mails[name], language, layout) for name in VARIABLES}


def _mail(path: Path, name: str, entry: object, language: str, layout: Layout) -> MailText:
    fields = require_keys(path, f"{name}.", entry, ["subject", "text"])
    subject = read_pattern(path, f"{name}.subject", fields["subject"], VARIABLES[name] & _OF_A_SUBJECT, set())
    if "\n" in subject:
        raise ContentError(f"{path}: {name}.subject: must be one line")
    text = read_pattern(path, f"{name}.text", fields["text"], VARIABLES[name], NEEDED[name])
    return MailText(subject, text, language, layout)
