"""The composition root: the only module that knows both the bot and its skills.

Rasa's own configuration files name the classes below, so that `rasa run` and `rasa shell` are put together
in the same way as `python -m bot serve`.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Text

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sanic import Blueprint
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions import desk_parts
from actions import services as skill_services
from actions.handoff import DESK_ANSWERS
from actions.identity.details import mask_personal_data
from actions.identity.signed import IdentityRefused
from actions.registry import (
    Counts,
    ImportRefused,
    Progress,
    RegistryError,
    is_current,
    registry_engine,
    upgrade,
)
from actions.registry import export_registry as write_registry
from actions.registry import import_registry as read_registry
from actions.skill import new_reference
from actions.support.accounts import AccountRefused, Accounts
from actions.support.database import Database
from actions.support.desk import EmbeddedDesk
from actions.support.handoff import NotYours, State, UnknownHandoff
from actions.support.wording import describe_week, load_words
from bot.channels.desk.routes import DeskRoutes
from bot.channels.desk.sign_in import ATTEMPTS, SignIn
from bot.channels.desk.takeover import PeopleTakeOver
from bot.channels.desk.texts import load_desk_texts
from bot.channels.desk.work import DeskWork
from bot.channels.socketio import SocketChannel
from bot.channels.turns import Buttons
from bot.channels.webchat.channel import WebChatChannel, session_tokens
from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.hub import Hub
from bot.channels.webchat.limits import RateLimits
from bot.channels.webchat.store import WebChatStore
from bot.dialogue.answers import FactfulAnswers
from bot.dialogue.content import load_content
from bot.dialogue.importer import responses
from bot.settings import ROOT, Settings, load_settings
from bot.storage.tracker import ConversationStore
from bot.web.texts import load_widget_texts

DATA = ROOT / "data"

# What commands handle of the services, which they may not know themselves.
__all__ = ["AccountRefused", "ImportRefused", "Progress", "RegistryError"]


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once.

    Raises:
        SettingError: a variable has a value that cannot be used.
    """
    return load_settings()


def mask(text: Text) -> Text:
    """The text without personal data: what is stored and logged of a customer's message."""
    return mask_personal_data(text)


def facts(language: Text) -> Mapping[Text, Text]:
    """What every answer may say: contact details and terms, from the files under `data/`, worded in the language."""
    services = skill_services.services()
    return {
        "phone": services.contact.phone,
        "email": services.contact.email,
        "warranty_months": str(services.terms.warranty_months),
        "minimum_age": str(services.terms.minimum_age),
        "opening_hours": describe_week(services.contact, language),
    }


def widget_texts() -> Mapping[Text, Mapping[Text, Any]]:
    """The widget's texts by language, with the words for times and the telephone number that the answers use, too.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    contact = skill_services.services().contact
    return {
        language: {
            **texts,
            "when": asdict(load_words(language)),
            "support": {"phone": contact.phone, "email": contact.email, "zone": str(contact.hours.zone)},
        }
        for language, texts in load_widget_texts(DATA).items()
    }


def identity_refused(token: Text) -> Optional[Text]:
    """Why a website identity is refused now; None when it is good."""
    services = skill_services.services()
    try:
        services.identities.read(token, services.now())
    except IdentityRefused as refusal:
        return str(refusal)
    return None


class Answers(FactfulAnswers):
    """`nlg` in endpoints.yml. Answers come from the content files as they are now: a new wording needs no training."""

    def __init__(self, endpoint_config: Optional[EndpointConfig], domain: Domain) -> None:
        content = load_content(DATA)
        super().__init__(responses(content), facts, content.titles, content.sources)


class Conversations(ConversationStore):
    """`tracker_store` in endpoints.yml; the address comes from `TRACKER_URL`."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[Text] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        url = host or settings().tracker_url
        make_folder(url)
        super().__init__(url, mask, domain, event_broker)

    async def erase(self, sender_id: Text, minor: Optional[DialogueStateTracker] = None) -> None:
        """See `ConversationStore`; the desk's part of the conversation goes with it."""
        await super().erase(sender_id, minor)
        await skill_services.services().desk.erase(sender_id)


class WebChatFromSettings(WebChatChannel):
    """The web chat in credentials.yml."""

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> WebChatFromSettings:
        """Put the channel together; the credentials file holds nothing of it."""
        prepare_skills()
        current = settings()
        poll = current.redis_url is not None
        return cls(web_chat(), rate_limits(), current.secret_key, identity_refused, poll, current.cors_origins)


