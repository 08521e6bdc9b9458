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
from bot.understanding.asides import is_about_the_question
from bot.understanding.choice import Choice, choice_in
from bot.understanding.danger import load_phrases
from bot.understanding.speech import CANCEL, LATER, MESSAGE, NO, SEND, SENT, Speech
from bot.understanding.wishes import Press, press_of, shown_last

CALL, ADD, UNSENT, ASKED = "call", "add", "unsent", "asked"
"""Wishes without a button: to be called, to add to the message, to hear whether it was sent, and who gets it. CALL is a
remark, too."""
_AGAIN, _CHANGE, _REWRITE, _NEW_ADDRESS, _DROP, _LIMIT = "again", "change", "rewrite", "address", "drop", "limit"
"""The open question once more; what is to be changed; the text anew; another address; nothing is sent; how long it may
be."""
_BY_MAIL, _MAIL, _OUT, _ADDS, _ANYWAY, _AROUND = "by_mail", "mail", "out", "adds", "anyway", "around"
_OTHERS, _SENDS, _HAD, _TOPICS = "others", "sends", "had", "topics"
_WISHING, _LEAVES, _BARE, _FINE, _REACHES = "wishing", "leaves", "bare", "fine", "reaches"
_DROPS, _WRONG, _WRONG_TEXT, _WRONG_ADDRESS, _PAUSES = "drops", "wrong", "wrong_text", "wrong_address", "pauses"
_WHOLE = (CALL, ASKED, _LEAVES, _BARE, _FINE, _DROPS, _WRONG, _WRONG_TEXT, _WRONG_ADDRESS, _PAUSES, _LIMIT)
"""Lists that count where every piece of the message is of them, or of the words around."""
_LISTS = (
    _BY_MAIL, _HAD, _TOPICS, _MAIL, _OUT, *_WHOLE, _OTHERS, _SENDS, _ADDS, _ANYWAY, _REACHES, _WISHING, _AROUND,
)  # fmt: skip
_AMISS = frozenset({_DROPS, _WRONG, _WRONG_TEXT, _WRONG_ADDRESS})
"""Of them, what takes a yes beside it back."""
_WISHED = (_BY_MAIL, _LEAVES)
"""Lists beside which the words of `wishing` do not count."""
_INSTEAD = "instead"
"""A message is wished for, and the whole of what was said says so."""
_MORE, _PART = "more", "part"
"""There is more beside a yes or a no, or a number is given; what may be an address, or else belongs to the message."""
_PIECE_END = re.compile(r"[.,!?;:\n–—]+|\s-+\s")
_COLON = re.compile(r":\s")
_LONGEST = 20
"""The most words of such a message."""
_BEGINNING = 5
"""Within so many words a longer one says that it is to be added."""
_SOME_WORDS = 4
"""Under an offer to leave a message, as many words may be that message; beside a yes, a part of it."""
_ADDRESS, _WRITING, _CASE = "reply_address", "message", "case"
_AT_THE_ADDRESS = {
    ASKED: ASKED, _DROPS: _DROP, _WRONG_TEXT: _REWRITE, _WRONG_ADDRESS: _NEW_ADDRESS, _WRONG: _CHANGE, CALL: CALL,
    SENT: UNSENT, MESSAGE: CALL, _SENDS: UNSENT, _LIMIT: _LIMIT, LATER: _AGAIN, _PAUSES: _AGAIN, _LEAVES: _AGAIN,
    _FINE: _AGAIN,
}  # fmt: skip
"""What is said while the message waits for its address or its yes -> what is wished for."""
_WHILE_WRITING = {
    ASKED: ASKED, _DROPS: _DROP, _LIMIT: _LIMIT, _PAUSES: _AGAIN, _LEAVES: _AGAIN, _BARE: _AGAIN, _AROUND: _AGAIN,
}  # fmt: skip
"""The same while the message is asked for."""
_DROPPED = "say_message_dropped"
_DENY = "/deny"


def said_in(text: Text, speech: Mapping[Text, Speech]) -> FrozenSet[Text]:
    """What a message wishes for: `MESSAGE`, `CALL`, `ADD`, `SENT`, `CANCEL` (of the waiting), `SEND` (after all); or
    asks about; mostly nothing.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    words, choice = split_words(text), choice_in(text, SEND)
    says_more = {_MORE} if choice.more and (choice.yes or choice.no) else set()
    if not 0 < len(words) <= _LONGEST:
        return _begins(letter_words().find(words[:_BEGINNING])) | says_more
    found = letter_words().find(words)
    pieces = [piece for piece in _PIECE_END.split(text) if piece.strip()]
    pieces = pieces if len(pieces) > 1 else [text]  # what that wishes for has been looked up
    wishes = [frozenset().union(*(each.wishes_in(piece) for each in speech.values())) for piece in pieces]
    kinds = [_kinds(piece) if found else frozenset() for piece in pieces]
    tables = {each.table for each in found}
    said = {*says_more, *_begins(found), *({_OTHERS, _REACHES} & tables)}
    said.update(table for table in _WHOLE if _is_all(table, kinds))
    if _SENDS in tables and (choice.questions or choice.doubtful):
        said.add(_SENDS)
        said.update({CALL} if any(CALL in kind for kind in kinds) else ())
    said.update(wish for wish in (SENT, LATER) if any(wish in wished for wished in wishes))
    ends = _ends_with_message(wishes, kinds)
    if ends or any(_wants_mail(piece) for piece in pieces):
        said.add(MESSAGE)
    if ends or MESSAGE in said and all(kind & {_BY_MAIL, _OUT, _AROUND} for kind in kinds):
        said.add(_INSTEAD)
    if any(_OUT in kind for kind in kinds):
        said.add(CANCEL)
    if _is_all(_ANYWAY, kinds):
        said.add(SEND)
    if len(words) < _SOME_WORDS and all(_AROUND in kind for kind in kinds):
        said.add(_AROUND)
    return frozenset(said)


def wished_while_waiting(text: Text, speech: Mapping[Text, Speech]) -> Optional[Press]:
    """The same for one who waits for a person: a message instead, or something else than a person. It costs the place
    in the queue, so that only what is nothing but such a wish counts.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    said = said_in(text, speech)
    if said & {_INSTEAD, _LEAVES}:
        return press_of(MESSAGE, text)
    return press_of(CANCEL, text) if CANCEL in said else None


