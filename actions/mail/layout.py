"""The text of a mail in its two forms, plain and HTML; around the HTML stands `data/mail.html`."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Union

from actions.content import ContentError

Value = Union[str, Sequence[str]]
"""What a name in braces stands for: a text, or lines that become a list where the name stands alone."""

_NAMES = {"language", "subject", "content"}
_HEADING, _ITEM, _QUOTE = "# ", "- ", "> "


@dataclass(frozen=True)
class Layout:
    """The page around every mail. It needs no images and nothing from elsewhere."""

    page: Template

    def around(self, content: str, subject: str, language: str) -> str:
        """The whole HTML document; `content` is HTML already."""
        return self.page.substitute(content=content, subject=html.escape(subject), language=html.escape(language))


def load_layout(path: Path) -> Layout:
    """The layout from a file in which `$language`, `$subject` and `$content` stand.

    Raises:
        ContentError: the file cannot be read, or other names stand in it.
    """
    try:
        page = Template(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: cannot be read ({type(error).__name__})") from error
    found = [match["named"] or match["braced"] for match in page.pattern.finditer(page.template)]
    if set(found) != _NAMES:
        raise ContentError(f"{path}: must have $language, $subject and $content and no other $")
    return Layout(page)


def as_text(pattern: str, values: Mapping[str, Value]) -> str:
    """The pattern with its values in place, headings underlined."""
    return "\n\n".join(_plain(block, values) for block in _blocks(pattern)) + "\n"


def as_html(pattern: str, values: Mapping[str, Value]) -> str:
    """The same as HTML, every value escaped.

    What the pattern itself says is a paragraph, a heading (`# `), a list (`- ` before every line) or a quotation
    (`> `); no value can become one of them or leave its own.
    """
    return "\n".join(_marked_up(block, values) for block in _blocks(pattern))


def _blocks(pattern: str) -> list[str]:
    return [block for block in pattern.strip().split("\n\n") if block.strip()]


def _plain(block: str, values: Mapping[str, Value]) -> str:
    listed = _alone(block, values)
    if listed is not None:
        return "\n".join(_ITEM + line for line in listed)
    filled = block.format_map({name: _joined(value) for name, value in values.items()})
    if block.startswith(_HEADING):
        heading = filled.removeprefix(_HEADING)
        return f"{heading}\n{'-' * len(heading)}"
    if block.startswith(_QUOTE):
        return "\n".join(_QUOTE + line for line in filled.removeprefix(_QUOTE).splitlines())
    return filled


def _marked_up(block: str, values: Mapping[str, Value]) -> str:
    listed = _alone(block, values)
    if listed is not None:
        return _list(html.escape(line) for line in listed)
    escaped = {name: html.escape(_joined(value)).replace("\n", "<br>\n") for name, value in values.items()}
    pattern = html.escape(block)
    if pattern.startswith(_HEADING):
        return f"<h2>{pattern.removeprefix(_HEADING).format_map(escaped)}</h2>"
    quote = html.escape(_QUOTE)
    if pattern.startswith(quote):
        return f"<blockquote>{pattern.removeprefix(quote).format_map(escaped)}</blockquote>"
    lines = pattern.split("\n")
    if all(line.startswith(_ITEM) for line in lines):
        return _list(line.removeprefix(_ITEM).format_map(escaped) for line in lines)
    return f"<p>{pattern.format_map(escaped)}</p>"


def _list(items: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _alone(block: str, values: Mapping[str, Value]) -> Sequence[str] | None:
    """The lines for which a name that stands alone in its block is there."""
    name = block.strip()
    value = values.get(name[1:-1]) if name.startswith("{") and name.endswith("}") else None
    return None if value is None or isinstance(value, str) else value


def _joined(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)
