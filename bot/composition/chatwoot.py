"""The channel for customers in Chatwoot's inboxes, and the agents who take over there."""

from __future__ import annotations

import asyncio
import logging
import secrets
from functools import lru_cache
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Text, cast

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sqlalchemy.exc import SQLAlchemyError

from actions import desk_parts
from actions import services as skill_services
from actions.brief import transcript
from actions.chatwoot import CHANNEL_ANSWERS
from actions.handoff import DESK_ANSWERS
from actions.skill import new_reference
from actions.support.chatwoot_desk import ChatwootDesk
from actions.support.handoff import NotYours, State, UnknownHandoff
from actions.support.outbox import Never, NotNow, Outbox
from bot.background import while_serving
from bot.channels.chatwoot.channel import NAME, ChatwootChannel
from bot.channels.chatwoot.patience import Patience
from bot.channels.chatwoot.people import People
from bot.channels.chatwoot.rooms import Rooms
from bot.channels.chatwoot.talk import Talk
from bot.channels.chatwoot.turn import Turns
from bot.channels.desk.rounds import Rounds
from bot.channels.desk.work import DeskWork
from bot.channels.turns import Buttons
from bot.channels.webchat.chat import WebChat
from bot.composition import process
from bot.composition.chat import web_chat
from bot.composition.process import mask, prepare_skills

logger = logging.getLogger(__name__)

KIND_IN = "chatwoot_in"
"""What Chatwoot tells waits in a table like the outbox, until it has been worked off."""

_UNTIL_READY, _FORGET_EVERY = 1.0, 3600.0
_TURNS_AT_ONCE = 2
"""Turns keep the processor busy: more of them at once would not end sooner, and hold up acknowledgements."""


class ChatwootFromSettings(ChatwootChannel):
    """The Chatwoot channel in credentials.yml; it is there where the settings of Chatwoot are."""

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> ChatwootFromSettings:
        """Put the channel together; the credentials file holds nothing of it."""
        prepare_skills()
        current = process.settings().chatwoot
        if current is None:
            return cls("", 0, lambda event: False, desk_parts.now)
        return cls(current.secret, current.account, lambda event: chatwoot_talk().keep(event), desk_parts.now)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The webhook, and the work behind it; no route where Chatwoot is not set up."""
        if process.settings().chatwoot is None:
            return Blueprint("chatwoot_off")
        routes = super().blueprint(on_new_message)
        running: Dict[Text, Any] = {}

        async def begin(app: Any, loop: Any) -> None:
            running["app"] = app

        def agent() -> Agent:
            found = getattr(running["app"].ctx, "agent", None)
            if found is None or not found.is_ready():
                raise NotNow("the assistant is starting")
            return found

        routes.listener("after_server_start")(begin)
        inbox = chatwoot_inbox()
        register_talk(inbox, lambda: chatwoot_talk(), agent, self.quiet)
        while_serving(routes, inbox.run)
        while_serving(routes, lambda: _look_after(agent))
        while_serving(routes, _forget)
        routes.listener("after_server_stop")(_hang_up)
        return routes


@lru_cache(maxsize=1)
def chatwoot_inbox() -> Outbox:
    """What Chatwoot has told and nobody has worked off yet; apart from what goes out, so that neither waits for the
    other.
    """
    return skill_services.services().outbox.beside(_TURNS_AT_ONCE)


@lru_cache(maxsize=1)
def chatwoot_talk() -> Talk:
    """What the webhook and the work behind it share."""
    return make_talk(web_chat(), chatwoot_inbox())


def make_talk(chat: WebChat, inbox: Outbox) -> Talk:
    """Works off what Chatwoot tells."""
    services, secret = skill_services.services(), process.settings().secret_key
    line = services.chatwoot
    if line is None:
        raise ValueError("CHATWOOT_URL is not set.")
    turns = Turns(NAME, Buttons(secret), mask, new_reference)

    def add(lane: Text, body: Mapping[Text, Any], key: Text) -> bool:
        return inbox.add(KIND_IN, lane, body, f"chatwoot in {key}")

    return Talk(line, make_people(chat, turns), turns, CHANNEL_ANSWERS, add, lambda: secrets.token_hex(16))


def make_people(chat: WebChat, turns: Turns) -> Optional[People]:
    """The agents in Chatwoot; None where another desk takes over."""
    services = skill_services.services()
    desk = services.desk
    if not isinstance(desk, ChatwootDesk):
        return None
    rooms = Rooms(desk.line, turns, chat)
    place = cast(WebChat, rooms)
    work = DeskWork(desk, place, DESK_ANSWERS, desk_parts.reply_by_mail, desk_parts.by_hour, desk_parts.now)
    states = {"return": State.RETURNED, "close": State.CLOSED}
    return People(desk, work, rooms, (NotYours, UnknownHandoff), states, transcript)


def make_rounds(people: People) -> Rounds:
    """What is looked after beside the webhook: the queue, and those who wait too long."""
    rounds = Rounds(people.work, process.settings().redis_url is not None, people.remind)
    people.desk.on_change = lambda reference: rounds.queue_moved()
    return rounds


async def _at_once() -> None:
    """Nobody needs to be waited for."""


def register_talk(
    inbox: Outbox,
    talk: Callable[[], Talk],
    agent: Callable[[], Agent],
    quiet: Callable[[], Awaitable[None]] = _at_once,
) -> None:
    """Let the inbox be worked off; `quiet`: is waited for before each event."""

    async def work(body: Mapping[Text, Any]) -> None:
        await quiet()
        await talk().work_off(agent(), body)

    async def give_up(body: Mapping[Text, Any], problem: Text) -> None:
        await talk().give_up(agent(), body, problem)

    inbox.register(KIND_IN, Patience(work, give_up, NotNow, Never))


async def _hang_up(app: Any, loop: Any) -> None:
    line = skill_services.services().chatwoot
    if line is not None:
        await line.api.close()


async def _forget() -> None:
    line = skill_services.services().chatwoot
    while line is not None:
        try:
            await asyncio.to_thread(line.places.forget_posts, desk_parts.now())
        except SQLAlchemyError as error:
            logger.error("What was sent to Chatwoot long ago is still noted (%s).", type(error).__name__)
        await asyncio.sleep(_FORGET_EVERY)


async def _look_after(agent: Callable[[], Agent]) -> None:
    people = chatwoot_talk().people
    if people is None:
        return
    rounds = make_rounds(people)
    while True:
        try:
            found = agent()
        except NotNow:
            await asyncio.sleep(_UNTIL_READY)
        else:
            await rounds.go(found)
