"""Anger and escalation: a person is offered at once, with one apology, no argument and nothing about the law."""

from __future__ import annotations

import pytest

from tests.conversations.messages import UNTIL

pytestmark = pytest.mark.usefixtures("people")
_THREATS = [
    ("en", "you'll hear from my lawyer"),
    ("en", "I'll report you to ARN"),
    ("en", "I'm going to the consumer agency"),
    ("en", "I'll see you in court"),
    ("en", "this is a scam"),
    ("en", "you are a bunch of crooks"),
    ("sv", "ni hör från min advokat"),
    ("sv", "jag anmäler er till konsumentverket"),
    ("sv", "jag går till tidningen"),
    ("sv", "det här är bedrägeri"),
    ("sv", "vi ses i rätten"),
    ("sv", "vilken jävla skitservice"),
]
_ASK = {"en": "is my device covered?", "sv": "omfattas min enhet?"}


@pytest.mark.parametrize(("language", "text"), _THREATS)
@pytest.mark.parametrize("asked", [True, False])
async def test_a_threat_is_a_complaint_whatever_is_open(meet, answer, language, text, asked):
    customer = await meet(language, adult=True)
    if asked:
        await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer("say_complaint_open", language, until=UNTIL[language])]
    sorry = {"en": "sorry", "sv": "beklagar"}[language]
    assert customer.texts[0].count(sorry) == 1


@pytest.mark.parametrize(("language", "text"), _THREATS)
async def test_where_a_message_is_written_it_is_for_support(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says({"en": "I want to leave a message", "sv": "jag vill lämna ett meddelande"}[language])
    await customer.says(text)
    assert customer.texts == [answer("say_ask_reply_address", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "get me a manager"),
        ("en", "I want to speak to your boss"),
        ("en", "bring me your supervisor"),
        ("sv", "ge mig chefen"),
        ("sv", "jag vill prata med din chef"),
    ],
)
@pytest.mark.parametrize("asked", [True, False])
async def test_who_wants_somebody_in_charge_gets_a_person(meet, answer, language, text, asked):
    customer = await meet(language, adult=True)
    if asked:
        await customer.says(_ASK[language])
    await customer.says(text)
    assert customer.texts == [answer("say_talk_to_human_open", language, until=UNTIL[language])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "it was stolen and I reported it to the police"),
        ("sv", "den blev stulen och jag har polisanmält stölden"),
        ("sv", "stämmer det?"),
        ("en", "is this a scam?"),
    ],
)
async def test_what_only_sounds_like_it_is_none(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert answer("say_complaint_open", language, until=UNTIL[language]) not in customer.texts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hi Arn"),
        ("en", "someone used my card, this was fraud"),
        ("en", "my husband said: go to the media store and buy one"),
        ("en", "terrible support from the shop I bought it at"),
        ("en", "I've been a customer for 15 years"),
        ("sv", "hej Arn"),
        ("sv", "jag har varit kund i 15 år"),
    ],
)
async def test_what_is_said_of_others_is_no_complaint_about_support(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert answer("say_complaint_open", language, until=UNTIL[language]) not in customer.texts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my holder doesn't work, worst support ever"),
        ("en", "worst support! my holder doesn't work"),
        ("sv", "hållaren fungerar inte, värdelös support"),
    ],
)
async def test_damage_told_beside_a_complaint_is_not_lost(known, answer, language, text):
    customer = await known(language, "C-1001")
    await customer.says(text)
    assert customer.texts[0] == answer("say_complaint_open", language, until=UNTIL[language])
    assert "…0001" in customer.texts[1]
    assert (await customer.slot("task"))["asks"] == "case"
