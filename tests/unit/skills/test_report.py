"""What counts as the damage, and what a message adds to a report or corrects in it."""

import pytest

from actions.program import Condition, Damage
from actions.report import Report


def _said(**values):
    return [{"entity": name, "value": value} for name, every in values.items() for value in every]


@pytest.mark.parametrize(
    ("damage", "works", "kind"),
    [
        ((), None, None),
        (("defect",), None, Damage.DEFECT),
        (("accident",), None, Damage.ACCIDENT),
        (("accident", "defect"), None, Damage.ACCIDENT),
        (("defect", "accident"), None, Damage.ACCIDENT),
        (("accident", "lost"), None, Damage.LOST),
        (("lost", "stolen"), None, Damage.STOLEN),
        (("cosmetic",), None, Damage.COSMETIC),
        (("cosmetic", "defect"), None, Damage.DEFECT),
        (("cosmetic", "accident"), None, Damage.COSMETIC),
        (("cosmetic", "accident"), True, Damage.COSMETIC),
        (("cosmetic", "accident"), False, Damage.ACCIDENT),
        (("cosmetic",), False, Damage.COSMETIC),
    ],
)
def test_several_kinds_of_damage_count_as_one(damage, works, kind):
    assert Report(damage, works).kind is kind


def test_what_a_message_names_replaces_what_was_known():
    before = Report(("accident",), None, "charger", "h1")
    assert before.told(_said(damage_type=["defect"]), False) == Report(("defect",), None, "charger", "h1")
    assert before.told(_said(unit=["holder"]), False) == Report(("accident",), None, "holder", None)
    assert before.told(_said(unit=["charger"]), False) == before
    assert before.told(_said(device=["h2"]), False) == Report(("accident",), None, None, "h2")
    assert before.told([], False) == before


def test_of_several_units_the_last_is_meant():
    assert Report().told(_said(unit=["charger", "holder"]), False).unit == "holder"


def test_a_fault_answers_the_question_whether_it_works():
    before = Report(("cosmetic",))
    assert before.told(_said(damage_type=["defect"]), True) == Report(("cosmetic",), works=False)
    assert before.told(_said(damage_type=["defect"]), False) == Report(("defect",))
    assert before.told(_said(condition=["works"]), True).condition is Condition.WORKS


def test_other_damage_makes_the_condition_unknown_again():
    before = Report(("cosmetic",), works=True)
    assert before.told(_said(damage_type=["accident"]), False).condition is Condition.NOT_ASKED


@pytest.mark.parametrize(
    ("entities", "words", "again"),
    [
        (_said(damage_type=["defect"]), 3, True),
        (_said(unit=["charger"]), 3, False),
        (_said(unit=["charger"]), 9, True),
        (_said(device=["h"]), 1, False),
        ([], 4, True),
    ],
)
def test_a_settled_report_begins_again_unless_it_is_corrected(entities, words, again):
    assert Report(("accident",), settled=True).begun_again(entities, words) is again
    assert Report(("accident",)).begun_again(entities, words) is False
