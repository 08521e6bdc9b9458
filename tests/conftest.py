"""What conversation tests share: the real agent on the trained model, and customers who talk to it in-process.

Nothing here needs a network or a server; Rasa is imported only by tests that ask for the agent.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.postgres import PostgresServer, find_binaries

ROOT = Path(__file__).resolve().parent.parent
STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONDAY_MORNING = datetime(2026, 3, 9, 10, 0, tzinfo=STOCKHOLM)
ADULT = "1985-03-12"
IDENTITY_SECRET = "a secret that the tests share with the website"
_CHANNEL = "test"


class Customer:
    """One conversation with the agent.

    `messages`: what the bot said in its last turn; `erased`: it deleted the conversation.
    """

    def __init__(self, agent, database: Path) -> None:
        self.agent = agent
        self.database = database
        self.conversation = secrets.token_hex(16)
        self.messages: list[dict] = []
        self.erased = False

    async def arrives(self, **metadata) -> list[dict]:
        """Opens the chat; the page may give `language` and `identity`."""
        from bot.channels.turns import Collector

        output = Collector(_CHANNEL)
        processor = self.agent.processor
        tracker = await processor.fetch_tracker_and_update_session(self.conversation, output, metadata)
        await processor.save_tracker(tracker)
        return self._heard(output)

    async def says(self, text: str) -> list[dict]:
        """Types a message, made readable first, as every channel does."""
        from bot.channels.turns import Collector, readable, typed
        from bot.composition import mask

        output = Collector(_CHANNEL)
        message = await typed(self.agent, readable(text), mask(readable(text)), **self._details(output))
        await self.agent.handle_message(message)
        return self._heard(output)

    async def presses(self, title: str) -> list[dict]:
        """Presses a button under the bot's last messages."""
        from bot.channels.turns import Collector, pressed

        payload = {button["title"]: button["payload"] for button in self.buttons}[title]
        output = Collector(_CHANNEL)
        await self.agent.handle_message(pressed(payload, title, **self._details(output)))
        return self._heard(output)

    async def sends(self, payload: str) -> list[dict]:
        """Presses a button kept from elsewhere, with any payload."""
        self.messages = [{"text": "", "buttons": [{"title": "kept", "payload": payload}], "data": None}]
        return await self.presses("kept")

    def leaves_for_two_hours(self) -> None:
        """Makes every stored event two hours older, so that the session is over at the next message."""
        with sqlite3.connect(self.database) as database:
            for row, data in database.execute(
                "SELECT id, data FROM events WHERE sender_id = ?", (self.conversation,)
            ).fetchall():
                event = json.loads(data)
                event["timestamp"] -= 7200
                database.execute(
                    "UPDATE events SET data = ?, timestamp = ? WHERE id = ?",
                    (json.dumps(event), event["timestamp"], row),
                )

    def stored(self) -> list[dict]:
        """The events of this conversation as they are in the database file."""
        with sqlite3.connect(self.database) as database:
            rows = database.execute(
                "SELECT data FROM events WHERE sender_id = ? ORDER BY id", (self.conversation,)
            ).fetchall()
        return [json.loads(data) for (data,) in rows]

    async def slot(self, name: str):
        """A slot's value as the next turn will read it."""
        tracker = await self.agent.tracker_store.retrieve(self.conversation)
        return tracker.get_slot(name) if tracker else None

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages]

    @property
    def buttons(self) -> list[dict]:
        return [button for message in self.messages for button in message["buttons"]]

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.buttons]

    def _details(self, output) -> dict:
        return {"output_channel": output, "sender_id": self.conversation, "input_channel": _CHANNEL}

    def _heard(self, output) -> list[dict]:
        self.messages, self.erased = output.messages, output.erased
        return self.messages


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model of this project."""
    from bot.training import ModelMissing, newest_model

    try:
        return newest_model()
    except ModelMissing:
        pytest.fail("These tests need a trained model: python -m bot train", pytrace=False)


@pytest.fixture(scope="session")
def tracker_file(tmp_path_factory) -> Path:
    """The SQLite file of all test conversations."""
    return tmp_path_factory.mktemp("var") / "tracker.db"


@pytest.fixture(scope="session")
def agent(model, tracker_file):
    """The agent as `python -m bot serve` loads it, with settings of its own; loaded once."""
    from actions import services
    from bot import server
    from bot.composition import process
    from bot.settings import load_settings

    environment = {"TRACKER_URL": f"sqlite:///{tracker_file}", "IDENTITY_SECRET": IDENTITY_SECRET}
    settings = load_settings(environment, var=tracker_file.parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "settings", lambda: settings)
        yield server.load_agent(model, settings)
    services.use(None)


@pytest.fixture(scope="session")
def built_services(agent):
    """The services as the composition root makes them."""
    from actions import services

    return services.services()


@pytest.fixture
def set_clock(built_services):
    """Puts the skills' clock to a moment, and other parts of the services in place: set_clock(moment, contact=…).

    A part that was put in place stays for the rest of the test. Every test has limits of its own.
    """
    from actions import services
    from actions.identity.limits import AttemptLimits

    services.use(replace(built_services, code_limits=AttemptLimits()))

    def put(moment: datetime, **parts) -> None:
        services.use(replace(services.services(), clock=lambda: moment, **parts))

    put(MONDAY_MORNING)
    yield put
    services.use(built_services)


@pytest.fixture
def meet(agent, set_clock, tracker_file):
    """A new customer who has been welcomed: await meet("en", adult=True)."""

    async def new(language: str | None = None, adult: bool = False, **metadata) -> Customer:
        customer = Customer(agent, tracker_file)
        await customer.arrives(**({"language": language} if language else {}), **metadata)
        if adult:
            await customer.says(ADULT)
        return customer

    return new


@pytest.fixture
async def english_newcomer(meet) -> Customer:
    """Writes English; has not passed the age gate."""
    return await meet("en")


@pytest.fixture
async def swedish_newcomer(meet) -> Customer:
    """Writes Swedish; has not passed the age gate."""
    return await meet("sv")


@pytest.fixture
async def english_adult(meet) -> Customer:
    """Writes English; has passed the age gate."""
    return await meet("en", adult=True)


@pytest.fixture
async def swedish_adult(meet) -> Customer:
    """Writes Swedish; has passed the age gate."""
    return await meet("sv", adult=True)


@pytest.fixture(scope="session")
def content():
    """The content team's files under data/."""
    from bot.dialogue.content import load_content

    return load_content(ROOT / "data")


@pytest.fixture
def answer(content, set_clock):
    """The text of an answer, filled with facts and the values given: answer("utter_greet", "en")."""
    from bot.composition import facts

    def text(name: str, language: str, **values: str) -> str:
        return content.answers[language][name].text.format_map({**facts(language), **values})

    return text


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole run."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("this machine has no PostgreSQL server programs")
    server = PostgresServer(binaries)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """The URL of an empty PostgreSQL database."""
    return postgres_server.new_database(f"t{uuid4().hex}")


@pytest.fixture
async def vague(agent):
    """Language -> a message that is not understood, and a question of the FAQ among what may be meant."""
    from rasa.core.channels.channel import UserMessage

    from tests.conversations.messages import VAGUE

    chosen = {}
    for language, texts in VAGUE.items():
        for text in texts:
            parsed = await agent.processor.parse_message(UserMessage(text, metadata={"language": language}))
            suggested = [one["name"] for one in parsed["intent_ranking"][:3]]
            if parsed["intent"]["name"] == "nlu_fallback" and any(name.startswith("faq/") for name in suggested):
                chosen.setdefault(language, text)
    return chosen
