"""What who waits for a person, or has one, types instead of pressing a button, in both languages."""

from __future__ import annotations

import pytest

from actions.support.handoff import State
from tests.desk.conftest import NIGHT
from tests.desk.in_words import COST, LANGUAGES, OPENS, texts


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "cancel"),
        ("en", "Please cancel."),
        ("en", "never mind"),
        ("en", "I don't want to wait any longer"),
        ("en", "avbryt"),
        ("sv", "Avbryt"),
        ("sv", "ångra"),
        ("sv", "jag orkar inte vänta längre"),
        ("sv", "lämna kön"),
    ],
)
async def test_who_waits_gets_out_of_the_queue_in_so_many_words(room, answer, language, words):
    visitor = await room.queued(language)
    assert texts(await visitor.says(words)) == [answer("say_queue_cancelled", language)]
    assert await room.desk.of(visitor.conversation) is None
    assert (await visitor.handoff()).state is State.RETURNED
    assert texts(await visitor.says(COST[language])) == [answer("utter_faq/cost", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "how long will it take?"),
        ("en", "is anybody there?"),
        ("sv", "hur länge?"),
        ("sv", "är det min tur snart"),
    ],
)
async def test_who_waits_hears_the_place_when_asking(room, answer, language, words):
    await room.queued()
    room.later(seconds=1)
    visitor = await room.queued(language)
    (said,) = await visitor.says(words)
    assert said["text"] == answer("say_place", language, position="2")
    assert said["data"]["state"] == "queued"
    assert said["data"]["position"] == 2
    assert (await visitor.handoff()).state is State.QUEUED


async def test_the_place_knows_whether_anybody_is_there_and_the_hour(room, answer):
    from actions.support.accounts import Accounts

    visitor = await room.queued()
    Accounts(room.desk.database).seen("anna", None)
    assert texts(await visitor.says("how long?")) == [answer("say_place_unstaffed", "en", position="1")]
    room.at(NIGHT)
    assert texts(await visitor.says("how long?")) == [answer("say_still_waiting_closed", "en", opens=OPENS["en"])]


