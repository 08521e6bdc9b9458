"""The command line. Imports are where they are needed: a command that needs no Rasa starts at once."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, List, Optional, Text

from bot.quiet import calm_environment, calm_logs

if TYPE_CHECKING:
    from bot.settings import Settings

OK, FAILED, MISUSED = 0, 1, 2


def main(arguments: Optional[List[Text]] = None) -> int:
    """Run one command; 0: done, 1: it failed (one line says why), 2: wrong usage."""
    options = _parser().parse_args(arguments)
    calm_environment()
    from bot.settings import SettingError

    try:
        return int(options.run(options) or OK)
    except SettingError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="The support assistant for the IQOS Customer Benefit Program in Sweden."
    )
    parser.add_argument("--debug", action="store_true", help="log details, what customers write among them")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve the web chat and the pages on one port (PORT, 8005)")
    made_up = "load made-up customers if the registry (SQLite) is empty; the demo shop can log in as two of them"
    serve.add_argument("--demo", action="store_true", help=made_up)
    serve.set_defaults(run=_serve)
    train = commands.add_parser("train", help="train the model, if anything that it is made from has changed")
    train.add_argument("--force", action="store_true", help="train even if nothing has changed")
    train.set_defaults(run=_train)
    chat = commands.add_parser("chat", help="talk to the bot in this terminal")
    chat.add_argument("--language", choices=("sv", "en"), default="sv", help="the language to begin in")
    chat.set_defaults(run=_chat)
    widget = commands.add_parser("widget", help="print the line that embeds the chat widget, and its bytes")
    widget.add_argument("address", nargs="?", metavar="URL", help="of the bot, https://chat.shop.example")
    widget.set_defaults(run=_widget)
    check = commands.add_parser("check", help="check the settings and the content files, and train nothing")
    check.set_defaults(run=_check)
    _registry(commands)
    _privacy(commands)
    _desk(commands)
    return parser


def _desk(commands: argparse._SubParsersAction) -> None:
    desk = commands.add_parser("desk", help="accounts for the page /desk; what has not gone out (TRACKER_URL)")
    actions = desk.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("adduser", help="make an account or change its password, which is asked for")
    add.add_argument("name", metavar="NAME", help="what the agent signs in with")
    add.add_argument("--first-name", metavar="FIRST", help="what customers see; without it, NAME with a capital letter")
    remove = actions.add_parser("deluser", help="delete an account and end its sessions")
    remove.add_argument("name", metavar="NAME")
    for command, action in ((add, "adduser"), (remove, "deluser")):
        command.set_defaults(run=_desk_command, action=action)
    outbox = actions.add_parser("outbox", help="what has not gone out: mail, and what other desks are told")
    steps = outbox.add_subparsers(required=True, metavar="STEP")
    for name, explanation in (
        ("list", "how much waits or was given up, since when, and what failed"),
        ("retry", "have everything that failed tried again"),
        ("drop", "delete for good what was given up"),
    ):
        steps.add_parser(name, help=explanation).set_defaults(run=_desk_command, action=f"outbox {name}")


def _desk_command(options: argparse.Namespace) -> int:
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
        return _fail(str(error))
    except SQLAlchemyError as error:
        return _fail(f"TRACKER_URL: the database does not answer as it should ({type(error).__name__}).")
    return OK


def _privacy(commands: argparse._SubParsersAction) -> None:
    privacy = commands.add_parser("privacy", help="erase conversations (TRACKER_URL)")
    actions = privacy.add_subparsers(required=True, metavar="ACTION")
    erase = actions.add_parser("erase", help="erase conversations: by id, reference (7KQ-42P) or chatwoot:NUMBER")
    erase.add_argument("conversations", nargs="+", metavar="ID")
    expire = actions.add_parser("expire", help="erase conversations in which nothing has happened for DAYS days")
    expire.add_argument("--days", type=_days, required=True)
    for command in (erase, expire):
        command.set_defaults(run=_privacy_command)


def _days(value: Text) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number of days, not '{value}'")
    return int(value)


def _privacy_command(options: argparse.Namespace) -> int:
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
        return _fail(str(error))
    except SQLAlchemyError as error:
        return _fail(f"TRACKER_URL: the database does not answer as it should ({type(error).__name__}).")
    return OK


def _registry(commands: argparse._SubParsersAction) -> None:
    registry = commands.add_parser("registry", help="load or write out the device registry (REGISTRY_URL)")
    actions = registry.add_subparsers(required=True, metavar="ACTION")
    for name, explanation in (
        ("import", "load customers.csv, devices.csv and claims.csv from DIR; all rows or none"),
        ("export", "write the same files to DIR"),
    ):
        command = actions.add_parser(name, help=explanation)
        command.add_argument("directory", type=Path, metavar="DIR")
        command.set_defaults(run=_registry_command, action=name)
    demo = actions.add_parser("demo", help="load the made-up customers of data/registry/ into an empty registry")
    demo.set_defaults(run=_registry_command, action="demo")


def _registry_command(options: argparse.Namespace) -> int:
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
        return _fail(str(error))
    except SQLAlchemyError as error:
        return _fail(f"REGISTRY_URL: the database does not answer as it should ({type(error).__name__}).")


def _train(options: argparse.Namespace) -> int:
    from bot.training import ModelMissing, train, up_to_date_model

    if not options.force and up_to_date_model():
        print("The model is up to date.")
        return OK
    print("Training the model (about a minute) …", flush=True)
    try:
        print(f"Trained: models/{train(options.force).name}")
    except ModelMissing as error:
        return _fail(str(error))
    return OK


def _serve(options: argparse.Namespace) -> int:
    from bot import memory

    memory.grow()
    from bot.settings import load_settings
    from bot.training import ModelMissing, newest_model

    settings = load_settings()
    try:
        model = newest_model()
    except ModelMissing as error:
        return _fail(str(error))
    print("Starting …", flush=True)
    _only_to_serve(model, settings)
    calm_logs(options.debug)
    from bot.server import StartRefused, serve
    from bot.web.demo import lend_identity_secret

    address = f"http://localhost:{settings.port}"
    if options.demo:
        from bot import registry_commands

        if settings.identity_secret is None:
            lend_identity_secret()
            settings = load_settings()
        registry_commands.run("demo", None)
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
    ready_text = f"Ready. {'   '.join(places)}   Stop: Ctrl-C"
    try:
        serve(model, settings, ready_text, options.demo)
    except (StartRefused, ModelMissing, ValueError) as error:
        return _fail(str(error))
    return OK


def _chat(options: argparse.Namespace) -> int:
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
        return _fail(str(error))
    return OK


def _check(options: argparse.Namespace) -> int:
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
        return _fail(str(error))
    print(f"Settings and content are fine: {len(content.answers['sv'])} answers in each language.")
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


def _widget(options: argparse.Namespace) -> int:
    from bot.settings import load_settings

    settings = load_settings()
    calm_logs(options.debug)
    from bot import widget_commands

    try:
        return widget_commands.run(options.address or f"http://localhost:{settings.port}")
    except ValueError as error:
        return _fail(str(error))


def _fail(sentence: Text) -> int:
    print(f"Error: {sentence}", file=sys.stderr)
    return FAILED
