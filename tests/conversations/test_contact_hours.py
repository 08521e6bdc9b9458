"""Answers about reaching support know the time: open, closed, clock changes, exception dates."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from actions.support.hours import ExceptionDay
from tests.conftest import ROOT, STOCKHOLM
from tests.conversations.messages import MESSAGES


def _at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=STOCKHOLM)


_MOMENTS = {
    "open": (_at(2026, 3, 9, 10, 0), True, "19.00", "kl. 19.00"),
    "the minute of opening": (_at(2026, 3, 9, 8, 0), True, "19.00", "kl. 19.00"),
    "just before opening": (_at(2026, 3, 9, 7, 59), False, "08.00", "kl. 08.00"),
    "just before closing": (_at(2026, 3, 9, 18, 59), True, "19.00", "kl. 19.00"),
    "the minute of closing": (
        _at(2026, 3, 9, 19, 0), False, "tomorrow, Tuesday, at 08.00", "i morgon, tisdag, kl. 08.00",
    ),
    "Saturday evening": (
        _at(2026, 3, 14, 20, 0), False, "tomorrow, Sunday, at 10.00", "i morgon, söndag, kl. 10.00",
    ),
    "Sunday evening": (
        _at(2026, 3, 15, 18, 0), False, "tomorrow, Monday, at 08.00", "i morgon, måndag, kl. 08.00",
    ),
    "the night to summer time": (_at(2026, 3, 29, 1, 30), False, "10.00", "kl. 10.00"),
    "the day of summer time": (_at(2026, 3, 29, 17, 30), True, "18.00", "kl. 18.00"),
    "the night to winter time": (_at(2026, 10, 25, 2, 30), False, "10.00", "kl. 10.00"),
    "the day of winter time": (_at(2026, 10, 25, 10, 0), True, "18.00", "kl. 18.00"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(("moment", "is_open", "english", "swedish"), _MOMENTS.values(), ids=_MOMENTS)
async def test_the_answer_says_whether_support_is_open_and_until_or_from_when(
    meet, set_clock, answer, language, moment, is_open, english, swedish
):
    set_clock(moment)
    customer = await meet(language, adult=True)
    await customer.says(MESSAGES["ask_opening_hours"][language == "sv"])
    when = swedish if language == "sv" else english
    name = "say_ask_opening_hours_open" if is_open else "say_ask_opening_hours_closed"
    assert customer.texts == [answer(name, language, until=when, opens=when)]


@pytest.mark.parametrize(
    ("evening", "opens"),
    [
        (_at(2026, 3, 28, 20, 0), "2026-03-29T10:00:00+02:00"),
        (_at(2026, 10, 24, 20, 0), "2026-10-25T10:00:00+01:00"),
    ],
    ids=["summer time", "winter time"],
)
async def test_over_a_clock_change_the_next_opening_has_the_new_offset(meet, set_clock, evening, opens):
    set_clock(evening)
    customer = await meet("en", adult=True)
    (said,) = await customer.says(MESSAGES["ask_opening_hours"][0])
    assert said["data"] == {"kind": "opening_hours", "open": False, "next_change": opens}


@pytest.mark.parametrize("topic", ["ask_contact", "ask_opening_hours", "talk_to_human", "complaint"])
@pytest.mark.parametrize("language", ["en", "sv"])
async def test_on_an_exception_date_support_is_closed(meet, set_clock, answer, topic, language):
    from actions.support.hours import load_contact

    contact = load_contact(ROOT / "data" / "contact.yml")
    christmas = replace(contact.hours, exceptions=(ExceptionDay(date(2026, 12, 24), ()),))
    set_clock(_at(2026, 12, 24, 11, 0), contact=replace(contact, hours=christmas))
    customer = await meet(language, adult=True)

    await customer.says(MESSAGES[topic][language == "sv"])

    opens = {"en": "tomorrow, Friday, at 08.00", "sv": "i morgon, fredag, kl. 08.00"}[language]
    assert customer.texts == [answer(f"say_{topic}_closed", language, opens=opens)]


async def test_support_without_hours_is_not_promised_a_time(meet, set_clock, answer):
    from actions.support.hours import load_contact

    contact = load_contact(ROOT / "data" / "contact.yml")
    never = replace(contact.hours, week=((),) * 7, exceptions=())
    set_clock(_at(2026, 3, 9, 10, 0), contact=replace(contact, hours=never))
    customer = await meet("en", adult=True)

    await customer.says(MESSAGES["talk_to_human"][0])

    assert customer.texts == [answer("say_contact_without_hours", "en")]
