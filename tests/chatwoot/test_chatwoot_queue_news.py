"""How the queue moves, as customers of the web chat hear of it while people are in Chatwoot."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from bot.channels.webchat.hub import NEW
from tests.chatwoot.visitors import COST, queued, visitor, with_anna


@pytest.fixture
def listen(office):
    """Opens the stream of a visitor; the function that it gives tells the signals since it was last called."""
    with ExitStack() as streams:

        def opened(made):
            signals = streams.enter_context(office.chat.hub.subscription(made.conversation))

            def news() -> list[dict]:
                got = [signals.get_nowait() for _ in range(signals.qsize())]
                return [signal for signal in got if signal is not NEW and signal["event"] == "handoff"]

            return news

        yield opened


@pytest.fixture
def rounds(office):
    """The rounds that the running application makes."""
    from bot.composition.chatwoot import make_rounds

    return make_rounds(office.talk.people)


async def test_where_the_handoff_stands_is_told_at_every_step(office, listen):
    made = await visitor(office)
    news = listen(made)
    await made.says(COST)
    assert news() == []
    await made.says("I want to talk to a person")
    waits = news()[-1]
    assert (waits["state"], waits["position"], waits["button"]["title"]) == ("queued", 1, "Leave the queue")
    office.chatwoot.agent_says(made.in_chatwoot, "Anna", "Hi")
    await office.settle()
    has = news()[-1]
    assert (has["state"], has["name"], has["button"]["title"]) == ("assigned", "Anna", "Back to the assistant")
    office.chatwoot.agent_says(made.in_chatwoot, "Bo", "I go on.")
    await office.settle()
    assert news()[-1]["name"] == "Bo"
    assert await made.says(button=has["button"]["id"])
    assert news()[-1]["state"] == "closed"


@pytest.mark.parametrize("taken", [True, False])
async def test_that_agents_have_ended_it_is_told(office, listen, taken):
    made = await (with_anna(office) if taken else queued(office))
    news = listen(made)
    office.chatwoot.set_status(made.in_chatwoot, "resolved")
    await office.settle()
    assert [each["state"] for each in news()][-1] == "closed"


async def test_who_ends_the_chat_leaves_the_queue(office, listen):
    made = await queued(office)
    news = listen(made)
    await office.chat.leave(office.agent, made.conversation)
    await office.settle()
    assert [each["state"] for each in news()] == ["closed"]
    assert made.in_chatwoot.status == "pending"


async def test_a_stream_that_opens_later_begins_with_the_present_place(office):
    await office.waiting()  # in one of Chatwoot's own inboxes
    made = await queued(office)
    standing = await office.chat.takeover.standing(made.conversation)
    assert (standing["state"], standing["position"], standing["staffed"]) == ("queued", 2, True)
    bot = await visitor(office)
    assert await office.chat.takeover.standing(bot.conversation) is None


async def test_who_comes_to_be_next_reads_it_once_and_hears_each_place(office, listen, rounds, answer):
    there = await office.waiting()
    first, second = await queued(office), await queued(office)
    await rounds.look(office.agent)
    streams = listen(first), listen(second)
    for made in (first, second):
        made.hears()
    before = len(there.said())
    await office.anna_says(there, "Hi")
    for _ in range(2):
        await rounds.look(office.agent)
        await office.settle()
    assert [[each["position"] for each in news()] for news in streams] == [[1], [2]]
    assert [each["text"] for each in first.hears()] == [answer("say_next_in_line", "en")]
    assert second.hears() == []
    assert there.said()[before:] == ["Hi"]


async def test_the_rounds_hand_over_what_a_crash_has_left_and_remind_who_waits_too_long(office, rounds, monkeypatch):
    made = await visitor(office)
    with monkeypatch.context() as patch:
        patch.setattr(office.line, "hand_over", lambda *details, **more: 1 / 0)
        await made.says("I want to talk to a person")
    made.hears()
    office.clock.later(minutes=11)
    await rounds.look(office.agent)
    await office.settle()
    assert made.in_chatwoot.status == "open"
    assert "020-25 10 10" in made.hears()[-1]["text"]


@pytest.mark.parametrize("taken", [True, False])
async def test_who_is_with_people_is_offered_none_for_an_answer_that_did_not_help(office, taken):
    from bot.channels.webchat.requests import Feedback

    made = await (with_anna(office) if taken else queued(office))
    answered = [each for each in made.everything if each["from"] == "bot"][-1]
    made.hears()
    await office.chat.rate(office.agent, made.conversation, Feedback(answered["id"], False, None))
    assert made.hears() == []
    assert (await office.desk.of(made.conversation)).silences_bot
