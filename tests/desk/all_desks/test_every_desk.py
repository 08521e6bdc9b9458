"""All desks are the same to the skills and to customers: asked for a person, at every hour and in trouble."""

from __future__ import annotations

import pytest

from tests.conftest import IDENTITY_SECRET
from tests.desk.all_desks.writing import ASKS, CHAT, LANGUAGES, LEAVE


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_asks_for_a_person_in_open_hours_is_queued_or_hears_the_ways(place, answer, language):
    visitor = await place.visitor(language)
    (told,) = await visitor.says(ASKS[language])
    if place.side.is_live:
        assert told["data"]["state"] == "queued"
        return
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert told["text"] == answer("say_talk_to_human_no_chat_open", language, until=until)
    assert [button["title"] for button in told["buttons"]][0] == LEAVE[language]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_when_support_is_closed_every_desk_says_when_it_opens_and_takes_a_message(at_night, answer, language):
    visitor = await at_night.visitor(language)
    (told,) = await visitor.says(ASKS[language])
    name = "say_talk_to_human_closed" if at_night.side.is_live else "say_talk_to_human_no_chat_closed"
    opens = {"en": "tomorrow, Tuesday, at 08.00", "sv": "i morgon, tisdag, kl. 08.00"}[language]
    assert told["text"] == answer(name, language, opens=opens)
    (asked,) = await visitor.presses(LEAVE[language])
    assert asked["text"] == answer("say_ask_message", language)


async def test_nobody_is_live_where_nothing_can_be_pushed(place):
    assert await place.desk.is_live("webchat") is place.side.is_live
    for channel in ("telegram", "rest", "chatwoot", "test", ""):
        assert await place.desk.is_live(channel) is (channel in place.side.channels)


async def test_a_registry_that_is_down_leads_to_an_offer_that_works(place, set_clock, answer):
    import jwt

    from actions.registry import Registry, TimelyRegistry

    away = Registry.at("postgresql://nobody@127.0.0.1:1/none")
    set_clock(place.now, registry=TimelyRegistry(away))
    claims = {"sub": "C-1001", "age_verified": True, "exp": place.now.timestamp() + 600}
    visitor = await place.visitor(identity=jwt.encode(claims, IDENTITY_SECRET, "HS256"))
    told = await visitor.says("Am I covered?")
    assert "020-25 10 10" in told[0]["text"]
    (led,) = await visitor.presses("Talk to a person")
    if place.side.is_live:
        assert led["data"]["state"] == "queued"
        assert (await place.handoff_of(visitor.conversation)).reason == "needs_support"
    else:
        assert led["text"] == answer("say_talk_to_human_no_chat_open", "en", until="19.00")


async def test_every_call_may_be_repeated_and_may_come_for_nothing(place):
    for _ in range(2):
        assert await place.desk.cancel(CHAT, place.now) is None
        await place.desk.leave(CHAT, place.now)
        await place.desk.offer(CHAT, "sv", "misunderstood", place.now)
        await place.desk.erase(CHAT)
    assert await place.support_has() == []
