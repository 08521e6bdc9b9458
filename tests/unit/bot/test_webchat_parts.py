"""Limits, the hub, problems and in-process actions."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace

import pytest
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk.interfaces import ActionExecutionRejection
from redis.exceptions import RedisError

from bot.channels.desk.signals import Signals
from bot.channels.desk.standing import Standing
from bot.channels.turns import Buttons
from bot.channels.webchat import limits as rate_limits
from bot.channels.webchat.hub import MOST_STREAMS, NEW, Hub, TooManyStreams
from bot.channels.webchat.limits import RateLimits
from bot.channels.webchat.problems import Problem
from bot.in_process_actions import InProcessActions
from tests.conftest import MONDAY_MORNING


async def test_one_request_too_many_is_a_429_that_says_how_long_to_wait():
    limits = RateLimits({"conversation": "3/minute"})
    for _ in range(3):
        await limits.count("conversation", "one")
    with pytest.raises(Problem) as refusal:
        await limits.count("conversation", "one")
    assert refusal.value.status == 429
    assert 1 <= int(refusal.value.headers["Retry-After"]) <= 60
    assert refusal.value.headers["Retry-After"] in refusal.value.detail


async def test_each_key_and_each_name_has_its_own_count():
    limits = RateLimits({"conversation": "1/hour", "address": "1/hour"})
    await limits.count("conversation", "one")
    await limits.count("conversation", "two")
    await limits.count("address", "one")


@pytest.mark.parametrize("limits", [None, {}, {"address": "1/hour"}])
async def test_a_name_without_a_limit_is_never_refused(limits):
    rates = RateLimits(limits)
    for _ in range(100):
        await rates.count("conversation", "one")


async def test_a_redis_that_hangs_holds_up_who_asks_and_nobody_else(monkeypatch):
    monkeypatch.setattr(rate_limits, "WAIT", 0.5)

    async def says_nothing(reader, writer):
        await reader.read()
        writer.close()

    async with await asyncio.start_server(says_nothing, "127.0.0.1", 0) as redis:
        port = redis.sockets[0].getsockname()[1]
        limits = RateLimits({"conversation": "1/hour"}, f"redis://127.0.0.1:{port}")
        asked = asyncio.create_task(limits.count("conversation", "one"))
        turns = 0
        while not asked.done():
            turns += 1
            await asyncio.sleep(0.01)
        assert isinstance(asked.exception(), RedisError)
        assert turns > 5


async def test_a_signal_reaches_every_stream_of_its_conversation_and_no_other():
    hub = Hub()
    with hub.subscription("one") as first, hub.subscription("one") as second, hub.subscription("two") as other:
        hub.publish("one", NEW)
        assert await asyncio.wait_for(first.get(), 1) is NEW
        assert await asyncio.wait_for(second.get(), 1) is NEW
        assert other.empty()


async def test_what_was_before_turns_that_failed_is_not_remembered_without_end():
    desk = SimpleNamespace(store=SimpleNamespace(opened=object()))
    signals = Signals(desk, Hub(), Standing(Buttons("secret"), {}), lambda: MONDAY_MORNING)
    for number in range(3000):
        signals._with_person(str(number % 2000), None)
    assert len(signals._before) == 1000
    assert list(signals._before) == [str(number) for number in range(1000)]  # the latest turns


async def test_one_stream_more_than_allowed_is_refused_and_closing_one_makes_room():
    hub = Hub()
    open_streams = [hub.subscription("one") for _ in range(MOST_STREAMS)]
    for stream in open_streams:
        stream.__enter__()
    with pytest.raises(TooManyStreams), hub.subscription("one"):
        pass
    open_streams[0].__exit__(None, None, None)
    with hub.subscription("one"):
        pass


async def test_a_stream_that_does_not_keep_up_holds_nobody_up():
    hub = Hub()
    with hub.subscription("one") as slow:
        for _ in range(1000):
            hub.publish("one", NEW)
        assert slow.full()


async def test_a_signal_for_nobody_leaves_nothing_behind():
    hub = Hub()
    hub.publish("one", NEW)
    with hub.subscription("one") as stream:
        assert stream.empty()
    assert not hub._queues


def test_a_problem_is_a_problem_document():
    response = Problem(429, "Too many.", {"Retry-After": "3"}).response()
    assert response.content_type == "application/problem+json"
    assert response.headers["Retry-After"] == "3"
    assert json.loads(response.body) == {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "Too many.",
    }


def call(action: str) -> dict:
    tracker = {"sender_id": "one", "slots": {}, "latest_message": {}, "events": [], "paused": False}
    return {"next_action": action, "sender_id": "one", "tracker": tracker, "domain": {}, "version": "3"}


async def test_an_action_that_rejects_is_a_400_that_names_it():
    actions = InProcessActions("actions")

    async def reject(dispatcher, tracker, domain):
        raise ActionExecutionRejection("action_reject", "not now")

    actions._executor.register_function("action_reject", reject)
    with pytest.raises(ClientResponseError) as refusal:
        await actions.request(json=call("action_reject"))
    assert refusal.value.status == 400
    assert json.loads(refusal.value.text) == {"error": "not now", "action_name": "action_reject"}


async def test_an_action_answers_as_an_action_server_would():
    answer = await InProcessActions("actions").request(json=call("action_start_over"))
    assert answer["events"] == []
    assert [said["response"] for said in answer["responses"]] == ["say_started_over"]


def test_every_skill_is_found():
    assert {"action_session_start", "action_age_gate", "action_repair"} <= InProcessActions("actions").names
