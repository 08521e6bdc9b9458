"""What a negation denies, and how far it reaches, in both languages."""

import pytest

from tests.nlu.entities_in import values


@pytest.mark.parametrize(
    "text",
    [
        "I did not drop it",
        "I didn't drop or wash it",
        "never dropped it",
        "no it wasn't stolen",
        "no scratches",
        "den är inte tappad",
        "jag tappade den inte",
        "jag har varken tappat den eller tvättat den",
        "ingen har stulit den eller snott den",
        "utan att jag tappat den",
        "inga repor",
    ],
)
def test_a_denied_damage_is_none(rules, text):
    assert values(rules, text, "damage_type") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I did not drop it, it just died", ["defect"]),
        ("it wasn't stolen but I lost it", ["lost"]),
        ("I have no idea why it stopped working", ["defect"]),
        ("not only scratched, it doesn't heat", ["cosmetic", "defect"]),
        ("den är inte tappad, den bara dog", ["defect"]),
        ("stulen inte tappad", ["stolen"]),
        ("jag vet inte varför den dog", ["defect"]),
        ("täcks fallskador eller inte", ["accident"]),
        ("jag tappade den inte i golvet utan i vattnet", ["accident", "accident"]),
        ("no cracks nothing it just won't heat", ["defect"]),
        ("I don't think I dropped it", []),
    ],
)
def test_a_negation_reaches_to_the_end_of_its_clause(rules, text, kinds):
    assert values(rules, text, "damage_type") == kinds


@pytest.mark.parametrize(
    "text", ["doesn't charge", "it does not work", "nothing works", "laddar inte", "den fungerar fortfarande inte"]
)
def test_a_phrase_may_have_its_own_negation(rules, text):
    assert values(rules, text, "damage_type") == ["defect"]
    assert values(rules, text, "condition") == []


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("not the holder, the charger", ["charger"]),
        ("the charger, not the holder", ["charger"]),
        ("det är inte hållaren utan laddaren", ["charger"]),
        ("the charger. no sorry the holder", ["charger", "holder"]),
        ("I did not drop the holder", ["holder"]),
        ("jag tappade inte hållaren", ["holder"]),
        ("hållaren laddar inte i laddaren", ["holder", "charger"]),
        ("hållaren funkar men inte laddaren", ["holder", "charger"]),
        ("I don't have a holder, I have an ILUMA ONE", ["all_in_one"]),
    ],
)
def test_only_the_denied_unit_is_left_out_and_the_last_named_comes_last(rules, text, units):
    assert values(rules, text, "unit") == units
