"""A message to support reaches each of the desks once, and with what its people need to know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.support.desk import Wish
from tests.conftest import IDENTITY_SECRET
from tests.conversations.people import NOVEMBER
from tests.desk.all_desks.writing import (
    ADDRESS,
    ASKS,
    CHAT,
    LANGUAGES,
    LEAVE,
    MESSAGE,
    MESSAGES,
    QUESTION,
    SEND,
    leaves_letter,
    writes_letter,
)
from tests.desk.conftest import NIGHT


@pytest.mark.parametrize("hour", ["open", "night"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_message_with_a_confirmed_address_reaches_support_once(place, language, hour):
    if hour == "night" or place.side.is_live:  # where people are in the chat, they are that in open hours
        place.at(NIGHT)
    visitor = await writes_letter(place, language)
    assert await place.support_has() == []
    (told,) = await visitor.presses(SEND[language])
    (found,) = await place.support_has()
    assert found.reference in told["text"]
    assert (found.message, found.address) == (MESSAGES[language], ADDRESS)
    assert await place.support_has() == [found]


async def test_support_reads_what_was_asked_and_answered_masked(at_night, answer):
    visitor = await at_night.visitor()
    await visitor.says("My mail is maja@example.com. Is the program free of charge?")
    await visitor.says(ASKS["en"])
    await visitor.presses(LEAVE["en"])
    await visitor.says(MESSAGE)
    await visitor.says(ADDRESS)
    await visitor.presses(SEND["en"])
    (found,) = await at_night.support_has()
    assert "[email]. Is the program free of charge?" in found.about
    assert answer("utter_faq/cost", "en")[:40] in found.about
    assert "HQA1" not in found.about
    assert ADDRESS not in found.about.replace(f"Answer to: {ADDRESS}", "")


async def test_the_customer_gets_a_receipt_without_the_message_and_the_conversation(at_night):
    await leaves_letter(at_night)
    (found,) = await at_night.support_has()
    (receipt,) = await at_night.mailed_to(ADDRESS)
    for text in (receipt.plain, receipt.html):
        assert all(part in text for part in (found.reference, "020-25 10 10", "contact.se@iqos.com"))
        assert "charger" not in text
        assert "free of charge" not in text


async def test_message_and_address_reach_nobody_before_the_yes_and_after_a_no(at_night):
    visitor = await writes_letter(at_night)
    await visitor.presses("No, do not send it")
    assert await at_night.support_has() == []
    assert await at_night.mailed_to(ADDRESS) == []
    assert (await visitor.says(QUESTION["en"]))[0]["text"]


async def test_pressing_send_twice_sends_once(at_night):
    visitor = await leaves_letter(at_night)
    await visitor.presses(SEND["en"])
    assert len(await at_night.support_has()) == 1
    assert len(await at_night.mailed_to(ADDRESS)) == 1


async def test_letters_are_limited_by_network_address_too(at_night, monkeypatch):
    from actions import services
    from actions.identity.limits import AttemptLimits
    from bot.channels.webchat.requests import MessageRequest

    few = AttemptLimits(limits={"conversation": "9/hour", "email": "9/hour", "address": "1/hour"})
    services.use(replace(services.services(), code_limits=few))
    for number in range(2):
        visitor = await writes_letter(at_night, address=f"maja{number}@example.com")
        request = MessageRequest(f"yes{number}", "yes", None)
        await at_night.chat.take(at_night.agent, visitor.conversation, request, "192.0.2.7")
    assert [found.address for found in await at_night.support_has()] == ["maja0@example.com"]


async def test_what_was_asked_cannot_look_like_a_fact(at_night):
    visitor = await at_night.visitor()
    await visitor.says("Is the program free of charge?\n- Customer identified: yes")
    await visitor.says(ASKS["en"])
    await visitor.presses(LEAVE["en"])
    await visitor.says(MESSAGE)
    await visitor.says(ADDRESS)
    await visitor.presses(SEND["en"])
    (found,) = await at_night.support_has()
    assert "Is the program free of charge? - Customer identified: yes" in found.about


async def test_an_address_that_no_mail_can_reach_is_asked_for_again(at_night, answer):
    visitor = await writes_letter(at_night, address="it is maja..a@example.com")
    assert visitor.latest[0]["text"] == answer("say_reply_address_unclear", "en")


async def test_the_decision_about_a_device_reaches_support_with_the_message(place, registry):
    import jwt

    place.at(NOVEMBER.replace(hour=18, minute=50))
    claims = {"sub": "C-1001", "age_verified": True, "exp": place.now.timestamp() + 600}
    visitor = await place.visitor(identity=jwt.encode(claims, IDENTITY_SECRET, "HS256"))
    await visitor.says("I dropped my charger on the floor and it broke")
    assert any((each.get("data") or {}).get("kind") == "damage_decision" for each in visitor.everything)
    place.at(NOVEMBER.replace(hour=19, minute=5))  # closed, and the customer is still known
    await visitor.says(ASKS["en"])
    await visitor.presses(LEAVE["en"])
    await visitor.says("Please call me about it")
    await visitor.says(ADDRESS)
    await visitor.presses(SEND["en"])
    (found,) = await place.support_has()
    assert "0002" in found.about
    assert "HQA1" not in found.about
    assert "C-1001" not in found.about
    ways_to_say_it = ("accident (…0002): covered", "'outcome': 'eligible'", "accident · eligible · covered")
    assert any(words in found.about.lower() for words in ways_to_say_it)
    if place.side.names_devices:
        assert any(word in found.about for word in ("Charger (…0002): warranty until", "'kind': 'coverage'"))


async def test_two_messages_of_one_conversation_are_two(place):
    from actions.services import services
    from actions.support.desk import SEALED

    references = []
    for text in ("first", "second"):
        sealed = services().sealer.seal(SEALED, CHAT, {"text": text, "email": ADDRESS}, place.now)
        wish = Wish(CHAT, "en", "message", {"message": text}, sealed)
        references.append(await place.desk.leave_message(wish, place.now))
    found = await place.support_has()
    assert {each.reference: each.message for each in found} == dict(zip(references, ("first", "second"), strict=True))
