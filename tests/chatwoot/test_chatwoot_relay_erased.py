"""What is kept of a chat through the API inbox, and that an erasure takes all of it."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import pytest

from bot.channels.webchat.store import Erased
from tests.chatwoot.visitors import MESSAGE, queued, with_anna


@pytest.mark.parametrize("dies", ["erase", "say"])
async def test_an_erasure_that_a_crash_has_cut_short_is_whole_when_it_is_repeated(office, monkeypatch, dies):
    office.clock.later(hours=12)
    made = await queued(office)
    await made.presses("Leave a message")
    for text in (MESSAGE, "maja@example.com", "yes"):
        await made.says(text)
    (there,) = office.chatwoot.conversations.values()
    with monkeypatch.context() as patch:
        patch.setattr(office.line, dies, lambda *details, **more: 1 / 0)
        with suppress(ZeroDivisionError):
            await office.desk.erase(made.conversation)
    await office.desk.erase(made.conversation)
    await office.settle()
    assert office.line.places.at(there.id) is None
    assert sum("deleted" in note for note in there.notes) == 1
    assert office.desk.store.select(True) == []


async def test_nobody_can_read_the_conversation_by_what_we_store(office, tmp_path):
    made = await queued(office)
    await made.says("my mail is maja@example.com")
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("desk.db*"))
    assert made.in_chatwoot.source.encode() not in stored
    assert b"maja@example.com" not in stored


async def test_erasure_takes_what_has_not_gone_out_and_tells_the_agents(office):
    made = await with_anna(office)
    there = made.in_chatwoot
    office.chatwoot.bad_day = "refuse"
    await made.says("not told yet")
    await office.chat.erase(office.agent, made.conversation)
    office.chatwoot.bad_day = ""
    office.clock.later(hours=2)
    await office.settle()
    assert "not told yet" not in there.said()
    assert "deleted" in there.notes[-1]
    with pytest.raises(Erased):
        made.hears()
    office.chatwoot.agent_says(there, "Anna", "are you there?")
    await office.settle()  # it reaches nobody, and breaks nothing


async def test_what_is_said_where_an_erased_customer_was_makes_no_new_conversation(office, tmp_path):
    made = await with_anna(office)
    there = made.in_chatwoot
    await made.says("hello?")
    late = [event for event, _, _ in office.chatwoot.told if event.get("content") == "hello?"][-1]
    await office.chat.erase(office.agent, made.conversation)
    await office.settle()
    office.chatwoot.agent_says(there, "Anna", "are you there?")
    office.chatwoot.assign(there, "Bo")
    office.chatwoot.agent_says(there, "Bo", "Hello?")
    await office.settle()
    await office.chatwoot.deliver({**late, "id": 9999})  # the customer's own words, told once more
    await office.settle()
    assert office.line.places.at(there.id) is None
    assert office.desk.store.select(True) == []
    with sqlite3.connect(tmp_path / "desk.db") as database:
        assert database.execute("SELECT * FROM chatwoot_gone").fetchall() == [(there.id,)]


async def test_an_erasure_while_the_conversation_is_begun_is_remembered(office):
    office.chatwoot.bad_day = "refuse"
    made = await queued(office)
    office.line.places.erase(made.conversation)
    office.line.places.link(made.conversation, 41)
    assert office.line.places.enter(41, "sv", lambda: "d" * 32) is None
