"""Customers in the web chat and agents at the embedded desk, in one process and at a moment that the test chooses."""

from __future__ import annotations

import itertools
import shutil
from datetime import datetime, timedelta

import pytest

from tests.conftest import ADULT, IDENTITY_SECRET, MONDAY_MORNING, ROOT, STOCKHOLM
from tests.desk.in_words import ADDRESS, MESSAGE, writing

NIGHT = datetime(2026, 3, 9, 22, 0, tzinfo=STOCKHOLM)
"""Support is closed."""

NOVEMBER = datetime(2026, 11, 30, 10, 0, tzinfo=STOCKHOLM)
_ids = itertools.count(1)


class Room:
    """The web chat and the desk. `now` moves when the test says so; `mails`: what was sent; `outbox`: what is on its
    way.
    """

    def __init__(self, agent, chat, work, clock) -> None:
        self.agent, self.chat, self.work, self._clock = agent, chat, work, clock
        self.desk = work.desk
        self.mails: list = []

    @property
    def now(self) -> datetime:
        return self._clock.moment

    def later(self, **span: float) -> None:
        """Time goes by: later(minutes=5)."""
        self._clock.moment += timedelta(**span)

    def at(self, moment: datetime) -> None:
        """It is this moment now."""
        self._clock.moment = moment

    async def handoff_of(self, conversation: str):
        """The conversation's open hand-off in the chat."""
        return await self.desk.of(conversation)

    async def visitor(self, language: str = "en", identity: str | None = None) -> Visitor:
        """An adult in the web chat, whom the website may know."""
        visitor = await self.stranger(language, identity)
        if identity is None:
            await visitor.says(ADULT)
        return visitor

    async def stranger(self, language: str = "en", identity: str | None = None) -> Visitor:
        """Somebody in the web chat who has said nothing yet."""
        from bot.channels.webchat.requests import SessionRequest

        conversation, _ = await self.chat.start(self.agent, SessionRequest(language, identity))
        return Visitor(self, conversation)

    async def queued(self, language: str = "en") -> Visitor:
        """A visitor who waits for a person."""
        visitor = await self.visitor(language)
        await visitor.says({"en": "I want to talk to a person", "sv": "Jag vill prata med en person"}[language])
        return visitor

    async def with_anna(self) -> Visitor:
        """A visitor with whom Anna writes."""
        visitor = await self.queued()
        await self.work.take(self.agent, visitor.reference, "anna", "Anna")
        visitor.hears()
        return visitor

    async def anna_says(self, visitor: Visitor, text: str, turn: str | None = None) -> list[dict]:
        """Anna writes to a visitor whom she has."""
        turn = turn or f"turn{next(_ids)}"
        return await self.work.answer(self.agent, visitor.reference, "anna", "Anna", text, turn)


class Visitor:
    """One conversation in the web chat. `seen`: how much of the stream was read."""

    def __init__(self, room: Room, conversation: str) -> None:
        self.room, self.conversation, self.seen = room, conversation, 0
        self.latest: list[dict] = []
        self.reference = ""

    async def says(self, text: str, id: str | None = None) -> list[dict]:
        """The replies to a text."""
        return await self._sends(text, None, id)

    async def presses(self, title: str) -> list[dict]:
        """The replies to a button that was shown, the latest of this title."""
        shown = [button for message in self.everything for button in message.get("buttons") or []]
        button = next(each for each in reversed(shown) if each["title"] == title)
        return await self._sends(None, button["id"], None)

    async def _sends(self, text, button, id) -> list[dict]:
        from bot.channels.webchat.requests import MessageRequest

        request = MessageRequest(id or f"m{next(_ids)}", text, button)
        replies = await self.room.chat.take(self.room.agent, self.conversation, request)
        self.hears()
        handoff = await self.room.handoff_of(self.conversation)
        self.reference = handoff.reference if handoff else self.reference
        return replies

    def hears(self) -> list[dict]:
        """What has come to the stream since the last look, from bot and people."""
        new = self.room.chat.store.after(self.conversation, self.seen)
        self.seen += len(new)
        self.latest = [message for message in new if message["from"] != "customer"]
        return self.latest

    @property
    def everything(self) -> list[dict]:
        return self.room.chat.store.after(self.conversation, 0)

    async def events(self) -> list[dict]:
        """The tracker's events, as they are stored."""
        tracker = await self.room.agent.tracker_store.retrieve(self.conversation)
        return [event.as_dict() for event in tracker.events]

    async def handoff(self):
        """The latest hand-off of this conversation."""
        return self.room.desk.store.get(self.reference)


class _Clock:
    moment = MONDAY_MORNING


class _Letterbox:
    def __init__(self) -> None:
        self.mails: list = []

    def send(self, mail) -> None:
        self.mails.append(mail)


