"""Typed words that stand for a button: its title, or a wish on the way to a person in the customer's own words.

What cannot be undone (to send, to erase, to open a case) needs its button on screen, or the question for it to be open.
What else does such a thing, a yes or an imperative that fills a whole piece of the message, is for `deeds`.
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, FrozenSet, List, Mapping, NamedTuple, Optional, Text

from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.danger import DANGER, is_in_danger
from bot.understanding.meaning import ParseData, confidence_of, topic_of
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
    SEND,
    SENT,
    WHEN,
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
_WRITING = (_ASKING_MESSAGE, _ASKING_ADDRESS)
WRITTEN = "written"
"""What a button would carry that says: this is the message."""
_SOME_WORDS, _CLEARLY_SOMETHING_ELSE = 4, 0.85
_OWN_DATA = ("delete_my_data", "export_my_data")
_OUT_OF_THE_QUEUE = (
    "say_ask_message_instead", "say_message_dropped", "say_queue_cancelled", "say_with_bot_again", "say_not_in_queue",
)  # fmt: skip
_PAYLOADS = {PERSON: "/talk_to_human", WITHDRAW: "/start_over"}


class Press(NamedTuple):
    """A button that typed words stand for."""

    payload: Text
    title: Text


def pressed_while_waiting(text: Text, speech: Mapping[Text, Speech]) -> Optional[Press]:
    """What a customer in the queue wishes for in so many words, in any language; None: it is for the person.

    Nobody may be there yet, so that one who tells of danger is told by the bot what to do.
    """
    if is_in_danger(text):
        return press_of(DANGER, text)
    wished = _wishes_in(text, speech)
    return next((press_of(wish, text) for wish in _WAITING if wish in wished), None)


def may_press(text: Text, speech: Mapping[Text, Speech], titles: FrozenSet[Text]) -> bool:
    """Whether it is worth looking at the conversation at all. `titles`: of all buttons but those of one customer's
    units ("Holder …0001"), as `title_key` makes them.
    """
    return title_key(text) in titles or _CUT in text or bool(_wishes_in(text, speech))


def may_be_message(text: Text, speech: Mapping[Text, Speech], contact: bool) -> bool:
    """The same for `is_message`."""
    return contact or any(each.says(PASS_ON, text) for each in speech.values())


def wants_a_person(text: Text, speech: Speech) -> bool:
    """Whether one sentence of several, or what stands behind a comma, is the wish for a person and nothing else."""
    clauses = [clause for clause in _CLAUSE_END.split(text) if clause.strip()]
    return len(clauses) > 1 and any(PERSON in speech.wishes_in(clause) for clause in clauses)


def pressed_by(text: Text, tracker: DialogueStateTracker, speech: Mapping[Text, Speech]) -> Optional[Press]:
    """The button that the text stands for in this conversation.

    That is one that was shown last under this title; on the way to a person also one that is meant in other words.
    """
    shown, key, wished = shown_last(tracker), title_key(text), _wishes_in(text, speech)
    for button in shown:
        if title_key(button["title"]) == key:
            return Press(button["payload"], button["title"])
    wishes = {_wish_of(button): button for button in shown if _wish_of(button)}
    task = tracker.get_slot("task") or {}
    asks = task.get("asks")
    leads_out = [wish for wish in wishes if wish in _LEADS_OUT]
    if CANCEL in wished and leads_out:
        return press_of(leads_out[-1], text)
    if NO in wished:
        no = next((button for button in wishes.values() if button.get("role") == "deny"), None)
        return Press(no["payload"], text) if no else None
    for wish, counts in (
        (SEND, SEND in wishes),
        (MORE, asks == _ASKING_ADDRESS),
        (NO_ADDRESS, asks == _ASKING_ADDRESS),
        (OTHER_ADDRESS, asks == _ASKING_ADDRESS),
        (MESSAGE, asks not in _WRITING),
        (WHEN, asks in _WRITING),
        (PERSON, asks != _ASKING_MESSAGE),
        (PLACE, _was_waiting(tracker)),
        (SENT, asks in _ASKING_NOTHING and _has_sent(tracker)),
        (WITHDRAW, asks not in _WRITING and bool((task.get("report") or {}).get("case"))),
    ):
        if wish in wished and counts:
            return press_of(wish, text)
    return None


def is_message(
    text: Text, tracker: DialogueStateTracker, speech: Mapping[Text, Speech], meant: ParseData, contact: bool
) -> bool:
    """Whether a text under an offer to leave a message is that message: it says how to be reached, or asks to be, or
    to pass something on.

    `contact`: there was an address or a phone number in it.
    """
    offered = any(_wish_of(button) == MESSAGE for button in shown_last(tracker))
    if not offered or len(text.split()) < _SOME_WORDS or topic_of(meant) in _OWN_DATA:
        return False
    passes_on = any(each.says(PASS_ON, text) for each in speech.values())
    return contact or passes_on and "?" not in text and confidence_of(meant) < _CLEARLY_SOMETHING_ELSE


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


def press_of(wish: Text, text: Text) -> Press:
    """The button of a wish on the way to a person."""
    return Press(_PAYLOADS.get(wish) or f'/talk_to_human{{"{_HANDOFF}": "{wish}"}}', text)


ALARM = press_of(DANGER, "").payload
"""What the words of a customer in danger stand for, who waits in the queue."""
