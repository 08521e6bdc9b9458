"""`python -m bot serve`: the bot, its skills and its pages in one process."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping, Text

from rasa.core.agent import Agent
from rasa.core.channels import channel as rasa_channel
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.io import read_config_file
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.exceptions import SanicException, ServiceUnavailable
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import composition
from bot.channels.chatwoot.channel import LARGEST_EVENT
from bot.channels.webchat.channel import LARGEST_BODY
from bot.channels.webchat.problems import Problem, unavailable
from bot.connections import allow_origins, channels_of
from bot.dialogue.age_gate import AgeGatePolicy
from bot.in_process_actions import InProcessActions
from bot.memory import settle
from bot.model_loading import load_into
from bot.nlu.component import ModelDoesNotFit
from bot.processor import LeanProcessor
from bot.settings import ROOT, Settings
from bot.training import ModelMissing
from bot.web.assets import build_assets
from bot.web.pages import demo_routes, page_routes, widget_routes

logger = logging.getLogger(__name__)


class StartRefused(Exception):
    """The bot cannot start; the message is one sentence that says why and what to do."""


def load_agent(model: Path, settings: Settings) -> Agent:
    """The agent with this project's parts; each is asserted, because Rasa silently takes its own for a wrong one.

    Raises:
        StartRefused: endpoints.yml cannot be used, a part is not ours, or the code lacks an action of the model.
        ModelMissing: the model cannot be read or does not fit the code.
    """
    generator = _generator(ROOT / "endpoints.yml")
    composition.prepare_skills()
    with _database_of("REGISTRY_URL"):
        composition.registry()
    actions = InProcessActions("actions")
    with _database_of("TRACKER_URL"):
        store = composition.Conversations()
    agent = Agent(
        generator=generator,
        tracker_store=store,
        lock_store=_lock_store(settings),
        action_endpoint=actions,
    )
    try:
        load_into(agent, model)
    except ModelDoesNotFit as error:
        raise ModelMissing(str(error)) from error
    except Exception as error:
        raise ModelMissing(f"{model.name} cannot be loaded ({error}). Train again: python -m bot train") from error
    agent.processor = LeanProcessor(agent.processor)  # type: ignore[arg-type]
    # Rasa wraps the store in one that answers a failed read with a blank conversation; ours fails instead.
    agent.tracker_store = agent.processor.tracker_store = store
    store.domain = agent.domain
    if not isinstance(agent.processor.nlg, composition.Answers):  # type: ignore[union-attr]
        raise StartRefused("endpoints.yml: 'nlg' must be bot.composition.Answers.")
    schema = agent.processor.model_metadata.predict_schema  # type: ignore[union-attr]
    if not any(node.uses is AgeGatePolicy for node in schema.nodes.values()):
        raise StartRefused("The model has no age gate: config.yml must list bot.dialogue.age_gate.AgeGatePolicy.")
    missing = {name for name in agent.domain.user_actions if name.startswith("action_")} - actions.names  # type: ignore[union-attr]
    if missing:
        raise StartRefused(f"The model needs the action '{min(missing)}', which actions/ does not have.")
    return agent


def _generator(endpoints: Path) -> EndpointConfig:
    """What the file names for `nlg`, which has to be ours; so has the `tracker_store`."""
    with _file_of_rasas(endpoints):
        content = read_config_file(endpoints)
    for part, ours in (("nlg", "bot.composition.Answers"), ("tracker_store", "bot.composition.Conversations")):
        entry = content.get(part)
        if not isinstance(entry, Mapping) or entry.get("type") != ours:
            raise StartRefused(f"{endpoints.name}: '{part}' must have 'type: {ours}' below it.")
    return EndpointConfig.from_dict(content["nlg"])


@contextmanager
def _file_of_rasas(file: Path) -> Iterator[None]:
    """What Rasa says of a file that it cannot use is spread over many lines."""
    if not (file.is_file() and os.access(file, os.R_OK)):
        raise StartRefused(f"{file.name} is missing in {file.parent} or cannot be read.")
    try:
        yield
    except RasaException as error:
        raise StartRefused(f"{file.name} cannot be used: {' '.join(str(error).split())}") from error


def _lock_store(settings: Settings) -> LockStore:
    if settings.redis_url is None:
        return InMemoryLockStore()
    url = make_url(settings.redis_url)
    return RedisLockStore(
        host=url.host or "localhost",
        port=url.port or 6379,
        db=int(url.database or 1),
        username=url.username,
        password=url.password,
        use_ssl=url.drivername == "rediss",
    )


@contextmanager
def _database_of(variable: Text) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StartRefused(f"{variable}: the database does not answer ({type(error).__name__}).") from error


def make_app(agent: Agent, settings: Settings, demo: bool = False) -> Sanic:
    """The web application: channels, health, widget, pages.

    Args:
        agent: answers.
        settings: of this process.
        demo: hand out the identities of made-up customers, too.

    Raises:
        StartRefused: the web chat's database does not answer, or credentials.yml cannot be used.
    """
    app = Sanic("bot", configure_logging=False)
    app.ctx.agent = agent
    app.ctx.largest_body = LARGEST_EVENT if settings.chatwoot else LARGEST_BODY
    app.config.REQUEST_MAX_SIZE = LARGEST_EVENT if settings.chatwoot else 2 * LARGEST_BODY
    app.config.PROXIES_COUNT = settings.proxies or None
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 3.0
    app.config.RESPONSE_TIMEOUT = 90
    app.config.OAS = False
    allow_origins(app, settings.cors_origins)
    with _database_of("TRACKER_URL"), _file_of_rasas(ROOT / "credentials.yml"):
        channels = channels_of(ROOT / "credentials.yml")
    rasa_channel.register(channels, app, route="/webhooks/")
    for channel in channels:
        if isinstance(channel, composition.WebChatFromSettings):
            desk = composition.desk_routes(channel.chat)
            if desk is not None:
                app.blueprint(desk)
    app.add_route(_live, "/health/live", methods=["GET"], name="live")
    app.add_route(_ready, "/health/ready", methods=["GET"], name="ready")
    app.blueprint(widget_routes(build_assets(composition.widget_texts()), settings.cors_origins))
    app.blueprint(page_routes())
    if demo and settings.identity_secret and settings.registry_url.startswith("sqlite"):
        app.blueprint(demo_routes(settings.identity_secret, composition.now))
    app.error_handler.add(Exception, _problem)
    return app


async def _live(request: Request) -> HTTPResponse:
    """The process answers."""
    return json_response({"status": "live"})


async def _ready(request: Request) -> HTTPResponse:
    """A customer would be answered: the model is loaded and both databases answer.

    `outbox` tells what does not go out, such as mail; customers are answered all the same.
    """
    agent = request.app.ctx.agent
    checks = {
        "model": agent.is_ready(),
        "conversations": await agent.tracker_store.answers(),
        "registry": await asyncio.to_thread(composition.registry_is_ready),
    }
    ready = all(checks.values())
    answer = {"status": "ready" if ready else "not ready", "checks": checks}
    outbox = await asyncio.to_thread(composition.outbox_health)
    return json_response({**answer, "outbox": outbox}, status=200 if ready else 503)


def _problem(request: Request, error: Exception) -> HTTPResponse:
    """Everything that no route answered, as a problem document; nothing of the request is echoed."""
    if isinstance(error, ServiceUnavailable):  # Sanic's word for a client that has gone; nobody reads this
        return unavailable().response()
    if isinstance(error, SanicException) and error.status_code < 500:
        details = {404: "There is nothing at this address.", 405: "This address does not take that method."}
        detail = details.get(error.status_code, "The request cannot be read.")
        if error.status_code == 413:
            detail = f"The body is larger than {request.app.ctx.largest_body:,} bytes."
        return Problem(error.status_code, detail, getattr(error, "headers", None)).response()
    reference = composition.new_reference()
    place = traceback.extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
    where = f"{place.filename}:{place.lineno}" if place else "an unknown place"
    logger.error("A request failed (reference %s): %s in %s", reference, type(error).__name__, where)
    return Problem(500, f"Something went wrong on our side (reference {reference}).").response()


def serve(model: Path, settings: Settings, ready_text: Text, demo: bool = False) -> None:
    """Run until Ctrl-C; `demo`: see `make_app`.

    Raises:
        StartRefused, ModelMissing, ValueError: the port is taken, a database does not answer, the model or a
            content file cannot be used.
    """
    refuse_busy_port(settings.interface, settings.port)
    app = make_app(load_agent(model, settings), settings, demo)
    settle()

    async def announce(running: Sanic, loop: Any) -> None:
        print(ready_text, flush=True)

    app.register_listener(announce, "after_server_start")
    app.run(host=settings.interface, port=settings.port, workers=1, access_log=False, motd=False)


def refuse_busy_port(interface: Text, port: int) -> None:
    """Say at once, before the model is loaded, that somebody else listens there.

    Raises:
        StartRefused: so it is.
    """
    with socket.socket(socket.AF_INET6 if ":" in interface else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise StartRefused(f"INTERFACE '{interface}' is no address of this machine.") from None
            raise StartRefused(
                f"Port {port} cannot be used ({error.strerror}). Is the bot running already? PORT=… chooses another."
            ) from None