@pytest.fixture
def room(agent, set_clock, tmp_path):
    """A web chat with an empty desk, at which Anna may sign in, on a Monday at ten."""
    from dataclasses import replace

    from argon2 import PasswordHasher

    from actions import services
    from actions.identity.sealed import Sealer
    from actions.mail import deliver_mail
    from actions.registry.serials import new_reference
    from actions.support import accounts
    from actions.support.database import Database
    from actions.support.desk import EmbeddedDesk
    from actions.support.outbox import Outbox
    from bot import composition
    from tests.desk.serving import PASSWORD

    clock, letterbox, database = _Clock(), _Letterbox(), Database(f"sqlite:///{tmp_path}/desk.db")
    people = accounts.Accounts(database, PasswordHasher(1, 8, 1))
    people.add("anna", "Anna", PASSWORD)
    people.seen("anna", MONDAY_MORNING)
    desk = EmbeddedDesk(database, services.services().contact.hours, services.services().sealer, new_reference)
    outbox = Outbox(database, Sealer("a secret of the tests"), lambda: clock.moment)
    deliver_mail(outbox, letterbox, services.tell_of_a_lost_answer)
    set_clock(MONDAY_MORNING, desk=desk, outbox=outbox)
    services.use(replace(services.services(), clock=lambda: clock.moment))
    chat = composition.make_web_chat()
    made = Room(agent, chat, composition.desk_work(chat), clock)
    made.mails, made.outbox = letterbox.mails, outbox
    yield made
    database.close()


@pytest.fixture
def at_night(room):
    """The same when support is closed."""
    room.at(NIGHT)
    return room


@pytest.fixture(scope="session")
async def browser():
    """Chromium; every agent and every customer has a window of their own."""
    from playwright.async_api import async_playwright

    from tests.browser.conftest import FLAGS

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("These tests need Chromium: apt-get install chromium", pytrace=False)
    async with async_playwright() as running:
        started = await running.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        await started.close()


@pytest.fixture
async def desk_window(browser, site):
    """A signed-in agent's window: await desk_window("anna", "sv", phone=True). Errors in the page fail the test."""
    from tests.desk.windows import SIZES, Window

    windows = []

    async def new(name: str, language: str = "en", phone: bool = False, **details) -> Window:
        locale = {"en": "en-GB", "sv": "sv-SE"}[language]
        context = await browser.new_context(viewport=SIZES[phone], locale=locale, **details)
        window = Window(await context.new_page())
        windows.append(window)
        await window.signs_in(site.url, name)
        return window

    yield new
    for window in windows:
        assert window.troubles == []
        await window.page.context.close()


@pytest.fixture
async def shopper(browser, site):
    """A customer's window on the shop's page: await shopper("sv"). Errors in the page fail the test."""
    from tests.browser.customer import Customer

    customers = []

    async def new(language: str = "en", **details) -> Customer:
        customer = await Customer.arrives(browser, site.url, language, **details)
        customers.append(customer)
        return customer

    yield new
    for customer in customers:
        await customer.leaves()


@pytest.fixture
def customers(room, tmp_path):
    """The demo registry, on a Monday on which all its devices are bought; gives visitors whom the website vouches for.

    await customers("C-1001", language="sv")
    """
    from dataclasses import replace

    import jwt

    from actions import services
    from actions.registry import Registry, TimelyRegistry, import_registry, registry_engine, upgrade
    from bot.channels.webchat.requests import SessionRequest

    engine = registry_engine(f"sqlite:///{tmp_path}/registry.db")
    upgrade(engine)
    import_registry(engine, ROOT / "data" / "registry")
    services.use(replace(services.services(), registry=TimelyRegistry(Registry(engine))))
    room.at(NOVEMBER)

    async def known(customer_id: str, language: str = "en") -> Visitor:
        claims = {"sub": customer_id, "age_verified": True, "exp": NOVEMBER.timestamp() + 600}
        identity = jwt.encode(claims, IDENTITY_SECRET, "HS256")
        conversation, _ = await room.chat.start(room.agent, SessionRequest(language, identity))
        return Visitor(room, conversation)

    yield known
    engine.dispose()


@pytest.fixture
async def site(room, monkeypatch):
    """The running desk, with Anna and Bo, whose passwords are known."""
    from argon2 import PasswordHasher

    from actions.support import accounts
    from tests.desk.serving import PASSWORD, Site, serve

    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "PasswordHasher", lambda: quick)
    made = accounts.Accounts(room.desk.database)
    for name in ("anna", "bo"):
        made.add(name, name.title(), PASSWORD)
    server, url = await serve(room)
    running = Site(url)
    yield running
    await running.close()
    await server.before_stop()
    server.close()
    await server.wait_closed()


@pytest.fixture
def read_back(at_night):
    """A visitor whose message waits for the yes: await read_back("en")."""

    async def visitor(language):
        return await writing(at_night, language, MESSAGE[language], ADDRESS)

    return visitor
