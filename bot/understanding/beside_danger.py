"""What a message in danger asks besides, and the answer to danger leaves open: whether such damage is covered."""

from __future__ import annotations

from typing import Optional, Text

from bot.understanding.emergency import asks_of_report
from bot.understanding.meaning import ParseData, confidence_of, topic_of, with_topic
from bot.understanding.message import Understanding
from bot.understanding.parts import parts_of

_REPORT = "report_damage"
_CERTAIN, _CLEAR = 1.0, 0.5
"""How sure the topic is of a question that words tell; from when on a question is about its topic."""


async def asked_beside_danger(understanding: Understanding, text: Text, whole: ParseData) -> Optional[ParseData]:
    """The first such question of a message, None where there is none. `whole`: what the pipeline makes of the message.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    language = str((whole.get("language") or {}).get("name"))
    speech, covered = understanding.speech.get(language), understanding.relations.part_of[_REPORT]
    for part in parts_of(text, speech) if speech else ():
        if not part.asks:
            continue
        meant = whole if part.text == text else await understanding.parse(part.text, language)
        if topic_of(meant) in covered and confidence_of(meant) >= _CLEAR:
            return dict(meant)
        if asks_of_report(part.text):
            return with_topic(meant, _REPORT, _CERTAIN)
    return None
