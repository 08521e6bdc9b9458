"""What a process that serves a model, or trains one, does without: the half of what Rasa and its libraries import.

Rasa imports the libraries of every channel, store and broker that it has, and those with which it learns, tests and
draws. Each is left out (`bot.stand_ins`) unless the settings, the channels in credentials.yml or a component of the
model may use it. Nothing here imports Rasa.
"""

from __future__ import annotations

import pkgutil
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Mapping, Optional, Text, Tuple

from ruamel.yaml import YAML, YAMLError

from bot.settings import Settings
from bot.stand_ins import Unused

_OF_STORES_AND_COMMANDS = (
    "boto3", "botocore", "pymongo",  # tracker stores; ours is bot.storage
    "aio_pika", "aiormq",  # event brokers; there is none
    "questionary", "prompt_toolkit", "randomname", "terminaltables",  # what the command `rasa` asks and prints
    "rasa.utils.plotting",  # draws what has been tested
    "apscheduler",  # reminders, which no skill sets; models that are fetched from a server
)  # fmt: skip
_NEVER = (
    *_OF_STORES_AND_COMMANDS,
    "rasa.graph_components.validators",  # check what is trained on
    "dask",  # bot.graph_runner does without
    "alembic.ddl.mssql", "alembic.ddl.mysql", "alembic.ddl.oracle",  # other databases
    "langcodes", "packaging.requirements", "srsly.ruamel_yaml",  # for spaCy's own models
    "spacy.cli", "spacy.ml", "spacy.pipeline", "spacy.training",  # only its rules for words are used
)  # fmt: skip
_TO_LEARN = ("sklearn", "joblib", "scipy.stats", "scipy.sparse.linalg", "scipy.sparse.csgraph")
"""Rasa's modules name them where they are imported. Needed by some of its own components, by none of ours."""

_OF_CHANNELS: Dict[Text, Tuple[Text, ...]] = {
    "botframework": ("requests",),
    "callback": ("aiohttp",),
    "cmdline": (),
    "facebook": ("fbmessenger", "requests"),
    "hangouts": ("google.auth", "google.oauth2", "cachecontrol", "requests"),
    "mattermost": ("requests",),
    "rasa": ("aiohttp",),
    "rest": (),
    "rocketchat": ("requests",),
    "slack": ("slack_sdk", "aiohttp"),
    "socketio": ("socketio", "engineio"),
    "telegram": ("aiogram", "aiohttp"),
    "twilio": ("twilio", "requests"),
    "twilio_voice": ("twilio", "requests"),
    "webexteams": ("webexteamssdk", "requests"),
}
"""Rasa's channels, by their names in credentials.yml, and what they and the libraries that they bring use of what can
be left out. Any other channel that is not ours may use all of it."""

_HARMLESS = ("bot.", "rasa.graph_components.", "rasa.core.policies.ensemble.")
_HARMLESS_COMPONENTS = (
    "rasa.nlu.classifiers.fallback_classifier.FallbackClassifier",
    "rasa.nlu.classifiers.regex_message_handler.RegexMessageHandler",
)
"""Components that need nothing of `_TO_LEARN` in order to process a message."""


def unused(components: Optional[Iterable[Text]], settings: Settings, credentials: Path) -> Unused:
    """What the process that serves a model will not use.

    Args:
        components: the classes that the model is served with, by module path; None: they could not be told.
        settings: of this process.
        credentials: the file that names the channels.
    """
    channels = _channels(credentials)
    return Unused(
        libraries=(*_NEVER, *_of_absent_channels(channels, settings), *_of_settings(settings)),
        names=_TO_LEARN if _is_harmless(components) else ("scipy.stats",),
        missing=("portalocker.redis",),  # a lock over several machines
        instead={
            "structlog_sentry": {"SentryProcessor": _no_report},  # reports to a service that nobody has set up
            "pkg_resources": {"resource_string": pkgutil.get_data, "resource_filename": _file_in},  # finds data
        },
    )


def unused_in_training() -> Unused:
    """What the process that trains a model will not use: no message comes or goes there."""
    of_channels = {module for modules in _OF_CHANNELS.values() for module in modules}
    return Unused(libraries=(*_OF_STORES_AND_COMMANDS, *sorted(of_channels)))


def pythons_own_distutils() -> None:
    """Setuptools puts itself in the place of `distutils`, of which Sanic uses one small function."""
    with suppress(ImportError, AttributeError):
        import_module("_distutils_hack").remove_shim()


def _is_harmless(components: Optional[Iterable[Text]]) -> bool:
    return components is not None and all(
        name.startswith(_HARMLESS) or name in _HARMLESS_COMPONENTS for name in components
    )


def _channels(credentials: Path) -> Optional[Iterable[Text]]:
    """The names of the channels; None where the file cannot be read: whoever needs it will say so."""
    try:
        content: Any = YAML(typ="safe").load(credentials.read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError):
        return None
    return {str(name) for name in content} if isinstance(content, Mapping) else ()


def _of_absent_channels(channels: Optional[Iterable[Text]], settings: Settings) -> Tuple[Text, ...]:
    if channels is None or any(name not in _OF_CHANNELS and not name.startswith("bot.") for name in channels):
        return ()
    present = {*channels, "socketio"} if settings.socketio else set(channels)
    used = {module for name in present for module in _OF_CHANNELS.get(name, ())}
    if settings.chatwoot:
        used.add("aiohttp")
    return tuple({module for modules in _OF_CHANNELS.values() for module in modules} - used)


def _of_settings(settings: Settings) -> Tuple[Text, ...]:
    """endpoints.yml changes nothing: answers and conversations must be ours (`bot.server`), the actions run in the same
    process, and there is no broker.
    """
    return () if settings.redis_url else ("redis",)


def _no_report(**settings: Any) -> Callable[[Any, Text, Any], Any]:
    return lambda logger, name, event: event


def _file_in(package: Text, path: Text) -> Text:
    return str(Path(import_module(package).__file__ or "").parent / path)