async def test_the_estimate_is_told_to_one_who_asks(room, answer):
    for _ in range(3):
        visitor = await room.with_anna()
        room.later(minutes=6)
        await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.CLOSED, "solved")
    await room.with_anna()
    from actions.support.accounts import Accounts

    Accounts(room.desk.database).seen("anna", room.now)
    visitor = await room.queued()
    assert texts(await visitor.says("how long?")) == [
        answer("say_place_estimate", "en", position="1", minutes="6")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_waits_leaves_a_message_in_words(room, answer, language):
    visitor = await room.queued(language)
    words = {"en": "can I leave a message instead?", "sv": "kan jag lämna ett meddelande istället?"}[language]
    assert texts(await visitor.says(words)) == [answer("say_ask_message_instead", language)]
    assert await room.desk.of(visitor.conversation) is None
    await visitor.says({"en": "cancel", "sv": "avbryt"}[language])
    waiting = {"en": "am I still in the queue?", "sv": "står jag kvar i kön?"}[language]
    assert texts(await visitor.says(waiting)) == [answer("say_not_in_queue", language)]


@pytest.mark.parametrize("words", ["I cancelled my order", "how long is the warranty", "hello?", "no", "no thanks"])
async def test_everything_else_is_for_the_person(room, words):
    visitor = await room.queued()
    assert await visitor.says(words) == []
    assert (await visitor.handoff()).state is State.QUEUED


@pytest.mark.parametrize("words", ["cancel", "how long?", "leave a message", "Cancel"])
async def test_once_a_person_is_there_all_words_are_for_the_person(room, words):
    visitor = await room.with_anna()
    assert await visitor.says(words) == []
    assert (await visitor.handoff()).state is State.ASSIGNED


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_the_bot_had_asked_is_over_once_a_person_is_there(room, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "is my charger covered?", "sv": "omfattas min laddare?"}[language])
    await visitor.says({"en": "I want to talk to a person", "sv": "Jag vill prata med en person"}[language])
    await room.work.take(room.agent, visitor.reference, "anna", "Anna")
    await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.RETURNED, "returned")
    assert texts(await visitor.says(COST[language])) == [answer("utter_faq/cost", language)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_back_to_the_assistant_may_be_typed(room, answer, language):
    visitor = await room.queued(language)
    await room.work.take(room.agent, visitor.reference, "anna", "Anna")
    words = {"en": "back to the assistant", "sv": "Tillbaka till assistenten"}[language]
    assert texts(await visitor.says(words)) == [answer("say_with_bot_again", language)]


@pytest.mark.parametrize("who_ends", ["agent", "customer"])
async def test_what_is_said_after_the_hand_off_is_not_for_its_agent(room, who_ends):
    from bot.channels.desk import views

    visitor = await room.with_anna()
    await visitor.says("my last words to Anna")
    handoff = await visitor.handoff()
    if who_ends == "agent":
        await room.work.finish(room.agent, visitor.reference, "anna", "Anna", State.RETURNED, "returned")
    else:
        await visitor.presses("Back to the assistant")
    await visitor.says("Is the program free of charge?")
    shown = texts(views.conversation(room.work, room.desk.store.get(handoff.reference))["messages"])
    assert "my last words to Anna" in shown
    assert "Is the program free of charge?" not in shown


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I don't want to return it"),
        ("en", "how long does a replacement take"),
        ("en", "when will my replacement come"),
        ("sv", "ta bort mig från listan"),
        ("sv", "hur lång tid tar ett byte"),
        ("sv", "jag vill inte skicka in den"),
    ],
)
async def test_what_only_begins_like_a_wish_is_for_the_person(room, language, words):
    visitor = await room.queued(language)
    assert await visitor.says(words) == []
    assert (await visitor.handoff()).state is State.QUEUED


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "forget it, I'd rather write a message"),
        ("en", "can they email me the answer instead"),
        ("sv", "glöm det jag lämnar ett meddelande"),
        ("sv", "glöm de ja lämnar mess"),
        ("sv", "nä inte chatta, mejl"),
        ("sv", "nä inte chatta. mejl!"),
        ("sv", "asså ja vill hellre skriva ett meddelande"),
    ],
)
async def test_who_would_rather_write_leaves_the_queue(room, answer, language, words):
    visitor = await room.queued(language)
    assert texts(await visitor.says(words)) == [answer("say_ask_message_instead", language)]
    assert await room.desk.of(visitor.conversation) is None


@pytest.mark.parametrize(
    ("language", "words"), [("en", "how big is the queue"), ("sv", "hur lång e kön"), ("sv", "hur ser kön ut?")]
)
async def test_the_queue_is_asked_about_in_everyday_words(room, answer, language, words):
    visitor = await room.queued(language)
    assert texts(await visitor.says(words)) == [answer("say_place", language, position="1")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "actually forget the person, open the case"),
        ("en", "open the case instead"),
        ("sv", "strunta i personen, öppna ärendet"),
    ],
)
async def test_who_would_rather_have_the_case_leaves_the_queue_and_is_asked_again(customers, answer, language, words):
    visitor = await customers("C-1001", language)
    await visitor.says({"en": "I dropped my charger", "sv": "jag tappade laddaren i golvet"}[language])
    await visitor.presses({"en": "Talk to a person", "sv": "Prata med en person"}[language])
    unit = {"en": "the charger", "sv": "laddaren"}[language]
    assert texts(await visitor.says(words)) == [
        answer("say_queue_left", language),
        answer("say_ask_case", language, unit=unit, end="…0002"),
    ]
    assert await visitor.room.desk.of(visitor.conversation) is None


@pytest.mark.parametrize("words", ["did you forget about me? my charger is broken", "write me a message when you come"])
async def test_what_only_has_such_words_is_for_the_person(room, words):
    visitor = await room.queued()
    assert await visitor.says(words) == []
    assert (await visitor.handoff()).state is State.QUEUED
