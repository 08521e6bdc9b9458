"""The composition root: the only package that knows both the bot and its skills.

Rasa's own configuration files name the classes below, so that `rasa run` and `rasa shell` are put together
in the same way as `python -m bot serve`.
"""

from actions.registry import ImportRefused, Progress, RegistryError
from actions.skill import new_reference
from actions.support.accounts import AccountRefused
from bot.composition.chat import (
    SocketFromSettings,
    WebChatFromSettings,
    make_web_chat,
    rate_limits,
    web_chat,
    widget_texts,
)
from bot.composition.chatwoot import ChatwootFromSettings
from bot.composition.desks import desk_accounts, desk_routes, desk_texts, desk_work
from bot.composition.outbox import drop_given_up, outbox_health, outbox_lines, retry_outbox
from bot.composition.privacy import conversation_called
from bot.composition.process import DATA, facts, identity_refused, make_folder, mask, now, prepare_skills, settings
from bot.composition.registries import (
    export_registry,
    import_registry,
    registry,
    registry_is_empty,
    registry_is_ready,
)
from bot.composition.storage import Answers, Conversations, domain

__all__ = [
    "DATA",
    "AccountRefused",
    "Answers",
    "ChatwootFromSettings",
    "Conversations",
    "ImportRefused",
    "Progress",
    "RegistryError",
    "SocketFromSettings",
    "WebChatFromSettings",
    "conversation_called",
    "desk_accounts",
    "desk_routes",
    "desk_texts",
    "desk_work",
    "domain",
    "export_registry",
    "facts",
    "identity_refused",
    "import_registry",
    "make_folder",
    "make_web_chat",
    "mask",
    "new_reference",
    "now",
    "outbox_health",
    "outbox_lines",
    "prepare_skills",
    "rate_limits",
    "registry",
    "registry_is_empty",
    "registry_is_ready",
    "drop_given_up",
    "retry_outbox",
    "settings",
    "web_chat",
    "widget_texts",
]
