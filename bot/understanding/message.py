"""What a whole message means: one topic, or several in the order in which they are answered."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Awaitable, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Text

from bot.understanding.meaning import (
    FURTHER,
    TOPICS,
    ParseData,
    chances,
    confidence_of,
    is_understood,
    likeliest,
    topic_of,
    with_topic,
)
from bot.understanding.parts import Part, leans, parts_of
from bot.understanding.speech import Relations, Speech

Parse = Callable[[Text, Optional[Text]], Awaitable[ParseData]]
"""Text and the language that is expected, or None -> what the pipeline makes of it."""

_MOST_QUESTIONS = 3
_MOST_PARTS_WITH_A_REPORT = 2
"""A message of more parts is a story, which its question is about."""
_UNSURE_LANGUAGE = 0.95
"""Below this confidence the language that the conversation has had counts, too."""

# Chosen on bench/conversations (and on bench/evaluation, of which hardly a message may be split).
_CLEAR = 0.5
"""From this confidence on, a part of a message is about its topic …"""
_LIKELY_IN_WHOLE = 0.001
"""… if the whole message is at least as likely to be about it …"""
_LESS_CLEAR, _LIKELIER_IN_WHOLE = 0.35, 0.02
"""… which may be less clear where the whole message is likelier to be about it …"""
_VERY_CLEAR = 0.85
"""… or the part is as clear as this …"""
_UNMISTAKABLE = 0.9
"""… or as this, where the topic is seldom a second question."""
_UNDERSTOOD = 0.4
"""From this confidence on, a leaning message says by itself what it is about."""
_WEIGHT_ALONE = 1.0
_LITTLE = 1e-4


class Before(NamedTuple):
    """What the conversation has come to.

    `language`: of the conversation; `topic`: answered last; `takes_all`: whatever is typed now is a message to support.
    """

    language: Optional[Text] = None
    topic: Optional[Text] = None
    takes_all: bool = False


@dataclass(frozen=True)
class Understanding:
    """Understands messages with the pipeline (`parse`), the word lists of each language and the topics' relations."""

    parse: Parse
    speech: Mapping[Text, Speech]
    relations: Relations

    async def of(self, text: Text, before: Callable[[], Awaitable[Before]], one: bool = False) -> ParseData:
        """The parse data of the message; those of its other questions stand under `further`.

        `before` is awaited only for messages that do not say everything themselves. `one`: it is not divided.
        """
        whole, known = await self.parse(text, None), None
        found = whole.get("language") or {}
        if (found.get("confidence") or 0.0) < _UNSURE_LANGUAGE:
            known = await before()
            if known.language and known.language != found.get("name"):
                whole = await self.parse(text, known.language)
        language = str((whole.get("language") or {}).get("name") or (known.language if known else ""))
        speech = self.speech.get(language)
        if speech is None or one:
            return whole
        if leans(text, speech):
            return await self._leaning(text, whole, (known or await before()).topic, language)
        parts = parts_of(text, speech)
        if len(parts) < 2 or not any(part.asks for part in parts):
            return whole
        divided = await self._divided(whole, parts, language)
        return whole if divided is not whole and (known or await before()).takes_all else divided

    async def _divided(self, whole: ParseData, parts: Sequence[Part], language: Text) -> ParseData:
        questions: Dict[Text, ParseData] = {}
        for part in parts:
            if part.asks and len(questions) < _MOST_QUESTIONS:
                meant = await self.parse(part.text, language)
                if leans(part.joined, self.speech[language]):
                    before = list(questions)[-1] if questions else None
                    meant = await self._leaning(part.joined, meant, before, language)
                topic = topic_of(meant)
                if topic and self._is_question(meant, whole):
                    questions.setdefault(topic, meant)
        main, tells = topic_of(whole) if is_understood(whole) else None, any(not part.asks for part in parts)
        if main and main in self.relations.part_of and main not in questions and tells:
            questions[main] = whole  # what has happened, told before or after a question
        if questions:
            questions = {**await self._told(parts, language), **questions}
        for topic in list(questions):
            for part_of_it in self.relations.part_of.get(topic, ()):
                questions.pop(part_of_it, None)
        if len(questions) > 1:
            return self._in_order(list(questions.values()))
        for topic, meant in questions.items():
            if main is None or topic in self.relations.part_of and main in self.relations.part_of[topic]:
                return with_topic(whole, topic, confidence_of(meant))  # a story, with a question in it
        return whole

    def _is_question(self, meant: ParseData, whole: ParseData) -> bool:
        """Whether a part asks something of its own."""
        topic, sure = topic_of(meant), confidence_of(meant)
        in_whole = chances(whole).get(str(topic), 0.0)
        clear = _LESS_CLEAR if in_whole >= _LIKELIER_IN_WHOLE else _CLEAR
        if not is_understood(meant) or topic in self.relations.beside or sure < clear:
            return False
        if topic in self.relations.seldom and sure < _UNMISTAKABLE:
            return False
        return sure >= _VERY_CLEAR or in_whole >= _LIKELY_IN_WHOLE

    async def _told(self, parts: Sequence[Part], language: Text) -> Dict[Text, ParseData]:
        """What is told in one sentence beside one question, and has to be seen to all the same ("my charger broke")."""
        if len(parts) > _MOST_PARTS_WITH_A_REPORT:
            return {}
        found: Dict[Text, ParseData] = {}
        for part in parts:
            meant = {} if part.asks else await self.parse(part.text, language)
            topic = topic_of(meant)
            if topic in self.relations.part_of and topic not in self.relations.seldom and meant.get("entities"):
                found.update({str(topic): meant} if confidence_of(meant) >= _VERY_CLEAR else {})
        return found

    def _in_order(self, questions: List[ParseData]) -> ParseData:
        last = self.relations.last
        questions.sort(key=lambda each: last.index(topic_of(each)) + 1 if topic_of(each) in last else 0)
        first, *further = questions
        topics = [topic_of(each) for each in questions]
        return {**first, FURTHER: [{**each, TOPICS: topics} for each in further], TOPICS: topics}

    async def _leaning(
        self, text: Text, alone: ParseData, before: Optional[Text], language: Text
    ) -> ParseData:
        """A message that only the answer before it completes: by itself, or together with the question before."""
        question, said = self.speech[language].questions.get(before or ""), likeliest(alone)
        if before is None or question is None or said in self.relations.alone:
            return alone
        odds = chances(alone)
        if said is not None and not self.relations.stays_anyway(said):
            if self.relations.is_about(said, before):
                return with_topic(alone, before, max(_CLEAR, odds.get(before, 0.0)))
            if odds[said] >= _UNDERSTOOD:
                return alone if topic_of(alone) == said else with_topic(alone, said, odds[said])
        together = chances(await self.parse(f"{text} {question}", language))
        scores = {
            topic: _WEIGHT_ALONE * math.log(odds.get(topic, 0.0) + _LITTLE) + math.log(chance + _LITTLE)
            for topic, chance in together.items()
            if topic not in self.relations.alone and (topic == before or not self.relations.stays_anyway(topic))
        }
        if not scores:
            return alone
        best = max(scores, key=lambda topic: scores[topic])
        return with_topic(alone, best, max(_CLEAR, together[best]))
