"""Typed words that stand for a button: its title, or a wish on the way to a person in the customer's own words.

Nothing else that is typed does what a button does: these are buttons that were shown, or that change nothing but where
the conversation goes.
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, FrozenSet, List, Mapping, NamedTuple, Optional, Text

from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.speech import (
    CANCEL,
    MESSAGE,
    MORE,
    NO,
    NO_ADDRESS,
    OTHER_ADDRESS,
    PASS_ON,
    PERSON,
    PLACE,
    SENT,
    WITHDRAW,
    Speech,
)

_HANDOFF = "handoff"
_CLAUSE_END = re.compile(r"[.,!?;\n]+")
_CUT = "…"
"""Stands in the titles of units for the part of the serial number that is not shown."""
_WAITING = (CANCEL, PLACE, MESSAGE)
"""What may be wished for while a person is awaited; everything else is for the person."""
_ASKING_ADDRESS, _ASKING_MESSAGE, _ASKING_NOTHING = "reply_address", "message", (None, "nothing")
_LEADS_OUT = {"cancel", "drop"}
"""Wishes of buttons that end the waiting, or the message."""
_WRITTEN, _SOME_WORDS = "written", 4
_OUT_OF_THE_QUEUE = (
    "say_ask_message_instead", "say_message_dropped", "say_queue_cancelled", "say_with_bot_again", "say_not_in_queue",
)  # fmt: skip
_PAYLOADS = {PERSON: "/talk_to_human", WITHDRAW: "/start_over"}


class Press(NamedTuple):
    """A button that typed words stand for."""

    payload: Text
    title: Text


def pressed_while_waiting(text: Text, speech: Mapping[Text, Speech]) -> Optional[Press]:
    """What a customer in the queue wishes for in so many words, in any language; None: it is for the person."""
    wished = _wishes_in(text, speech)
    return next((_press(wish, text) for wish in _WAITING if wish in wished), None)


def may_press(text: Text, speech: Mapping[Text, Speech], titles: FrozenSet[Text], personal: bool = False) -> bool:
    """Whether it is worth looking at the conversation at all. `titles`: of all buttons but those of one customer's
    units ("Holder …0001"), as `title_key` makes them. `personal`: there were addresses or numbers in the text.
    """
    if personal or title_key(text) in titles or _CUT in text or _wishes_in(text, speech):
        return True
    return any(each.says(PASS_ON, text) for each in speech.values())


def wants_a_person(text: Text, speech: Speech) -> bool:
    """Whether one sentence of several, or what stands behind a comma, is the wish for a person and nothing else."""
    clauses = [clause for clause in _CLAUSE_END.split(text) if clause.strip()]
    return len(clauses) > 1 and any(PERSON in speech.wishes_in(clause) for clause in clauses)


def pressed_by(
    text: Text, tracker: DialogueStateTracker, speech: Mapping[Text, Speech], personal: bool = False
) -> Optional[Press]:
    """The button that the text stands for in this conversation.

    That is one that was shown last under this title; on the way to a person also one that is meant in other words.
    `personal`: there were addresses or numbers in the text.
    """
    shown, key, wished = shown_last(tracker), title_key(text), _wishes_in(text, speech)
    for button in shown:
        if title_key(button["title"]) == key:
            return Press(button["payload"], button["title"])
    wishes = {_wish_of(button): button for button in shown}
    asks = (tracker.get_slot("task") or {}).get("asks")
    if CANCEL in wished and _LEADS_OUT & wishes.keys():
        return _press(next(iter(_LEADS_OUT & wishes.keys())), text)
    if NO in wished:
        no = next((button for wish, button in wishes.items() if wish and button.get("role") == "deny"), None)
        return Press(no["payload"], text) if no else None
    for wish, counts in (
        (MORE, asks == _ASKING_ADDRESS),
        (NO_ADDRESS, asks == _ASKING_ADDRESS),
        (OTHER_ADDRESS, asks == _ASKING_ADDRESS),
        (MESSAGE, True),
        (PERSON, asks != _ASKING_MESSAGE),
        (PLACE, _was_waiting(tracker)),
        (SENT, asks in _ASKING_NOTHING and _has_sent(tracker)),
        (WITHDRAW, True),
    ):
        if wish in wished and counts:
            return _press(wish, text)
    if MESSAGE in wishes and (personal or any(each.says(PASS_ON, text) for each in speech.values())):
        return _press(_WRITTEN, text) if len(text.split()) >= _SOME_WORDS else None
    return None


def _was_waiting(tracker: DialogueStateTracker) -> bool:
    """Whether the bot said last that the customer is out of the queue, or asked for a message instead."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            return event.metadata.get("utter_action") in _OUT_OF_THE_QUEUE
    return False


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
    return Press(_PAYLOADS.get(wish) or f'/talk_to_human{{"{_HANDOFF}": "{wish}"}}', text)
