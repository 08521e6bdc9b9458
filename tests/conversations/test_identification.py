"""Who is asking: credentials, a code, and the same words whether or not anything was found."""

from datetime import timedelta

import pytest

from tests.conversations.people import JOHAN, MAJA, NOVEMBER

pytestmark = pytest.mark.usefixtures("people")

STRANGER = ("nobody@example.com", "HQA1 X773 0002")
NOT_THEIRS = ("erik@example.com", "HQA1 X773 0002")
NO_SUCH_SERIAL = ("maja@example.com", "HQA1 X773 9999")


async def test_the_customer_is_identified_and_gets_the_answer_that_was_asked_for(english_adult, identify, letterbox):
    await english_adult.says("is my device covered?")
    assert "Which e-mail address" in english_adult.texts[0]

    await identify(english_adult)

    assert english_adult.texts[0] == "Thanks."
    assert "14 August 2027" in english_adult.texts[1]
    assert [mail.to for mail in letterbox.mails] == ["maja@example.com"]


async def test_the_code_comes_in_the_language_of_the_conversation(swedish_adult, identify, letterbox):
    await swedish_adult.says("Är min enhet täckt av programmet?")
    await identify(swedish_adult)
    assert letterbox.mails[0].language == "sv"
    assert "Din kod är" in letterbox.mails[0].text


async def test_a_code_is_never_written_into_the_outbox(english_adult, monkeypatch, letterbox, code_mailed):
    from actions.services import services

    def kept(*details) -> None:
        raise AssertionError("the time of a database write would tell that the details were right")

    monkeypatch.setattr(services().outbox, "add", kept)
    await english_adult.says("is my device covered?")
    await english_adult.says("maja@example.com, HQA1 X773 0002")
    assert await code_mailed() in letterbox.mails[0].html


async def test_details_may_come_one_at_a_time(english_adult, code_mailed):
    await english_adult.says("is my device covered?")
    await english_adult.says("maja@example.com")
    assert english_adult.texts == [
        "And what is the serial number of the device? It is made of letters and digits."
    ]
    await english_adult.says("it's hqa1-x773-ooo2")
    assert "a six-digit code has been sent" in english_adult.texts[0]
    await english_adult.says(await code_mailed())
    assert english_adult.texts[0] == "Thanks."


async def test_details_given_with_the_question_are_not_asked_for(english_adult, code_mailed):
    await english_adult.says("is my charger covered? maja@example.com, HQA1 X773 0002")
    assert "a six-digit code has been sent" in english_adult.texts[0]


@pytest.mark.parametrize("details", [STRANGER, NOT_THEIRS, NO_SUCH_SERIAL])
async def test_wrong_details_are_answered_word_for_word_like_right_ones(meet, details, letterbox):
    async def course(email, serial):
        customer = await meet("en", adult=True)
        said = []
        for text in ("is my device covered?", f"{email} {serial}", "000 000", f"{email} {serial}", "no mail came"):
            await customer.says(text)
            said.append([(m["text"], m["data"], [b["title"] for b in m["buttons"]]) for m in customer.messages])
        return said

    assert await course(*details) == await course(*MAJA)
    assert {mail.to for mail in letterbox.mails} <= {"maja@example.com"}


@pytest.mark.parametrize("details", [STRANGER, NOT_THEIRS, NO_SUCH_SERIAL])
async def test_wrong_details_cost_the_same_queries_and_send_no_mail(english_adult, details, people, letterbox):
    from sqlalchemy import event

    statements: list[str] = []
    event.listen(people._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    async def count(email, serial):
        statements.clear()
        await english_adult.says(f"{email} {serial}")
        return list(statements)

    await english_adult.says("is my device covered?")
    wrong = await count(*details)
    assert letterbox.mails == []
    assert wrong == await count(*MAJA)


async def test_five_wrong_codes_make_it_worthless_and_a_new_one_can_be_had(english_adult, code_mailed):
    await english_adult.says("is my device covered?")
    await english_adult.says(" ".join(MAJA))
    code = await code_mailed()
    wrong = f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06}"
    for expected in ("4 tries left", "3 tries left", "2 tries left", "one try left", "no longer valid"):
        await english_adult.says(wrong)
        assert expected in english_adult.texts[0]
    await english_adult.says(code)
    assert "no longer valid" in english_adult.texts[0]

    await english_adult.presses("Send a new code")
    await english_adult.says(await code_mailed())
    assert english_adult.texts[0] == "Thanks."


