"""A fake Chatwoot, the real channel, desk and bot beside it, all at a moment that the test chooses."""

from __future__ import annotations

import itertools
import socket
from datetime import timedelta

import pytest

from tests.chatwoot.account import ACCOUNT, INBOX, SECRET, TOKEN
from tests.chatwoot.fake import FakeChatwoot
from tests.conftest import ADULT, MONDAY_MORNING

SUPPORT = "tickets@shop.example"
ASKS = {"en": "I want to talk to a person", "sv": "Jag vill prata med en person"}
_numbers = itertools.count(1)


class Clock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self.moment = MONDAY_MORNING

    def __call__(self):
        return self.moment

    def later(self, **span: float) -> None:
        """Time goes by: later(minutes=5)."""
        self.moment += timedelta(**span)


class Letterbox:
    """Takes all mail of a test."""

    def __init__(self) -> None:
        self.mails: list = []

    def send(self, mail) -> None:
        self.mails.append(mail)


async def at_once(seconds: float) -> None:
    """What the postman waits in tests."""


class Office:
    """The fake and everything of ours that talks to it. `agent`: Rasa's."""

    def __init__(self, agent, chatwoot, services, clock, letterbox) -> None:
        from bot.composition import chatwoot as composition

        self.agent, self.chatwoot, self.clock, self.mails = agent, chatwoot, clock, letterbox.mails
        self.services, self.desk, self.line = services, services.desk, services.chatwoot
        self.outbox = services.outbox
        self.new_process(composition)

    def new_process(self, composition=None) -> None:
        """What lives in a process's memory is made anew, as after a restart."""
        from bot.composition import chatwoot as module
        from bot.composition import make_web_chat

        composition = composition or module
        self.chat = make_web_chat()
        self.inbox = self.outbox.beside(2)
        self.talk = composition.make_talk(self.chat, self.inbox)
        composition.register_talk(self.inbox, lambda: self.talk, lambda: self.agent)

    async def settle(self, rounds: int = 12) -> None:
        """Let both sides tell each other what they have, until nobody has anything that is due."""
        for _ in range(rounds):
            self.clock.later(milliseconds=10)
            did = await self.chatwoot.tell() + await self.inbox.work_off() + await self.outbox.work_off()
            if not did:
                return
        raise AssertionError("it does not come to rest")

    async def says(self, conversation, text: str | None, files: tuple[str, ...] = ()) -> list[str]:
        """The customer writes; what the bot says to it."""
        before = len(conversation.by_bot)
        self.chatwoot.customer_says(conversation, text, files)
        await self.settle()
        return [each.content for each in conversation.by_bot[before:]]

    async def presses(self, conversation, title: str) -> list[str]:
        """The customer presses a button; what the bot says to it."""
        before = len(conversation.by_bot)
        self.chatwoot.customer_chooses(conversation, title)
        await self.settle()
        return [each.content for each in conversation.by_bot[before:]]

    async def adult(self, language: str = "en"):
        """A customer who has said how old they are."""
        conversation = self.chatwoot.arrives(language)
        await self.says(conversation, ADULT)
        return conversation

    async def waiting(self, language: str = "en"):
        """A customer who waits for a person."""
        conversation = await self.adult(language)
        await self.says(conversation, ASKS[language])
        return conversation

    async def with_anna(self, language: str = "en"):
        """A customer with whom Anna writes."""
        conversation = await self.waiting(language)
        await self.anna_says(conversation, "Hi, I have read what you wrote.")
        return conversation

    async def anna_says(self, conversation, text: str) -> None:
        """Anna writes to the customer."""
        self.chatwoot.agent_says(conversation, "Anna", text)
        await self.settle()

    def place(self, conversation):
        """What we know of the conversation."""
        return self.line.places.at(conversation.id)

    def handoff(self, conversation):
        """The latest hand-off."""
        from actions.support.tables import handoffs

        lane = self.place(conversation).lane
        return self.desk.store.select(handoffs.c.conversation_id == lane)[-1]

    async def events(self, conversation) -> list[dict]:
        """The tracker's events, as they are stored."""
        tracker = await self.agent.tracker_store.retrieve(self.place(conversation).lane)
        return [event.as_dict() for event in tracker.events]

    async def spoken(self, conversation) -> list[tuple[str, str]]:
        """Who said what, as the tracker knows it: customer, bot, or an agent's name."""
        return [
            ("customer" if each["event"] == "user" else each["metadata"].get("name", "bot"), each["text"])
            for each in await self.events(conversation)
            if each["event"] in ("user", "bot")
        ]


@pytest.fixture
def inbox_of_chatwoot() -> str | None:
    """The API inbox in the settings; tests override it."""
    return INBOX


@pytest.fixture
async def chatwoot():
    """The fake alone."""
    clock = Clock()
    fake = await FakeChatwoot(clock).start()
    yield fake
    await fake.stop()


@pytest.fixture
async def office(agent, set_clock, chatwoot, inbox_of_chatwoot, tmp_path):
    """See `Office`; a Monday at ten."""
    from dataclasses import replace

    from sanic import Sanic

    from actions import chatwoot as parts
    from actions import services
    from actions.desks import email_desk
    from actions.mail import Postman, Tickets, deliver_mail, load_mail_texts, load_ticket_words
    from actions.support.chatwoot_api import Account
    from actions.support.chatwoot_notes import load_notes
    from actions.support.database import Database
    from actions.support.outbox import Outbox
    from bot.channels.chatwoot.channel import ChatwootChannel

    clock, letterbox, database = chatwoot.clock, Letterbox(), Database(f"sqlite:///{tmp_path}/desk.db")
    built, data, languages = services.services(), services.DATA, services.LANGUAGES
    outbox = Outbox(database, built.sealer, clock, jitter=lambda: 0.0)
    deliver_mail(outbox, letterbox, services.tell_of_a_lost_answer)
    texts = {language: load_mail_texts(language, data)["ticket"] for language in languages}
    tickets = Tickets(SUPPORT, texts, {language: load_ticket_words(language, data) for language in languages})
    by_mail = email_desk(database, outbox, built.sealer, tickets)
    line = parts.chatwoot_line(
        Account(chatwoot.url, ACCOUNT, TOKEN, inbox_of_chatwoot), database, outbox, built.sealer, clock
    )
    notes = {language: load_notes(language, data) for language in languages}
    desk = parts.chatwoot_desk(line, database, built.contact.hours, built.sealer, notes, by_mail)
    set_clock(MONDAY_MORNING, desk=desk, chatwoot=line, outbox=outbox, postman=Postman(letterbox, at_once))
    services.use(replace(services.services(), clock=clock))
    made = Office(agent, chatwoot, services.services(), clock, letterbox)
    channel = ChatwootChannel(SECRET, ACCOUNT, lambda event: made.talk.keep(event), clock)
    Sanic.test_mode = True
    app = Sanic(f"chatwoot{next(_numbers)}", configure_logging=False)
    routes = channel.blueprint(None)
    routes.url_prefix = "/webhooks/chatwoot"
    app.blueprint(routes)
    listener = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    chatwoot.webhook = f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks/chatwoot/webhook"
    yield made
    server.close()
    await server.wait_closed()
    await line.api.close()
    database.close()
