"""Accounts of those who work at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import text

from actions.support.accounts import AccountRefused, Accounts
from tests.unit.support.desk_parts import at

PASSWORD = "correct horse battery"


@pytest.fixture
def accounts(desk):
    """Accounts with hashes that are quick to make."""
    made = Accounts(desk.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    made.add("anna", "Anna", PASSWORD)
    return made


def test_who_signs_in_is_known_by_the_token_and_by_no_other(accounts):
    agent, token = accounts.sign_in("Anna ", PASSWORD, at(0))
    assert (agent.name, agent.first_name) == ("anna", "Anna")
    assert accounts.agent_of(token, at(1)) == agent
    assert accounts.agent_of(token[:-1], at(1)) is None


@pytest.mark.parametrize(("name", "password"), [("anna", PASSWORD + "x"), ("bo", PASSWORD), ("", ""), ("anna", "")])
def test_nobody_else_signs_in(accounts, name, password):
    assert accounts.sign_in(name, password, at(0)) is None


def test_neither_password_nor_token_is_stored(desk, accounts):
    _, token = accounts.sign_in("anna", PASSWORD, at(0))
    with desk.database.transaction() as connection:
        rows = [
            *connection.execute(text("SELECT password FROM desk_agents")),
            *connection.execute(text("SELECT token FROM desk_sessions")),
        ]
    assert rows[0][0].startswith("$argon2id$")
    assert not any(secret in str(rows) for secret in (PASSWORD, token))


def test_using_a_session_keeps_it_alive_up_to_twelve_hours(accounts):
    _, token = accounts.sign_in("anna", PASSWORD, at(0))
    alive = [accounts.agent_of(token, at(minutes)) is not None for minutes in range(50, 13 * 60, 50)]
    assert alive == [minutes < 12 * 60 for minutes in range(50, 13 * 60, 50)]


def test_looking_whether_a_session_lasts_does_not_keep_it_alive(accounts):
    _, token = accounts.sign_in("anna", PASSWORD, at(0))
    assert accounts.agent_of(token, at(59), use=False) is not None
    assert accounts.agent_of(token, at(60)) is None


def test_a_pause_of_an_hour_ends_a_session(accounts):
    _, token = accounts.sign_in("anna", PASSWORD, at(0))
    assert accounts.agent_of(token, at(60)) is None


def test_a_new_password_ends_the_sessions_of_the_old_one(accounts):
    _, token = accounts.sign_in("anna", PASSWORD, at(0))
    accounts.add("anna", "Anna", PASSWORD + " staple")
    assert accounts.agent_of(token, at(1)) is None
    assert accounts.sign_in("anna", PASSWORD, at(1)) is None


def test_who_is_removed_cannot_do_anything_any_more(accounts):
    _, token = accounts.sign_in("anna", PASSWORD, at(0))
    assert accounts.remove("anna") is True
    assert accounts.agent_of(token, at(1)) is None
    assert accounts.remove("anna") is False


@pytest.mark.parametrize(
    ("name", "first_name", "password"),
    [
        ("", "Anna", PASSWORD),
        ("an na", "Anna", PASSWORD),
        ("<b>", "Anna", PASSWORD),
        ("a" * 65, "Anna", PASSWORD),
        ("anna", "", PASSWORD),
        ("anna", "A\nB", PASSWORD),
        ("anna", "A" * 41, PASSWORD),
        ("anna", "Anna", "short"),
        ("anna", "Anna", "x" * 129),
    ],
)
def test_what_cannot_be_an_account_is_refused(accounts, name, first_name, password):
    with pytest.raises(AccountRefused):
        accounts.add(name, first_name, password)


def test_agents_count_as_here_while_their_page_is_heard_of(desk, accounts):
    accounts.seen("anna", at(0))
    assert desk.records.at_work(at(1)) == 1
    assert desk.records.at_work(at(0) + timedelta(seconds=90)) == 0
    accounts.seen("anna", None)
    assert desk.records.at_work(at(0)) == 0


def test_an_unknown_name_takes_as_long_as_a_wrong_password(desk):
    class Counted(PasswordHasher):
        checked: list[str] = []

        def verify(self, hash, password):
            self.checked.append(hash)
            return super().verify(hash, password)

    hasher = Counted(time_cost=2, memory_cost=16, parallelism=1)
    people = Accounts(desk.database, hasher)
    people.add("anna", "Anna", PASSWORD)
    for name in ("anna", "nobody"):
        assert people.sign_in(name, "not her password", at(0)) is None
    of_anna, of_nobody = hasher.checked
    assert of_anna.split("$")[:4] == of_nobody.split("$")[:4]
    assert len(of_anna) == len(of_nobody)
    with pytest.raises(VerifyMismatchError):  # it is worked out to the end, and fits nothing
        hasher.verify(of_nobody, "")
