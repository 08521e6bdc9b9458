"""The channels, and the websites that may use them, without the modules in which Rasa has that: they bring those with
which it tests and draws, too.
"""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence, Text

from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.channel import InputChannel
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from sanic import Sanic
from sanic_cors import CORS


def channels_of(credentials: Path) -> List[InputChannel]:
    """The channels in a `credentials.yml`: Rasa's own by their names, all others by module path.

    Raises:
        RasaException: there is no such channel.
    """
    return [_channel(name).from_credentials(settings) for name, settings in read_config_file(credentials).items()]


def _channel(name: Text) -> type[InputChannel]:
    if name in BUILTIN_CHANNELS:
        return BUILTIN_CHANNELS[name]
    try:
        found: type[InputChannel] = class_from_module_path(name)
    except (AttributeError, ImportError) as error:
        raise RasaException(f"there is no channel '{name}'.") from error
    return found


def allow_origins(app: Sanic, origins: Sequence[Text]) -> None:
    """Pages of these websites may call the application, with credentials; those of others may not."""
    app.config.CORS_AUTOMATIC_OPTIONS = True
    app.config.CORS_SUPPORTS_CREDENTIALS = True
    app.config.CORS_EXPOSE_HEADERS = "filename"
    CORS(app, resources={r"/*": {"origins": list(origins) or ""}}, automatic_options=True)
