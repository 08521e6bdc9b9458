"""Short words that only the state of a conversation explains: "ok" after an answer, "why" when the bot asks who it is,
"I meant the charger" after a decision, "how is my case going".

What they are taken for is never more than a topic, an entity of the open question, or a remark that the skills read.
"""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, Mapping, Optional, Text

from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.phrases import split_words
from bot.understanding.meaning import FURTHER, NOT_UNDERSTOOD, REMARK, ParseData, confidence_of, topic_of, with_topic
from bot.understanding.offers import ONLY, is_question, names_only_a_unit
from bot.understanding.speech import (
    AGREES,
    ASKS,
    CASE,
    DEAD,
    EARLIER,
    INSTEAD,
    LACKS,
    LATER,
    MEANT,
    MODELS,
    NOTED,
    OPEN,
    OTHER,
    SENT,
    WHERE,
    WHICH_EMAIL,
    WHY,
    Speech,
)
from bot.understanding.wishes import shown_last

_CERTAIN = 1.0
_REPORT, _CLAIMS = "report_damage", "check_claims"
_IDENTIFYING, _WRITING = ("credentials", "code"), ("message", "reply_address")
_WHOLE = (WHY, WHICH_EMAIL, WHERE, LACKS, LATER, NOTED, SENT, AGREES)
_ANYWHERE = (MEANT, OTHER, DEAD, CASE, INSTEAD, EARLIER, OPEN, MODELS)
_ASKED = {
    WHY: ("why", "why"),
    WHICH_EMAIL: ("no_email", "no_code"),
    WHERE: ("no_serial", "no_code"),
    LACKS: ("no_details", "no_code"),
}
"""What is said while the bot asks who is writing -> the value of `identification`, before the code and for the code."""
_LONGEST, _FEW = 12, 5
"""The most words of a correction, and of a message that is about a device whatever its topic."""
_SURE = 0.7
"""From this confidence on, a message is about its topic."""
_SAYS_LITTLE = (
    NOT_UNDERSTOOD, "unsupported_topic", "out_of_scope", "affirm", "deny", "negative_feedback", "list_devices",
    "repeat", "change_language", "start_over", _REPORT,
)  # fmt: skip
"""Topics that a word for "dead" is easily taken for."""
_NO_CASE = ("complaint", "talk_to_human", "start_over", "delete_my_data", "export_my_data")
_OF_YES_OR_NO = ("agreement", "hesitation")
"""Entities of words such as "later", which is a clear no to the question who is writing."""
_ELSEWHERE = ("out_of_scope", "unsupported_topic")


def may_remark(text: Text, meant: ParseData, speech: Mapping[Text, Speech]) -> FrozenSet[Text]:
    """The lists of which a message has words, and `ONLY` where it is nothing but the name of a unit; mostly none, and
    then there is no need to look at the conversation.
    """
    whole = frozenset().union(*(each.wishes_in(text) for each in speech.values())) & frozenset(_WHOLE)
    only = {ONLY} if names_only_a_unit(text, meant, speech) else set()
    said = whole | only | {name for name in _ANYWHERE for each in speech.values() if each.says(name, text)}
    return said | {ASKS} if said & {MEANT, OTHER} and is_question(text, speech) else said


def remarked(text: Text, meant: ParseData, tracker: DialogueStateTracker, said: FrozenSet[Text]) -> Optional[ParseData]:
    """What the message means in this conversation, if it is one of these; None: what it means by itself.

    `said`: the lists of which it has words (`may_remark`).
    """
    if meant.get(FURTHER):
        return None
    if tracker.get_slot("age_status") != "adult":
        return _about_devices(text, meant, said)  # answered behind the date of birth
    task: Dict[Text, Any] = tracker.get_slot("task") or {}
    asks = task.get("asks")
    if asks in _IDENTIFYING:
        return _identifying(text, meant, said, asks)
    if asks in _WRITING:
        return None
    if NOTED in said and not task.get("is_open") and "?" not in text and not _wants_yes_or_no(tracker):
        return {**with_topic(meant, "affirm", _CERTAIN), REMARK: NOTED}
    instead = {INSTEAD, ONLY} <= said
    names = instead or said & {OTHER, MODELS} or _names_unit(meant)
    if names and (instead or said & {MEANT, OTHER}) and _may_correct(text, task, said):
        return {**with_topic(meant, _REPORT, _CERTAIN), REMARK: MEANT}
    if (task.get("report") or {}).get("case") and (SENT in said or _asks_for_the_new_one(meant)):
        said = said | {CASE}  # "what happens now?", and no message was sent
    return _about_devices(text, meant, said)


def _identifying(text: Text, meant: ParseData, said: FrozenSet[Text], asks: Text) -> Optional[ParseData]:
    """While the bot asks who is writing, for the code, or for both."""
    for name, values in _ASKED.items():
        if name in said:
            return _told(meant, "identification", values[_IDENTIFYING.index(asks)], text)
    if LATER in said:
        entities = [each for each in meant.get("entities") or () if each["entity"] not in _OF_YES_OR_NO]
        return with_topic({**meant, "entities": entities}, "deny", _CERTAIN)
    return _about_devices(text, meant, said)


def _about_devices(text: Text, meant: ParseData, said: FrozenSet[Text]) -> Optional[ParseData]:
    """A device that is "not alive", and the customer's case."""
    found = {entity["entity"] for entity in meant.get("entities") or ()}
    if "damage_type" in found:
        return None
    topic, sure = topic_of(meant) or "", confidence_of(meant)
    if DEAD in said and topic in _SAYS_LITTLE and (topic not in _ELSEWHERE or len(split_words(text)) <= _FEW):
        return with_topic(_told(meant, "damage_type", "defect", text), _REPORT, _CERTAIN)
    is_elsewhere = sure >= _SURE and (topic in _ELSEWHERE or topic.startswith("faq/"))
    if CASE in said and "agreement" not in found and topic not in _NO_CASE and not is_elsewhere:
        return {**with_topic(meant, _CLAIMS, _CERTAIN), REMARK: CASE}
    return None


def _may_correct(text: Text, task: Mapping[Text, Any], said: FrozenSet[Text]) -> bool:
    """Whether a decision about a device has been told, or a device is asked for, and the message asks nothing else."""
    report = task.get("report") or {}
    chosen = bool(report.get("device")) or task.get("asks") == "unit"
    asks = "?" in text or ASKS in said
    return task.get("topic") == _REPORT and chosen and not asks and len(split_words(text)) <= _LONGEST


def _asks_for_the_new_one(meant: ParseData) -> bool:
    """Whether it is about "the new one", and about nothing that is known to be something else."""
    named = [each["value"] for each in meant.get("entities") or () if each["entity"] in ("unit", "order")]
    return named == ["newest"] and topic_of(meant) in (_CLAIMS, NOT_UNDERSTOOD)


def _names_unit(meant: ParseData) -> bool:
    return any(entity["entity"] in ("unit", "order") for entity in meant.get("entities") or ())


def _wants_yes_or_no(tracker: DialogueStateTracker) -> bool:
    """Whether a yes would press something."""
    return any(button.get("role") for button in shown_last(tracker))


def _told(meant: ParseData, entity: Text, value: Text, text: Text) -> ParseData:
    """The same with this entity, instead of others of its name."""
    others = [each for each in meant.get("entities") or () if each["entity"] != entity]
    entities = [*others, {"entity": entity, "value": value, "start": 0, "end": len(text)}]
    return {**meant, "entities": entities}
