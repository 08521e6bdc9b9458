"""The age gate: a policy above the rules."""

from __future__ import annotations

from typing import Any, Dict, Optional, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.messages import is_unanswered, topic_of
from bot.dialogue.standing import StandingPolicy

ACTION_AGE_GATE = "action_age_gate"
_PRIORITY = 100
_DIGITS_OF_A_DATE = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class AgeGatePolicy(StandingPolicy):
    """Until the slot `age_status` says adult, every message that is not in `allowed` goes to `action_age_gate`.

    It looks at the state of the conversation alone, so it does not matter how a message arrived: typed,
    pressed, triggered or replayed. Its predictions are marked as ones that nothing overrules.

    Source: "This website is intended only for users of nicotine or tobacco products who are over 18."
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`allowed`: the topics that are answered to anybody; a `yes` or `no` to their questions, too."""
        return {
            "priority": _PRIORITY,
            "allowed": [
                "faq/age_requirement",
                "privacy",
                "change_language",
                "bot_challenge",
                "delete_my_data",
                "goodbye",
                "other_language",
            ],
        }

    @property
    def needed(self) -> Dict[Text, Text]:
        """See `StandingPolicy`."""
        return {"action": ACTION_AGE_GATE, "slot": "age_status"}

    def _action(self, tracker: DialogueStateTracker) -> Optional[Text]:
        if tracker.latest_action_name == ACTION_AGE_GATE:
            return ACTION_LISTEN_NAME
        if tracker.get_slot("age_status") == "adult" or not is_unanswered(tracker):
            return None
        return None if self._is_allowed(tracker) else ACTION_AGE_GATE

    def _is_allowed(self, tracker: DialogueStateTracker) -> bool:
        message = tracker.latest_message
        if message is None or may_hold_a_date(message.text or ""):
            return False
        name = topic_of(message)
        if name in ("affirm", "deny"):
            return self._asked_about_allowed(tracker)
        return name in self.config["allowed"]

    def _asked_about_allowed(self, tracker: DialogueStateTracker) -> bool:
        """Whether the bot's last message asked a yes-or-no question of an allowed topic (delete my data?)."""
        last = tracker.get_last_event_for(BotUttered)
        buttons = (last.data.get("buttons") if last else None) or []
        topics = [button["payload"].lstrip("/").split("{")[0] for button in buttons if button.get("role")]
        return bool(topics) and all(topic in self.config["allowed"] for topic in topics)


def may_hold_a_date(text: Text) -> bool:
    """Whether a date of birth, or a part of one, may be in the text, so that the gate's action has to read it.

    Three digits or more are ("5/3 85"); fewer only where there is hardly a word besides ("12 mars", but not
    "do I have to be 18").
    """
    digits = sum(character.isdigit() for character in text)
    return digits >= _DIGITS_OF_A_DATE or (digits > 0 and len(text.split()) <= 2)
