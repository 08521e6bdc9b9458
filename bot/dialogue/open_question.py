"""Messages that answer the question which the bot has just asked: a policy above the rules."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Set, Text

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import FULL_RETRIEVAL_INTENT_NAME_KEY, INTENT_NAME_KEY

_PRIORITY = 90  # below the age gate, above the rules
_NUMBER = "number"
_CERTAIN = 1.0  # a pressed button; nothing that is typed is as sure as that


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class OpenQuestionPolicy(Policy):
    """Hands a message to `action` when it answers what the slot `slot` says is open.

    The slot holds {"asks": a question or null, "expects": [entity, …], "is_open": bool, "topic": intent or null}, or
    nothing. A message is an answer when it has one of the expected entities and is about nothing else: its topic is
    unsure or one of `neutral`, or it is hardly more than its entities, or one of these is `decisive`: written for no
    other reason. A message that is not understood at all goes to an open question as well, so that the question
    can be put in other words. Everything else is left to the rules. `number` among the expected entities is any digit.
    With "takes_all": true in the slot, whatever is typed is the answer, and buttons are not.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See the class. `short`: words of an answer; `sure`: from this confidence on, a message is about its topic."""
        return {
            "priority": _PRIORITY,
            "slot": "task",
            "action": "action_go_on",
            "decisive": ["email", "serial", "code", "identification"],
            "not_understood": ["nlu_fallback"],
            "neutral": ["affirm", "deny", "thank", "greet", "out_of_scope", "unsupported_topic"],
            "short": 3,
            "sure": 0.6,
        }

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
        action, slot = self.config["action"], self.config["slot"]
        if action not in domain.action_names_or_texts or not any(each.name == slot for each in domain.slots):
            raise ValueError(f"OpenQuestionPolicy needs the action '{action}' and the slot '{slot}'.")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> OpenQuestionPolicy:
        """Nothing was stored."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[Text, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The action for an answer, then waiting for the customer; no opinion on anything else."""
        action = self._action(tracker)
        probabilities = self._default_predictions(domain)
        if action is None:
            return self._prediction(probabilities)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, is_no_user_prediction=True)

    def _action(self, tracker: DialogueStateTracker) -> Optional[Text]:
        done = _done_since_message(tracker)
        if done is None:
            return None
        if not done:
            return self.config["action"] if self._is_answer(tracker) else None
        return ACTION_LISTEN_NAME if self.config["action"] in done else None

    def _is_answer(self, tracker: DialogueStateTracker) -> bool:
        task, message = tracker.get_slot(self.config["slot"]), tracker.latest_message
        if not isinstance(task, dict) or not task.get("asks") or message is None:
            return False
        intent, text = message.intent, message.text or ""
        topic = intent.get(FULL_RETRIEVAL_INTENT_NAME_KEY) or intent.get(INTENT_NAME_KEY)
        not_understood = topic in self.config["not_understood"] or topic is None
        if task.get("takes_all") and (not_understood or intent.get("confidence", 0.0) < _CERTAIN):
            return True
        expected = _expected(task, message)
        if expected & set(self.config["decisive"]):
            return True
        if topic == task.get("topic"):
            return False  # its rule leads to the same skill
        if not expected:
            return not_understood and bool(task.get("is_open"))
        if not_understood or topic in self.config["neutral"] or intent.get("confidence", 0.0) < self.config["sure"]:
            return True
        others = {entity["entity"] for entity in message.entities} - expected
        return not others and len(text.split()) <= self.config["short"]


def _expected(task: Dict[Text, Any], message: UserUttered) -> Set[Text]:
    """Those of the expected entities that the message has."""
    found = {entity["entity"] for entity in message.entities}
    if any(character.isdigit() for character in message.text or ""):
        found.add(_NUMBER)
    return found & set(task.get("expects") or ())


def _done_since_message(tracker: DialogueStateTracker) -> Optional[List[Text]]:
    """The actions since the customer's last message, the latest first; None where no message waits."""
    actions: List[Text] = []
    for event in reversed(tracker.applied_events()):
        if isinstance(event, UserUttered):
            return actions
        if isinstance(event, ActionExecuted) and event.action_name:
            if event.action_name == ACTION_LISTEN_NAME:
                return None
            actions.append(event.action_name)
    return None
