"""Retrieval intents: `faq/cost` is the answer `cost` of the intent `faq`."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

RESPONSE_SELECTOR = "response_selector"
"""The message property in which Rasa's `utter_<intent>` actions look for the answer to give."""


def base_intent(full_intent: Optional[Text]) -> Optional[Text]:
    """`faq` for `faq/cost`; a plain intent as it is."""
    return full_intent.split("/", 1)[0] if full_intent else full_intent


def selection(full_intent: Optional[Text], confidence: float) -> Dict[Text, Any]:
    """What a ResponseSelector would say for this intent, at the intent's own confidence.

    Empty for intents that are not retrieval intents.
    """
    base = base_intent(full_intent)
    if base == full_intent or base is None:
        return {}
    response: Dict[Text, Any] = {
        "intent_response_key": full_intent,
        "utter_action": f"utter_{full_intent}",
        "confidence": confidence,
        "responses": [],
    }
    return {"all_retrieval_intents": [base], base: {"response": response, "ranking": []}}


def parse_data(text: Text, full_intent: Text, entities: List[Dict[Text, Any]]) -> Dict[Text, Any]:
    """What understanding would return if it were certain: for a pressed button, which needs none."""
    data: Dict[Text, Any] = {
        "text": text,
        "intent": {"name": base_intent(full_intent), "confidence": 1.0},
        "intent_ranking": [{"name": full_intent, "confidence": 1.0}],
        "entities": entities,
    }
    if base_intent(full_intent) != full_intent:
        data[RESPONSE_SELECTOR] = selection(full_intent, 1.0)
        data["intent"]["full_retrieval_intent_name"] = full_intent
    return data
