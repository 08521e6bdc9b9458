"""When a person is offered, or comes at once, and that the agent gets to know why: at every hour, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.support.handoff import ReplyBy, State
from tests.conftest import MONDAY_MORNING
from tests.desk.conftest import NIGHT
from tests.desk.serving import PASSWORD

SAID = {
    "asked": {"en": ("I want to talk to a person",), "sv": ("Jag vill prata med en person",)},
    "complaint": {"en": ("I want to make a complaint",), "sv": ("Jag vill lämna ett klagomål",)},
    "misunderstood": dict.fromkeys(("en", "sv"), ("zxqj wvkp qqfz",) * 2),
    "negative_feedback": {"en": ("That did not help",), "sv": ("Det hjälpte inte",)},
    "danger": {"en": ("my charger is on fire",), "sv": ("laddaren brinner",)},
    "failed": {"en": ("When are you open?",), "sv": ("När har ni öppet?",)},
    "needs_support": {
        "en": ("Is my charger covered? maja@example.com HQA1 X773 0002",),
        "sv": ("Omfattas min laddare? maja@example.com HQA1 X773 0002",),
    },
}
AT_ONCE = ("asked", "complaint")
LEAVE = {"en": "Leave a message", "sv": "Lämna ett meddelande"}
UNTIL = {"en": "19.00", "sv": "kl. 19.00"}
MESSAGE = {"en": "Please write to me about my charger.", "sv": "Skriv till mig om min laddare."}


@pytest.fixture
def hour(room):
    """Puts the clock, and who is at the desk, as a test wants: hour("open"), hour("unstaffed"), hour("closed")."""

    def put(name: str) -> None:
        from actions.support.accounts import Accounts

        room.at(NIGHT if name == "closed" else MONDAY_MORNING)
        Accounts(room.desk.database).seen("anna", None if name == "unstaffed" else room.now)

    return put


@pytest.fixture
def break_for(room, monkeypatch):
    """Breaks what makes a person needed: break_for("failed"), break_for("needs_support")."""

    def put(reason: str) -> None:
        from actions import contact, services
        from actions.registry import Registry, TimelyRegistry

        def fails(*details: object) -> None:
            raise RuntimeError("broken by a test")

        if reason == "failed":
            monkeypatch.setattr(contact, "tell", fails)
        if reason == "needs_support":
            down = TimelyRegistry(Registry.at("postgresql://nobody@127.0.0.1:1/none"))
            services.use(replace(services.services(), registry=down))

    return put


async def happens(room, reason: str, language: str, break_for, monkeypatch):
    """A visitor to whom it happens."""
    visitor = await room.visitor(language)
    break_for(reason)
    for text in SAID[reason][language]:
        await visitor.says(text)
    monkeypatch.undo()
    return visitor


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("when", ["open", "unstaffed"])
@pytest.mark.parametrize("reason", SAID)
async def test_in_open_hours_it_ends_in_the_queue_for_its_reason(
    room, hour, break_for, monkeypatch, content, answer, reason, when, language
):
    hour(when)
    visitor = await happens(room, reason, language, break_for, monkeypatch)
    if reason not in AT_ONCE:
        handoff = await room.desk.of(visitor.conversation)
        assert handoff is None or handoff.state is State.OFFERED
        await visitor.presses(content.titles[language]["talk_to_human"])
    handoff = await room.desk.of(visitor.conversation)
    assert (handoff.state, handoff.reason, handoff.language) == (State.QUEUED, reason, language)
    told = "say_queued" if when == "open" else "say_queued_unstaffed"
    assert visitor.latest[-1]["text"] == answer(told, language, position="1")


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("reason", SAID)
async def test_out_of_hours_a_message_is_taken_and_has_its_reason(
    room, hour, break_for, monkeypatch, content, reason, language
):
    from actions.support.tables import handoffs

    hour("closed")
    visitor = await happens(room, reason, language, break_for, monkeypatch)
    titles = [button["title"] for button in visitor.latest[-1]["buttons"]]
    if LEAVE[language] not in titles:
        await visitor.presses(content.titles[language]["talk_to_human"])
    assert "08.00" in visitor.latest[-1]["text"]
    assert (await room.desk.of(visitor.conversation)) is None or not (
        await room.desk.of(visitor.conversation)
    ).silences_bot
    await visitor.presses(LEAVE[language])
    for text in (MESSAGE[language], "maja@example.com", {"en": "yes", "sv": "ja"}[language]):
        await visitor.says(text)
    (ticket,) = room.desk.store.select(handoffs.c.reply_by == ReplyBy.MAIL.value)
    assert ticket.reason == ("message" if reason == "asked" else reason)
    assert ticket.brief["message"] == MESSAGE[language]


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("reason", ["asked", "complaint"])
async def test_where_nobody_has_an_account_the_other_ways_are_named_and_a_message_is_taken(
    room, break_for, monkeypatch, answer, reason, language
):
    from actions.support.accounts import Accounts

    Accounts(room.desk.database).remove("anna")
    visitor = await happens(room, reason, language, break_for, monkeypatch)
    name = {"asked": "say_talk_to_human_no_chat_open", "complaint": "say_complaint_open"}[reason]
    assert visitor.latest[-1]["text"] == answer(name, language, until=UNTIL[language])
    assert LEAVE[language] in [button["title"] for button in visitor.latest[-1]["buttons"]]
    assert PASSWORD not in str(await visitor.events())


async def rates(visitor, helpful: bool, comment: str | None = None) -> None:
    """The thumb under the bot's last answer."""
    from bot.channels.webchat.requests import Feedback

    rated = [message for message in visitor.everything if (message.get("data") or {}).get("kind") == "sources"][-1]
    await visitor.room.chat.rate(visitor.room.agent, visitor.conversation, Feedback(rated["id"], helpful, comment))
    visitor.hears()


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_a_thumb_down_offers_a_person_once_for_that_reason(room, content, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "Is the program free of charge?", "sv": "Vad kostar programmet?"}[language])
    await rates(visitor, helpful=False)
    (offer,) = visitor.latest
    assert (offer["text"], offer["language"]) == (answer("say_negative_feedback", language), language)
    assert (await room.desk.of(visitor.conversation)).state is State.OFFERED
    await rates(visitor, helpful=False, comment="too vague")
    assert visitor.latest == []
    await visitor.presses(content.titles[language]["talk_to_human"])
    assert (await visitor.handoff()).reason == "negative_feedback"


