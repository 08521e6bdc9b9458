"""Rules are found by the state they apply in, and none that may apply is passed over."""

import json

import pytest
from rasa.shared.core.constants import SHOULD_NOT_BE_SET

from bot.dialogue.rule_index import RuleIndex

LISTEN = {"prev_action": {"action_name": "action_listen"}}


def asks(intent: str) -> dict:
    return {**LISTEN, "user": {"intent": intent}}


def did(action: str) -> dict:
    return {"prev_action": {"action_name": action}}


def index(*rules: list) -> RuleIndex:
    return RuleIndex({json.dumps(states): f"action_{number}" for number, states in enumerate(rules)})


def actions(found) -> set:
    return set(found.values())


def test_only_rules_for_what_was_said_or_done_last_are_near():
    greeted = did("utter_greet")
    found = index([asks("greet")], [asks("thank")], [asks("greet"), greeted], [asks("x"), greeted])
    assert actions(found.near({**asks("greet"), "slots": {}})) == {"action_0"}
    assert actions(found.near(did("utter_greet"))) == {"action_2", "action_3"}
    assert actions(found.near(did("utter_other"))) == set()


@pytest.mark.parametrize("state", [LISTEN, {**LISTEN, "user": {"intent": SHOULD_NOT_BE_SET}}])
def test_a_rule_that_names_no_intent_is_near_to_every_message(state):
    found = index([asks("greet")], [state])
    assert actions(found.near(asks("greet"))) == {"action_0", "action_1"}
    assert actions(found.near(asks("thank"))) == {"action_1"}
    assert found.by_text


def test_a_rule_for_the_start_of_a_conversation_is_near_to_it():
    found = index([{}], [asks("greet")])
    assert actions(found.near({})) == {"action_0"}
    assert not found.by_text


def test_the_longest_rule_tells_how_many_messages_count():
    assert index().turns == 0
    assert index([asks("a")], [asks("a"), did("x"), asks("b"), did("y")]).turns == 2
