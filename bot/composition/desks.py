"""The embedded desk: its page, its accounts, what agents do there."""

from __future__ import annotations

from typing import Any, Dict, Optional, Text

from sanic import Blueprint

from actions import desk_parts
from actions import services as skill_services
from actions.handoff import DESK_ANSWERS
from actions.support.accounts import Accounts
from actions.support.database import Database
from actions.support.desk import EmbeddedDesk
from actions.support.handoff import NotYours, State, UnknownHandoff
from bot.channels.desk.routes import DeskRoutes
from bot.channels.desk.sign_in import ATTEMPTS, SignIn
from bot.channels.desk.texts import load_desk_texts
from bot.channels.desk.work import DeskWork
from bot.channels.webchat.chat import WebChat
from bot.channels.webchat.limits import RateLimits
from bot.composition import process
from bot.composition.chat import widget_texts
from bot.composition.process import DATA, make_folder
from bot.dialogue.content import load_content


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
    desk, widget = load_desk_texts(DATA, load_content(DATA).titles), widget_texts()
    return {language: {**texts, "cards": widget[language]} for language, texts in desk.items()}


def desk_accounts() -> Accounts:
    """Those who work at the desk."""
    make_folder(process.settings().tracker_url)
    return Accounts(Database(process.settings().tracker_url))


def desk_routes(chat: WebChat) -> Optional[Blueprint]:
    """The desk's page and API; None where another desk takes over.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    current, work = process.settings(), desk_work(chat)
    if work is None:
        return None
    limits = RateLimits(ATTEMPTS if current.rate_limits else None, current.redis_url)
    sign_in = SignIn(Accounts(work.desk.database), current.secret_key, limits, desk_parts.now)
    states = {"return": State.RETURNED, "close": State.CLOSED}
    errors = (NotYours, UnknownHandoff)
    poll = current.redis_url is not None
    return DeskRoutes(work, sign_in, desk_texts(), desk_parts.personal_data, errors, states, poll).blueprint()
