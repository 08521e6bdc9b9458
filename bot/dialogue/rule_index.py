"""Rasa's rules by the state in which they apply, so that few of them have to be compared with a conversation."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, DefaultDict, Dict, Mapping, Optional, Text, Tuple

from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Rules = Mapping[Text, Text]
"""The rule's states as JSON, the latest one last -> the action."""
_Place = Tuple[Optional[Text], Optional[Text]]
"""The action before, and the intent of the message."""


class RuleIndex:
    """Made once for the rules of a model.

    `turns`: how many messages of the customer the longest rule is about. `by_text`: a rule may apply to a message
    whatever its intent is.
    """

    def __init__(self, rules: Rules) -> None:
        self.turns, self.by_text = 0, False
        self._places: DefaultDict[_Place, Dict[Text, Text]] = defaultdict(dict)
        for key, action in rules.items():
            states = json.loads(key)
            self.turns = max(self.turns, sum(_action(state) == ACTION_LISTEN_NAME for state in states))
            place = _action(states[-1]), _intent(states[-1])
            self.by_text = self.by_text or place == (ACTION_LISTEN_NAME, None)
            self._places[place][key] = action

    def near(self, state: State) -> Rules:
        """The rules whose last state can be the given one; all others are about another action or intent."""
        action = _action(state)
        return {**self._places.get((action, None), {}), **self._places.get((action, _intent(state)), {})}


def _action(state: Mapping[Text, Any]) -> Optional[Text]:
    name = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    return str(name) if name else None


def _intent(state: Mapping[Text, Any]) -> Optional[Text]:
    """None: the rule does not say which."""
    name = state.get(USER, {}).get(INTENT)
    return None if not name or name == SHOULD_NOT_BE_SET else str(name)
