"""What cannot be undone (a case opened, a message sent, data deleted) is done by its button or a yes beyond doubt.

This is the last thing that looks at what was understood: whatever the topic or the entities say, a question, a
condition or somebody else's doing agrees to nothing. Where a yes or a no comes with a question, both count.
"""

from __future__ import annotations

import json
from typing import Any, Awaitable, Callable, Dict, List, Mapping, Optional, Text

from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.choice import Choice, Place, choice_in, is_about_case
from bot.understanding.meaning import (
    FURTHER,
    NOT_UNDERSTOOD,
    REMARK,
    TOPICS,
    ParseData,
    confidence_of,
    topic_of,
    with_topic,
)
from bot.understanding.offers import ASIDE
from bot.understanding.speech import CASE
from bot.understanding.wishes import Press, shown_last

ABOUT_CASE = "about_case"
"""The remark on a question about the case that is offered; nothing is opened by it."""
_REPORT, _AFFIRM, _DENY, _DELETE = "report_damage", "affirm", "deny", "delete_my_data"
_CLAIMS = "check_claims"
_CASE, _UNIT, _MESSAGE, _ADDRESS, _NOTHING = "case", "unit", "message", "reply_address", "nothing"
_NO_LIST = (_UNIT, _MESSAGE, "credentials", "code")
"""Questions to which a number or "the first" is another answer than a button."""
_DEEDS = (("decision", "confirmed"), ("handoff", "send"))
"""What the buttons carry that do what cannot be undone."""
_AGREEMENT = "agreement"
_OF_UNIT_OR_DAMAGE = ("unit", "order", "device", "damage_type", "condition", "serial", "number")
_UNSURE, _CERTAIN, _CLEARLY_KNOWN = 0.5, 1.0, 0.85
_SAYS_NOTHING = (
    NOT_UNDERSTOOD, "unsupported_topic", "out_of_scope", "repeat", "help", "thank", "greet", "goodbye",
    "positive_feedback", _AFFIRM, _DENY, _REPORT,
)  # fmt: skip
"""Topics of what is asked beside a yes or a no that need no answer."""

Parse = Callable[[Text], Awaitable[ParseData]]
Retrieve = Callable[[], Awaitable[Optional[DialogueStateTracker]]]


def is_deed(payload: Text) -> bool:
    """Whether a button with this payload does what cannot be undone."""
    values = payload.partition("{")[2]
    told = json.loads("{" + values) if values else {}
    return any(told.get(name) == value for name, value in _DEEDS)


def pressed_by_place(place: Place, tracker: DialogueStateTracker) -> Optional[Press]:
    """The button that a message names by its place: "the second option". Where units are listed, it may be a unit."""
    shown, is_adult = shown_last(tracker), tracker.get_slot("age_status") == "adult"
    if not is_adult or _asks(tracker) in _NO_LIST or place.number >= len(shown) or not shown:
        return None
    button = shown[place.number]
    return None if place.may_be_unit and button.get("role") else Press(button["payload"], button["title"])


