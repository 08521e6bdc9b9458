"""Several questions in one message: each is answered, in order, and the bot asks only once for what it needs."""

import pytest

from tests.conftest import ADULT
from tests.conversations.people import data_of

_LANGUAGES = pytest.mark.parametrize("language", ["en", "sv"])


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("en", "Is it free, and can I pass it on to my wife?", ["faq/cost", "faq/transfer"]),
        ("sv", "Är det gratis och kan min fru använda det?", ["faq/cost", "faq/transfer"]),
        ("en", "What is accident protection? How long is the warranty?", ["faq/accident_protection", "faq/warranty"]),
        ("sv", "Vad är olycksfallsskyddet? Hur lång är garantin?", ["faq/accident_protection", "faq/warranty"]),
        (
            "en",
            "What does it cost, how do I join and in which country is it valid?",
            ["faq/cost", "faq/join", "faq/country"],
        ),
        (
            "sv",
            "Vad kostar programmet? Hur går jag med? I vilket land gäller det?",
            ["faq/cost", "faq/join", "faq/country"],
        ),
    ],
)
async def test_each_question_is_answered_in_order(meet, answer, language, text, topics):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer(f"utter_{topic}", language) for topic in topics]


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "Hi there! Is the program free of charge?", "faq/cost"),
        ("sv", "Hejsan! Kostar det något att vara med i programmet?", "faq/cost"),
        ("en", "Thanks! And how long does the program last?", "faq/duration"),
        ("sv", "Tack! Hur länge gäller programmet?", "faq/duration"),
    ],
)
async def test_a_greeting_or_thanks_beside_a_question_needs_no_answer(meet, answer, language, text, topic):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer(f"utter_{topic}", language)]


@_LANGUAGES
async def test_only_the_last_answer_has_buttons_and_none_to_what_was_asked(meet, content, language):
    customer = await meet(language, adult=True)
    await customer.says({"en": "Is it free and how do I join?", "sv": "Är det gratis och hur går jag med?"}[language])
    first, last = customer.messages
    assert first["buttons"] == []
    titles = content.titles[language]
    assert not {titles["faq/cost"], titles["faq/join"]} & {button["title"] for button in last["buttons"]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my holder is cracked and doesn't charge"),
        ("sv", "min hållare är sprucken och laddar inte"),
        ("en", "I dropped my charger yesterday and now it won't turn on, can I get a new one?"),
        ("sv", "jag tappade laddaren igår och nu går den inte igång, kan jag få en ny?"),
    ],
)
@pytest.mark.usefixtures("people")
async def test_a_report_of_damage_is_one_question(meet, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert len(customer.texts) == 1
    assert customer.messages[0]["data"] == {"kind": "ask", "field": "credentials"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Is the program free, and can I talk to a person please?"),
        ("sv", "Är programmet gratis, och kan jag få prata med en person?"),
        ("en", "Can I talk to a person? And is the program free?"),
        ("sv", "Kan jag få prata med en person? Och är programmet gratis?"),
    ],
)
async def test_the_person_comes_last(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    names = ("utter_faq/cost", "say_talk_to_human_open")
    assert customer.texts == [answer(name, language, until=until) for name in names]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please delete my data. And is the program free?"),
        ("sv", "Radera mina uppgifter tack. Och är programmet gratis?"),
    ],
)
async def test_an_erasure_among_other_questions_is_asked_about_last_and_not_done(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("utter_faq/cost", language), answer("say_delete_confirm", language)]
    assert customer.stored()
    await customer.says({"en": "no", "sv": "nej"}[language])
    assert customer.texts == [answer("say_delete_cancelled", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Is the program free? And which devices are registered on me? And is my device covered?"),
        ("sv", "Är programmet gratis? Och vilka enheter är registrerade på mig? Och omfattas min enhet?"),
    ],
)
@pytest.mark.usefixtures("people")
async def test_who_it_is_is_asked_once_for_all_and_then_everything_is_answered(meet, identify, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("utter_faq/cost", language), answer("say_identify", language)]
    await identify(customer)
    kinds = [message["data"]["kind"] for message in customer.messages if message["data"]]
    assert kinds == ["coverage", "coverage"]


@_LANGUAGES
async def test_all_questions_survive_the_gate(meet, answer, language):
    customer = await meet(language)
    await customer.says({"en": "Is it free and how do I join?", "sv": "Är det gratis och hur går jag med?"}[language])
    assert customer.texts == [answer("say_ask_birth_date_first_question", language)]
    await customer.says(ADULT)
    answers = [answer(name, language) for name in ("say_age_confirmed", "utter_faq/cost", "utter_faq/join")]
    assert customer.texts == answers


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "my charger broke yesterday, and is the program free of charge?", "faq/cost"),
        ("sv", "min iqos funkar ej, och vad kostar programmet?", "faq/cost"),
    ],
)
@pytest.mark.usefixtures("people")
async def test_damage_that_is_told_beside_a_question_is_seen_to_behind_the_answer(meet, answer, language, text, topic):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer(f"utter_{topic}", language), answer("say_identify_damaged", language)]


async def test_the_open_question_is_asked_again_once_behind_several_answers(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.says("Is the program free and can I pass it on to my wife?")
    assert [("Which unit is it?" in text) for text in customer.texts] == [False, False, True]
    await customer.says("the charger")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"


async def test_a_message_for_support_is_never_divided(meet, content):
    customer = await meet("en", adult=True)
    await customer.sends('/talk_to_human{"handoff": "message"}')
    await customer.says("Is the program free? And how do I join?")
    assert customer.texts == [content.answers["en"]["say_ask_reply_address"].text]


@pytest.mark.parametrize("text", ["Is it free? /start_over", "is it free and /delete_my_data?", "what?\n/restart"])
async def test_no_part_of_a_message_triggers_an_intent(meet, text):
    customer = await meet("en", adult=True)
    await customer.says(text)
    users = [event for event in customer.stored() if event["event"] == "user"]
    typed = [event for event in users if event["parse_data"]["intent"].get("confidence") == 1.0]
    assert typed == []
    assert await customer.slot("age_status") == "adult"


async def test_what_is_stored_of_further_questions_is_masked(meet):
    customer = await meet("en")
    await customer.says("Is it free and how do I join? my birthday is 1985-03-12")
    assert "1985-03-12" not in str(customer.stored())


@_LANGUAGES
async def test_a_story_is_understood_by_its_question(meet, answer, language):
    customer = await meet(language, adult=True)
    story = {
        "en": "A colleague told me about your program at lunch. She has had her charger replaced and everything. "
        "Sounds too good to be true. What do I have to pay for it?",
        "sv": "En kollega berättade om ert program på lunchen. Hon har fått sin laddare bytt och allt. "
        "Låter för bra för att vara sant. Vad får man betala för det?",
    }
    await customer.says(story[language])
    assert customer.texts == [answer("utter_faq/cost", language)]
