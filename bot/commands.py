"""What each command of the command line does; each gives the exit code, `OK` or `FAILED`.

Imports are where they are needed: a command that needs no Rasa starts at once.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Text

from bot.quiet import calm_logs

if TYPE_CHECKING:
    from bot.settings import Settings

OK, FAILED, MISUSED = 0, 1, 2


def serve(options: argparse.Namespace) -> int:
    """Serve the web chat and the pages until Ctrl-C."""
    from bot import memory

    memory.grow()
    from bot.settings import load_settings
    from bot.training import ModelMissing, newest_model

    settings = load_settings()
    try:
        model = newest_model()
    except ModelMissing as error:
        return fail(str(error))
    print("Starting …", flush=True)
    _only_to_serve(model, settings)
    calm_logs(options.debug)
    from bot import server
    from bot.web.demo import lend_identity_secret

    address = f"http://localhost:{settings.port}"
    if options.demo:
        from bot import registry_commands

        if settings.identity_secret is None:
            lend_identity_secret()
            settings = load_settings()
        registry_commands.run("demo", None)
    try:
        server.serve(model, settings, _ready(settings, address), options.demo)
    except (server.StartRefused, ModelMissing, ValueError) as error:
        return fail(str(error))
    return OK


def _ready(settings: Settings, address: Text) -> Text:
    """What an operator is told once the bot answers at `address`."""
    places = [f"Try it: {address}/", f"API: {address}/webhooks/webchat/openapi.json"]
    if settings.desk == "embedded":
        places.append(f"Desk: {address}/desk")
    if settings.desk == "email":
        places.append("Messages go to support by mail; there is no /desk")
    if settings.desk == "chatwoot" and settings.chatwoot:
        places.append(f"Agents answer at {settings.chatwoot.url}; there is no /desk")
    if settings.chatwoot:
        places.append(f"Webhook for Chatwoot: {address}/webhooks/chatwoot/webhook")
    if settings.mail_url.startswith("file:"):
        places.append(f"Mail lies in /{settings.mail_url.removeprefix('file:').lstrip('/')}")
    return f"Ready. {'   '.join(places)}   Stop: Ctrl-C"


def train(options: argparse.Namespace) -> int:
    """Train the model, if anything that it is made from has changed or `--force` is given."""
    from bot import training

    if not options.force and training.up_to_date_model():
        print("The model is up to date.")
        return OK
    print("Training the model (about a minute) …", flush=True)
    try:
        print(f"Trained: models/{training.train(options.force).name}")
    except training.ModelMissing as error:
        return fail(str(error))
    return OK


def chat(options: argparse.Namespace) -> int:
    """Talk in this terminal."""
    from bot.settings import load_settings
    from bot.training import ModelMissing, newest_model

    settings = load_settings()
    try:
        model = newest_model()
        _only_to_serve(model, settings)
        calm_logs(options.debug)
        from bot.composition import mask
        from bot.console import talk
        from bot.server import StartRefused, load_agent

        asyncio.run(talk(load_agent(model, settings), options.language, mask))
    except (ModelMissing, StartRefused, ValueError) as error:
        return fail(str(error))
    return OK


def widget(options: argparse.Namespace) -> int:
    """Print the line that embeds the chat widget."""
    from bot.settings import load_settings

    settings = load_settings()
    calm_logs(options.debug)
    from bot import widget_commands

    try:
        return widget_commands.run(options.address or f"http://localhost:{settings.port}")
    except ValueError as error:
        return fail(str(error))


def check(options: argparse.Namespace) -> int:
    """Check the settings and the content files."""
    from bot.dialogue.content import ContentError, load_content
    from bot.settings import ROOT, load_settings

    load_settings()
    _without_tensorflow()
    calm_logs(options.debug)
    try:
        content = load_content(ROOT / "data")
        from bot import composition

        composition.prepare_skills()
        composition.widget_texts()
    except (ContentError, ValueError) as error:
        return fail(str(error))
    print(f"Settings and content are fine: {len(content.answers['sv'])} answers in each language.")
    return OK


def registry(options: argparse.Namespace) -> int:
    """Load or write out the device registry."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import load_settings

    load_settings()
    _without_tensorflow()
    calm_logs(options.debug)
    from bot import registry_commands
    from bot.composition import RegistryError

    try:
        return registry_commands.run(options.action, getattr(options, "directory", None))
    except (RegistryError, OSError) as error:
        return fail(str(error))
    except SQLAlchemyError as error:
        return fail(f"REGISTRY_URL: the database does not answer as it should ({type(error).__name__}).")


def privacy(options: argparse.Namespace) -> int:
    """Erase conversations."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import load_settings

    load_settings()
    _without_tensorflow()
    calm_logs(options.debug)
    from bot import privacy_commands

    work = privacy_commands.expire(options.days) if "days" in options else privacy_commands.erase(options.conversations)
    try:
        print(f"{asyncio.run(work)} conversations erased.")
    except ValueError as error:
        return fail(str(error))
    except SQLAlchemyError as error:
        return fail(f"TRACKER_URL: the database does not answer as it should ({type(error).__name__}).")
    return OK


def desk(options: argparse.Namespace) -> int:
    """Accounts of agents, and what has not gone out."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import load_settings

    load_settings()
    _without_tensorflow()
    calm_logs(options.debug)
    from bot import desk_commands

    try:
        if options.action == "adduser":
            print(desk_commands.add(options.name, options.first_name))
        elif options.action == "deluser":
            print(desk_commands.remove(options.name))
        else:
            steps = {"list": desk_commands.outbox_list, "retry": desk_commands.outbox_retry}
            print({**steps, "drop": desk_commands.outbox_drop}[options.action.removeprefix("outbox ")]())
    except desk_commands.Refused as error:
        return fail(str(error))
    except SQLAlchemyError as error:
        return fail(f"TRACKER_URL: the database does not answer as it should ({type(error).__name__}).")
    return OK


def _without_tensorflow() -> None:
    """Before Rasa is imported: leave TensorFlow out if the configuration does not need it."""
    from bot import without_tensorflow
    from bot.settings import ROOT

    without_tensorflow.leave_out(without_tensorflow.components_of_config(ROOT / "config.yml"))


def _only_to_serve(model: Path, settings: Settings) -> None:
    """Before Rasa is imported: leave out what the model, the settings and the channels do not need."""
    from bot import serving, without_tensorflow
    from bot.settings import ROOT

    serving.pythons_own_distutils()
    components = without_tensorflow.components_of_model(model)
    without_tensorflow.leave_out(components, serving.unused(components, settings, ROOT / "credentials.yml"))


def fail(sentence: Text) -> int:
    """Say why a command failed, in one sentence; the exit code."""
    print(f"Error: {sentence}", file=sys.stderr)
    return FAILED
