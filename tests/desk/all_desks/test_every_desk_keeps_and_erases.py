"""What each of the desks keeps: nothing personal in the clear, nothing after an erasure, nothing lost meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import Erased
from tests.desk.all_desks.writing import ADDRESS, ASKS, MESSAGE, SEND, leaves_letter, writes_letter


async def test_sent_again_after_the_conversation_could_not_be_stored_it_is_there_once(at_night, monkeypatch):
    visitor = await writes_letter(at_night)

    async def fails(tracker) -> None:
        raise OperationalError("INSERT", {}, Exception("locked"))

    with monkeypatch.context() as patch:
        patch.setattr(at_night.agent.tracker_store, "save", fails)
        with pytest.raises(Problem):
            await visitor.presses(SEND["en"])
    (told,) = await visitor.presses(SEND["en"])
    (found,) = await at_night.support_has()
    (receipt,) = await at_night.mailed_to(ADDRESS)
    assert found.reference in told["text"]
    assert found.reference in receipt.plain


async def test_a_mail_server_that_is_away_and_a_restart_cost_nothing(at_night, mail_server):
    mail_server.stop()
    visitor = await leaves_letter(at_night)
    assert "reference" in visitor.latest[0]["text"]
    assert await at_night.mailed_to(ADDRESS) == []
    at_night.restart()
    at_night.later(hours=2)
    await at_night.outbox.work_off()
    mail_server.start()
    at_night.later(hours=2)
    (found,) = await at_night.support_has()
    (receipt,) = await at_night.mailed_to(ADDRESS)
    assert found.reference in receipt.plain
    assert found.message == MESSAGE


async def test_an_erasure_takes_what_has_not_gone_out(at_night, mail_server):
    mail_server.stop()
    visitor = await leaves_letter(at_night)
    await visitor.says("Delete my data")
    with pytest.raises(Erased):  # where the replies were to be read, nothing is left
        await visitor.presses("Yes, delete it")
    mail_server.start()
    at_night.later(days=1)
    assert await at_night.support_has() == []
    assert await at_night.mailed_to(ADDRESS) == []
    assert at_night.outbox.left() == []


async def test_a_message_is_found_by_its_reference_for_an_erasure(at_night):
    from bot import composition

    visitor = await leaves_letter(at_night)
    (found,) = await at_night.support_has()
    assert await composition.conversation_called(found.reference.lower()) == visitor.conversation
    assert await composition.conversation_called(visitor.conversation) == visitor.conversation
    await at_night.desk.erase(visitor.conversation)
    assert await composition.conversation_called(found.reference) != visitor.conversation


async def test_after_an_erasure_the_desk_knows_nothing_of_the_conversation(place, tmp_path):
    visitor = await place.visitor()
    await visitor.says(ASKS["en"])
    await visitor.says("qqqq wwww")
    await place.desk.offer(visitor.conversation, "en", "failed", place.now)
    await place.desk.erase(visitor.conversation)
    with sqlite3.connect(tmp_path / "desk.db") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [str(database.execute(f"SELECT * FROM {table}").fetchall()) for table in tables]  # noqa: S608
    assert visitor.conversation not in "".join(rows)


async def test_nothing_personal_lies_in_the_clear(at_night, mail_server, tmp_path):
    mail_server.stop()
    visitor = await leaves_letter(at_night)
    stored = (tmp_path / "desk.db").read_bytes()
    kept = str(await visitor.events()) + str(visitor.everything)
    for words in (ADDRESS, "HQA1"):
        assert words not in kept
        assert words.encode() not in stored


async def test_what_cannot_be_stored_is_said_and_can_be_sent_again(at_night, tmp_path):
    visitor = await writes_letter(at_night)
    engine = at_night._parts.database._engine
    impatient = sa.create_engine(engine.url, future=True, connect_args={"timeout": 0.05})
    at_night._parts.database._engine = impatient
    with sqlite3.connect(tmp_path / "desk.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with suppress(Problem):  # 503: the client sends the same again
            (told,) = await visitor.presses(SEND["en"])
            assert "020-25 10 10" in told["text"]
        other.execute("ROLLBACK")
    at_night._parts.database._engine = engine
    await visitor.presses(SEND["en"])
    assert len(await at_night.support_has()) == 1
