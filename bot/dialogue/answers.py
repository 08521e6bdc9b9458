"""Response generation: the content team's answers, filled with facts and with what the action knows."""

from __future__ import annotations

import logging
import random
import re
from typing import Any, Callable, Collection, Dict, List, Mapping, Optional, Sequence, Text

from rasa.core.nlg.generator import NaturalLanguageGenerator, ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.constants import UTTER_PREFIX
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.messages import waiting_questions

logger = logging.getLogger(__name__)

APOLOGY = "say_action_failed"
_NEXT = "next_steps"
_UNFILLED = re.compile(r"{[a-z_]+}")

Facts = Callable[[Text], Mapping[Text, Text]]
"""Language -> the facts that every answer may use, worded in that language."""


class FactfulAnswers(NaturalLanguageGenerator):
    """Rasa's template filling, plus facts, topic titles and a check that nothing stays unfilled.

    Actions may pass
      `topics=[topic id, …]`: each becomes a button with the topic's title, before the answer's own buttons;
      `choices=[{"title", "payload"}, …]`: buttons made by the action, before those;
      `lines=[{"answer": name, values …}, …]`: answers of one line that are listed below the text;
      `language=`: another language than the conversation's.
    A `{name}` in the values of an answer's button is filled in, too, and a button that lacks one is left out. An answer
    about the program names the source statements it rests on in `data`.
    """

    def __init__(
        self,
        responses: Dict[Text, Any],
        facts: Facts,
        titles: Mapping[Text, Mapping[Text, Text]],
        sources: Mapping[Text, Sequence[Text]],
    ) -> None:
        # Rasa would take the braces of a button's payload for variables, so buttons wait under another name.
        waiting = {
            name: [
                {_NEXT if key == "buttons" else key: value for key, value in variation.items()} for variation in every
            ]
            for name, every in responses.items()
        }
        self._templates = _Templates(waiting)
        self._facts = facts
        self._titles = titles
        self._sources = sources

    async def generate(
        self, utter_action: Text, tracker: DialogueStateTracker, output_channel: Text, **kwargs: Any
    ) -> Optional[Dict[Text, Any]]:
        """The answer in the conversation's language; an apology where it cannot be put together."""
        language = kwargs.pop("language", None) or tracker.get_slot("language")
        try:
            message = self.fill(utter_action, language, output_channel, **kwargs)
            if message and message.get("buttons"):
                message["buttons"] = _that_lead_on(message["buttons"], tracker)
            unfilled = _UNFILLED.findall((message or {}).get("text") or "")
        except Exception as error:  # past the skills' own boundary: the customer would get no answer at all
            message, unfilled = None, [type(error).__name__]
        if unfilled:
            logger.error("Answer '%s' cannot be put together: %s", utter_action, ", ".join(unfilled))
            message = self.fill(APOLOGY, language, output_channel, reference="-")
        return message

    def fill(
        self, utter_action: Text, language: Text, output_channel: Text, **kwargs: Any
    ) -> Optional[Dict[Text, Any]]:
        """The same without a conversation: the answer in `language`, filled with facts and `kwargs`."""
        slots = {"language": language}
        values = {**self._facts(language), **kwargs}
        message = self._templates.generate_from_slots(utter_action, slots, output_channel, **values)
        if message is None:
            return None
        for line in kwargs.get("lines") or ():
            listed = self._templates.generate_from_slots(line["answer"], slots, output_channel, **{**values, **line})
            message["text"] += f"\n– {listed['text']}" if listed else ""
        message["language"] = language
        titles = self._titles[language]
        topics = [topic for topic in kwargs.get("topics") or () if topic in titles]
        offered = [{"title": titles[topic], "payload": f"/{topic}"} for topic in topics]
        choices = kwargs.get("choices") or ()
        roles = {choice.get("role") for choice in choices}
        own = [_filled(_without_role(button, roles), kwargs) for button in message.pop(_NEXT, [])]
        message["buttons"] = [*choices, *offered, *(button for button in own if button)]
        statements = self._sources.get(utter_action[len(UTTER_PREFIX) :])
        if statements:
            message["data"] = {"kind": "sources", "statements": list(statements)}
        return message


class _Templates(TemplatedNaturalLanguageGenerator):
    """Rasa's, but that it asks no random number where there is one answer to choose from."""

    def _random_response_for(
        self, utter_action: Text, output_channel: Text, filled_slots: Dict[Text, Any]
    ) -> Optional[Dict[Text, Any]]:
        known = ResponseVariationFilter(self.responses)
        suitable = known.responses_for_utter_action(utter_action, output_channel, filled_slots)
        return random.choice(suitable) if suitable else None  # noqa: S311


def _that_lead_on(buttons: List[Dict[Text, Any]], tracker: DialogueStateTracker) -> List[Dict[Text, Any]]:
    """Of the buttons below one of several answers those that lead on: none to another question of the message.

    Below all answers but the last only those that the answer cannot do without: its own choices.
    """
    topics = set((dict(tracker.latest_message.parse_data or {}) if tracker.latest_message else {}).get("topics") or ())
    if not topics:
        return buttons
    plain = {id(button) for button in buttons if not button.get("role") and "{" not in button["payload"]}
    if waiting_questions(tracker):
        return [button for button in buttons if id(button) not in plain]
    return [b for b in buttons if id(b) not in plain or b["payload"].lstrip("/") not in topics]


def _without_role(button: Dict[Text, Any], taken: Collection[Optional[Text]]) -> Dict[Text, Any]:
    """The button; a typed yes or no presses a choice of the action rather than it."""
    return {name: value for name, value in button.items() if name != "role" or value not in taken}


def _filled(button: Dict[Text, Any], values: Mapping[Text, Any]) -> Optional[Dict[Text, Any]]:
    """The button with the names in braces in its payload filled in; None where one has no value."""
    try:
        payload = _UNFILLED.sub(lambda name: str(values[name[0][1:-1]]), button["payload"])
    except KeyError:
        return None
    return {**button, "payload": payload}