async def test_a_code_is_worthless_after_ten_minutes(english_adult, code_mailed, set_clock):
    await english_adult.says("is my device covered?")
    await english_adult.says(" ".join(MAJA))
    set_clock(NOVEMBER + timedelta(minutes=10))
    await english_adult.says(await code_mailed())
    assert english_adult.texts == ["That code is no longer valid. I can send a new one."]


async def test_a_code_that_looks_like_a_date_is_understood(english_adult, monkeypatch):
    from actions.identity import codes

    monkeypatch.setattr(codes.secrets, "randbelow", lambda most: 850312)
    await english_adult.says("is my device covered?")
    await english_adult.says(" ".join(MAJA))
    await english_adult.says("850312")
    assert english_adult.texts[0] == "Thanks."


async def test_other_details_can_be_given_instead(english_adult, code_mailed):
    await english_adult.says("is my device covered?")
    await english_adult.says(" ".join(STRANGER))
    await english_adult.presses("Use other details")
    assert "Which e-mail address" in english_adult.texts[0]
    await english_adult.says(" ".join(MAJA))
    await english_adult.says(await code_mailed())
    assert english_adult.texts[0] == "Thanks."


async def test_codes_are_limited_and_the_way_to_a_person_is_named(english_adult, code_mailed):
    await english_adult.says("is my device covered?")
    await english_adult.says(" ".join(MAJA))
    for _ in range(4):
        await english_adult.presses("Send a new code")
    assert "has been sent" in english_adult.texts[0]
    code = await code_mailed()
    await english_adult.presses("Send a new code")
    assert "cannot send any more codes" in english_adult.texts[0]
    assert "020-25 10 10" in english_adult.texts[0]
    await english_adult.says(code)  # the one that has arrived stays good
    assert english_adult.texts[0] == "Thanks."


async def test_the_limit_is_the_same_for_an_address_that_nobody_has(meet):
    told = []
    for email in ("maja@example.com", "nobody@example.com"):
        customers = [await meet("en", adult=True) for _ in range(6)]
        for customer in customers:
            await customer.says("is my device covered?")
            await customer.says(f"{email} HQA1 X773 0002")
        told.append([customer.texts for customer in customers])
    assert told[0] == told[1]
    assert "cannot send any more codes" in told[0][5][0]


async def test_identification_ends_after_half_an_hour(english_adult, identify, set_clock):
    await english_adult.says("is my device covered?")
    await identify(english_adult)
    set_clock(NOVEMBER + timedelta(minutes=29))
    await english_adult.says("is my device covered?")
    assert "14 August 2027" in english_adult.texts[0]
    set_clock(NOVEMBER + timedelta(minutes=30))
    await english_adult.says("is my device covered?")
    assert "Which e-mail address" in english_adult.texts[0]


async def test_identification_does_not_outlive_the_session(english_adult, identify):
    await english_adult.says("is my device covered?")
    await identify(english_adult)
    english_adult.leaves_for_two_hours()
    await english_adult.says("is my device covered?")
    assert "Which e-mail address" in english_adult.texts[0]


async def test_one_customers_identification_is_nothing_in_another_conversation(meet, identify):
    first, second = await meet("en", adult=True), await meet("en", adult=True)
    await first.says("is my device covered?")
    await identify(first, *JOHAN)
    await second.says("is my device covered?")
    assert "Which e-mail address" in second.texts[0]


async def test_the_website_can_vouch_for_a_customer(known):
    customer = await known("en", "C-1001")
    await customer.says("is my device covered?")
    assert "14 August 2027" in customer.texts[0]


