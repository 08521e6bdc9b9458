"""Messages that answer the question which the bot has just asked: a policy above the rules."""

from __future__ import annotations

from typing import Any, Dict, Optional, Set, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.messages import is_unanswered, topic_of
from bot.dialogue.standing import StandingPolicy

_PRIORITY = 90  # below the age gate, above the rules
_NUMBER, _EMAIL = "number", "email"
_FEW = 3  # words of a message that can hardly be anything but an answer
_CERTAIN = 1.0  # a pressed button, or words that stand for one


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class OpenQuestionPolicy(StandingPolicy):
    """Hands a message to `action` when it answers what the slot `slot` says is open.

    The slot holds {"asks": a question or null, "expects": [entity, …], "is_open": bool, "topic": intent or null}, or
    nothing. A message is an answer when it has one of the expected entities and is about nothing else: its topic is
    unsure or one of `neutral`, or it is hardly more than its entities, or one of these is `decisive`: written for no
    other reason. A message that is not understood at all goes to an open question as well, so that the question
    can be put in other words. Everything else is left to the rules. `number` among the expected entities is any digit.
    With "takes_all": true in the slot, whatever is typed is the answer, but for short messages about one of `apart`;
    buttons are not. With "takes_statements": true it also gets what is told of things that the bot does not know.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See the class. `objections`: topics that are no answers where they are certain.

        `sure`: from this confidence on, a message is about its topic. `weak`: topics that are unsure
        while a question is open. `question`: the entity that a message begins with which asks for something.
        `agreement`: the entity of a yes. `short`: words of a message that is hardly more than its entities.
        """
        return {
            "priority": _PRIORITY,
            "slot": "task",
            "action": "action_go_on",
            "decisive": ["email", "serial", "code", "identification"],
            "not_understood": ["nlu_fallback"],
            "neutral": ["affirm", "deny", "thank", "greet"],
            "weak": ["out_of_scope", "unsupported_topic"],
            "apart": ["change_language"],
            "objections": ["negative_feedback"],
            "question": "question",
            "agreement": "agreement",
            "short": 6,
            "sure": 0.6,
        }

    @property
    def needed(self) -> Dict[Text, Text]:
        """See `StandingPolicy`."""
        return {"action": self.config["action"], "slot": self.config["slot"]}

    def _action(self, tracker: DialogueStateTracker) -> Optional[Text]:
        return self.config["action"] if is_unanswered(tracker) and self._is_answer(tracker) else None

    def _is_answer(self, tracker: DialogueStateTracker) -> bool:
        task, message = tracker.get_slot(self.config["slot"]), tracker.latest_message
        if not isinstance(task, dict) or not task.get("asks") or message is None:
            return False
        intent, text = message.intent, message.text or ""
        topic = topic_of(message)
        words, is_open = len(text.split()), bool(task.get("is_open"))
        not_understood = topic in self.config["not_understood"] or topic is None
        sure = intent.get("confidence", 0.0)
        apart = topic in self.config["apart"] and words <= self.config["short"] and sure >= self.config["sure"]
        if task.get("takes_all") and not apart and (not_understood or sure < _CERTAIN):
            return True
        if topic in self.config["objections"] and sure >= _CERTAIN:
            return False
        expected = _expected(task, message)
        if expected & set(self.config["decisive"]):
            return True
        if topic == task.get("topic"):
            return False  # its rule leads to the same skill
        if is_open and topic in self.config["weak"]:
            tells = bool(task.get("takes_statements")) and not self._asks(message) and "?" not in text
            not_understood = bool(expected) or words <= _FEW or tells
        if not expected:
            return not_understood and is_open
        if topic in self.config["neutral"] and expected == {self.config["agreement"]}:
            return False  # a mere yes, which its own rule knows better
        is_short = words <= (_FEW if expected == {_NUMBER} else self.config["short"])
        if is_short and not self._asks(message):
            return True
        if not is_open and (not is_short or expected == {_NUMBER}):
            return False
        return not_understood or topic in self.config["neutral"] or sure < self.config["sure"]

    def _asks(self, message: UserUttered) -> bool:
        """Whether the message asks for something: only then may a short one be about its topic."""
        first = [entity for entity in message.entities if entity.get("start") == 0]
        return any(entity["entity"] == self.config["question"] for entity in first)


def _expected(task: Dict[Text, Any], message: UserUttered) -> Set[Text]:
    """Those of the expected entities that the message has."""
    found = {entity["entity"] for entity in message.entities}
    if any(character.isdigit() for character in message.text or ""):
        found.add(_NUMBER)
    if "@" in (message.text or ""):
        found.add(_EMAIL)  # an address, or what was meant as one
    return found & set(task.get("expects") or ())
