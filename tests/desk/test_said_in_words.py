"""What customers type instead of pressing a button on the way to a person: at every step, in both languages."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.support.handoff import State
from tests.conftest import MONDAY_MORNING, STOCKHOLM

NIGHT = datetime(2026, 3, 9, 22, 0, tzinfo=STOCKHOLM)
OPENS = {"en": "tomorrow, Tuesday, at 08.00", "sv": "i morgon, tisdag, kl. 08.00"}
LANGUAGES = ("en", "sv")
MESSAGE = {"en": "My charger is acting up, please write to me.", "sv": "Min laddare krånglar, skriv gärna till mig."}
COST = {"en": "Is the program free of charge?", "sv": "Vad kostar programmet?"}


def texts(messages: list[dict]) -> list[str]:
    return [message["text"] for message in messages]


@pytest.fixture
def at_night(room):
    """The desk when support is closed."""
    room.at(NIGHT)
    return room


async def writing(room, language: str, *said: str):
    """A visitor who leaves a message, asked for in words."""
    visitor = await room.queued(language)
    await visitor.says({"en": "leave a message", "sv": "lämna ett meddelande"}[language])
    for text in said:
        await visitor.says(text)
    return visitor


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
async def test_an_offer_is_accepted_by_its_title_or_in_other_words(at_night, answer, language):
    visitor = await at_night.queued(language)
    assert visitor.latest[0]["text"] == answer("say_talk_to_human_closed", language, opens=OPENS[language])
    said = await visitor.says({"en": "leave a message", "sv": "Lämna ett meddelande."}[language])
    assert texts(said) == [answer("say_ask_message", language)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_yes_to_leaving_a_message_is_a_yes(at_night, answer, language):
    visitor = await at_night.queued(language)
    said = await visitor.says({"en": "yes please", "sv": "ja tack"}[language])
    assert texts(said) == [answer("say_ask_message", language)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_yes_to_an_offered_person_is_a_yes(room, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "That did not help", "sv": "Det hjälpte inte"}[language])
    said = await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert texts(said) == [answer("say_queued", language, position="1")]
    assert (await visitor.handoff()).reason == "negative_feedback"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_to_an_offered_person_is_a_no(room, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "That did not help", "sv": "Det hjälpte inte"}[language])
    said = await visitor.says({"en": "no", "sv": "nej"}[language])
    assert texts(said) == [answer("say_deny", language)]
    assert (await room.desk.of(visitor.conversation)).state is State.OFFERED


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "my charger broke and I want a human"),
        ("en", "holder is dead, let me talk to a person"),
        ("sv", "min laddare gick sönder och jag vill ha en människa"),
        ("sv", "hållaren är trasig, koppla mig till en person"),
    ],
)
async def test_a_person_wanted_beside_a_broken_device_is_sought_at_once(room, answer, language, words):
    visitor = await room.visitor(language)
    assert texts(await visitor.says(words))[-1] == answer("say_queued", language, position="1")
    assert (await visitor.handoff()).state is State.QUEUED


@pytest.mark.parametrize(
    ("language", "words"), [("en", "cancel"), ("en", "never mind"), ("sv", "avbryt"), ("sv", "glöm det")]
)
async def test_a_message_is_dropped_in_so_many_words_at_every_step(at_night, answer, language, words):
    for said in ((), (MESSAGE[language],), (MESSAGE[language], "maja@example.com")):
        visitor = await writing(at_night, language, *said)
        assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no"), ("en", "wrong address"), ("sv", "nej"), ("sv", "nej fel adress")]
)
async def test_a_no_to_what_is_read_back_asks_for_another_address(at_night, answer, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    assert texts(await visitor.says(words)) == [answer("say_ask_reply_address", language)]
    (confirmed,) = texts(await visitor.says("maja2@example.com"))
    assert "maja2@ex….com" in confirmed


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Please tell them that my charger is acting up, maja@example.com"),
        ("sv", "Hej! Kan ni ringa mig imorgon på 0701740605? Maja, maja@example.com"),
    ],
)
async def test_a_message_that_is_written_at_once_is_the_message(at_night, language, words):
    visitor = await at_night.queued(language)
    (confirmed,) = texts(await visitor.says(words))
    assert "maja@ex….com" in confirmed
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await _letter(at_night, visitor))["text"] == words


@pytest.mark.parametrize(
    ("language", "words", "rest"),
    [
        ("en", "no I don't want to talk to a human", "say_deny"),
        ("en", "i dont want a person, just tell me if its free", "utter_faq/cost"),
        ("sv", "jag vill inte prata med en person", "say_deny"),
        ("sv", "vill inte prata med nån, bara veta om det är gratis", "utter_faq/cost"),
    ],
)
async def test_who_wants_no_person_gets_none(room, answer, language, words, rest):
    visitor = await room.visitor(language)
    assert texts(await visitor.says(words)) == [answer(rest, language)]
    assert await room.desk.of(visitor.conversation) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "that's wrong, get me a human"),
        ("en", "put me through"),
        ("en", "i want to talk to someone about my warranty"),
        ("sv", "kan jag få prata med någon om garantin"),
        ("sv", "det var ju inte mitt fel, ge mig en människa"),
        ("sv", "kan ja få prata me nån?"),
    ],
)
async def test_a_person_is_wanted_in_everyday_words(customers, answer, language, words):
    customer = await customers("C-1001", language)
    await customer.says({"en": "is my charger covered?", "sv": "omfattas min laddare?"}[language])
    assert texts(await customer.says(words)) == [answer("say_queued_unstaffed", language, position="1")]


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


@pytest.mark.parametrize("language", LANGUAGES)
async def test_something_else_is_an_offer_and_no_wish(room, answer, language, vague):
    visitor = await room.visitor(language)
    await visitor.says(vague[language])
    said = await visitor.presses({"en": "Something else", "sv": "Något annat"}[language])
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert texts(said) == [answer("say_person_offer_open", language, until=until)]
    assert texts(await visitor.says({"en": "yes", "sv": "ja"}[language])) == [
        answer("say_queued", language, position="1")
    ]


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


@pytest.mark.parametrize(("language", "words"), [("en", "på svenska tack"), ("sv", "in English please")])
async def test_another_language_is_no_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    other = {"en": "sv", "sv": "en"}[language]
    assert texts(await visitor.says(words))[-1] == answer("say_ask_message", other)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_more_may_be_added_before_it_is_sent(at_night, answer, language):
    more = {"en": "wait, I want to add something", "sv": "jag vill lägga till en sak"}[language]
    addition = {"en": "It also gets hot.", "sv": "Den blir varm också."}[language]
    visitor = await writing(at_night, language, MESSAGE[language])
    assert texts(await visitor.says(more)) == [answer("say_ask_more", language)]
    assert texts(await visitor.says(addition)) == [answer("say_ask_reply_address", language)]
    written = f"{MESSAGE[language]}\n{addition}"
    confirm = answer("say_confirm_message", language, address="maja@ex….com", message=written)
    assert texts(await visitor.says("maja@example.com")) == [confirm]
    await visitor.says(more)
    phone = {"en": "Call me, 070 174 06 05", "sv": "Ring mig gärna, 070 174 06 05"}[language]
    written += f"\n{phone}"
    masked = written.replace("070 174 06 05", "[phone]")
    confirm = answer("say_confirm_message", language, address="maja@ex….com", message=masked)
    assert texts(await visitor.says(phone)) == [confirm]
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await _letter(at_night, visitor))["text"] == written


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_goes_on_where_an_address_is_asked_for_is_added(at_night, answer, language):
    visitor = await writing(at_night, language, MESSAGE[language])
    said = await visitor.says({"en": "krempel wugs over flarp", "sv": "krempel flarpar över vugget"}[language])
    assert texts(said) == [answer("say_message_added", language), answer("say_ask_reply_address", language)]
    unclear = answer("say_reply_address_unclear", language)
    assert texts(await visitor.says({"en": "it is @maja, wwww", "sv": "det är @maja, wwww"}[language])) == [unclear]
    (confirmed,) = texts(await visitor.says("maja at example dot com"))
    assert "maja@ex….com" in confirmed


@pytest.mark.parametrize(
    ("language", "words"), [("en", "I don't have an e-mail address"), ("sv", "jag har ingen mejl"), ("sv", "ring mig")]
)
async def test_who_has_no_address_hears_what_else_there_is(at_night, answer, language, words):
    visitor = await writing(at_night, language, MESSAGE[language])
    said = await visitor.says(words)
    assert texts(said) == [answer("say_no_reply_address_closed", language, opens=OPENS[language])]
    confirm = answer("say_confirm_message", language, address="maja@ex….com", message=MESSAGE[language])
    assert texts(await visitor.says("maja@example.com")) == [confirm]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_asks_whether_the_message_was_received_hears_that_it_was(at_night, answer, language):
    yes, asks = {
        "en": ("yes", "have you got my message?"),
        "sv": ("ja", "har ni fått mitt meddelande?"),
    }[language]
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com", yes)
    from tests.desk.test_messages_by_mail import tickets

    (ticket,) = tickets(at_night)
    known = {"reference": ticket.reference, "address": "maja@ex….com"}
    said = answer("say_message_is_there_closed", language, opens=OPENS[language], **known)
    assert texts(await visitor.says(asks)) == [said]
    at_night.at(MONDAY_MORNING)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    for words in (asks, {"en": "what is my reference?", "sv": "vad är min referens?"}[language]):
        said = answer("say_message_is_there_open", language, until=until, **known)
        assert texts(await visitor.says(words)) == [said]


async def test_nobody_hears_that_a_message_is_there_who_sent_none(at_night, answer):
    visitor = await writing(at_night, "en", MESSAGE["en"])
    await visitor.says("cancel")
    assert "is with support" not in "".join(texts(await visitor.says("have you got my message?")))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_title_of_any_button_that_is_shown_presses_it(room, answer, language):
    visitor = await room.visitor(language)
    await visitor.says({"en": "what can you do", "sv": "vad kan du"}[language])
    titles = [button["title"] for message in visitor.latest for button in message["buttons"]]
    assert titles
    for title in titles:
        visitor = await room.visitor(language)
        await visitor.says({"en": "what can you do", "sv": "vad kan du"}[language])
        pressed = texts(await visitor.presses(title))
        visitor = await room.visitor(language)
        await visitor.says({"en": "what can you do", "sv": "vad kan du"}[language])
        assert texts(await visitor.says(title.lower())) == pressed


async def test_a_title_that_is_not_shown_any_more_presses_nothing(at_night):
    visitor = await writing(at_night, "en", MESSAGE["en"], "maja@example.com")
    await visitor.says("cancel")
    await visitor.says("Yes, send it")
    from tests.desk.test_messages_by_mail import tickets

    assert tickets(at_night) == []


async def _letter(room, visitor) -> dict:
    from actions.desk_parts import personal_data
    from tests.desk.test_messages_by_mail import tickets

    (ticket,) = tickets(room)
    return await personal_data(ticket)




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


@pytest.mark.parametrize(("language", "words"), [("en", "send my message"), ("sv", "skicka meddelande")])
async def test_a_message_is_never_emptied_by_a_word(at_night, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    await visitor.says(words)
    await visitor.says("maja@example.com")
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await _letter(at_night, visitor))["text"].startswith(MESSAGE[language])


@pytest.mark.parametrize(
    ("language", "words"), [("en", "don't send it"), ("en", "no don't send it"), ("sv", "nej skicka inte")]
)
async def test_a_refusal_to_send_it_drops_it(at_night, answer, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]


@pytest.mark.parametrize(("language", "words"), [("en", "send it"), ("sv", "ja skicka det")])
async def test_it_is_sent_in_so_many_words(at_night, language, words):
    visitor = await writing(at_night, language, MESSAGE[language], "maja@example.com")
    await visitor.says(words)
    assert (await _letter(at_night, visitor))["text"] == MESSAGE[language]


async def test_sent_twice_it_is_still_there(at_night, answer):
    visitor = await writing(at_night, "en", MESSAGE["en"], "maja@example.com", "yes")
    (said,) = texts(await visitor.presses("Yes, send it"))
    assert "is with support" in said
    await visitor.says("leave a message")
    await visitor.says("never mind")
    (said,) = texts(await visitor.says("did you get my message?"))
    assert "is with support" in said


async def test_braces_in_a_message_are_no_blanks_to_fill_in(at_night):
    visitor = await writing(at_night, "en", "The app shows {error} when I start it")
    (said,) = texts(await visitor.says("maja@example.com"))
    assert "(error)" in said
    await visitor.says("yes")
    assert (await _letter(at_night, visitor))["text"] == "The app shows {error} when I start it"


@pytest.mark.parametrize(("language", "words"), [("en", "Please cancel my case"), ("sv", "Jag vill stänga ärendet")])
async def test_a_message_about_a_case_is_a_message(at_night, answer, language, words):
    visitor = await writing(at_night, language)
    assert texts(await visitor.says(words)) == [answer("say_ask_reply_address", language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I bought my holder on 2026-01-15, is it still under warranty?"),
        ("en", "is my charger HQA1 X773 0002 covered?"),
        ("en", "please delete everything you have on maja@example.com"),
        ("sv", "när kan jag ringa till er?"),
        ("sv", "omfattas min laddare HQA1 X773 0002?"),
    ],
)
async def test_a_question_under_the_offer_is_no_message(at_night, answer, language, words):
    visitor = await at_night.queued(language)
    said = texts(await visitor.says(words))
    assert answer("say_ask_reply_address", language) not in said
    assert "maja@ex" not in "".join(said)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "i dont want to chat i want a person"),
        ("en", "dont want bot want human"),
        ("sv", "jag vill inte chatta jag vill prata med en människa"),
    ],
)
async def test_no_bot_but_a_person_is_a_person(room, answer, language, words):
    visitor = await room.visitor(language)
    assert texts(await visitor.says(words)) == [answer("say_queued", language, position="1")]
