"""The command line: which commands there are, and what they are told. Nothing of Rasa is imported for that."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import List, Optional, Text

from bot import commands as run
from bot.commands import OK, fail
from bot.quiet import calm_environment


def main(arguments: Optional[List[Text]] = None) -> int:
    """Run one command; 0: done, 1: it failed (one line says why), 2: wrong usage."""
    options = _parser().parse_args(arguments)
    calm_environment()
    from bot.settings import SettingError

    try:
        return int(options.run(options) or OK)
    except SettingError as error:
        return fail(str(error))
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
    serve.set_defaults(run=run.serve)
    train = commands.add_parser("train", help="train the model, if anything that it is made from has changed")
    train.add_argument("--force", action="store_true", help="train even if nothing has changed")
    train.set_defaults(run=run.train)
    chat = commands.add_parser("chat", help="talk to the bot in this terminal")
    chat.add_argument("--language", choices=("sv", "en"), default="sv", help="the language to begin in")
    chat.set_defaults(run=run.chat)
    widget = commands.add_parser("widget", help="print the line that embeds the chat widget, and its bytes")
    widget.add_argument("address", nargs="?", metavar="URL", help="of the bot, https://chat.shop.example")
    widget.set_defaults(run=run.widget)
    check = commands.add_parser("check", help="check the settings and the content files, and train nothing")
    check.set_defaults(run=run.check)
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
        command.set_defaults(run=run.desk, action=action)
    outbox = actions.add_parser("outbox", help="what has not gone out: mail, and what other desks are told")
    steps = outbox.add_subparsers(required=True, metavar="STEP")
    for name, explanation in (
        ("list", "how much waits or was given up, since when, and what failed"),
        ("retry", "have everything that failed tried again"),
        ("drop", "delete for good what was given up"),
    ):
        steps.add_parser(name, help=explanation).set_defaults(run=run.desk, action=f"outbox {name}")


def _privacy(commands: argparse._SubParsersAction) -> None:
    privacy = commands.add_parser("privacy", help="erase conversations (TRACKER_URL)")
    actions = privacy.add_subparsers(required=True, metavar="ACTION")
    erase = actions.add_parser("erase", help="erase conversations: by id, reference (7KQ-42P) or chatwoot:NUMBER")
    erase.add_argument("conversations", nargs="+", metavar="ID")
    expire = actions.add_parser("expire", help="erase conversations in which nothing has happened for DAYS days")
    expire.add_argument("--days", type=_days, required=True)
    for command in (erase, expire):
        command.set_defaults(run=run.privacy)


def _days(value: Text) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number of days, not '{value}'")
    return int(value)


def _registry(commands: argparse._SubParsersAction) -> None:
    registry = commands.add_parser("registry", help="load or write out the device registry (REGISTRY_URL)")
    actions = registry.add_subparsers(required=True, metavar="ACTION")
    for name, explanation in (
        ("import", "load customers.csv, devices.csv and claims.csv from DIR; all rows or none"),
        ("export", "write the same files to DIR"),
    ):
        command = actions.add_parser(name, help=explanation)
        command.add_argument("directory", type=Path, metavar="DIR")
        command.set_defaults(run=run.registry, action=name)
    demo = actions.add_parser("demo", help="load the made-up customers of data/registry/ into an empty registry")
    demo.set_defaults(run=run.registry, action="demo")
