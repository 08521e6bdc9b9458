"""`python -m bot desk …`: the accounts of those who answer at the page `/desk`, and what has not left the house."""

from __future__ import annotations

import getpass
import sys
from typing import Optional, Text

from bot import composition


class Refused(Exception):
    """It cannot be done; the message is one sentence that says why."""


def add(name: Text, first_name: Optional[Text]) -> Text:
    """Make an account with a password that is typed twice, or is the first line of standard input.

    Raises:
        Refused: the password was typed differently, or name or password cannot be used.
    """
    try:
        composition.desk_accounts().add(name, first_name or name.capitalize(), _password())
    except composition.AccountRefused as error:
        raise Refused(f"No account was made: {error}.") from error
    return f"{name} can sign in at /desk."


def remove(name: Text) -> Text:
    """Delete an account.

    Raises:
        Refused: there is none.
    """
    if not composition.desk_accounts().remove(name):
        raise Refused(f"There is no account '{name}'.")
    return f"{name} cannot sign in any more."


def outbox_list() -> Text:
    """What waits to go out and what was given up: kinds, counts, ages and failures, nothing of its content."""
    return "\n".join(composition.outbox_lines()) or "Nothing waits to go out."


def outbox_retry() -> Text:
    """Have everything that failed tried again."""
    return f"{composition.retry_outbox()} to be tried again within seconds, if the bot is running."


def outbox_drop() -> Text:
    """Delete what was given up; it cannot be had back."""
    return f"{composition.drop_given_up()} that were given up are deleted."


def _password() -> Text:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password (at least 12 characters): ")
    if getpass.getpass("Again: ") != password:
        raise Refused("No account was made: the two passwords differ.")
    return password
