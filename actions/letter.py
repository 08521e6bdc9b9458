"""A message to support that is answered by mail: the message, an address, the customer's yes."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any, Dict, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.brief import wish_for_a_person
from actions.handoff import cancel
from actions.identity.details import mask_personal_data, read_email
from actions.identity.sealed import Unsealable
from actions.mail import can_be_written_to
from actions.offer import reason_for_a_person
from actions.post import send_receipt
from actions.registry.serials import new_reference
from actions.services import services
from actions.skill import Events, entity_value, network_address, remark_of
from actions.task import WRITING, Question, Task
from actions.tell import tell

logger = logging.getLogger(__name__)

SLOT = "letter"
"""Holds the letter under way, sealed: it has personal data."""

TOPIC = "talk_to_human"
_PRESSED = 1.0
"""How sure the topic of a button is, and of words that stand for one."""
_SOME_WORDS = 4
_LONGEST_READ_BACK = 600
_BRACES = str.maketrans("{}", "()")
"""In answers, braces hold what is filled in."""
_LIKE_AN_ADDRESS = re.compile(r"@|\b(dot|snabel-?a|punkt|gmail|hotmail|outlook)\b|\w\.(com|net|org|nu|se)\b", re.I)
_ASIDE = {"when": "say_message_when", "call": "say_message_call"}
_ABOUT = {"unsent": "say_message_unsent", "asked": "say_message_about", "limit": "say_message_limit"}
"""What is asked about the letter while it is written -> its answer; then the open question is asked again."""
_ADD, _PART, _ANEW, _PHONE = "add ", "part ", "anew", "[phone]"
_ASK_EMAIL = {"kind": "ask", "field": "email"}


async def step(dispatcher: CollectingDispatcher, tracker: Tracker, pressed: Text) -> Events:
    """A button of the letter was pressed, or meant: `message`, `written` (the message itself was), `more`, `address`,
    `other_address`, `no_address`, `rewrite`, `send`, `drop` or, after it, `sent`; `when`: how long the answer takes;
    `call`: whether somebody calls; `unsent`: whether it was sent; `asked`: who gets it and what is to be in it;
    `limit`: how long it may be; `again`: nothing of that; `change`: something is wrong; `add 5`: what is typed, from
    its sixth character on, belongs to it; `part 5`: the same, where no address is in it.
    """
    letter = _letter(tracker)
    if pressed in ("sent", "send") and letter.get("sent") and not letter.get("text"):
        tell(dispatcher, tracker, "say_message_is_there", reference=letter["sent"], address=shown(letter["to"]))
        return []
    if pressed in _ABOUT:
        dispatcher.utter_message(response=_ABOUT[pressed])
        return ask_again(dispatcher, tracker)
    if pressed in _ASIDE and Task.of(tracker).asks in WRITING:
        tell(dispatcher, tracker, _ASIDE[pressed])
        return ask_again(dispatcher, tracker)
    if pressed == "again" and Task.of(tracker).asks in WRITING:
        return ask_again(dispatcher, tracker)
    if pressed.startswith((_ADD, _PART)) and letter.get("text"):
        said = tracker.latest_message.get("text") or ""
        if pressed.startswith(_PART) and read_email(said):
            return await go_on(dispatcher, tracker, Task.of(tracker))
        return add(dispatcher, tracker, _from(said, int(pressed.split()[1])))
    if pressed == "send" and not letter.get("text"):
        dispatcher.utter_message(response="say_message_gone")
        return []
    if pressed == "written":
        if remark_of(tracker) == "call":
            tell(dispatcher, tracker, _ASIDE["call"])
        return await go_on(dispatcher, tracker, Task.of(tracker).asking(Question.MESSAGE, TOPIC))
    if pressed == "message" and not letter.get("text"):
        waited = await services().desk.standing(tracker.sender_id, services().now())
        if not await cancel(dispatcher, tracker):
            return []
        dispatcher.utter_message(response="say_ask_message_instead" if waited else "say_ask_message")
        return [_keep(tracker, _sent(letter)), Task.of(tracker).asking(Question.MESSAGE, TOPIC).kept()]
    if pressed == "drop" or not letter.get("text"):
        dispatcher.utter_message(response="say_message_dropped")
        return [_keep(tracker, _sent(letter)), _left(tracker)]
    if pressed == "change":
        dispatcher.utter_message(response="say_ask_change")
        return []
    if pressed == "rewrite":  # until it is written anew, the one before stays
        dispatcher.utter_message(response="say_ask_rewrite")
        return [_keep(tracker, {**letter, _ANEW: True}), Task.of(tracker).asking(Question.MESSAGE, TOPIC).kept()]
    if pressed in ("more", "message"):
        dispatcher.utter_message(response="say_ask_more")
        return [Task.of(tracker).asking(Question.MESSAGE, TOPIC).kept()]
    if pressed == "no_address":
        tell(dispatcher, tracker, "say_no_reply_address")
        return []
    if pressed == "send" and letter.get("email"):
        return await _send(dispatcher, tracker, letter)
    without = {key: value for key, value in letter.items() if key != "email"}
    return _ask_address(dispatcher, tracker, without, "say_ask_reply_address")


async def go_on(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """The message answers one of the letter's questions."""
    text, letter = tracker.latest_message.get("text") or "", _letter(tracker)
    email = read_email(text, spelt=task.asks is Question.REPLY_ADDRESS)
    if task.asks is not Question.MESSAGE and email is None and _goes_on(tracker, text):
        return add(dispatcher, tracker)
    if task.asks is Question.REPLY_ADDRESS and email is None and _is_read_back(letter, text):
        _confirm(dispatcher, letter)
        return []
    known = letter.get("email") if task.asks is Question.MESSAGE else None
    is_address = email is not None and _is_address_alone(text)
    if task.asks is Question.MESSAGE and is_address and not letter.get("text"):  # where to answer is no message yet
        dispatcher.utter_message(response="say_ask_message")
        return [_keep(tracker, {**letter, "email": email})]
    if task.asks is Question.MESSAGE and letter.pop(_ANEW, False) and not is_address:
        letter = {**letter, "text": text}
    elif task.asks is Question.MESSAGE and letter.get("text"):
        letter = letter if is_address else {**letter, "text": f"{letter['text']}\n{text}"}
    elif task.asks is Question.MESSAGE:
        # The reference now: however often it is sent, it has one.
        letter = {**_sent(letter), "text": text, "reference": new_reference()}
    address = email or known
    if address is None or not can_be_written_to(address):
        asks_first = task.asks is Question.MESSAGE
        answer = "say_ask_reply_address" if asks_first else "say_reply_address_unclear"
        return _ask_address(dispatcher, tracker, letter, answer)
    letter = {**letter, "email": address}
    _confirm(dispatcher, letter)
    return [_keep(tracker, letter), Task.of(tracker).asking(Question.REPLY_ADDRESS, TOPIC).kept()]


