"""The rules, and the questions that wait behind them."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Set, Text, Tuple

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.messages import waiting_questions
from bot.dialogue.recent import recent
from bot.dialogue.rule_index import RuleIndex


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RulesForEveryQuestion(RulePolicy):
    """Rasa's rules; where they would listen, although the message has further questions, the next one is asked.

    They look at the end of the conversation only, so that a long one takes no longer, and at the rules for what was
    said or done last.

    `next_question`: the action that goes on with it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See the class."""
        return {**RulePolicy.get_default_config(), "next_question": "action_next_question"}

    def train(self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """As Rasa's rules; a domain without the action is refused.

        Raises:
            ValueError: so it is.
        """
        if self.config["next_question"] not in domain.action_names_or_texts:
            raise ValueError(f"RulesForEveryQuestion needs the action '{self.config['next_question']}'.")
        return super().train(training_trackers, domain, **kwargs)

    def _index(self) -> RuleIndex:
        rules: Dict[Text, Text] = self.lookup[RULES]
        known = getattr(self, "_known", None)
        if known is None or known[0] is not rules:
            known = self._known = rules, RuleIndex(rules)
        return known[1]

    def _prediction_states(self, tracker: DialogueStateTracker, domain: Domain, *args: Any, **kwargs: Any) -> List:
        end = recent(tracker, domain, self._index().turns)
        states: List = super()._prediction_states(end, domain, *args, **kwargs)
        return states

    def _get_possible_keys(self, lookup: Dict[Text, Text], states: List[State]) -> Set[Text]:
        near = self._index().near(states[-1]) if states and lookup is self.lookup[RULES] else lookup
        keys: Set[Text] = super()._get_possible_keys(dict(near), states)
        return keys

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Tuple[Optional[Text], Optional[Text], bool]:
        if use_text_for_last_user_input and not self._index().by_text and not tracker.active_loop_name:
            return None, None, False  # as Rasa finds, too, in a while: every rule about a message names an intent
        found: Tuple[Optional[Text], Optional[Text], bool]
        found = super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)
        return found

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[Text, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """As Rasa's rules, but for the end of a turn."""
        prediction: PolicyPrediction = super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        listen = domain.index_for_action(ACTION_LISTEN_NAME)
        if waiting_questions(tracker) and prediction.probabilities[listen] == prediction.max_confidence > 0:
            probabilities = self._default_predictions(domain)
            probabilities[domain.index_for_action(self.config["next_question"])] = 1.0
            return self._prediction(probabilities)
        return prediction