class SocketFromSettings(SocketChannel):
    """The Socket.IO channel in credentials.yml; it is there where `SOCKETIO` is on."""

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> SocketFromSettings:
        """Put the channel together; the credentials file holds nothing of it."""
        prepare_skills()
        current = settings()
        tokens = session_tokens(current.secret_key)
        poll = current.redis_url is not None
        return cls(web_chat(), rate_limits(), tokens, current.cors_origins, widget_texts(), poll=poll)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """No route where the setting is off."""
        return super().blueprint(on_new_message) if settings().socketio else Blueprint("socketio_off")


@lru_cache(maxsize=1)
def web_chat() -> WebChat:
    """What all channels of the web chat share: store, locks, streams."""
    return make_web_chat()


@lru_cache(maxsize=1)
def rate_limits() -> RateLimits:
    """One count for all channels of the web chat."""
    return RateLimits(settings().rate_limits, settings().redis_url)


def make_web_chat() -> WebChat:
    """The web chat, with the people who may take over."""
    current, desk = settings(), skill_services.services().desk
    make_folder(current.tracker_url)
    chat = WebChat(
        store=WebChatStore(current.tracker_url),
        hub=Hub(),
        buttons=Buttons(current.secret_key),
        mask=mask,
        reference=new_reference,
    )
    if isinstance(desk, EmbeddedDesk):
        chat.takeover = PeopleTakeOver(desk, mask, desk_parts.seal, desk_parts.now)
    return chat


def desk_work(chat: WebChat) -> Optional[DeskWork]:
    """What agents do at the embedded desk; None where another desk takes over."""
    desk = skill_services.services().desk
    if not isinstance(desk, EmbeddedDesk):
        return None
    return DeskWork(desk, chat, DESK_ANSWERS, desk_parts.reply_by_mail, desk_parts.by_hour, desk_parts.now)


def desk_texts() -> Dict[Text, Dict[Text, Any]]:
    """The texts of the desk's page by language.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    return load_desk_texts(DATA, load_content(DATA).titles)


def desk_accounts() -> Accounts:
    """Those who work at the desk."""
    make_folder(settings().tracker_url)
    return Accounts(Database(settings().tracker_url))


def desk_routes(chat: WebChat) -> Optional[Blueprint]:
    """The desk's page and API; None where another desk takes over.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    current, work = settings(), desk_work(chat)
    if work is None:
        return None
    limits = RateLimits(ATTEMPTS if current.rate_limits else None, current.redis_url)
    sign_in = SignIn(Accounts(work.desk.database), current.secret_key, limits, desk_parts.now)
    states = {"return": State.RETURNED, "close": State.CLOSED}
    errors = (NotYours, UnknownHandoff)
    poll = current.redis_url is not None
    return DeskRoutes(work, sign_in, desk_texts(), desk_parts.personal_data, errors, states, poll).blueprint()


def domain() -> Domain:
    """The domain file alone, for reading stored conversations without a model."""
    return Domain.load(str(ROOT / "domain.yml"))


def registry() -> Engine:
    """The device registry (`REGISTRY_URL`), brought to the newest revision.

    Raises:
        RegistryError: the address cannot be used.
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    make_folder(settings().registry_url)
    engine = registry_engine(settings().registry_url)
    upgrade(engine)
    return engine


def registry_is_ready() -> bool:
    """Whether the registry answers and is at the newest revision."""
    try:
        return is_current(registry_engine(settings().registry_url))
    except (RegistryError, SQLAlchemyError):
        return False


def registry_is_empty() -> bool:
    """Whether no customer is in the registry."""
    with registry().connect() as connection:
        return connection.execute(sa.text("SELECT 1 FROM customers LIMIT 1")).first() is None


def import_registry(directory: Path, progress: Callable[[Progress], None]) -> Mapping[Text, Counts]:
    """See `actions.registry.import_registry`."""
    return read_registry(registry(), directory, progress)


def export_registry(directory: Path, progress: Callable[[Progress], None]) -> Mapping[Text, int]:
    """See `actions.registry.export_registry`."""
    return write_registry(registry(), directory, progress)


def make_folder(url: Text) -> None:
    """The folder of an SQLite file and the file itself (mode 0600: it holds conversations), where they are missing."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and len(url) > len(prefix):
        file = ROOT / url[len(prefix) :]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)


def prepare_skills() -> None:
    """Make the skills' services from the settings of this process.

    Raises:
        ValueError: a file under `data/` is wrong.
    """
    current = settings()
    environment = {
        **os.environ,
        "REGISTRY_URL": current.registry_url,
        "TRACKER_URL": current.tracker_url,
        "DESK": current.desk,
        "MAIL_URL": current.mail_url,
        "REDIS_URL": current.redis_url or "",
        "SECRET_KEY": current.secret_key,
        "IDENTITY_SECRET": current.identity_secret or "",
    }
    skill_services.use(skill_services.build(environment))
