"""The made-up customers of data/registry/, for conversations about devices."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from actions.mail import Mail
from tests.conftest import STOCKHOLM

NOVEMBER = datetime(2026, 11, 30, 10, 0, tzinfo=STOCKHOLM)
"""A Monday morning on which the demo registry shows every reason code."""

MAJA = ("maja@example.com", "HQA1 X773 0002")  # holder …0001 and charger …0002, both covered
JOHAN = ("johan@example.com", "HQA1 M211 0008")  # the holder's replacement is used, the charger's is not
NILS = ("nils@example.com", "HQB2 R631 0013")  # five units


class Letterbox:
    """Takes all mail of a test."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)

    @property
    def code(self) -> str:
        """The code in the last mail."""
        found = re.search(r"\d{3} \d{3}", self.mails[-1].text)
        assert found
        return found[0]


async def at_once(seconds: float) -> None:
    """What the postman waits in tests."""


def data_of(messages: list[dict], kind: str) -> dict[str, Any]:
    """The only `data` of this kind among the messages."""
    (found,) = [message["data"] for message in messages if message["data"] and message["data"]["kind"] == kind]
    return found
