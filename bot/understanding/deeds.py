"""What cannot be undone (a case opened, a message sent, data deleted) is done by its button or a yes beyond doubt.

This is the last thing that looks at what was understood: whatever the topic or the entities say, a question, a
condition, a refusal, mere praise, somebody else's doing, or an imperative of another deed agrees to nothing. What is
no yes beyond doubt is asked about at most. Where a yes or a no comes with a question, both count.
"""

from __future__ import annotations

import json
from typing import Any, Awaitable, Callable, Dict, List, Mapping, Optional, Text

from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.choice import (
    DELETE,
    OPEN,
    SEND,
    WORKS,
    Choice,
    Place,
    choice_in,
    is_about_case,
    may_decide,
    place_in,
)
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
_AGREEMENT, _CONFIRMED, _SEND = "agreement", "confirmed", "send"
_DEEDS = (("decision", _CONFIRMED), ("handoff", _SEND))
"""What the buttons carry that do what cannot be undone."""
_OF_UNIT = ("unit", "order", "device", "serial", "number")
_OF_UNIT_OR_DAMAGE = (*_OF_UNIT, "damage_type", "condition")
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
    agrees = any(topic_of(each) == _AFFIRM or _has(each, _AGREEMENT) for each in _parts(meant))
    tracker = await retrieve() if agrees or may_decide(text) else None
    is_adult = tracker is not None and tracker.get_slot("age_status") == "adult"
    deed = _offered(tracker) if tracker is not None and is_adult else None
    is_letter = is_adult and tracker is not None and _asks(tracker) == _ADDRESS  # "send it", before it can be sent
    choice, is_deed_offered = choice_in(text, SEND if is_letter else deed), deed in (OPEN, SEND, DELETE)
    if is_deed_offered and _has_to_be_asked(text, meant, choice, deed):
        return with_topic({**_bare(meant), "entities": []}, _AFFIRM, _UNSURE)
    is_settled = is_deed_offered and (choice.yes or choice.no) and not choice.more
    remarked = meant.get(REMARK) not in (None, ASIDE) and not is_settled
    if remarked or confidence_of(meant) >= _CERTAIN and topic_of(meant) not in (_AFFIRM, _DENY) and not is_settled:
        return meant if choice.yes else _without_agreement(meant, True, is_deed_offered)
    if tracker is not None and is_adult:
        decision = await _decision(text, meant, choice, deed, tracker, parse)
        if decision:
            return decision
    if choice.yes and not (deed == DELETE and choice.more):
        return meant
    is_asked = is_deed_offered or choice.doubtful or choice.contrary or bool(choice.questions)
    return _without_agreement(meant, is_asked, is_deed_offered)


def _offered(tracker: DialogueStateTracker) -> Optional[Text]:
    """What the buttons shown last do, or whether they say that a device works; None for all others."""
    for button in shown_last(tracker):
        topic, _, values = button["payload"].lstrip("/").partition("{")
        told = json.loads("{" + values) if values else {}
        if told.get("decision") == _CONFIRMED:
            return DELETE if topic == _DELETE else OPEN
        if told.get("handoff") == _SEND or told.get("condition") == WORKS:
            return SEND if "handoff" in told else WORKS
    return OPEN if _asks(tracker) == _CASE else None


def _has_to_be_asked(text: Text, meant: ParseData, choice: Choice, deed: Optional[Text]) -> bool:
    """Whether it says nothing but how good that is, or names the only unit that is offered; of an erasure also whether
    a yes depends on something.
    """
    place = place_in(text) if deed == OPEN else None
    is_the_one = place is not None and place == (0, True) and not _has(meant, "unit", "device")
    return choice.praise or is_the_one or deed == DELETE and choice.hangs


async def _decision(
    text: Text, meant: ParseData, choice: Choice, deed: Optional[Text], tracker: DialogueStateTracker, parse: Parse
) -> Optional[ParseData]:
    is_case = _asks(tracker) == _CASE
    roles = [button for button in shown_last(tracker) if button.get("role")]
    says_no_more = not choice.more and not choice.questions  # "not really" tells of no damage
    names_something = any(_has(each, *(_OF_UNIT if says_no_more else _OF_UNIT_OR_DAMAGE)) for each in _parts(meant))
    if not (is_case or roles) or _asks(tracker) == _MESSAGE:
        return _question(text, meant, choice, tracker)
    is_no = choice.no or choice.not_now and deed != OPEN
    if _asks(tracker) == _ADDRESS and deed != SEND:
        is_no = False  # two things are a no: the address, or the message
    if (choice.yes or is_no) and not choice.more and not names_something:
        further = await _questions(choice, parse)
        if choice.yes and further and deed == DELETE:  # "yes, but can I get a copy first"
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


def _without_agreement(meant: ParseData, is_asked: bool, whatever_it_remarks: bool) -> ParseData:
    """The same with no agreement in any of its parts; a yes that is none is one that has to be asked about."""
    kept = [each for each in meant.get("entities") or () if each["entity"] != _AGREEMENT]
    bare: ParseData = {**meant, "entities": kept}
    if meant.get(FURTHER):
        bare[FURTHER] = [_without_agreement(each, is_asked, whatever_it_remarks) for each in meant[FURTHER]]
    if is_asked and topic_of(bare) == _AFFIRM and (whatever_it_remarks or not bare.get(REMARK)):
        return with_topic(bare, _AFFIRM, min(confidence_of(bare), _UNSURE))
    return bare


def _parts(meant: ParseData) -> List[ParseData]:
    return [meant, *(meant.get(FURTHER) or ())]


def _asks(tracker: DialogueStateTracker) -> Optional[Text]:
    task: Mapping[Text, Any] = tracker.get_slot("task") or {}
    return task.get("asks")


def _bare(meant: ParseData) -> ParseData:
    return {key: value for key, value in meant.items() if key not in (FURTHER, TOPICS)}


def _has(meant: ParseData, *entities: Text) -> bool:
    found: List[Dict[Text, Any]] = list(meant.get("entities") or ())
    return any(each["entity"] in entities for each in found)
