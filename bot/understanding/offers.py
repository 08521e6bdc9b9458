"""Where a case is offered, or a decision has just been told: what a message may change, and what it only says besides.

"The holder" or "the other one" is another unit; "do I have to give the old one back" asks something, and the offer
stays what it was.
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, FrozenSet, List, Mapping, NamedTuple, Optional, Text

from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.asides import is_spared, is_spared_before
from bot.understanding.meaning import (
    FURTHER,
    NOT_UNDERSTOOD,
    REMARK,
    TOPICS,
    ParseData,
    confidence_of,
    of_button,
    topic_of,
    with_topic,
)
from bot.understanding.parts import parts_of
from bot.understanding.speech import AGREES, BESIDES, CASE, EARLIER, LATER, MEANT, OPEN, Speech
from bot.understanding.wishes import shown_last

ONLY = "only"
"""Said of a message that is nothing but the name of a unit."""
ASIDE = "aside"
"""The remark on a message that says something beside the offer: it changes neither the unit nor what happened to it."""
_REPORT, _UNKNOWN, _CLAIMS = "report_damage", "unsupported_topic", "check_claims"
_CASE, _UNIT, _NOTHING = "case", "unit", "nothing"
_PUT_OFF = ("damage", _UNIT)
"""Questions of a report that may be left for later."""
_WHICH, _WHAT = ("unit", "order"), ("damage_type", "condition")
_AGES = ("newest", "oldest")
_ANSWERS = ("agreement", "hesitation")
_OF_NOTHING_ELSE = (NOT_UNDERSTOOD, _UNKNOWN, _REPORT, "affirm", "deny")
"""Topics of what is said beside an offer, where it is about nothing that the bot knows."""
_CERTAIN, _SURE = 1.0, 0.7
_END_OF_SERIAL = re.compile(r"\b\d{4}\b")


class OtherUnit(NamedTuple):
    """The button that leads to the unit that was named besides ("And the holder?")."""

    payload: Text
    unit: Text


def names_only_a_unit(text: Text, meant: ParseData, speech: Mapping[Text, Speech]) -> bool:
    """Whether a message is nothing but the name of a unit, courtesies aside: "no, the other one", "the prime one"."""
    spans = [(each["start"], each["end"]) for each in _entities(meant) if each["entity"] in _WHICH and "start" in each]
    return any(each.is_only(BESIDES, text, spans) for each in speech.values())


def may_concern_offer(text: Text, meant: ParseData) -> bool:
    """Whether a message names a unit or damage, so that it is worth looking at the conversation."""
    found = {each["entity"] for part in _parts(meant) for each in _entities(part)}
    return bool(found & {*_WHICH, *_WHAT}) or bool(_END_OF_SERIAL.search(text))


def answered(text: Text, meant: ParseData, tracker: DialogueStateTracker, said: FrozenSet[Text]) -> Optional[ParseData]:
    """What the message means if it takes up the offer, puts it off, or goes on with the unit named besides.

    `said`: the lists of which it has words (`may_remark`).
    """
    task: Dict[Text, Any] = tracker.get_slot("task") or {}
    if tracker.get_slot("age_status") != "adult" or meant.get(FURTHER):
        return None
    other = _other_unit(tracker)
    if other and task.get("asks") == _NOTHING:
        return _of_other_unit(text, meant, other, said)
    if task.get("topic") == _REPORT and task.get("asks") == _CASE:
        if AGREES in said:
            return with_topic(_without(meant, *_WHICH, *_ANSWERS), "affirm", _CERTAIN)
        if LATER in said:
            return with_topic(_with(_without(meant, *_WHICH, *_ANSWERS), "decision", "later"), _REPORT, _CERTAIN)
    if task.get("topic") == _REPORT and task.get("asks") in _PUT_OFF and LATER in said:
        return with_topic(_without(meant, *_ANSWERS), "deny", _CERTAIN)
    has_case = bool((task.get("report") or {}).get("case")) and task.get("asks") in (None, _NOTHING)
    asks_of_it = CASE in said and _has(meant, "agreement")  # "did you open it?"
    if has_case and (asks_of_it or OPEN in said and "?" not in text) and not any(_has(meant, each) for each in _WHICH):
        return {**with_topic(_without(meant, *_ANSWERS), _CLAIMS, _CERTAIN), REMARK: CASE}
    if OPEN in said and "?" not in text and _may_be_offered_again(task):
        return with_topic(_without(meant, *_WHICH), _REPORT, _CERTAIN)
    return None


def of_two_units(text: Text, meant: ParseData, tracker: DialogueStateTracker) -> Optional[ParseData]:
    """The message without the unit of which it says that nothing is wrong with it: "my holder is fine, it's the
    charger". After a decision about the former the latter was meant.
    """
    units = sorted((each for each in _entities(meant) if each["entity"] == "unit" and "start" in each), key=_start)
    begins, ends = [0, *(each["end"] for each in units[:-1])], [*(each["start"] for each in units[1:]), len(text)]
    behind = [(each, each["start"], end) for each, end in zip(units, ends)]
    before = [(each, begin, each["end"]) for each, begin in zip(units, begins)]
    fine = [span for span in behind if is_spared(text[span[1] : span[2]])]
    fine += [span for span in before if is_spared_before(text[span[1] : span[2]])]
    spared = {each["value"] for each, _, _ in fine}
    others = {each["value"] for each in units} - spared
    if tracker.get_slot("age_status") != "adult" or not spared or len(others) != 1 or "?" in text:
        return None

    def is_of_fine(each: Mapping[Text, Any]) -> bool:  # no damage either: "there is nothing wrong with it"
        of_unit = each["entity"] in ("unit", *_WHAT)
        return of_unit and any(begin <= each.get("start", -1) < end for _, begin, end in fine)

    rest = {**meant, "entities": [each for each in _entities(meant) if not is_of_fine(each)]}
    task: Dict[Text, Any] = tracker.get_slot("task") or {}
    if task.get("topic") != _REPORT:
        return rest if topic_of(meant) == _REPORT else None
    chosen = bool((task.get("report") or {}).get("device"))
    return {**with_topic(rest, _REPORT, _CERTAIN), **({REMARK: MEANT} if chosen else {})}


def beside_offer(
    text: Text, meant: ParseData, tracker: DialogueStateTracker, speech: Mapping[Text, Speech], said: FrozenSet[Text]
) -> Optional[ParseData]:
    """The message without what would move the offer to another unit, or to other damage, if it only seems to name one.

    A message that is nothing but another unit, or that tells of damage to one, is left as it is (None).
    """
    task: Dict[Text, Any] = tracker.get_slot("task") or {}
    asks, report = task.get("asks"), task.get("report") or {}
    if task.get("topic") != _REPORT or asks not in (_CASE, _UNIT, _NOTHING) or ONLY in said:
        return None
    if asks == _NOTHING and not report.get("device"):
        return None
    if meant.get(FURTHER):
        return _divided(meant) if asks == _CASE else None
    found = {each["entity"] for each in _entities(meant)}
    if asks == _CASE and EARLIER in said and found & set(_WHAT):
        return {**_without(meant, *_WHICH, *_WHAT, *_ANSWERS), REMARK: ASIDE}
    asks_something = is_question(text, speech)
    asks_of_number = asks == _CASE and asks_something and _END_OF_SERIAL.search(text)
    if not (found & set(_WHICH) or asks_of_number) or _tells_damage(text, meant, speech):
        return None
    if asks == _NOTHING and all(each["value"] in _AGES for each in _entities(meant) if each["entity"] in _WHICH):
        return None  # "when is the new one coming": the skills know that it is no unit
    works = any(each["entity"] == "condition" and each["value"] == "works" for each in _entities(meant))
    if asks == _NOTHING and works and not asks_something:
        return {**with_topic(_without(meant, *_WHICH, *_WHAT), NOT_UNDERSTOOD, _CERTAIN), REMARK: ASIDE}
    is_report = topic_of(meant) == _REPORT and confidence_of(meant) >= _SURE
    if not asks_something and (asks == _UNIT or asks == _NOTHING and is_report):
        return None
    return _aside(meant, asks_something)


def _aside(meant: ParseData, asks: bool) -> ParseData:
    topic = topic_of(meant)
    if topic is None or topic in _OF_NOTHING_ELSE:
        apart = _without(meant, *_WHICH, *_WHAT, *(_ANSWERS if asks else ()))
        if asks and topic != _REPORT:
            apart = with_topic(apart, _UNKNOWN, _CERTAIN)
        return {**apart, REMARK: ASIDE}
    units = any(each["entity"] == "unit" for each in _entities(meant))
    return {**(meant if units else _without(meant, "order")), REMARK: ASIDE}  # "is the new one covered": not yet there


def _divided(meant: ParseData) -> Optional[ParseData]:
    """The questions of a message without a report that tells of no damage."""
    parts = _parts(meant)
    kept = [each for each in parts if topic_of(each) != _REPORT or _has(each, "damage_type")]
    if len(kept) == len(parts):
        return None
    bare = [{key: value for key, value in each.items() if key not in (FURTHER, TOPICS)} for each in kept or parts[:1]]
    first, *further = bare
    if not further:
        return _aside(first, True)
    topics = [topic_of(each) for each in bare]
    return {**first, FURTHER: [{**each, TOPICS: topics} for each in further], TOPICS: topics}


def _of_other_unit(text: Text, meant: ParseData, other: OtherUnit, said: FrozenSet[Text]) -> Optional[ParseData]:
    """The unit by its name, as its button says it; what happened to it, where no other unit is named."""
    units = {each["value"] for each in _entities(meant) if each["entity"] == "unit"}
    if ONLY in said and units == {other.unit}:
        return of_button(other.payload, text)
    if not units and _has(meant, "damage_type"):
        return _with(meant, "unit", other.unit)
    return None


def _other_unit(tracker: DialogueStateTracker) -> Optional[OtherUnit]:
    for button in shown_last(tracker):
        topic, _, values = button["payload"].lstrip("/").partition("{")
        told = json.loads("{" + values) if values and topic == _REPORT else {}
        if "unit" in told and "damage_type" in told:
            return OtherUnit(button["payload"], str(told["unit"]))
    return None


def _may_be_offered_again(task: Mapping[Text, Any]) -> bool:
    """Whether damage has been told of that nothing has been decided on, or whose case was not wanted yet."""
    report = task.get("report") or {}
    return task.get("asks") in (None, _NOTHING) and bool(report.get("damage")) and not report.get("settled")


def _tells_damage(text: Text, meant: ParseData, speech: Mapping[Text, Speech]) -> bool:
    """Whether damage is told of, not asked about."""
    if not _has(meant, "damage_type"):
        return False
    told = [part.text for each in speech.values() for part in parts_of(text, each) if not part.asks]
    damages = [each for each in _entities(meant) if each["entity"] == "damage_type"]
    return any("start" not in each or text[each["start"] : each["end"]] in part for each in damages for part in told)


def is_question(text: Text, speech: Mapping[Text, Speech]) -> bool:
    """Whether a part of a message asks something."""
    return any(part.asks for each in speech.values() for part in parts_of(text, each))


def _parts(meant: ParseData) -> List[ParseData]:
    return [meant, *(meant.get(FURTHER) or ())]


def _entities(meant: ParseData) -> List[Dict[Text, Any]]:
    return list(meant.get("entities") or ())


def _start(entity: Mapping[Text, Any]) -> int:
    return int(entity["start"])


def _has(meant: ParseData, entity: Text) -> bool:
    return any(each["entity"] == entity for each in _entities(meant))


def _without(meant: ParseData, *names: Text) -> ParseData:
    return {**meant, "entities": [each for each in _entities(meant) if each["entity"] not in names]}


def _with(meant: ParseData, entity: Text, value: Text) -> ParseData:
    return {**meant, "entities": [*_entities(meant), {"entity": entity, "value": value}]}
