"""Reporting damage: asks only what is not known, understands everyday words, and can be interrupted and corrected."""

import pytest

from tests.conversations.people import MAJA, data_of

pytestmark = pytest.mark.usefixtures("people")


_WEAK = [("sv", "funkar inte"), ("sv", "iqos trasig hjälp"), ("en", "it fell again")]


async def test_a_story_is_enough_to_ask_for_nothing_but_who_it_is(meet, identify):
    customer = await meet("sv", adult=True)
    await customer.says("asså laddaren dog imorse, åkte i golvet. vad gör man")
    assert "Vilken e-postadress" in customer.texts[0]

    await identify(customer)

    assert customer.texts[0] == "Tack."
    assert "Laddaren (…0002) har garanti till och med den 14 augusti 2027" in customer.texts[1]
    assert data_of(customer.messages, "damage_decision")["basis"] == "accident_protection"


async def test_the_first_question_survives_the_gate_and_the_identification(meet, identify):
    from tests.conftest import ADULT

    customer = await meet("en")
    await customer.says("I dropped my charger and it broke, can I get a new one?")
    await customer.says(ADULT)
    assert "Which e-mail address" in customer.texts[1]
    await identify(customer)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("en", "my holder's scratched all over but it works fine, want a new one", "cosmetic_only"),
        ("en", "I have lost my charger somewhere, can I have a replacement", "lost_not_covered"),
        ("en", "somebody stole my holder yesterday, can I get a new one", "stolen_not_covered"),
        ("sv", "hållaren är repig men funkar, kan jag få en ny", "cosmetic_only"),
        ("sv", "jag har tappat bort min laddare, kan jag få en ny", "lost_not_covered"),
        ("sv", "någon har snott min hållare, kan jag få en ny", "stolen_not_covered"),
    ],
)
async def test_what_depends_on_no_device_is_decided_without_asking_who_it_is(meet, language, text, reason):
    customer = await meet(language, adult=True)
    await customer.sends("/report_damage")
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["reason"] == reason


async def test_scratches_count_when_the_device_does_not_work(known):
    customer = await known("en", "C-1004")
    await customer.sends("/report_damage")
    await customer.says("it is scratched")
    assert customer.texts == ["Does it still work as it should?"]
    await customer.says("no")
    decision = data_of(customer.messages, "damage_decision")
    assert (decision["damage"], decision["reason"], decision["basis"]) == ("cosmetic", "covered", "warranty")


async def test_yes_just_ugly_is_a_yes(known):
    customer = await known("en")
    await customer.sends("/report_damage")
    await customer.says("my holder's scratched all over")
    await customer.says("yes just ugly")
    assert data_of(customer.messages, "damage_decision")["reason"] == "cosmetic_only"


@pytest.mark.parametrize(("language", "answer"), [("en", "the charger"), ("sv", "laddaren"), ("en", "0002")])
async def test_the_unit_may_be_named_in_words_or_by_the_end_of_its_serial_number(known, language, answer):
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "accident"}')
    assert len(customer.titles) == 3
    await customer.says(answer)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"


@pytest.mark.parametrize(
    ("language", "correction"),
    [
        ("en", "no, the holder"),
        ("en", "sorry I meant the holder"),
        ("sv", "nej, hållaren"),
        ("sv", "hållaren menar jag"),
    ],
)
async def test_a_wrong_answer_can_be_corrected(known, language, correction):
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"
    await customer.says(correction)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"


