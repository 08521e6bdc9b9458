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
    assert before.told(_said(device=["h1"]), False) == Report(("accident",), None, None, "h1")
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


def _at(**places):
    return [{"entity": name, "value": v, "start": start} for name, every in places.items() for v, start in every]


def test_two_units_with_their_own_damage_are_taken_one_after_the_other():
    said = _at(unit=[("charger", 0), ("holder", 40)], damage_type=[("accident", 10), ("defect", 50)])
    report = Report().told(said, False)
    assert (report.unit, report.damage) == ("charger", ("accident",))
    assert report.later == ("holder", "defect")


def test_which_of_two_units_has_the_one_damage_is_not_guessed():
    report = Report().told(_at(unit=[("charger", 0), ("holder", 24)], damage_type=[("defect", 9)]), False)
    assert (report.unit, report.damage, report.later) == (None, ("defect",), None)


def test_damage_told_in_a_few_words_is_about_the_unit_just_talked_about():
    settled = Report(("accident",), None, "charger", "h1", settled=True)
    assert settled.next_one(_said(damage_type=["defect"]), 5) == Report(unit="charger", device="h1")
    assert settled.next_one(_said(damage_type=["defect"]), 20) == Report()
    assert settled.next_one([], 1) == Report()


def test_a_report_comes_back_from_json_as_it_was():
    import json
    from dataclasses import asdict

    report = Report(("accident",), True, "charger", "h", True, "7KQ-42P", ("holder", "defect"))
    assert Report.restored(json.loads(json.dumps(asdict(report)))) == report
