"""The desk as `python -m bot serve` runs it, with an account made on the command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.api.client import problem
from tests.api.running import ROOT, environment

PASSWORD = "correct horse battery"


def run(server, *arguments: str, password: str = "") -> subprocess.CompletedProcess:
    """One command on this server's databases."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "desk", *arguments],
        cwd=ROOT,
        env=environment(server.folder),
        input=password + "\n",
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def anna(server):
    """An agent's headers."""
    made = run(server, "adduser", "anna", "--first-name", "Anna", password=PASSWORD)
    assert (made.returncode, made.stdout) == (0, "anna can sign in at /desk.\n"), made.stderr
    reply = server.request("POST", "/desk/api/sign-in", {"name": "anna", "password": PASSWORD})
    cookie = reply.headers["Set-Cookie"].split(";")[0]
    return {"Cookie": cookie, "X_Desk_Token": reply.json["token"]}


def test_an_agent_signs_in_and_sees_the_board(server, anna):
    board = server.request("GET", "/desk/api/board", None, None, **anna).json
    assert [agent["first_name"] for agent in board["agents"]] == ["Anna"]
    assert board["agents"][0]["me"] is True


def test_the_page_is_served(server):
    page = server.request("GET", "/desk")
    assert page.status == 200
    assert b"/desk/files/desk.js" in page.body


def test_the_desk_answers_strangers_with_problem_documents(server):
    problem(server.request("GET", "/desk/api/board"), 401)
    problem(server.request("POST", "/desk/api/sign-in", {"name": "anna"}), 400)


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (("adduser", "bo"), "short", "the password must have 12 to 128 characters"),
        (("adduser", "b o"), PASSWORD, "the name must be"),
        (("deluser", "nobody"), "", "There is no account 'nobody'."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(server, arguments, password, said):
    refused = run(server, *arguments, password=password)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1
