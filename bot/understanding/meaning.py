"""What the pipeline makes of a text (Rasa's parse data), and how to change what it is about."""

from __future__ import annotations

import json
from typing import Any, Dict, Optional, Text

from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.nlu.retrieval import base_intent, parse_data, selection

ParseData = Dict[Text, Any]

FURTHER = "further"
"""The key of parse data under which the other questions of a message wait, each as parse data of its own."""
TOPICS = "topics"
"""The key under which all topics of a message with several questions are named."""
REMARK = "remark"
"""The key under which it is noted what the words of a message say beside its topic; the skills read it."""
NOT_UNDERSTOOD = "nlu_fallback"


def topic_of(meant: ParseData) -> Optional[Text]:
    """The full intent: `faq/cost`, `greet`, or None."""
    intent = meant.get("intent") or {}
    return intent.get("full_retrieval_intent_name") or intent.get("name")


def is_understood(meant: ParseData) -> bool:
    """Whether there is a topic at all."""
    return topic_of(meant) not in (None, NOT_UNDERSTOOD)


def confidence_of(meant: ParseData) -> float:
    """How sure the topic is, 0 to 1."""
    return float((meant.get("intent") or {}).get("confidence") or 0.0)


def chances(meant: ParseData) -> Dict[Text, float]:
    """Topic -> probability, without the fallback."""
    ranking = meant.get("intent_ranking") or []
    return {each["name"]: each["confidence"] for each in ranking if each["name"] not in (None, NOT_UNDERSTOOD)}


def likeliest(meant: ParseData) -> Optional[Text]:
    """The likeliest topic, sure or not."""
    odds = chances(meant)
    return max(odds, key=lambda topic: odds[topic]) if odds else None


def with_topic(meant: ParseData, topic: Text, confidence: float) -> ParseData:
    """The same text, understood as being about this topic; what it tells (entities) stays."""
    intent: Dict[Text, Any] = {"name": base_intent(topic), "confidence": confidence}
    changed = {key: value for key, value in meant.items() if key != "response_selector"}
    selected = selection(topic, confidence)
    if selected:
        intent["full_retrieval_intent_name"] = topic
        changed["response_selector"] = selected
    others = [each for each in meant.get("intent_ranking") or [] if each["name"] not in (topic, NOT_UNDERSTOOD)]
    return {**changed, "intent": intent, "intent_ranking": [{"name": topic, "confidence": confidence}, *others]}


def of_button(payload: Text, title: Text) -> ParseData:
    """What a button means. It needs no understanding: the payload says it."""
    topic, _, values = payload.lstrip(INTENT_MESSAGE_PREFIX).partition("{")
    told = json.loads("{" + values) if values else {}
    return parse_data(title, topic, [{"entity": name, "value": value} for name, value in told.items()])
