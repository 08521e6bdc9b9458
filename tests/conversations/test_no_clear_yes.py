"""A case and an erasure need a yes to themselves: no refusal, no praise, and no other deed's imperative sets them off.

(For messages to support see tests/desk/test_a_message_refused.py.)
"""

import sqlite3

import pytest

from tests.conversations.what_is_decided import DELETING, NO, OPENING, PRAISE, REFUSALS, SENDING, YES

pytestmark = pytest.mark.usefixtures("people")

ACCIDENT = '/report_damage{"damage_type": "accident", "unit": "charger"}'
COSMETIC = '/report_damage{"damage_type": "cosmetic", "unit": "charger"}'


@pytest.fixture
def cases(registry_file):
    """How many cases there are: cases()."""

    def count():
        with sqlite3.connect(registry_file) as database:
            return database.execute("SELECT count(*) FROM cases").fetchone()[0]

    return count


@pytest.fixture
def offered(known):
    """A customer to whom a case for the charger is offered: await offered("en")."""

    async def customer(language, report=ACCIDENT):
        made = await known(language)
        await made.sends(report)
        return made

    return customer


@pytest.fixture
def leaving(meet):
    """A customer who is asked whether the conversation is to be deleted: await leaving("en")."""

    async def customer(language):
        made = await meet(language, adult=True)
        await made.sends("/delete_my_data")
        return made

    return customer


@pytest.mark.parametrize(("language", "text"), [*REFUSALS, *SENDING, *DELETING, *PRAISE, *NO])
async def test_no_case_is_opened_without_a_yes_to_it(offered, cases, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert cases() == 0
    assert not customer.erased


@pytest.mark.parametrize(("language", "text"), [*REFUSALS, *OPENING, *SENDING, *PRAISE, *NO])
async def test_nothing_is_erased_without_a_yes_to_it(leaving, language, text):
    customer = await leaving(language)
    await customer.says(text)
    assert not customer.erased


@pytest.mark.parametrize(("language", "text"), [*YES, *OPENING, ("sv", "ja hjälp mig")])
async def test_a_yes_or_its_own_imperative_opens_a_case_at_once(offered, cases, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert cases() == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [*DELETING, ("sv", "såklart"), ("sv", "ja"), ("en", "yes"), ("en", "absolutely"), ("en", "👍")],
)
async def test_a_yes_or_its_own_imperative_erases_at_once(leaving, language, text):
    customer = await leaving(language)
    await customer.says(text)
    assert customer.erased


@pytest.mark.parametrize(("language", "text"), [*PRAISE, ("en", "perfect"), ("sv", "perfekt")])
async def test_praise_alone_is_asked_about(offered, leaving, answer, language, text):
    for customer in (await offered(language), await leaving(language)):
        await customer.says(text)
        assert customer.texts == [answer("say_yes_or_no", language)]
        assert [button.get("role") for button in customer.buttons][:2] == ["affirm", "deny"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "jag vill inte öppna ett ärende"),
        ("sv", "jag vill inget ärende"),
        ("sv", "öppna inget ärende"),
        ("sv", "nej, öppna inget ärende"),
        ("sv", "nehej"),
        ("en", "I would rather not open a case"),
        ("en", "I want no case"),
        ("en", "nay"),
        ("en", "not really"),
        ("en", "👎"),
    ],
)
async def test_a_refusal_of_the_case_declines_it(offered, answer, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert customer.texts == [answer("say_case_declined", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [*NO, ("en", "keep it"), ("sv", "behåll den"), ("sv", "radera inget"), ("en", "don't delete it")],
)
async def test_a_refusal_of_the_erasure_keeps_everything(leaving, answer, language, text):
    customer = await leaving(language)
    await customer.says(text)
    assert customer.texts == [answer("say_delete_cancelled", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes if my case stays open"),
        ("sv", "om det inte påverkar mitt ärende så ja"),
        ("sv", "vänta"),
        ("en", "wait"),
        ("sv", "kanske"),
        ("en", "ok"),
        ("en", "yes, the other one"),
    ],
)
async def test_the_question_stays_where_a_yes_to_the_erasure_depends_on_something(leaving, answer, language, text):
    customer = await leaving(language)
    await customer.says(text)
    assert customer.texts == [answer("say_yes_or_no", language)]
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert customer.erased


@pytest.mark.parametrize(("language", "text"), [("en", "the first one"), ("sv", "den första")])
async def test_the_first_one_is_the_unit_that_is_offered(offered, cases, answer, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert customer.texts == [answer("say_yes_or_no", language)]
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert cases() == 1
    assert "(…0002)" in customer.texts[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [("sv", "inga problem"), ("sv", "utan problem"), ("sv", "ja helt perfekt"), ("en", "works like a charm")],
)
async def test_a_device_works_without_problems(offered, language, text):
    customer = await offered(language, COSMETIC)
    await customer.says(text)
    (decided,) = [message["data"] for message in customer.messages if message["data"]]
    assert decided["outcome"] == "not_eligible"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "open a case"), ("en", "send it"), ("en", "delete it"), ("sv", "radera det")]
)
async def test_no_imperative_says_that_a_device_works(offered, language, text):
    customer = await offered(language, COSMETIC)
    await customer.says(text)
    assert not any("outcome" in (message["data"] or {}) for message in customer.messages)


@pytest.mark.parametrize(("language", "text"), [("sv", "såklart"), ("en", "please")])
async def test_a_person_that_is_offered_is_accepted_in_a_word(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.says("sdlkfj")
    await customer.says("xcvwer fds")
    await customer.says(text)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert customer.texts == [answer("say_talk_to_human_open", language, until=until)]
