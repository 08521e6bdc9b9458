"""An "ok" after an answer, a "no" to "anything else?", "it is not alive" where a yes or no is asked for."""

from __future__ import annotations

import pytest

from tests.conftest import ADULT
from tests.conversations.messages import MESSAGES
from tests.conversations.people import MAJA

pytestmark = pytest.mark.usefixtures("people")
LANGUAGES = ("en", "sv")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["ok", "okay", "Aha", "I see.", "got it", "thanks, that's all"]),
        ("sv", ["ok", "jaha", "okej", "aha", "jag förstår", "tack, det var allt"]),
    ],
)
async def test_several_oks_in_a_row_end_in_nothing_more(meet, answer, language, words):
    customer = await meet(language, adult=True)
    await customer.says(MESSAGES["faq/cost"][language == "sv"])
    for word in words:
        await customer.says(word)
        assert customer.texts == [answer("say_noted", language)], word
        assert customer.titles == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_to_the_question_whether_there_is_more_ends_the_same(meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says(MESSAGES["thank"][language == "sv"])
    for word in {"en": ("no", "no thanks"), "sv": ("nej", "nej tack")}[language]:
        await customer.says(word)
        assert customer.texts == [answer("say_noted", language)]


async def test_an_ok_still_says_yes_to_what_is_offered(known):
    customer = await known("en", "C-1001")
    await customer.says("my charger fell and broke")
    assert "Shall I open a case" in customer.texts[0]
    await customer.says("ok")
    assert "is open" in customer.texts[0]


async def test_an_ok_to_an_open_question_has_it_asked_again(english_adult, answer):
    await english_adult.says("is my device covered?")
    await english_adult.says("ok")
    assert english_adult.texts == [answer("say_identify", "en")]


@pytest.mark.parametrize(
    ("language", "scratched", "words"),
    [
        ("en", "my holder is scratched", "not alive anymore"),
        ("en", "my holder is scratched", "no sign of life"),
        ("sv", "hållaren är repig", "den lever inte"),
        ("sv", "hållaren är repig", "inte ett livstecken"),
        ("sv", "hållaren är repig", "den går inte"),
    ],
)
async def test_a_device_that_is_not_alive_does_not_work(meet, answer, language, scratched, words):
    customer = await meet(language, adult=True)
    await customer.says(scratched)
    assert customer.texts == [answer("say_ask_condition", language)]
    await customer.says(words)
    assert customer.texts == [answer("say_identify_damaged", language)]


@pytest.mark.parametrize("gate", [True, False])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my charger died"),
        ("en", "my holder gave up the ghost"),
        ("en", "my charger is toast"),
        ("sv", "min laddare dog"),
        ("sv", "hållaren dog igår"),
        ("sv", "min iqos har dött"),
    ],
)
async def test_a_device_that_died_is_not_asked_about_again(meet, answer, language, text, gate):
    customer = await meet(language, adult=not gate)
    await customer.says(text)
    if gate:
        await customer.says(ADULT)
    assert customer.texts[-1] == answer("say_identify_damaged", language)


@pytest.mark.parametrize(
    ("language", "broken", "words"),
    [("en", "my charger is broken", "it isn't alive"), ("sv", "laddaren är trasig", "den lever inte")],
)
async def test_nor_does_it_decline_the_question_who_is_asking(meet, language, broken, words):
    customer = await meet(language, adult=True)
    await customer.says(broken)
    await customer.says(words)
    assert (await customer.slot("task"))["asks"] == "credentials"
    await customer.says(" ".join(MAJA))
    assert (await customer.slot("task"))["asks"] == "code"


@pytest.mark.parametrize("word", ["no", "nope", "no thanks"])
async def test_a_no_stays_a_no(english_adult, answer, word):
    await english_adult.says("my charger is broken")
    await english_adult.says(word)
    assert english_adult.texts == [answer("say_task_left", "en")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how long"),
        ("en", "how long does it take?"),
        ("en", "when will I get an answer"),
        ("sv", "hur lång tid"),
        ("sv", "hur lång tid tar det att få svar?"),
        ("sv", "när svarar ni"),
    ],
)
@pytest.mark.parametrize("written", [True, False])
async def test_how_long_it_takes_is_no_message_to_support(meet, answer, language, text, written):
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    customer = await meet(language, adult=True)
    await customer.says({"en": "I want to leave a message", "sv": "jag vill lämna ett meddelande"}[language])
    if written:
        await customer.says({"en": "My charger is acting up.", "sv": "Min laddare krånglar, hjälp mig."}[language])
    await customer.says(text)
    again = "say_ask_reply_address" if written else "say_ask_message"
    assert customer.texts == [answer("say_message_when_open", language, until=until), answer(again, language)]


async def test_a_longer_message_that_begins_so_is_the_message(meet, answer):
    customer = await meet("en", adult=True)
    await customer.says("I want to leave a message")
    await customer.says("how long will it take until my charger is replaced, I sent it in last week")
    assert customer.texts == [answer("say_ask_reply_address", "en")]
