"""The rules, and the questions that wait behind them."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.messages import waiting_questions
from bot.dialogue.recent import MOST_TURNS, recent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RulesForEveryQuestion(RulePolicy):
    """Rasa's rules; where they would listen, although the message has further questions, the next one is asked.

    They look at the end of the conversation only, so that a long one takes no longer.

    `next_question`: the action that goes on with it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See the class."""
        return {**RulePolicy.get_default_config(), "next_question": "action_next_question"}

    def train(self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """As Rasa's rules; a domain without the action, and a rule that looks further back, are refused.

        Raises:
            ValueError: so it is.
        """
        for rule in training_trackers:
            if sum(isinstance(event, UserUttered) for event in rule.events) >= MOST_TURNS:
                raise ValueError(f"The rule '{rule.sender_id}' is about {MOST_TURNS} messages or more: one too many.")
        if self.config["next_question"] not in domain.action_names_or_texts:
            raise ValueError(f"RulesForEveryQuestion needs the action '{self.config['next_question']}'.")
        return super().train(training_trackers, domain, **kwargs)

    def _prediction_states(self, tracker: DialogueStateTracker, domain: Domain, *args: Any, **kwargs: Any) -> List:
        states: List = super()._prediction_states(recent(tracker, domain), domain, *args, **kwargs)
        return states

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