def wished(text: Text, tracker: DialogueStateTracker, said: FrozenSet[Text], contact: bool) -> Optional[Press]:
    """What a message comes to in its conversation; None: what it means by itself.

    `said`: see `said_in`. `contact`: there was an address or a phone number in it, which is more than a question.
    """
    task: Dict[Text, Any] = tracker.get_slot("task") or {}
    asks = task.get("asks")
    if tracker.get_slot("age_status") != "adult" or asks in (_ADDRESS, _WRITING) and is_about_the_question(text):
        return None
    if asks == _ADDRESS:
        wish = _wished_at_the_address(text, tracker, said, contact)
        return press_of(wish, text) if wish else None
    if asks == _WRITING:
        wish = CALL if {CALL, _OTHERS} <= said else next((_WHILE_WRITING[w] for w in _WHILE_WRITING if w in said), None)
        return press_of(wish, text) if wish else None
    if SEND in said and _was_dropped(tracker):
        return press_of(SEND, text)
    offers = [button for button in shown_last(tracker) if f'"{MESSAGE}"' in button["payload"]]
    if said & {MESSAGE, _LEAVES} or _BARE in said and offers:
        return press_of(MESSAGE, text)
    if _FINE in said and any(button.get("role") for button in offers):
        return Press(_DENY, text)
    is_message = contact and bool(offers) and len(text.split()) >= _SOME_WORDS
    return press_of(CALL, text) if CALL in said and asks != _CASE and not is_message else None


def _wished_at_the_address(
    text: Text, tracker: DialogueStateTracker, said: FrozenSet[Text], contact: bool
) -> Optional[Text]:
    is_read_back = any(f'"{SEND}"' in button["payload"] for button in shown_last(tracker))
    choice = choice_in(text, SEND) if is_read_back else Choice()
    is_more = not contact and not said & _AMISS and _goes_beyond_yes(text, choice)
    if ADD in said or is_more:
        return f"{ADD} {_beginning(text)}"
    if is_read_back and contact and said & {_REACHES, _MORE}:
        return f"{_PART} {_beginning(text)}"
    wish = next((_AT_THE_ADDRESS[each] for each in _AT_THE_ADDRESS if each in said), None)
    if wish == _CHANGE and not is_read_back or contact and wish == CALL:
        return None
    is_other_no = choice.no and choice.more and not choice.questions and not contact
    return wish or (_CHANGE if is_other_no else None)


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
    wishing = around | covered.get(_WISHING, set())
    return frozenset(
        table for table, numbers in covered.items() if numbers | (wishing if table in _WISHED else around) >= every
    )


def _is_all(table: Text, kinds: Sequence[FrozenSet[Text]]) -> bool:
    """Whether every piece is of a list, or of the words around, and one at least of the list."""
    return any(table in kind for kind in kinds) and all(kind & {table, _AROUND} for kind in kinds)


def _wants_mail(piece: Text) -> bool:
    """Whether an answer by e-mail is wished for: none is told of that came or did not, and nothing is asked about."""
    found = letter_words().find(split_words(piece))
    wishes = {number for each in found if each.table in (_BY_MAIL, _OUT) for number in each.words}
    others = (each for each in found if each.table in (_HAD, _TOPICS))
    return any(each.table == _BY_MAIL for each in found) and all(wishes.issuperset(each.words) for each in others)


def _goes_beyond_yes(text: Text, choice: Choice) -> bool:
    """Whether there is something of substance beside a yes: some words that are neither."""
    if not choice.yes or not choice.more or choice.questions:
        return False
    return any(_is_of_substance(piece) for piece in _PIECE_END.split(text))


def _is_of_substance(piece: Text) -> bool:
    return len(piece.split()) >= _SOME_WORDS and choice_in(piece, SEND).more and _AROUND not in _kinds(piece)


def _beginning(text: Text) -> int:
    """Where in a text that is to be added that begins which is to be added: behind "add:", or a yes."""
    colon = _COLON.search(text)
    if colon:
        found = letter_words().find(split_words(text[: colon.start()]))
        says_so = {number for each in found if each.table in (_ADDS, _AROUND) for number in each.words}
        if says_so >= set(range(len(split_words(text[: colon.start()])))):
            return colon.end() if text[colon.end() :].strip() else 0
    end = 0
    for mark in _PIECE_END.finditer(text):
        if not choice_in(text[end : mark.start()], SEND).is_yes_alone:
            break
        end = mark.end()
    return end if text[end:].strip() else 0


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
