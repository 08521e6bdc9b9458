"""The web chat and the channels through which customers reach it (credentials.yml)."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Text

from rasa.core.channels.channel import UserMessage
from sanic import Blueprint

from actions import desk_parts
from actions import services as skill_services
from actions.offer import NEGATIVE_FEEDBACK, UNHELPFUL
from actions.skill import new_reference
from actions.support.chatwoot_desk import ChatwootDesk
from actions.support.desk import EmbeddedDesk
from actions.support.wording import load_words
from bot.background import while_serving
from bot.channels.chatwoot.relay import Relay
from bot.channels.desk.standing import Standing
from bot.channels.desk.takeover import PeopleTakeOver
from bot.channels.socketio import SocketChannel
from bot.channels.turns import Buttons
from bot.channels.webchat.channel import WebChatChannel
from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.hub import Hub
from bot.channels.webchat.limits import RateLimits
from bot.channels.webchat.store import WebChatStore
from bot.channels.webchat.tokens import SessionTokens
from bot.channels.webchat.unhelpful import OfferAPerson
from bot.composition import process
from bot.composition.process import DATA, identity_refused, make_folder, mask, prepare_skills
from bot.web.texts import load_widget_texts


class WebChatFromSettings(WebChatChannel):
    """The web chat in credentials.yml."""

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> WebChatFromSettings:
        """Put the channel together; the credentials file holds nothing of it."""
        prepare_skills()
        current = process.settings()
        poll = current.redis_url is not None
        return cls(web_chat(), rate_limits(), current.secret_key, identity_refused, poll, current.cors_origins)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; what must leave the house is worked off while they are served, under `rasa run`, too."""
        routes = super().blueprint(on_new_message)
        services = skill_services.services()
        for outbox in filter(None, (services.outbox, services.to_chatwoot)):
            while_serving(routes, outbox.run)
        return routes


class SocketFromSettings(SocketChannel):
    """The Socket.IO channel in credentials.yml; it is there where `SOCKETIO` is on."""

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> SocketFromSettings:
        """Put the channel together; the credentials file holds nothing of it."""
        prepare_skills()
        current = process.settings()
        tokens = SessionTokens(current.secret_key)
        poll = current.redis_url is not None
        return cls(web_chat(), rate_limits(), tokens, current.cors_origins, widget_texts(), poll=poll)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """No route where the setting is off."""
        return super().blueprint(on_new_message) if process.settings().socketio else Blueprint("socketio_off")


@lru_cache(maxsize=1)
def web_chat() -> WebChat:
    """What all channels of the web chat share: store, locks, streams."""
    return make_web_chat()


@lru_cache(maxsize=1)
def rate_limits() -> RateLimits:
    """One count for all channels of the web chat."""
    return RateLimits(process.settings().rate_limits, process.settings().redis_url)


def make_web_chat() -> WebChat:
    """The web chat, with the people who may take over."""
    current, desk = process.settings(), skill_services.services().desk
    make_folder(current.tracker_url)
    chat = WebChat(
        store=WebChatStore(current.tracker_url),
        hub=Hub(),
        buttons=Buttons(current.secret_key),
        mask=mask,
        reference=new_reference,
    )
    titles = {language: texts["handoff"] for language, texts in load_widget_texts(DATA).items()}
    says = Standing(Buttons(current.secret_key), titles)
    if isinstance(desk, EmbeddedDesk):
        chat.takeover = PeopleTakeOver(desk, chat.hub, says, mask, desk_parts.seal, desk_parts.now)
    elif isinstance(desk, ChatwootDesk):
        chat.takeover = Relay(desk, chat.hub, says, desk_parts.now)
    chat.unhelpful = OfferAPerson(chat, desk, UNHELPFUL, NEGATIVE_FEEDBACK, desk_parts.now)
    return chat


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
