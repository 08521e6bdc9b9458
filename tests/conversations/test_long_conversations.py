"""What testers stumbled over: units by order, no serial number, a late yes, objections, decisions that are awaited."""

import pytest

from tests.conversations.people import data_of

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize(
    ("language", "text", "serial"),
    [
        ("en", "the second one", 1),
        ("en", "the first", 0),
        ("en", "the last one", 1),
        ("sv", "den andra", 1),
        ("sv", "den första", 0),
        ("sv", "nummer två", 1),
    ],
)
async def test_a_unit_may_be_named_by_its_place_in_the_list(known, language, text, serial):
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "accident"}')
    listed = [title[-5:] for title in customer.titles if "…" in title]
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == listed[serial]


@pytest.mark.parametrize(("language", "text"), [("en", "and the other one?"), ("sv", "och den andra då?")])
async def test_the_other_one_is_not_the_one_just_talked_about(known, language, text):
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"
    await customer.says({"en": "no", "sv": "nej"}[language])
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"


async def test_a_place_that_the_list_does_not_have_is_asked_about(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident"}')
    await customer.says("the fifth one")
    assert "cannot find such a unit" in customer.texts[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don't know the serial number"),
        ("sv", "jag vet inte serienumret"),
        ("en", "where do I find the serial number?"),
        ("sv", "hittar inte serienumret"),
    ],
)
async def test_who_does_not_know_the_serial_number_hears_what_else_there_is(meet, answer, language, text):
    customer = await meet(language, adult=True)
    await customer.sends("/check_coverage")
    await customer.says(text)
    assert customer.texts == [answer("say_serial_unknown", language)]


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_a_yes_two_hours_later_is_no_answer_to_the_old_question(meet, answer, language):
    customer = await meet(language, adult=True)
    await customer.says({"en": "Delete my data", "sv": "Radera mina uppgifter"}[language])
    customer.leaves_for_two_hours()
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert customer.texts == [answer("say_long_ago", language)]
    assert customer.stored()


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_after_two_hours_a_report_is_one_button_away_and_nothing_is_asked_twice(known, answer, content, language):
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    customer.leaves_for_two_hours()
    await customer.says({"en": "yes", "sv": "ja"}[language])
    assert customer.texts == [answer("say_long_ago", language)]
    await customer.presses(content.titles[language]["report_damage"])
    assert customer.messages[-1]["data"] == {"kind": "ask", "field": "credentials"} or data_of(
        customer.messages, "damage_decision"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "that's wrong"), ("sv", "det stämmer inte"), ("en", "I don't agree"), ("sv", "nej det är fel")],
)
async def test_who_objects_to_a_decision_is_offered_a_person_who_can_check_it(known, answer, language, text):
    customer = await known(language, "C-1004")  # not registered
    await customer.sends('/report_damage{"damage_type": "accident"}')
    assert data_of(customer.messages, "damage_decision")["outcome"] == "not_eligible"
    await customer.says(text)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert customer.texts == [answer("say_objection_open", language, until=until)]
    assert customer.buttons[0]["payload"] == "/talk_to_human"


@pytest.mark.parametrize("text", ["min iqos funkar ej", "iqosen funkar inte"])
async def test_a_device_that_does_not_work_is_a_report_and_no_wish_for_help(meet, text):
    customer = await meet("sv", adult=True)
    await customer.says(text)
    assert customer.messages[0]["data"] == {"kind": "ask", "field": "credentials"}


@pytest.mark.parametrize(("language", "text"), [("en", "when will they decide?"), ("sv", "när bestämmer de sig?")])
async def test_who_waits_for_a_decision_hears_that_the_time_is_not_known(known, answer, language, text):
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    await customer.says({"en": "yes", "sv": "ja"}[language])
    await customer.says(text)
    assert answer("say_line_undecided", language) in customer.texts[0]


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_a_device_with_an_open_warranty_claim_is_offered_no_case(known, people, language):
    with people._writing.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO claims (claim_id, serial_key, kind, status, happened_on)"
            " VALUES ('K-9999', 'HQA1X7730002', 'warranty', 'open', '2026-11-20')"
        )
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "defect", "unit": "charger"}')
    assert data_of(customer.messages, "damage_decision")["reason"] == "claim_in_progress"
    assert all(button.get("role") != "affirm" for button in customer.buttons)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("hållaren gick sönder och laddaren är repig", "defect", "cosmetic"),
        ("tappade hållaren och laddaren gick sönder", "accident", "defect"),
    ],
)
async def test_what_broke_belongs_to_the_unit_beside_it(known, text, first, second):
    customer = await known("sv")
    await customer.sends("/report_damage")
    await customer.says(text)
    said = data_of(customer.messages, "damage_decision")
    assert (said["serial"], said["damage"]) == ("…0001", first)
    assert (await customer.slot("task"))["report"]["later"] in (None, ["charger", second])
