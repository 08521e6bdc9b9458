"""A message to support, a call, or out of the queue, wished for in words that are no whole wish of `speech.yml`.

The word lists are those of `data/<language>/letter.yml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, FrozenSet, Mapping, Optional, Sequence, Set, Text

from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.phrases import Found, Phrases, split_words
from bot.settings import ROOT
from bot.understanding.choice import Choice, choice_in
from bot.understanding.danger import load_phrases
from bot.understanding.speech import CANCEL, MESSAGE, NO, SEND, SENT, Speech
from bot.understanding.wishes import Press, press_of, shown_last

CALL, ADD, UNSENT, ASKED = "call", "add", "unsent", "asked"
"""Wishes without a button: to be called, to add to the message, to hear whether it was sent, and who gets it. CALL is a
remark, too."""
_BY_MAIL, _MAIL, _OUT, _ADDS, _ANYWAY, _AROUND = "by_mail", "mail", "out", "adds", "anyway", "around"
_OTHERS, _SENDS, _HAD = "others", "sends", "had"
_LISTS = (_BY_MAIL, _HAD, _MAIL, _OUT, CALL, ASKED, _OTHERS, _SENDS, _ADDS, _ANYWAY, _AROUND)
_PIECE_END = re.compile(r"[.,!?;:\n–—]+|\s-+\s")
_LONGEST = 20
"""The most words of such a message."""
_BEGINNING = 5
"""Within so many words a longer one says that it is to be added."""
_SOME_WORDS = 4
"""Under an offer to leave a message, as many words may be that message."""
_ADDRESS, _WRITING, _CASE = "reply_address", "message", "case"
_AT_THE_ADDRESS = {ADD: ADD, ASKED: ASKED, SENT: UNSENT, CALL: CALL, MESSAGE: CALL, _SENDS: CALL}
"""What is said while the message waits for its address or its yes -> what is wished for."""
_DROPPED = "say_message_dropped"


def said_in(text: Text, speech: Mapping[Text, Speech]) -> FrozenSet[Text]:
    """What a message wishes for: `MESSAGE`, `CALL`, `ADD`, `SENT`, `CANCEL` (of the waiting), `SEND` (after all); or
    asks about; mostly nothing.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words = split_words(text)
    if not 0 < len(words) <= _LONGEST:
        return _begins(letter_words().find(words[:_BEGINNING]))
    found = letter_words().find(words)
    pieces = [piece for piece in _PIECE_END.split(text) if piece.strip()]
    pieces = pieces if len(pieces) > 1 else [text]  # what that wishes for has been looked up
    wishes = [frozenset().union(*(each.wishes_in(piece) for each in speech.values())) for piece in pieces]
    kinds = [_kinds(piece) if found else frozenset() for piece in pieces]
    tables = {each.table for each in found}
    said = {*_begins(found), *({_OTHERS} & tables)}
    choice = choice_in(text) if _SENDS in tables else Choice()
    if choice.questions or choice.doubtful:
        said.add(_SENDS)
    if any(SENT in wished for wished in wishes):
        said.add(SENT)
    if _BY_MAIL in tables and _HAD not in tables or _ends_with_message(wishes, kinds):
        said.add(MESSAGE)
    if any(_OUT in kind for kind in kinds):
        said.add(CANCEL)
    if any(CALL in kind for kind in kinds) and all(kind & {CALL, _AROUND} for kind in kinds):
        said.add(CALL)
    if any(ASKED in kind for kind in kinds) and all(kind & {ASKED, _AROUND} for kind in kinds):
        said.add(ASKED)
    if any(_ANYWAY in kind for kind in kinds) and all(kind & {_ANYWAY, _AROUND} for kind in kinds):
        said.add(SEND)
    return frozenset(said)


def wished_while_waiting(text: Text, speech: Mapping[Text, Speech]) -> Optional[Press]:
    """The same for one who waits for a person: a message instead, or something else than a person.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    said = said_in(text, speech)
    return next((press_of(wish, text) for wish in (MESSAGE, CANCEL) if wish in said), None)


def wished(text: Text, tracker: DialogueStateTracker, said: FrozenSet[Text], contact: bool) -> Optional[Press]:
    """What a message comes to in its conversation; None: what it means by itself.

    `said`: see `said_in`. `contact`: there was an address or a phone number in it, which is more than a question.
    """
    task: Dict[Text, Any] = tracker.get_slot("task") or {}
    asks = task.get("asks")
    if tracker.get_slot("age_status") != "adult":
        return None
    if asks == _ADDRESS:
        wish = next((_AT_THE_ADDRESS[wish] for wish in _AT_THE_ADDRESS if wish in said), None)
        return press_of(wish, text) if wish and not (contact and wish == CALL) else None
    if asks == _WRITING:
        asked = ASKED if ASKED in said else CALL if {CALL, _OTHERS} <= said else None
        return press_of(asked, text) if asked else None
    if SEND in said and _was_dropped(tracker):
        return press_of(SEND, text)
    if MESSAGE in said:
        return press_of(MESSAGE, text)
    is_offered = any(f'"{MESSAGE}"' in button["payload"] for button in shown_last(tracker))
    is_message = contact and is_offered and len(text.split()) >= _SOME_WORDS
    return press_of(CALL, text) if CALL in said and asks != _CASE and not is_message else None


def load_letter(folder: Path) -> Phrases:
    """Read `<language>/letter.yml` below `folder`, all languages together.

    Raises:
        ContentError: a file is missing or unreadable, or a list is missing, unknown or not one of texts.
    """
    return load_phrases(folder, "letter", _LISTS)


@lru_cache(maxsize=1)
def letter_words() -> Phrases:
    """The word lists under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    return load_letter(ROOT / "data")


def _begins(found: Sequence[Found]) -> FrozenSet[Text]:
    """`ADD`, where it begins so, courtesies aside."""
    around = {number for each in found if each.table == _AROUND for number in each.words}
    adds = (each.first for each in found if each.table == _ADDS)
    return frozenset({ADD} if any(around.issuperset(range(first)) for first in adds) else ())


def _kinds(piece: Text) -> FrozenSet[Text]:
    """The lists of which a piece has words, and no others but those around."""
    words = split_words(piece)
    found = letter_words().find(words)
    covered: Dict[Text, Set[int]] = {}
    for each in found:
        covered.setdefault(each.table, set()).update(range(each.first, each.last + 1))
    around, every = covered.get(_AROUND, set()), set(range(len(words)))
    return frozenset(table for table, numbers in covered.items() if numbers | around >= every)


def _ends_with_message(wishes: Sequence[FrozenSet[Text]], kinds: Sequence[FrozenSet[Text]]) -> bool:
    """Whether the last piece is the wish to leave a message, and those before are nothing, or what it is instead of."""
    instead = [bool(wished & {NO, CANCEL}) or bool(kind & {_OUT, _AROUND}) for wished, kind in zip(wishes, kinds)]
    is_mail = _MAIL in kinds[-1] and any(_OUT in kind for kind in kinds[:-1])
    return (MESSAGE in wishes[-1] or is_mail) and all(instead[:-1]) if kinds else False


def _was_dropped(tracker: DialogueStateTracker) -> bool:
    """Whether the bot said last that it sends nothing."""
    said = (event for event in reversed(tracker.events) if isinstance(event, BotUttered))
    last = next(said, None)
    return last is not None and last.metadata.get("utter_action") == _DROPPED