async def decided(text: Text, meant: ParseData, retrieve: Retrieve, parse: Parse) -> ParseData:
    """The message with what it decides, and without an agreement that is none.

    `retrieve` gives the conversation; it is awaited only where there may be something to decide on.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    remarked = meant.get(REMARK) not in (None, ASIDE)
    if remarked or confidence_of(meant) >= _CERTAIN and topic_of(meant) not in (_AFFIRM, _DENY):
        return _without_agreement(meant) if not choice_in(text).yes else meant
    choice = choice_in(text)
    may_decide = choice.yes or choice.no or choice.later
    tracker = await retrieve() if may_decide or choice.questions or choice.doubtful else None
    if tracker is not None and tracker.get_slot("age_status") == "adult":
        decision = await _decision(text, meant, choice, tracker, parse)
        if decision:
            return decision
    return meant if choice.yes else _without_agreement(meant, choice.doubtful or bool(choice.questions))


async def _decision(
    text: Text, meant: ParseData, choice: Choice, tracker: DialogueStateTracker, parse: Parse
) -> Optional[ParseData]:
    is_case = _asks(tracker) == _CASE
    roles = [button for button in shown_last(tracker) if button.get("role")]
    names_something = any(_has(each, *_OF_UNIT_OR_DAMAGE) for each in (meant, *(meant.get(FURTHER) or ())))
    if not (is_case or roles) or _asks(tracker) == _MESSAGE:
        return _question(text, meant, choice, tracker)
    is_no = choice.no and _asks(tracker) != _ADDRESS  # of a message two things are a no: the address, or all of it
    if (choice.yes or is_no) and not choice.more and not names_something:
        further = await _questions(choice, parse)
        deletes = any(_DELETE in button["payload"] for button in roles)
        if choice.yes and further and deletes:  # "yes, but can I get a copy first"
            return _one_after_the_other(further)
        topic = _AFFIRM if choice.yes else _DENY
        return _one_after_the_other([with_topic({**meant, "entities": []}, topic, _CERTAIN), *further])
    if is_case and choice.later and not choice.questions and not choice.more and not _has(meant, *_OF_UNIT_OR_DAMAGE):
        return with_topic({**_bare(meant), "entities": [{"entity": "decision", "value": "later"}]}, _REPORT, _CERTAIN)
    return _question(text, meant, choice, tracker)


def _question(
    text: Text, meant: ParseData, choice: Choice, tracker: DialogueStateTracker
) -> Optional[ParseData]:
    """A question about the case that is offered, or that was opened."""
    asks = (choice.questions or choice.doubtful) and is_about_case(text)
    if not asks or _is_known(meant):
        return None
    if _asks(tracker) == _CASE:
        return {**with_topic({**_bare(meant), "entities": []}, _REPORT, _CERTAIN), REMARK: ABOUT_CASE}
    report = (tracker.get_slot("task") or {}).get("report") or {}
    if _asks(tracker) == _NOTHING and report.get("case") and topic_of(meant) in _SAYS_NOTHING:
        return {**with_topic({**_bare(meant), "entities": []}, _CLAIMS, _CERTAIN), REMARK: CASE}
    return None


async def _questions(choice: Choice, parse: Parse) -> List[ParseData]:
    """What is asked beside the decision, and is not answered by what follows on it anyway."""
    asked = [await parse(f"{question}?") for question in choice.questions if not is_about_case(question)]
    return [_bare(each) for each in asked if topic_of(each) not in (None, *_SAYS_NOTHING)]


def _one_after_the_other(parts: List[ParseData]) -> ParseData:
    first, *further = (_bare(part) for part in parts)
    if not further:
        return first
    topics = [topic_of(part) for part in (first, *further)]
    return {**first, FURTHER: [{**each, TOPICS: topics} for each in further], TOPICS: topics}


def _is_known(meant: ParseData) -> bool:
    """Whether it is clearly about something that is answered elsewhere, or tells of a unit or of damage."""
    topic = topic_of(meant) or ""
    known = topic.startswith("faq/") and confidence_of(meant) >= _CLEARLY_KNOWN
    return known or bool(meant.get(FURTHER)) or _has(meant, "damage_type", "unit")


def _without_agreement(meant: ParseData, is_asked: bool = True) -> ParseData:
    """The same with no agreement in any of its parts; a yes that is none is one that has to be asked about."""
    kept = [each for each in meant.get("entities") or () if each["entity"] != _AGREEMENT]
    bare: ParseData = {**meant, "entities": kept}
    if meant.get(FURTHER):
        bare[FURTHER] = [_without_agreement(each, is_asked) for each in meant[FURTHER]]
    if is_asked and topic_of(bare) == _AFFIRM and not bare.get(REMARK):
        return with_topic(bare, _AFFIRM, min(confidence_of(bare), _UNSURE))
    return bare


def _asks(tracker: DialogueStateTracker) -> Optional[Text]:
    task: Mapping[Text, Any] = tracker.get_slot("task") or {}
    return task.get("asks")


def _bare(meant: ParseData) -> ParseData:
    return {key: value for key, value in meant.items() if key not in (FURTHER, TOPICS)}


def _has(meant: ParseData, *entities: Text) -> bool:
    found: List[Dict[Text, Any]] = list(meant.get("entities") or ())
    return any(each["entity"] in entities for each in found)
