"""Response generation: the content team's answers, filled with facts and with what the action knows."""

from __future__ import annotations

import logging
import re
from typing import Any, Callable, Dict, Mapping, Optional, Text

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

logger = logging.getLogger(__name__)

APOLOGY = "say_action_failed"
_UNFILLED = re.compile(r"{[a-z_]+}")

Facts = Callable[[Text], Mapping[Text, Text]]
"""Language -> the facts that every answer may use, worded in that language."""


class FactfulAnswers(TemplatedNaturalLanguageGenerator):
    """Rasa's own response generation, plus facts, topic titles and a check that nothing stays unfilled.

    Actions may pass `topics=[topic id, …]`: each becomes a button with the topic's title, before the
    answer's own buttons. The language is the conversation's, or the one that an action names by `language=`.
    """

    def __init__(
        self, responses: Dict[Text, Any], facts: Facts, titles: Mapping[Text, Mapping[Text, Text]]
    ) -> None:
        super().__init__(responses)
        self._facts = facts
        self._titles = titles

    async def generate(
        self, utter_action: Text, tracker: DialogueStateTracker, output_channel: Text, **kwargs: Any
    ) -> Optional[Dict[Text, Any]]:
        """The answer in the conversation's language; an apology where a value is missing for it."""
        language = kwargs.pop("language", None) or tracker.get_slot("language")
        message = self.fill(utter_action, language, output_channel, **kwargs)
        if message and _UNFILLED.search(message.get("text") or ""):
            logger.error("Answer '%s' lacks a value: %s", utter_action, _UNFILLED.findall(message["text"]))
            message = self.fill(APOLOGY, language, output_channel, reference="-")
        return message

    def fill(
        self, utter_action: Text, language: Text, output_channel: Text, **kwargs: Any
    ) -> Optional[Dict[Text, Any]]:
        """The same without a conversation: the answer in `language`, filled with facts and `kwargs`."""
        slots = {"language": language}
        message = self.generate_from_slots(
            utter_action, slots, output_channel, **{**self._facts(language), **kwargs}
        )
        if message and kwargs.get("topics"):
            titles = self._titles[language]
            offered = [
                {"title": titles[topic], "payload": f"/{topic}"} for topic in kwargs["topics"] if topic in titles
            ]
            message["buttons"] = offered + list(message.get("buttons") or [])
        return message
