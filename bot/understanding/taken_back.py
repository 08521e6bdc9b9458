"""What a message takes back of what it tells itself, where only the conversation knows what that was about."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Mapping, Optional, Text, Tuple

from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.corrections import asks_about_terms, last_unit_of, other_than, without_terms
from bot.understanding.meaning import REMARK, ParseData, with_topic
from bot.understanding.offers import names_only_a_unit
from bot.understanding.speech import MEANT, Speech

_REPORT, _CERTAIN = "report_damage", 1.0

Parse = Callable[[Text], Awaitable[ParseData]]
Retrieve = Callable[[], Awaitable[Optional[DialogueStateTracker]]]


async def taken_back(
    text: Text, meant: ParseData, speech: Mapping[Text, Speech], retrieve: Retrieve, parse: Parse
) -> Tuple[Text, ParseData]:
    """The message without what it takes back: words of the terms in a question while a damage is talked about, and the
    sentences before the last where they say only which unit it is not ("that's the old one. the other").

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    rest = last_unit_of(text)
    named = await parse(rest) if rest else None
    if rest and named and names_only_a_unit(rest, named, speech):
        task = _task(await retrieve())
        named = named if (task.get("report") or {}).get("device") else other_than(meant, named)
        is_report = task.get("topic") == _REPORT
        return rest, {**with_topic(named, _REPORT, _CERTAIN), REMARK: MEANT} if is_report else named
    if asks_about_terms(text) and _task(await retrieve()).get("topic") == _REPORT:
        return text, without_terms(text, meant)
    return text, meant


def _task(tracker: Optional[DialogueStateTracker]) -> Mapping[Text, Any]:
    return (tracker.get_slot("task") if tracker else None) or {}
