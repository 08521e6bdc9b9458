"""Typed words that stand for a button: its title, or a wish on the way to a person in the customer's own words.

Nothing else that is typed does what a button does: these are buttons that were shown, or that change nothing but where
the conversation goes.
"""

from __future__ import annotations

import json
from typing import Any, Dict, FrozenSet, List, Mapping, NamedTuple, Optional, Text

from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.speech import CANCEL, MESSAGE, MORE, NO_ADDRESS, PLACE, SENT, Speech

_HANDOFF = "handoff"
_CUT = "…"
"""Stands in the titles of units for the part of the serial number that is not shown."""
_WAITING = (CANCEL, PLACE, MESSAGE)
"""What may be wished for while a person is awaited; everything else is for the person."""
_ASKING_ADDRESS, _ASKING_NOTHING = "reply_address", (None, "nothing")


class Press(NamedTuple):
    """A button that typed words stand for."""

    payload: Text
    title: Text


def pressed_while_waiting(text: Text, speech: Mapping[Text, Speech]) -> Optional[Press]:
    """What a customer in the queue wishes for in so many words, in any language; None: it is for the person."""
    wished = _wishes_in(text, speech)
    return next((_press(wish, text) for wish in _WAITING if wish in wished), None)


def may_press(text: Text, speech: Mapping[Text, Speech], titles: FrozenSet[Text]) -> bool:
    """Whether it is worth looking at the conversation at all. `titles`: of all buttons but those of one customer's
    units ("Holder …0001"), as `title_key` makes them.
    """
    return title_key(text) in titles or _CUT in text or bool(_wishes_in(text, speech))


def pressed_by(text: Text, tracker: DialogueStateTracker, speech: Mapping[Text, Speech]) -> Optional[Press]:
    """The button that the text stands for in this conversation.

    That is one that was shown last under this title; of the hand-off also one that is meant in other words.
    """
    shown, key = shown_last(tracker), title_key(text)
    for button in shown:
        if title_key(button["title"]) == key:
            return Press(button["payload"], button["title"])
    wished = _wishes_in(text, speech)
    if CANCEL in wished:
        no = next((each for each in shown if each.get("role") == "deny" and _wish_of(each)), None)
        if no:
            return Press(no["payload"], text)
    if MESSAGE in wished and any(_wish_of(each) == MESSAGE for each in shown):
        return _press(MESSAGE, text)
    asks = (tracker.get_slot("task") or {}).get("asks")
    possible = (MORE, NO_ADDRESS) if asks == _ASKING_ADDRESS else (SENT,) if asks in _ASKING_NOTHING else ()
    wish = next((wish for wish in possible if wish in wished), None)
    return None if wish is None or wish == SENT and not _has_sent(tracker) else _press(wish, text)


def shown_last(tracker: DialogueStateTracker) -> List[Dict[Text, Any]]:
    """The buttons under what the bot said last; none where a new session has begun since."""
    shown: List[Dict[Text, Any]] = []
    for event in reversed(tracker.events):
        if isinstance(event, (UserUttered, SessionStarted)):
            break
        if isinstance(event, BotUttered):
            shown = [*(event.data.get("buttons") or ()), *shown]
    return shown


def title_key(text: Text) -> Text:
    """What two ways of writing a title have in common."""
    return " ".join(text.split()).strip(" .!?").casefold()


def _has_sent(tracker: DialogueStateTracker) -> bool:
    """Whether the customer has pressed, or said yes to, the button that sends a message."""
    said = (event for event in tracker.events if isinstance(event, UserUttered))
    return any(each["entity"] == _HANDOFF and each["value"] == "send" for message in said for each in message.entities)


def _wishes_in(text: Text, speech: Mapping[Text, Speech]) -> FrozenSet[Text]:
    return frozenset().union(*(each.wishes_in(text) for each in speech.values()))


def _wish_of(button: Mapping[Text, Any]) -> Optional[Text]:
    values = button["payload"].partition("{")[2]
    wish = json.loads("{" + values).get(_HANDOFF) if values else None
    return str(wish) if wish else None


def _press(wish: Text, text: Text) -> Press:
    return Press(f'/talk_to_human{{"{_HANDOFF}": "{wish}"}}', text)
