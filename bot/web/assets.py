"""The widget's files as they are delivered: compressed, named by their contents, with integrity hashes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Mapping, Text

from rcssmin import cssmin
from rjsmin import jsmin

from bot.web.joining import join_modules
from bot.web.texts import LAUNCHER

WIDGET = Path(__file__).parent / "widget"
LAUNCHER_FILE = "widget.js"
_BUILD = "__BUILD__"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json"}


@dataclass(frozen=True)
class Asset:
    """One file. `integrity`: for Subresource Integrity, such as `sha384-…`."""

    body: bytes
    compressed: bytes
    content_type: Text
    integrity: Text


@dataclass(frozen=True)
class Assets:
    """`launcher` is `/widget.js`; `files` are `/widget/<version>/<name>` and never change under that address."""

    version: Text
    launcher: Asset
    files: Mapping[Text, Asset]

    def bytes_for(self, language: Text) -> int:
        """What a customer who opens the chat in one language downloads, gzip."""
        texts = [name for name in self.files if name.endswith(".json") and name != f"{language}.json"]
        wanted = [asset for name, asset in self.files.items() if name not in texts]
        return sum(len(asset.compressed) for asset in [self.launcher, *wanted])


def build_assets(texts: Mapping[Text, Mapping[Text, Any]], folder: Path = WIDGET) -> Assets:
    """Read the widget's folder.

    The launcher is told the version and the hash of every other file, so whoever pins the launcher by its own
    hash pins all of them.

    Args:
        texts: by language, as `load_widget_texts` returns them, `launcher` among the sections.
        folder: the launcher, the panel's modules and its style sheet.

    Raises:
        CannotJoin: a module cannot be delivered in one file with the others.
    """
    style = cssmin((folder / "panel.css").read_text(encoding="utf-8"))
    files = {
        "panel.js": _asset(join_modules(folder, "panel.js").encode(), ".js"),
        "panel.css": _asset(style.encode(), ".css"),
    }
    for language, sections in texts.items():
        said = {name: section for name, section in sections.items() if name != LAUNCHER}
        files[f"{language}.json"] = _asset(
            json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), ".json"
        )
    together = hashlib.sha256("".join(f"{name} {asset.integrity}\n" for name, asset in files.items()).encode())
    version = together.hexdigest()[:12]
    build: Dict[Text, Any] = {
        "version": version,
        "integrity": {name: asset.integrity for name, asset in files.items()},
        "texts": {language: sections[LAUNCHER] for language, sections in texts.items()},
    }
    source = (folder / LAUNCHER_FILE).read_text(encoding="utf-8").replace(_BUILD, json.dumps(build))
    return Assets(version, _asset(jsmin(source).encode(), ".js", "sha384"), files)


def _asset(body: bytes, suffix: Text, algorithm: Text = "sha256") -> Asset:
    digest = base64.b64encode(hashlib.new(algorithm, body).digest()).decode()
    return Asset(body, gzip.compress(body, 9, mtime=0), _TYPES[suffix], f"{algorithm}-{digest}")
