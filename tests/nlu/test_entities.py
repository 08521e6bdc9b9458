"""Kind of damage, unit and condition in what customers write, by the word lists of both languages; no model needed."""

import pytest

from bench.entities import LANGUAGES, evaluate
from tests.nlu.entities_in import values


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I dropped it", "accident"),
        ("the screen is cracked", "accident"),
        ("it went through the washing machine", "accident"),
        ("it just died", "defect"),
        ("it won't charge", "defect"),
        ("blinks red all the time", "defect"),
        ("full of scratches", "cosmetic"),
        ("the paint is coming off", "cosmetic"),
        ("I can't find it anywhere", "lost"),
        ("left it on the bus", "lost"),
        ("someone nicked it", "stolen"),
        ("the charger loses power quickly", "defect"),
        ("my charger lost its charge overnight", "defect"),
        ("hållaren tappade strömmen mitt i", "defect"),
        ("den åkte i golvet", "accident"),
        ("skärmen sprack", "accident"),
        ("den låg i tvättmaskinen", "accident"),
        ("laddaren dog", "defect"),
        ("den laddar inte", "defect"),
        ("den blinkar rött", "defect"),
        ("full av repor", "cosmetic"),
        ("färgen har flagnat", "cosmetic"),
        ("jag hittar den inte", "lost"),
        ("glömde den på bussen", "lost"),
        ("någon har snott den", "stolen"),
    ],
)
def test_what_happened_is_the_kind_of_damage(rules, text, kind):
    assert set(values(rules, text, "damage_type")) == {kind}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("the holder", "holder"),
        ("that pen thing", "holder"),
        ("my pocket charger", "charger"),
        ("the charging case", "charger"),
        ("an ILUMA ONE", "all_in_one"),
        ("the all-in-one", "all_in_one"),
        ("hållaren", "holder"),
        ("min pinne", "holder"),
        ("laddarn", "charger"),
        ("dosan", "charger"),
        ("ettan", "all_in_one"),
        ("allt-i-ett-modellen", "all_in_one"),
    ],
)
def test_a_unit_has_many_names(rules, text, unit):
    assert values(rules, text, "unit") == [unit]


@pytest.mark.parametrize("text", ["my IQOS", "the device", "ILUMA PRIME", "min enhet", "iqosen", "one of them"])
def test_a_name_for_any_of_the_units_is_no_unit(rules, text):
    assert values(rules, text, "unit") == []


@pytest.mark.parametrize(
    "text",
    [
        "it works fine",
        "still works",
        "just ugly",
        "only cosmetic",
        "fungerar som den ska",
        "bara fult",
        "den funkar fortfarande",
        "repig, funkar annars",
    ],
)
def test_a_device_that_does_what_it_should_works(rules, text):
    assert values(rules, text, "condition") == ["works"]


@pytest.mark.parametrize("text", ["how does it work", "how the holder works", "hur fungerar hållaren", "funkar den"])
def test_a_question_how_something_works_says_nothing_about_the_condition(rules, text):
    assert values(rules, text, "condition") == []


@pytest.mark.parametrize(
    "text",
    [
        "my dog is called Pinne",
        "in that fall I moved",
        "problemet är löst",
        "i så fall",
        "I lost my password",
        "I lost track",
        "tappade tråden",
        "the website doesn't work",
        "hemsidan fungerar inte",
        "what do you charge for delivery",
        "jag laddade den igår",
        "bor i Polen",
    ],
)
def test_words_of_one_language_are_not_taken_for_the_other_s_nor_idioms_for_damage(rules, text):
    assert values(rules, text, "damage_type") == []


@pytest.mark.parametrize(("text", "value"), [("English please", "en"), ("på svenska tack", "sv")])
def test_the_language_asked_for_is_found_as_before(rules, text, value):
    assert values(rules, text, "requested_language") == [value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_in_ten_messages_of_the_evaluation_are_understood_in_full(rules, language):
    rows = evaluate(rules, language)
    assert sum(row.expected == row.found for row in rows) >= 0.9 * len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "I dropped the holder last night", "my holder broke last Monday", "the holder stopped working last week",
        "at last my holder broke for good", "the second I turned on the holder it died", "give me a second",
    ],
)  # fmt: skip
def test_a_time_is_no_place_among_several_units(rules, text):
    assert not values(rules, text, "order")


def test_a_lost_password_is_no_lost_device(rules):
    assert not values(rules, "jag har tappat bort mitt lösenord", "damage_type")
