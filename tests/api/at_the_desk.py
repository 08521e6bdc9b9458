"""Agents at the desk of a running server, over HTTP."""

from __future__ import annotations

from argon2 import PasswordHasher

from tests.api.client import Client, Reply, new_id
from tests.api.running import Server

PASSWORD = "correct horse battery"


def give_accounts(server: Server, *names: str) -> None:
    """Accounts in the server's database; the command line that makes them has tests of its own."""
    from actions.support.accounts import Accounts
    from actions.support.database import Database

    database = Database(f"sqlite:///{server.database}")
    for name in names:
        Accounts(database, PasswordHasher(1, 8, 1)).add(name, name.title(), PASSWORD)
    database.close()


class AgentAtDesk:
    """One agent who has signed in."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        reply = client.request("POST", "/desk/api/sign-in", {"name": name, "password": PASSWORD})
        assert reply.status == 200, reply.body
        cookie = reply.headers["Set-Cookie"].split(";")[0]
        self._headers = {"Cookie": cookie, "X_Desk_Token": reply.json["token"]}

    def board(self) -> dict[str, dict]:
        """What is in the lists, by reference."""
        reply = self._client.request("GET", "/desk/api/board", None, None, **self._headers)
        assert reply.status == 200, reply.body
        return {card["reference"]: card for card in reply.json["handoffs"]}

    def reads(self, reference: str) -> dict:
        """A conversation with everything that is masked."""
        reply = self._client.request("GET", f"/desk/api/handoffs/{reference}", None, None, **self._headers)
        assert reply.status == 200, reply.body
        return reply.json

    def tries(self, reference: str, what: str, **body: str) -> Reply:
        """Something with a conversation."""
        return self._client.request("POST", f"/desk/api/handoffs/{reference}/{what}", body, None, **self._headers)

    def does(self, reference: str, what: str, **body: str) -> None:
        """The same, where it must succeed."""
        reply = self.tries(reference, what, **body)
        assert reply.status == 200, reply.body

    def answers(self, reference: str, text: str, turn: str | None = None) -> None:
        """Says something to the customer."""
        self.does(reference, "answer", id=turn or new_id(), text=text)
