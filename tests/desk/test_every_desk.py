"""All desks are the same to the skills and to customers: the same conversations with each, on real storage and mail."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from actions.support.desk import Wish
from bot.channels.webchat.problems import Problem
from bot.channels.webchat.store import Erased
from tests.conftest import IDENTITY_SECRET, ROOT
from tests.conversations.people import NOVEMBER
from tests.desk.conftest import NIGHT
from tests.desk.every_desk import DESKS, make_place
from tests.mail_server import MailServer

MESSAGES = {
    "en": "My charger HQA1 X773 0002 fell.\nCan I talk to someone about a new one? <b>Maja & co</b>",
    "sv": "Min laddare HQA1 X773 0002 gick i golvet.\nKan jag prata med någon om en ny? <b>Maja & co</b>",
}
MESSAGE = MESSAGES["en"]
ADDRESS = "maja@example.com"
CHAT = "c" * 32
LANGUAGES = ("en", "sv")
ASKS = {"en": "I want to talk to a person", "sv": "Jag vill prata med en person"}
LEAVE = {"en": "Leave a message", "sv": "Lämna ett meddelande"}
SEND = {"en": "Yes, send it", "sv": "Ja, skicka"}
QUESTION = {"en": "Is the program free of charge?", "sv": "Vad kostar programmet?"}


@pytest.fixture
def mail_server():
    """A server that takes mail."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=list(DESKS))
async def place(request, agent, set_clock, tmp_path, mail_server):
    """The web chat with each of the desks, on a Monday at ten."""
    made = make_place(agent, set_clock, tmp_path, mail_server, request.param)
    yield made
    await made.hang_up()
    made.close()


@pytest.fixture
def at_night(place):
    """The same when support is closed."""
    place.at(NIGHT)
    return place


@pytest.fixture
def registry(place, tmp_path):
    """The demo registry."""
    from actions import services
    from actions.registry import Registry, TimelyRegistry, import_registry, registry_engine, upgrade

    engine = registry_engine(f"sqlite:///{tmp_path}/registry.db")
    upgrade(engine)
    import_registry(engine, ROOT / "data" / "registry")
    made = Registry(engine)
    services.use(replace(services.services(), registry=TimelyRegistry(made)))
    yield made
    made.close()


async def writes_letter(place, language="en", address=ADDRESS):
    """A visitor who has written a message and an address, up to the last question."""
    visitor = await place.visitor(language)
    await visitor.says(QUESTION[language])
    await visitor.says(ASKS[language])
    await visitor.presses(LEAVE[language])
    await visitor.says(MESSAGES[language])
    await visitor.says(address)
    return visitor


async def leaves_letter(place, language="en"):
    """A visitor who has left a message."""
    visitor = await writes_letter(place, language)
    await visitor.presses(SEND[language])
    return visitor


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


async def test_every_call_may_be_repeated_and_may_come_for_nothing(place):
    for _ in range(2):
        assert await place.desk.cancel(CHAT, place.now) is None
        await place.desk.leave(CHAT, place.now)
        await place.desk.offer(CHAT, "sv", "misunderstood", place.now)
        await place.desk.erase(CHAT)
    assert await place.support_has() == []


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
