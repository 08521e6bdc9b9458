"""What the tests of all desks share: a web chat, a mail server, and each desk as its people at support see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import MONDAY_MORNING, ROOT
from tests.desk.conftest import Room
from tests.mail_server import Letter, MailServer

SUPPORT = "tickets@shop.example"
SECRET = "a secret of these tests"


@dataclass(frozen=True)
class Found:
    """A message that reached support. `about`: everything that is to be read beside it, masked."""

    reference: str
    message: str
    address: str
    about: str


class Clock:
    """The moment that the test says it is."""

    moment = MONDAY_MORNING


@dataclass
class Side:
    """One desk. `is_live`: people answer in the web chat. `found`: the messages that reached support, oldest first.

    `channels`: where else it may be live. `names_devices`: whether what is to be read lists the customer's devices.
    `hang_up`: lets go of its connections.
    """

    desk: Any
    is_live: bool
    found: Callable[[], Awaitable[list[Found]]]
    channels: frozenset[str] = field(default_factory=frozenset)
    names_devices: bool = False
    hang_up: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True)
class Parts:
    """What a desk is made of. `room` is there once the desk has been made and put in place."""

    database: Any
    outbox: Any
    sealer: Any
    contact: Any
    mail_server: MailServer
    clock: Clock
    place: list[Place]
    outside: dict[str, Any]
    """Servers that a desk has started, by name; they outlive a restart of ours."""


class Place(Room):
    """The web chat with one desk and a real mail server; see `Room`."""

    def __init__(self, agent, chat, side: Side, parts: Parts, restart: Callable[[], None]) -> None:
        self.agent, self.chat, self.side, self._parts, self._clock = agent, chat, side, parts, parts.clock
        self.sides = [side]
        self.mail_server, self.outbox, self.restart = parts.mail_server, parts.outbox, restart

    async def hang_up(self) -> None:
        """Let go of all connections."""
        for side in self.sides:
            if side.hang_up:
                await side.hang_up()

    def close(self) -> None:
        """End."""
        self._parts.database.close()
        for server in self._parts.outside.values():
            server.stop()

    @property
    def desk(self):
        return self.side.desk

    async def handoff_of(self, conversation: str):
        of = getattr(self.desk, "of", None)
        return await of(conversation) if of else None

    async def support_has(self) -> list[Found]:
        """What has reached support by now."""
        await self.outbox.work_off()
        return await self.side.found()

    async def mailed_to(self, address: str) -> list[Letter]:
        """What has arrived there by now."""
        await self.outbox.work_off()
        return [letter for letter in self.mail_server.letters if letter.recipients == [address]]


def embedded(parts: Parts) -> Side:
    """Our own queue and page."""
    from argon2 import PasswordHasher

    from actions.desk_parts import personal_data
    from actions.registry.serials import new_reference
    from actions.support.accounts import Accounts
    from actions.support.desk import EmbeddedDesk
    from actions.support.handoff import ReplyBy, State
    from bot import composition
    from bot.channels.desk import views

    accounts = Accounts(parts.database, PasswordHasher(1, 8, 1))
    if not accounts.anybody():
        accounts.add("anna", "Anna", "correct horse battery")
    desk = EmbeddedDesk(parts.database, parts.contact.hours, parts.sealer, new_reference)

    async def found() -> list[Found]:
        work = composition.desk_work(parts.place[0].chat)
        table = desk.table
        queued = (table.c.reply_by == ReplyBy.MAIL.value) & (table.c.state == State.QUEUED.value)
        return [
            Found(
                each.reference,
                (personal := await personal_data(each))["text"],
                personal["email"],
                str(views.conversation(work, each)),
            )
            for each in desk.store.select(queued)
        ]

    return Side(desk, True, found, names_devices=True)


def email(parts: Parts) -> Side:
    """Tickets by mail."""
    from actions.desks import email_desk
    from actions.mail import Tickets, load_mail_texts, load_ticket_words

    languages, data = ("en", "sv"), ROOT / "data"
    texts = {language: load_mail_texts(language, data)["ticket"] for language in languages}
    words = {language: load_ticket_words(language, data) for language in languages}
    desk = email_desk(parts.database, parts.outbox, parts.sealer, Tickets(SUPPORT, texts, words))

    async def found() -> list[Found]:
        return [ticket(letter) for letter in parts.mail_server.letters if letter.recipients == [SUPPORT]]

    return Side(desk, False, found, names_devices=True)


def ticket(letter: Letter) -> Found:
    """A ticket as support reads it."""
    message, about = letter.plain.split("\n\n> ", 1)[1].split("\n\n", 1)
    reference = str(letter.message["Subject"]).split("(")[1].split(")")[0]
    return Found(reference, message.replace("\n> ", "\n"), str(letter.message["Reply-To"]), about)


def chatwoot(parts: Parts) -> Side:
    """Chatwoot, with an API inbox."""
    from actions.chatwoot import chatwoot_desk, chatwoot_line
    from actions.support.chatwoot_api import Account
    from actions.support.chatwoot_notes import load_notes
    from tests.chatwoot.account import ACCOUNT, INBOX, TOKEN
    from tests.chatwoot.in_thread import ChatwootThread

    if "chatwoot" not in parts.outside:
        parts.outside["chatwoot"] = ChatwootThread(lambda: parts.clock.moment)
    fake = parts.outside["chatwoot"].fake
    account = Account(fake.url, ACCOUNT, TOKEN, INBOX)
    line = chatwoot_line(account, parts.database, parts.outbox, parts.sealer, lambda: parts.clock.moment)
    notes = {language: load_notes(language, ROOT / "data") for language in ("en", "sv")}
    by_mail = email(parts).desk
    desk = chatwoot_desk(line, parts.database, parts.contact.hours, parts.sealer, notes, by_mail)

    async def found() -> list[Found]:
        await line.api.close()
        return [
            Found(each.custom_attributes["bot_reference"], each.said()[0], each.contact.email, each.notes[0])
            for each in fake.conversations.values()
            if each.contact.email
        ]

    return Side(desk, True, found, frozenset({"chatwoot"}), hang_up=line.api.close)


DESKS: dict[str, Callable[[Parts], Side]] = {"embedded": embedded, "email": email, "chatwoot": chatwoot}
"""Each desk by its name in `DESK`."""


def make_place(agent, set_clock, folder: Path, server: MailServer, name: str) -> Place:
    """The web chat with the desk of this name."""
    from dataclasses import replace

    from actions import services
    from actions.identity.sealed import Sealer
    from actions.mail import deliver_mail, sender_at
    from actions.support.database import Database
    from actions.support.outbox import Outbox
    from bot import composition

    clock, sealer, contact, made = Clock(), Sealer(SECRET), services.services().contact, []
    outside: dict[str, Any] = {}

    def put_together() -> Parts:
        database = Database(f"sqlite:///{folder}/desk.db")
        outbox = Outbox(database, sealer, lambda: clock.moment, jitter=lambda: 0.0)
        sender = sender_at(server.url, contact.email, lambda: clock.moment)
        deliver_mail(outbox, sender, services.tell_of_a_lost_answer)
        return Parts(database, outbox, sealer, contact, server, clock, made, outside)

    def begin() -> tuple[Parts, Side]:
        parts = put_together()
        side = DESKS[name](parts)
        set_clock(clock.moment, desk=side.desk, outbox=parts.outbox, sealer=sealer)
        services.use(replace(services.services(), clock=lambda: clock.moment))
        return parts, side

    def restart() -> None:
        place = made[0]
        place._parts.database.close()
        place._parts, place.side = begin()
        place.sides.append(place.side)
        place.outbox, place.chat = place._parts.outbox, composition.make_web_chat()

    parts, side = begin()
    made.append(Place(agent, composition.make_web_chat(), side, parts, restart))
    return made[0]
