"""What policies have in common that learn nothing: a rule of the house, written in code."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Dict, List, Optional, Text

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class StandingPolicy(Policy):
    """Chooses an action from the state of the conversation alone, or has no opinion.

    It does not matter how a message arrived: typed, pressed, triggered or replayed. Its predictions are marked as ones
    that nothing but another such policy of a higher priority overrules. Subclasses say which `action` and `slot` of the
    domain they need, and implement `_action`.
    """

    @property
    @abstractmethod
    def needed(self) -> Dict[Text, Text]:
        """{"action": name, "slot": name}."""

    @abstractmethod
    def _action(self, tracker: DialogueStateTracker) -> Optional[Text]:
        """The action's name; None: no opinion."""

    @staticmethod
    def supported_data() -> SupportedData:
        """Nothing is learnt; it can stand beside rules and stories."""
        return SupportedData.ML_AND_RULE_DATA

    def _create_featurizer(self) -> Optional[TrackerFeaturizer]:  # type: ignore[override]
        return None

    def train(self, training_trackers: List[Any], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn; but a domain without the action or the slot is refused.

        Raises:
            ValueError: one of them is missing.
        """
        action, slot = self.needed["action"], self.needed["slot"]
        if action not in domain.action_names_or_texts or not any(each.name == slot for each in domain.slots):
            raise ValueError(f"{type(self).__name__} needs the action '{action}' and the slot '{slot}'.")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> StandingPolicy:
        """Nothing was stored."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[Text, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The action that `_action` names, for certain; no opinion where it names none."""
        action = self._action(tracker)
        probabilities = self._default_predictions(domain)
        if action is None:
            return self._prediction(probabilities)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, is_no_user_prediction=True)
