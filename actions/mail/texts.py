"""What mails say: `data/<language>/mails.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from actions.content import ContentError, read_mapping, read_pattern, require_keys

VARIABLES = {
    "code": {"code", "minutes", "phone", "email"},
    "receipt": {"reference", "phone", "email"},
    "answer": {"reference", "name", "text", "phone", "email"},
}
"""Mail -> what is filled in: a subject or text may use these names in braces and no others."""

NEEDED = {"code": {"code"}, "receipt": {"reference"}, "answer": {"text"}}
"""Mail -> the names that its text must use."""


@dataclass(frozen=True)
class MailText:
    """Subject and text of one mail in one language, with names in braces."""

    subject: str
    text: str

    def filled(self, **values: str) -> tuple[str, str]:
        """Subject and text with the values in place."""
        return self.subject.format(**values), self.text.format(**values)


def load_mail_texts(language: str, folder: Path) -> dict[str, MailText]:
    """The mails of a language, from `folder`/<language>/mails.yml.

    Raises:
        ContentError: the file is missing, or a mail, a key or a name in braces is missing or unknown.
    """
    path = folder / language / "mails.yml"
    mails = require_keys(path, "", read_mapping(path), list(VARIABLES))
    return {name: _mail(path, name, mails[name]) for name in VARIABLES}


def _mail(path: Path, name: str, entry: object) -> MailText:
    fields = require_keys(path, f"{name}.", entry, ["subject", "text"])
    subject = read_pattern(path, f"{name}.subject", fields["subject"], VARIABLES[name], set())
    if "\n" in subject:
        raise ContentError(f"{path}: {name}.subject: must be one line")
    return MailText(subject, read_pattern(path, f"{name}.text", fields["text"], VARIABLES[name], NEEDED[name]))
