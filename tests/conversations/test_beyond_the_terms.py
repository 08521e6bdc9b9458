"""What the source says nothing about is said to be unknown, with who knows; and two questions in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import ADULT, MONDAY_MORNING
from tests.conversations.people import MAJA

pytestmark = pytest.mark.usefixtures("people")
_QUESTIONS = [
    ("en", "law", "What about the Consumer Sales Act?"),
    ("en", "law", "Pursuant to the Consumer Sales Act I have three years. Why does your programme say twelve months?"),
    ("en", "law", "does the programme limit my statutory rights?"),
    ("en", "law", "what does the law say about this"),
    ("sv", "law", "vad säger konsumentköplagen om det här"),
    ("sv", "law", "har jag inte tre års reklamationsrätt enligt lagen?"),
    ("en", "used", "I bought it used on ebay, do I get anything?"),
    ("sv", "used", "har en iqos ja köpte begagnad på blocket, gäller garantin då"),
    ("en", "scam", "is this a scam? I got an SMS"),
    ("en", "scam", "I got a text from you, is it genuine?"),
    ("sv", "scam", "vilka e ni egentligen å e detta en bluff? fick sms"),
    ("en", "decides", "what if the store says no but you say yes"),
    ("en", "decides", "i mean does support decide or the store"),
    ("sv", "decides", "men om butiken säger nej då"),
    ("sv", "decides", "är det ni eller butiken som bestämmer"),
    ("en", "police", "do I have to report the theft to the police"),
    ("sv", "police", "måste jag göra en polisanmälan för er skull"),
]


@pytest.mark.parametrize(("language", "kind", "text"), _QUESTIONS)
async def test_it_is_said_that_the_terms_say_nothing_and_support_is_named(meet, answer, language, kind, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    if kind == "police" and customer.texts == [answer("utter_faq/stolen_device", language)]:
        await customer.says(text)  # a stolen device is what it is about; asked again, the report is answered
    assert customer.texts == [answer(f"say_beyond_{kind}", language)]
    assert "020-25 10 10" in customer.texts[0]
    assert customer.titles[-1] in ("Talk to a person", "Prata med en person")


@pytest.mark.parametrize(("language", "kind", "text"), [_QUESTIONS[0], _QUESTIONS[10]])
async def test_asked_before_the_gate_it_is_answered_after_it(meet, answer, language, kind, text):
    customer = await meet(language)
    await customer.says(text)
    await customer.says(ADULT)
    assert customer.texts == [answer("say_age_confirmed", language), answer(f"say_beyond_{kind}", language)]


async def test_the_open_question_stays(meet, answer):
    customer = await meet("en", adult=True)
    await customer.says("is my device covered?")
    await customer.says("what does the law say about this")
    assert customer.texts == [answer("say_beyond_law", "en"), answer("say_identify", "en")]
    await customer.says(f"{MAJA[0]}, I bought it used on blocket")
    assert customer.texts[0] == answer("say_beyond_used", "en")
    assert "serial number" in customer.texts[1]


@pytest.mark.parametrize(
    ("language", "kind", "text"),
    [
        ("en", "used", "I bought it used on ebay and now it won't charge"),
        ("sv", "used", "min iqos som jag köpte begagnad på tradera har slutat ladda"),
    ],
)
async def test_a_broken_device_told_of_with_it_is_reported(meet, answer, language, kind, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer(f"say_beyond_{kind}", language), answer("say_identify_damaged", language)]


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [
        ("en", "my holder was stolen", "I have a police report, do you need it?"),
        ("sv", "min hållare blev stulen", "men jag har polisanmält det"),
    ],
)
async def test_after_a_stolen_device_the_police_report_is_answered(meet, answer, language, told, text):
    customer = await meet(language, adult=True)
    await customer.says(told)
    await customer.says(text)
    assert customer.texts == [answer("say_beyond_police", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what is the difference between the warranty and the accident thing"),
        ("en", "warranty vs accident protection"),
        ("en", "is the warranty different from the accident protection"),
        ("sv", "hur skiljer sig olycksskyddet från garantin"),
        ("sv", "asså ja fattar inte va skillnaden e mellan garanti o olycksskydd"),
    ],
)
async def test_the_difference_between_both_is_both_answers(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("utter_faq/warranty", language), answer("utter_faq/accident_protection", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "cancel my program membership"),
        ("en", "i want OUT of it"),
        ("en", "how do i leave the program"),
        ("en", "where do i send it"),
        ("sv", "jag vill gå ur programmet"),
        ("sv", "säga upp medlemskapet"),
        ("sv", "vart ska jag skicka den"),
    ],
)
async def test_how_to_leave_and_where_to_send_a_device_is_not_known(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert customer.texts == [answer("utter_unsupported_topic", language)]


_HOLIDAYS = [
    ("en", "when are you open", "and on christmas eve?"),
    ("en", None, "are you open at easter?"),
    ("sv", "när har ni öppet", "o på julafton"),
    ("sv", None, "har ni öppet på midsommarafton?"),
]


@pytest.mark.parametrize(("language", "before", "text"), _HOLIDAYS)
async def test_hours_on_holidays_are_not_known(meet, answer, language, before, text):
    customer = await meet(language, adult=True)
    if before:
        await customer.says(before)
        assert len(customer.texts) == 1
    await customer.says(text)
    assert customer.texts[1:] == [answer("say_holidays_unknown", language)]


@pytest.mark.parametrize(("language", "before", "text"), _HOLIDAYS)
async def test_days_with_hours_of_their_own_are_named(meet, set_clock, built_services, language, before, text):
    from actions.support.hours import ExceptionDay, Interval

    contact = built_services.contact
    days = (
        ExceptionDay(date(2026, 3, 8), ()),
        ExceptionDay(date(2026, 12, 31), (Interval(600, 900),)),
        ExceptionDay(date(2026, 12, 24), ()),
    )
    hours = replace(contact.hours, exceptions=days)
    customer = await meet(language, adult=True)
    set_clock(MONDAY_MORNING, contact=replace(contact, hours=hours))
    if before:
        await customer.says(before)
    await customer.says(text)
    expected = {
        "en": "24 December 2026 closed, 31 December 2026 10.00–15.00",
        "sv": "24 december 2026 stängt, 31 december 2026 10.00–15.00",
    }
    assert expected[language] in customer.texts[1]
    assert "8 " not in customer.texts[1]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "what do you do on christmas eve", "utter_out_of_scope"),
        ("en", "can I transfer my program to the man who bought my device on blocket?", "utter_faq/transfer"),
        ("en", "I want to talk to a person about my legal rights", "say_talk_to_human"),
        ("sv", "är du en riktig person eller en robot?", "utter_bot_challenge"),
        ("sv", "varför kan jag inte ansluta mig till programmet?", "utter_faq/cannot_join"),
    ],
)
async def test_what_only_sounds_like_it_keeps_its_answer(meet, answer, language, text, name):
    customer = await meet(language, adult=True)
    await customer.says(text)
    if name == "say_talk_to_human":
        assert "call 020-25 10 10" in customer.texts[0]
    else:
        assert customer.texts[0] == answer(name, language)
