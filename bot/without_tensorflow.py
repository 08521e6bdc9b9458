"""Rasa without TensorFlow, for models that do not use it.

Rasa imports TensorFlow whether or not a component needs it: more than half of the time that a start takes, and most of
the memory. `leave_out()` puts a stand-in in its place. It has to come before Rasa is imported, and it is
asked for by `python -m bot …` only: stock `rasa` commands know nothing of this module.

The stand-in gives every name that Rasa's modules ask for while they are imported: a class for `Layer`, a module for
`keras`. Nothing of it works. Making one of its objects or calling one of its functions raises
`TensorFlowLeftOut`, which names the component that tried.

With it goes what others do without where it is missing: h5py, which keeps TensorFlow's weights, and what colours log
lines and pages that nobody sees. Where a model is served, so do the statistics of SciPy (30 MB), which scikit-learn
asks for in order to learn, and Rasa's way to matplotlib (15 MB), with which it draws what it has tested.

Nothing here imports Rasa or TensorFlow.
"""

from __future__ import annotations

import importlib
import json
import sys
import tarfile
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Iterable, List, Optional, Sequence, Text

from ruamel.yaml import YAML, YAMLError

_LEFT_OUT = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras")
_MISSING = ("h5py", "rich", "mako.ext.pygmentplugin")
_TO_LEARN = ("scipy.stats", "rasa.utils.plotting")
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


class TensorFlowLeftOut(ImportError):
    """A component wanted to use TensorFlow, which had been left out because no configured component needs it.

    An ImportError, because libraries that work with and without TensorFlow look out for that one (thinc, for spaCy).
    """


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


def leave_out(components: Optional[Iterable[Text]], learns: bool = True) -> bool:
    """Put the stand-in in TensorFlow's place, unless one of the components may need TensorFlow or it is there already.

    Args:
        components: what `components_of_config` or `components_of_model` returned.
        learns: the process may train a model.

    Returns:
        Whether TensorFlow is left out in this process.
    """
    if _is_left_out():
        return True
    if needing(components) or any(name in sys.modules for name in (*_LEFT_OUT, "rasa")):
        return False
    sys.meta_path.insert(0, _Finder(() if learns else _TO_LEARN))
    return True


def _is_left_out() -> bool:
    return any(isinstance(finder, _Finder) for finder in sys.meta_path)


class _Finder:
    """Finds the stand-in for every module of TensorFlow, and for those in `also`; also loads it."""

    def __init__(self, also: Sequence[Text] = ()) -> None:
        self._also = also

    def find_spec(self, name: Text, path: Any = None, target: Any = None) -> Optional[ModuleSpec]:
        if name in _MISSING:
            raise ModuleNotFoundError(f"{name} is left out, as TensorFlow is", name=name)
        if name.split(".", 1)[0] in _LEFT_OUT or self._is_in_also(name):
            return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]
        return None

    def _is_in_also(self, name: Text) -> bool:
        return any(name == each or name.startswith(f"{each}.") for each in self._also)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Names(spec.name) if self._is_in_also(spec.name) else _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


class _StandIn(ModuleType):
    """A module that has a class for every capitalised name and a module for every other one."""

    __version__ = "left out"

    def __getattr__(self, name: Text) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name[0].isupper():
            found: Any = _Unusable(name, (), {"__module__": self.__name__})
        else:
            found = importlib.import_module(f"{self.__name__}.{name}")
        setattr(self, name, found)
        return found

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        raise _refusal(self.__name__)


class _Names(_StandIn):
    """A module that has a class for every name: scikit-learn makes a class of its own from one of its functions."""

    def __getattr__(self, name: Text) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return _Unusable(name, (), {"__module__": self.__name__})


class _Unusable(type):
    """The class of classes that can be named, and inherited from, but not used."""

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        raise _refusal(f"{cls.__module__}.{cls.__qualname__}")


def _refusal(touched: Text) -> TensorFlowLeftOut:
    user = _user(sys._getframe(1))
    return TensorFlowLeftOut(
        f"{user} uses {touched}, but TensorFlow was left out because no component that is configured is known to need "
        f"it, and what learns with it. Start with the stock command (rasa train, rasa run) or name the component in "
        f"bot/without_tensorflow.py."
    )


def _user(frame: Optional[FrameType]) -> Text:
    """The component that is at work, else the module outside TensorFlow that is."""
    module = None
    while frame is not None:
        name = frame.f_globals.get("__name__", "?")
        if name != __name__:
            module = module or name
            subject = frame.f_locals.get("self", frame.f_locals.get("cls"))
            kind = subject if isinstance(subject, type) else type(subject)
            if _is_component(kind.__mro__):
                return f"The component {kind.__name__} ({kind.__module__})"
        frame = frame.f_back
    return f"The module {module}"


def _is_component(ancestors: Sequence[type]) -> bool:
    return any(kind.__name__ == "GraphComponent" for kind in ancestors)
