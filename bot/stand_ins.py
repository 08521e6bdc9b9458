"""Stand-ins for modules that are imported and never used.

A library imports what any of its users might need, whether or not this one does. A stand-in gives every name that is
asked for while modules are imported, and nothing of it works: making one of its objects or calling one of its functions
raises `LeftOut`, which names the component that tried.

What is left out is told in `bot.without_tensorflow` and `bot.serving`. Nothing here imports Rasa.
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from types import FrameType, MappingProxyType, ModuleType
from typing import Any, Iterable, Mapping, NamedTuple, Text, Tuple


class LeftOut(ImportError):
    """Somebody wanted to use a module that had been left out because nothing that is configured needs it.

    An ImportError, because libraries that work with and without others look out for that one (thinc, for spaCy).
    """


class Unused(NamedTuple):
    """Modules that nobody will use.

    `libraries`: with all below them; a name with a small letter is taken for a module in them.
    `names`: the same, but every name in them is taken for a class.
    `missing`: those that are not to be there at all, because who imports them can do without.
    `instead`: modules of which a few names are called while others are imported, and what those are.
    """

    libraries: Tuple[Text, ...] = ()
    names: Tuple[Text, ...] = ()
    missing: Tuple[Text, ...] = ()
    instead: Mapping[Text, Mapping[Text, Any]] = MappingProxyType({})


class Finder:
    """Finds the stand-ins, and loads them."""

    def __init__(self, unused: Unused) -> None:
        self._libraries, self._names = frozenset(unused.libraries), frozenset(unused.names)
        self._missing, self._instead = frozenset(unused.missing), unused.instead

    def find_spec(self, name: Text, path: Any = None, target: Any = None) -> Any:
        """See `importlib.abc.MetaPathFinder`."""
        if name in self._missing:
            raise ModuleNotFoundError(f"{name} is left out", name=name)
        if name in self._instead or _is_among(name, self._libraries) or _is_among(name, self._names):
            return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """See `importlib.abc.Loader`."""
        if spec.name in self._instead:
            return _Instead(spec.name, self._instead[spec.name])
        return _Names(spec.name) if _is_among(spec.name, self._names) else _Library(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


def _is_among(name: Text, modules: Iterable[Text]) -> bool:
    """Whether the module is one of these, or below one."""
    parts = name.split(".")
    return any(".".join(parts[:length]) in modules for length in range(1, len(parts) + 1))


class _Library(ModuleType):
    """A module that has a class for every capitalised name and a module for every other one."""

    __version__ = "left out"

    def __getattr__(self, name: Text) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name[0].isupper():
            found: Any = _made_up(name, self.__name__)
        else:
            found = importlib.import_module(f"{self.__name__}.{name}")
        setattr(self, name, found)
        return found

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        raise refusal(self.__name__)


class _Names(_Library):
    """A module that has a class for every name."""

    def __getattr__(self, name: Text) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        setattr(self, name, _made_up(name, self.__name__))
        return self.__dict__[name]


class _Instead(_Names):
    """A module with a few names that can be used; the others are classes."""

    def __init__(self, name: Text, content: Mapping[Text, Any]) -> None:
        super().__init__(name)
        vars(self).update(content)


class _Unusable(type):
    """The class of classes that can be named, and inherited from, but not used."""

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        raise refusal(f"{cls.__module__}.{cls.__qualname__}")


def _refuse_the_made_up(error: Exception, *arguments: Any, **named: Any) -> None:
    """The `__init__` of exceptions that are made up; classes that somebody derives from them can be raised."""
    kind = type(error)
    if vars(kind).get("__init__") is _refuse_the_made_up:
        raise refusal(f"{kind.__module__}.{kind.__qualname__}")
    error.args = arguments


def _made_up(name: Text, module: Text) -> type:
    """A class of that name; of what is caught by its name, an exception that nobody can make."""
    if name.endswith(("Error", "Exception", "Warning", "Timeout")):
        return type(name, (Exception,), {"__module__": module, "__init__": _refuse_the_made_up})
    return _Unusable(name, (), {"__module__": module})


def refusal(touched: Text) -> LeftOut:
    """What is raised where a stand-in is used."""
    return LeftOut(
        f"{_user(sys._getframe(1))} uses {touched}, but that was left out because no component that is configured is "
        f"known to need it. Start with the stock command (rasa train, rasa run) or name the component in "
        f"bot/without_tensorflow.py, the module in bot/serving.py."
    )


def _user(frame: FrameType | None) -> Text:
    """The component that is at work, else the module outside the stand-ins that is."""
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


def _is_component(ancestors: Tuple[type, ...]) -> bool:
    return any(kind.__name__ == "GraphComponent" for kind in ancestors)