async def test_a_thumb_up_offers_nothing(room):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    await rates(visitor, helpful=True)
    assert visitor.latest == []


async def test_who_has_a_person_already_is_offered_none_for_a_thumb(room):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    await rates(visitor, helpful=False)
    assert visitor.latest == []


async def test_a_complaint_counts_more_than_what_was_offered_before(room):
    visitor = await room.visitor()
    for text in SAID["misunderstood"]["en"]:
        await visitor.says(text)
    await visitor.says("I want to make a complaint")
    assert (await visitor.handoff()).reason == "complaint"


async def test_what_a_person_has_settled_is_no_reason_any_more(room):
    visitor = await room.visitor()
    await visitor.says("I want to make a complaint")
    await room.work.take(room.agent, visitor.reference, "anna", "Anna")
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.RETURNED, "returned")
    await visitor.says("I want to talk to a person")
    assert (await room.desk.of(visitor.conversation)).reason == "asked"


@pytest.mark.parametrize("birth_date", [None, "2015-03-12"])
async def test_nobody_but_an_adult_is_offered_a_person_for_an_answer_that_did_not_help(room, birth_date):
    from bot.channels.webchat.requests import Feedback, SessionRequest
    from tests.desk.conftest import Visitor

    conversation, _ = await room.chat.start(room.agent, SessionRequest("en", None))
    visitor = Visitor(room, conversation)
    if birth_date:
        await visitor.says(birth_date)
    before = [message for message in visitor.everything if message["from"] == "bot"]
    await room.chat.rate(room.agent, conversation, Feedback(before[-1]["id"], False, None))
    assert [message for message in visitor.everything if message["from"] == "bot"] == before