async def test_a_customer_vouched_for_has_to_pass_the_age_gate_where_the_website_did_not_check(meet, people):
    import jwt

    from tests.conftest import ADULT, IDENTITY_SECRET

    claims = {"sub": "C-1001", "age_verified": False, "exp": NOVEMBER.timestamp() + 600}
    customer = await meet("en", identity=jwt.encode(claims, IDENTITY_SECRET, "HS256"))
    await customer.says("is my device covered?")
    assert "date of birth" in customer.texts[0]
    await customer.says(ADULT)
    assert "14 August 2027" in customer.texts[1]


async def test_a_forged_slot_identifies_nobody(english_adult):
    from rasa.shared.core.events import SlotSet

    agent = english_adult.agent
    for forged in ("C-1001", {"customer_id": "C-1001", "until": 9e9}, True):
        tracker = await agent.tracker_store.retrieve(english_adult.conversation)
        tracker.update(SlotSet("identity", forged), agent.domain)
        await agent.tracker_store.save(tracker)
        await english_adult.says("is my device covered?")
        assert "Which e-mail address" in english_adult.texts[0]


async def test_a_typed_grant_identifies_nobody(english_adult):
    await english_adult.says('/check_coverage{"identity": "C-1001", "customer_id": "C-1001"}')
    assert await english_adult.slot("identity") is None


async def test_refusing_to_say_who_is_asking_is_accepted(english_adult):
    await english_adult.says("is my device covered?")
    await english_adult.says("no")
    assert "leave it at that" in english_adult.texts[0]
    await english_adult.says("Is the program free of charge?")
    assert len(english_adult.texts) == 1


async def test_the_second_answer_that_holds_no_details_offers_a_person(english_adult):
    await english_adult.says("is my device covered?")
    await english_adult.says("blorp")
    assert "did not find an e-mail address" in english_adult.texts[0]
    await english_adult.says("blorp widget")
    assert "Should a person look at it" in english_adult.texts[0]


async def test_details_given_without_being_asked_for_lead_to_the_customers_devices(english_adult, code_mailed):
    await english_adult.says("maja@example.com")
    assert "serial number" in english_adult.texts[0]
    await english_adult.says("HQA1 X773 0002")
    await english_adult.says(await code_mailed())
    assert "14 August 2027" in english_adult.texts[1]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "send me a new code please"), ("sv", "skicka en ny kod"), ("sv", "skicka koden igen")]
)
async def test_a_new_code_can_be_asked_for_in_words(meet, letterbox, code_mailed, language, text):
    customer = await meet(language, adult=True)
    await customer.sends("/check_coverage")
    await customer.says(" ".join(MAJA))
    await customer.says(text)
    await code_mailed()
    assert len(letterbox.mails) == 2


@pytest.mark.parametrize("digits", ["12345", "1234567"])
async def test_a_code_with_a_digit_too_many_or_too_few_is_asked_for_again(english_adult, digits):
    await english_adult.sends("/check_coverage")
    await english_adult.says(" ".join(MAJA))
    await english_adult.says(digits)
    assert "I need the six digits" in english_adult.texts[0]
    assert len(english_adult.texts) == 1


async def test_the_same_details_again_bring_a_new_code_once_the_old_one_has_expired(
    english_adult, set_clock, letterbox, code_mailed
):
    await english_adult.sends("/check_coverage")
    await english_adult.says(" ".join(MAJA))
    set_clock(NOVEMBER + timedelta(minutes=11))
    await english_adult.says("Is the program free of charge?")
    assert "no longer valid" in english_adult.texts[1]
    await english_adult.says(" ".join(MAJA))
    await code_mailed()
    assert len(letterbox.mails) == 2


async def test_details_given_before_the_age_gate_are_not_asked_for_again(meet, code_mailed):
    from tests.conftest import ADULT

    customer = await meet("en")
    await customer.says("is my charger HQA1 X773 0002 covered? my mail is maja@example.com")
    await customer.says(ADULT)
    assert "a six-digit code has been sent" in customer.texts[-1]


@pytest.mark.parametrize("yes", ["ok", "sure"])
async def test_an_ok_to_the_question_who_is_asking_is_no_wish_for_a_person(english_adult, yes):
    await english_adult.sends("/check_coverage")
    await english_adult.says(yes)
    assert "Which e-mail address" in english_adult.texts[0]
