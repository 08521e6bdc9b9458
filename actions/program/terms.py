"""The program's terms, read from `data/program.yml`. The only input of this room; everything else is pure."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

RANGES = {"warranty_months": (1, 120), "accident_claims_per_unit": (1, 10), "minimum_age": (18, 99)}


class TermsError(ValueError):
    """The terms file cannot be used. The text has one line for each mistake, naming file, key and what is
    wrong.
    """


@dataclass(frozen=True)
class Terms:
    """The terms of the program.

    `warranty_months`: calendar months from the day of purchase. `accident_claims_per_unit`: replacements
    for each separate unit. `launched_on`: the day of the program's launch (the source names none: the
    operator sets it). `minimum_age`: whole years. Sources: the statements quoted in `data/program.yml`.
    """

    warranty_months: int
    accident_claims_per_unit: int
    launched_on: date
    minimum_age: int


KEYS = tuple(field.name for field in fields(Terms))


def load_terms(path: Path) -> Terms:
    """The terms in the YAML file at `path`.

    Every key is needed, no other key is allowed, none may stand twice. Raises TermsError naming every
    mistake.
    """
    values = _mapping(path)
    mistakes = [f"{path}: {key}: unknown key; allowed are {', '.join(KEYS)}" for key in values if key not in KEYS]
    mistakes += [f"{path}: {key}: is missing" for key in KEYS if key not in values]
    mistakes += [f"{path}: {key}: {wrong}" for key, wrong in _wrong_values(values)]
    if mistakes:
        raise TermsError("\n".join(mistakes))
    return Terms(**values)


def _wrong_values(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, (least, most) in RANGES.items():
        value = values.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int):
            yield key, f"must be a whole number, not {value!r}"
        elif not least <= value <= most:
            yield key, f"must be from {least} to {most}, not {value}"
    day = values.get("launched_on", date.min)
    if isinstance(day, datetime) or not isinstance(day, date):
        yield "launched_on", f"must be a day like 2020-01-31, not {day!r}"


def _mapping(path: Path) -> dict[str, Any]:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise TermsError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TermsError(f"{path}: is not UTF-8") from error
    except yaml.YAMLError as error:
        raise TermsError(f"{path}: is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(root, yaml.MappingNode):
        raise TermsError(f"{path}: must have lines of the form 'key: value'")
    values: dict[str, Any] = {}
    for key_node, value_node in root.value:
        key = str(key_node.value)
        if key in values:
            raise TermsError(f"{path}: {key}: stands a second time on line {key_node.start_mark.line + 1}")
        values[key] = _value(path, key, value_node)
    return values


def _value(path: Path, key: str, node: yaml.Node) -> object:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (ValueError, yaml.YAMLError) as error:
        raise TermsError(f"{path}: {key}: cannot be read: {error}") from error
    finally:
        loader.dispose()
