"""Joins the widget's modules into one file when the server starts: one request for a customer on a phone, not fifteen.

The modules also run as they are; this is delivery, not a build step.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List, Text

from rjsmin import jsmin

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.M)
_ANY_IMPORT = re.compile(r"^import\b.*$", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const)\b)", re.M)
_ANY_EXPORT = re.compile(r"^export\b.*$", re.M)
_NAME = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let)\s+(\w+)", re.M)


class CannotJoin(ValueError):
    """The modules use something that joining does not know; the message names the file and the line or name."""


def join_modules(folder: Path, entry: Text) -> Text:
    """One module with the exports of `entry` and everything that it imports; comments and indents left out.

    Raises:
        CannotJoin: an import or export of another form, or one name at the top of two modules.
    """
    sources: Dict[Text, Text] = {}
    _collect(folder, entry, sources, [])
    owners: Dict[Text, Text] = {}
    joined: List[Text] = []
    for name, source in sources.items():
        for top in _NAME.findall(source):
            if owners.setdefault(top, name) != name:
                raise CannotJoin(f"{name}: '{top}' is also a name of {owners[top]}.")
        joined.append(source if name == entry else _EXPORT.sub("", source))
        strange = _ANY_EXPORT.search(_EXPORT.sub("", source))
        if strange:
            raise CannotJoin(f"{name}: {strange[0]}")
    return str(jsmin("\n".join(joined)))


def _collect(folder: Path, name: Text, sources: Dict[Text, Text], above: List[Text]) -> None:
    if name in above:
        raise CannotJoin(f"{' -> '.join([*above, name])}: modules import each other in a circle.")
    if name in sources:
        return
    source = (folder / name).read_text(encoding="utf-8")
    for names, other in _IMPORT.findall(source):
        if " as " in names:
            raise CannotJoin(f"{name}: renaming import from {other}.")
        _collect(folder, other, sources, [*above, name])
    source = _IMPORT.sub("", source)
    strange = _ANY_IMPORT.search(source)
    if strange:
        raise CannotJoin(f"{name}: {strange[0]}")
    sources[name] = source
