"""Rasa without TensorFlow, for models that do not use it.

Rasa imports TensorFlow whether or not a component needs it: more than half of the time that a start takes, and most of
the memory. `leave_out()` puts a stand-in in its place. It has to come before Rasa is imported, and it is
asked for by `python -m bot …` only: stock `rasa` commands know nothing of this module.

The stand-in (`bot.stand_ins`) gives every name that Rasa's modules ask for while they are imported: a class for
`Layer`, a module for `keras`. Using one of them raises `LeftOut`, which names the component that tried.

With it goes what others do without where it is missing: h5py, which keeps TensorFlow's weights, and what colours log
lines and pages that nobody sees. Where a model is served, so does what `bot.serving` lists.

Nothing here imports Rasa or TensorFlow.
"""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path
from typing import Iterable, List, Optional, Text

from ruamel.yaml import YAML, YAMLError

from bot.stand_ins import Finder, Unused

_LEFT_OUT = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras")
_MISSING = ("h5py", "rich", "mako.ext.pygmentplugin")
_NEEDING = {
    "DIETClassifier",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
    "ConveRTFeaturizer",
    "LanguageModelFeaturizer",
}
"""Rasa's own components that work with TensorFlow."""

_KNOWN_PACKAGES = ("rasa", "bot")


def components_of_config(file: Path) -> Optional[List[Text]]:
    """The names in the pipeline and the policies of a `config.yml`.

    None where they cannot be told: another recipe than Rasa's default one, a file that cannot be read, or a missing
    part, for which Rasa then takes its own choice.
    """
    try:
        config = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        if config.get("recipe", "default.v1") != "default.v1":
            return None
        return [str(entry["name"]) for part in ("pipeline", "policies") for entry in config[part]]
    except (OSError, ValueError, YAMLError, KeyError, TypeError, AttributeError):
        return None


def components_of_model(file: Path) -> Optional[List[Text]]:
    """The classes that a trained model (`.tar.gz`) is served with, by module path; None where it cannot be read."""
    try:
        with tarfile.open(file) as archive:
            member = archive.extractfile("metadata.json")
            metadata = json.loads(member.read()) if member else {}
        return [str(node["uses"]) for node in metadata["predict_schema"]["nodes"].values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, tarfile.TarError, EOFError):
        return None


def needing(components: Optional[Iterable[Text]]) -> List[Text]:
    """Those of the components that may need TensorFlow: some of Rasa's own, and all that are of neither Rasa nor us."""
    if components is None:
        return ["unknown"]
    return [name for name in components if name.rsplit(".", 1)[-1] in _NEEDING or not _is_known(name)]


def _is_known(component: Text) -> bool:
    return "." not in component or component.split(".", 1)[0] in _KNOWN_PACKAGES


def leave_out(components: Optional[Iterable[Text]], serving: Optional[Unused] = None) -> bool:
    """Put the stand-in in TensorFlow's place, unless one of the components may need TensorFlow or it is there already.

    Args:
        components: what `components_of_config` or `components_of_model` returned.
        serving: what else is left out where a model is served and nothing is learned (`bot.serving`).

    Returns:
        Whether TensorFlow is left out in this process.
    """
    if _is_left_out():
        return True
    if needing(components) or any(name in sys.modules for name in (*_LEFT_OUT, "rasa")):
        return False
    also = serving or Unused()
    unused = also._replace(libraries=(*_LEFT_OUT, *also.libraries), missing=(*_MISSING, *also.missing))
    sys.meta_path.insert(0, Finder(unused))
    return True


def _is_left_out() -> bool:
    return any(isinstance(finder, Finder) for finder in sys.meta_path)