def ask_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """The open question once more, after an answer to something else."""
    return _ask_again(dispatcher, tracker, _letter(tracker))


def explain(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say in other words what is asked for, and what becomes of the answer."""
    letter = _letter(tracker)
    if Task.of(tracker).asks is Question.MESSAGE:
        dispatcher.utter_message(response="say_explain_message")
    elif letter.get("email"):
        dispatcher.utter_message(response="say_explain_sending", address=shown(letter["email"]))
    else:
        dispatcher.utter_message(response="say_explain_reply_address", data=_ASK_EMAIL)
    return []


def _ask_again(dispatcher: CollectingDispatcher, tracker: Tracker, letter: Dict[Text, Any]) -> Events:
    if Task.of(tracker).asks is Question.MESSAGE:
        more = "say_ask_rewrite" if letter.get(_ANEW) else "say_ask_more"
        dispatcher.utter_message(response=more if letter.get("text") else "say_ask_message")
        return []
    if letter.get("email"):
        _confirm(dispatcher, letter)
        return []
    return _ask_address(dispatcher, tracker, letter, "say_ask_reply_address")


def _confirm(dispatcher: CollectingDispatcher, letter: Dict[Text, Any]) -> None:
    """Read back what is sent, masked as it is stored, and to where the answer goes."""
    text = mask_personal_data(letter["text"]).translate(_BRACES)
    message = text if len(text) <= _LONGEST_READ_BACK else f"{text[:_LONGEST_READ_BACK]} …"
    dispatcher.utter_message(response="say_confirm_message", address=shown(letter["email"]), message=message)


async def take(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """What was said to the bot, too, becomes the message or a part of it, whatever it looks like."""
    if task.asks is Question.REPLY_ADDRESS and _letter(tracker).get("text"):
        return add(dispatcher, tracker)
    return await go_on(dispatcher, tracker, task)


def takes_in(tracker: Tracker) -> bool:
    """Whether what was typed about a damage belongs to the letter: it is written, and waits for its address."""
    typed = (tracker.latest_message.get("intent") or {}).get("confidence", 0.0) < _PRESSED
    return typed and Task.of(tracker).asks is Question.REPLY_ADDRESS and bool(_letter(tracker).get("text"))


def add(dispatcher: CollectingDispatcher, tracker: Tracker, part: Optional[Text] = None) -> Events:
    """The message, or `part` of it, becomes a part of the letter, and the open question is asked again."""
    letter, said = _letter(tracker), part or tracker.latest_message.get("text") or ""
    dispatcher.utter_message(response="say_message_added")
    letter = {**letter, "text": f"{letter['text']}\n{said}"}
    return [*_ask_again(dispatcher, tracker, letter), _keep(tracker, letter)]


def _from(said: Text, start: int) -> Text:
    """What was typed, from a place in it on that was counted where personal data had been taken out; all of it where
    some stands before, which would be lost.
    """
    is_same = mask_personal_data(said)[:start] == said[:start]
    return said[start:].strip() if is_same else said


def _is_read_back(letter: Dict[Text, Any], text: Text) -> bool:
    """Whether the message waits for its yes, and what was typed is no address."""
    return bool(letter.get("email")) and not _LIKE_AN_ADDRESS.search(text)


def _goes_on(tracker: Tracker, text: Text) -> bool:
    """Whether what is no address goes on with the message: a phone number, or some words that ask nothing and are
    nothing like an address.
    """
    if _PHONE in mask_personal_data(text):
        return True
    asks = "?" in text or entity_value(tracker, "question")
    return len(text.split()) >= _SOME_WORDS and not asks and not _LIKE_AN_ADDRESS.search(text)


def _is_address_alone(text: Text) -> bool:
    return not re.sub(r"\[email\]", "", mask_personal_data(text)).strip(" .,!")


def shown(email: Text) -> Text:
    """The address so that its owner recognises it, and nobody else can write to it: maja@ex….com."""
    local, _, domain = email.partition("@")
    return f"{local}@{domain[:2]}….{domain.rsplit('.', 1)[-1]}"


def _ask_address(
    dispatcher: CollectingDispatcher, tracker: Tracker, letter: Dict[Text, Any], answer: Text
) -> Events:
    dispatcher.utter_message(response=answer, data=_ASK_EMAIL)
    return [_keep(tracker, letter), Task.of(tracker).asking(Question.REPLY_ADDRESS, TOPIC).kept()]


async def _send(dispatcher: CollectingDispatcher, tracker: Tracker, letter: Dict[Text, Any]) -> Events:
    keys = {"conversation": tracker.sender_id, "email": letter["email"].casefold(), **network_address(tracker)}
    if not await services().code_limits.allow({kind: f"letter {key}" for kind, key in keys.items()}):
        tell(dispatcher, tracker, "say_ask_contact")
        return _done(tracker)
    reason = reason_for_a_person(tracker, "message")
    wish = await wish_for_a_person(tracker, reason, text=letter["text"], email=letter["email"])
    masked = {**wish.brief, "message": mask_personal_data(letter["text"])}
    wish = replace(wish, brief=masked, reference=letter.get("reference"))
    reference = await services().desk.leave_message(wish, services().now())
    await _mail_receipt(tracker, letter["email"], reference)
    tell(dispatcher, tracker, "say_message_sent", reference=reference, address=shown(letter["email"]))
    return [_keep(tracker, {"sent": reference, "to": letter["email"]}), _left(tracker)]


async def _mail_receipt(tracker: Tracker, to: Text, reference: Text) -> None:
    """The message has been passed on: a receipt that cannot be kept for sending does not call that in question."""
    contact, text = services().contact, services().mail_texts[tracker.get_slot("language")]["receipt"]
    values = {"reference": reference, "phone": contact.phone, "email": contact.email}
    receipt = text.mail(to, values, reply_to=contact.email)
    try:
        await send_receipt(tracker.sender_id, receipt, f"receipt {reference}")
    except SQLAlchemyError as error:
        logger.warning("A receipt was not kept for sending (%s).", type(error).__name__)


def _done(tracker: Tracker) -> Events:
    return [SlotSet(SLOT, None), _left(tracker)]


def _sent(letter: Dict[Text, Any]) -> Dict[Text, Any]:
    """What is known of the message that was sent last."""
    return {key: letter[key] for key in ("sent", "to") if key in letter}


def _left(tracker: Tracker) -> Dict[Text, Any]:
    return replace(Task.of(tracker).left(), topic=None).kept()


def _letter(tracker: Tracker) -> Dict[Text, Any]:
    try:
        return services().sealer.unseal(SLOT, tracker.sender_id, tracker.get_slot(SLOT))
    except Unsealable:
        return {}


def _keep(tracker: Tracker, letter: Dict[Text, Any]) -> Dict[Text, Any]:
    return SlotSet(SLOT, services().sealer.seal(SLOT, tracker.sender_id, letter, services().now()))
