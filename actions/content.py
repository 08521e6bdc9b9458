"""Reading the content team's YAML files: what is wrong is named with its file and place."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

import yaml


class ContentError(ValueError):
    """A content file cannot be used; the message is one sentence with the file, the key and what is wrong."""


def read_mapping(path: Path) -> dict[str, Any]:
    """The keys and values of a YAML file, each plain value as the text that stands there ("08.00", not 8.0).

    Raises ContentError when the file cannot be read, is not YAML in UTF-8, is no mapping or has a key twice.
    """
    try:
        root = _compose(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: is not UTF-8 text") from error
    except yaml.YAMLError as error:
        raise ContentError(f"{path}: is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(root, yaml.MappingNode):
        raise ContentError(f"{path}: must have lines of the form 'key: value'")
    return dict(_plain(path, "", root))


def _compose(text: str) -> yaml.Node | None:
    """By the parser in C, a tenth of the time; what is wrong is said by the one in Python, which says more."""
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.BaseLoader)


def _plain(path: Path, prefix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, prefix, item) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in values:
            line = key_node.start_mark.line + 1
            raise ContentError(f"{path}: {prefix}{key}: stands a second time on line {line}")
        values[key] = _plain(path, f"{prefix}{key}.", value_node)
    return values


def require_keys(
    path: Path, prefix: str, value: object, needed: Sequence[str], optional: Sequence[str] = ()
) -> Mapping[str, Any]:
    """`value` when it is a mapping with the needed keys and maybe optional ones; ContentError otherwise.

    `prefix` is the dotted key of the mapping itself, with a dot at its end, or empty for the whole file.
    """
    allowed = (*needed, *optional)
    if not isinstance(value, Mapping):
        raise ContentError(f"{path}: {prefix[:-1]}: must have these keys below it: {', '.join(needed)}")
    for key in value:
        if key not in allowed:
            raise ContentError(f"{path}: {prefix}{key}: unknown key; allowed are {', '.join(allowed)}")
    for key in needed:
        if key not in value:
            raise ContentError(f"{path}: {prefix}{key}: is missing")
    return value


def read_text(path: Path, key: str, value: object) -> str:
    """`value` when it is a text that is not empty; else ContentError."""
    if not isinstance(value, str) or not value.strip():
        raise ContentError(f"{path}: {key}: must be a text and not empty")
    return value


def read_pattern(path: Path, key: str, value: object, names: set[str], needed: set[str]) -> str:
    """`value` when it is a text whose names in braces are all in `names`, those in `needed` among them.

    Raises ContentError otherwise.
    """
    text = read_text(path, key, value)
    try:
        braces = [(name, spec, how) for _, name, spec, how in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise ContentError(f"{path}: {key}: has a brace too many or too few") from error
    used = {name for name, _, _ in braces}
    if not needed <= used <= names or any(spec or how for _, spec, how in braces):
        wanted = ", ".join(f"{{{name}}}" for name in sorted(needed or names)) or "nothing"
        raise ContentError(f"{path}: {key}: must have {wanted} in braces and no other name")
    return text