async def test_who_corrects_himself_in_one_message_means_the_last(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.says("the charger. no sorry the holder")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"


async def test_what_happened_can_be_corrected_after_the_decision(known):
    customer = await known("en", "C-1004")  # not registered: accident no, defect yes
    await customer.sends('/report_damage{"damage_type": "accident"}')
    assert data_of(customer.messages, "damage_decision")["reason"] == "not_registered"
    await customer.says("it just stopped working")
    assert data_of(customer.messages, "damage_decision")["basis"] == "warranty"


async def test_a_question_in_the_middle_is_answered_and_the_open_one_asked_again(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.says("What is the accident protection?")
    assert "one claim" in customer.texts[0].lower() or "once" in customer.texts[0].lower()
    assert "Which unit is it?" in customer.texts[-1]
    await customer.says("the charger")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"


async def test_another_question_about_devices_in_the_middle_is_answered_too(english_adult, identify):
    await english_adult.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    await english_adult.says("is my device covered?")
    await identify(english_adult)
    assert "Your program is active until" in english_adult.texts[1]
    assert data_of(english_adult.messages, "damage_decision")["serial"] == "…0002"


async def test_after_leaving_it_the_customer_comes_back_and_is_asked_nothing_twice(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    await customer.says("start over")
    await customer.says("Is the program free of charge?")
    assert len(customer.texts) == 1
    await customer.sends("/report_damage")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"


async def test_a_new_report_starts_afresh_once_the_first_is_settled(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "lost"}')
    await customer.sends("/report_damage")
    assert customer.texts == ["What has happened to the device?"]


async def test_a_question_that_is_not_understood_is_asked_in_other_words_then_a_person_is_offered(known):
    customer = await known("en")
    await customer.sends("/report_damage")
    await customer.says("zxqj wvkp qqfz")
    assert "I did not understand that" in customer.texts[0]
    await customer.says("zxqj wvkp qqfz")
    assert "Should a person look at it" in customer.texts[0]
    await customer.says("I dropped it")
    assert "Which unit is it?" in customer.texts[0]


async def test_a_unit_that_the_customer_does_not_have_is_asked_about(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "all_in_one"}')
    assert "cannot find such a unit" in customer.texts[0]
    assert len(customer.titles) == 3


async def test_the_serial_number_given_to_say_who_it_is_does_not_overrule_the_unit_that_was_named(meet, identify):
    customer = await meet("en", adult=True)
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "holder"}')
    await identify(customer, *MAJA)  # the charger's serial number
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"


async def test_a_change_of_language_goes_on_in_the_other_language(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.says("kan vi ta det på svenska")
    assert "Vilken enhet gäller det?" in customer.texts[-1]


async def test_what_is_told_of_the_damage_while_the_bot_asks_who_it_is_counts(meet, identify):
    customer = await meet("sv", adult=True)
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.says("den bara slutade funka, det är hållaren")
    assert "Vilken e-postadress" in customer.texts[-1]
    await identify(customer)
    decision = data_of(customer.messages, "damage_decision")
    assert (decision["damage"], decision["serial"]) == ("defect", "…0001")


async def test_a_question_about_claims_in_the_middle_comes_back_to_the_open_one(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.sends("/check_claims")
    assert "Which unit is it?" in customer.texts[-1]


async def test_a_unit_that_the_customer_does_not_have_is_not_taken_for_the_one_whose_serial_number_was_given(
    meet, identify
):
    customer = await meet("en", adult=True)
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    await identify(customer, "linnea@example.com", "HQA1 M214 0010")  # she has an all-in-one
    assert "cannot find such a unit" in customer.texts[-1]
    await customer.presses(customer.titles[0])
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0010"


async def test_the_serial_number_given_for_another_question_does_not_name_the_damaged_device(meet, code_mailed):
    customer = await meet("en", adult=True)
    await customer.says("is my device covered?")
    await customer.says(" ".join(MAJA))
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.says(await code_mailed())
    assert "Which unit is it?" in customer.texts[-1]


async def test_two_units_with_their_own_damage_are_reported_one_after_the_other(known):
    customer = await known("sv", "C-1006")
    await customer.sends("/report_damage")
    await customer.says("hållaren är repig men funkar och laddaren slutade fungera")
    assert data_of(customer.messages, "damage_decision")["reason"] == "cosmetic_only"
    assert customer.texts[-1] == "Och laddaren?"
    await customer.says("ja")
    decision = data_of(customer.messages, "damage_decision")
    assert (decision["serial"], decision["damage"]) == ("…0009", "defect")


async def test_the_unit_talked_about_last_is_meant_when_only_the_damage_is_told(known):
    customer = await known("en", "C-1006")
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "holder"}')
    await customer.says("and the charger?")
    await customer.says("I dropped that one too")
    assert "the charger (…0009)" in customer.texts[0]


async def test_a_question_about_another_unit_does_not_change_the_one_that_the_case_is_for(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    await customer.says("is my device …0001 covered by the program?")
    assert "Shall I open a case for the charger (…0002)?" in customer.texts[-1]


@pytest.mark.parametrize("words", ["prime", "the prime one"])
async def test_a_unit_can_be_told_by_its_model(known, people, words):
    with people._writing.begin() as connection:
        connection.exec_driver_sql("UPDATE devices SET model = 'IQOS ILUMA' WHERE serial_key = 'HQA1M2110009'")
    customer = await known("en", "C-1006")
    await customer.sends('/report_damage{"damage_type": "defect"}')
    await customer.says(words)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0008"


@pytest.mark.parametrize(("language", "answer"), [("sv", "nä den funkar sådär"), ("en", "sometimes")])
async def test_a_device_that_works_now_and_then_does_not_work(known, language, answer):
    customer = await known(language, "C-1004")
    await customer.sends('/report_damage{"damage_type": "cosmetic"}')
    await customer.says(answer)
    assert data_of(customer.messages, "damage_decision")["basis"] == "warranty"


async def test_a_device_that_is_lost_after_all_needs_no_identification(english_adult):
    await english_adult.sends('/report_damage{"damage_type": "accident"}')
    await english_adult.says("no wait, I lost it")
    assert data_of(english_adult.messages, "damage_decision")["reason"] == "lost_not_covered"


async def test_details_given_while_the_bot_asks_what_happened_are_kept(english_adult, code_mailed):
    await english_adult.sends("/report_damage")
    await english_adult.says("maja@example.com")
    await english_adult.says("HQA1 X773 0002")
    assert "What has happened" in english_adult.texts[-1]
    await english_adult.says("I dropped it")
    assert "a six-digit code has been sent" in english_adult.texts[-1]


@pytest.mark.parametrize(("language", "text"), _WEAK)
async def test_a_message_that_names_damage_is_a_report_even_where_its_topic_is_unclear(meet, language, text):
    customer = await meet(language, adult=True)
    await customer.says(text)
    assert "IQOS" in customer.texts[0]
    assert customer.messages[0]["data"] == {"kind": "ask", "field": "credentials"}


async def test_one_of_my_devices_that_was_dropped_is_a_report_and_no_wish_for_a_list(known):
    customer = await known("en")
    await customer.says("I dropped one of my units")
    assert "Which unit is it?" in customer.texts[0]


async def test_the_damage_told_again_while_the_bot_asks_who_it_is_is_understood(meet):
    customer = await meet("sv", adult=True)
    await customer.sends('/report_damage{"damage_type": "defect"}')
    await customer.says("den bara slutade funka")
    assert "Vilken e-postadress" in customer.texts[-1]
