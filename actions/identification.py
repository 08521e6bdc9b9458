"""Finding out who is asking: e-mail address and serial number, then a one-time code sent to that address.

What the customer gets to read is the same whether or not anything was found.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.access import GRANT_SLOT, owner_by
from actions.identity import codes
from actions.identity.codes import Attempt, CodeExpired, Codes, CodeUsedUp, WrongCode
from actions.identity.details import read_code, read_email, read_serials
from actions.mail import Mail
from actions.services import services
from actions.several import waiting_questions
from actions.skill import Events, entity_value, network_address, said_last
from actions.task import REPORT, Question, Task
from actions.tell import tell
from actions.units import device_handle

ATTEMPT_SLOT = "identification"
"""Holds the attempt under way, sealed (`actions.identity.codes`)."""

_CREDENTIALS = {"kind": "ask", "field": "credentials"}
_CODE = {"kind": "ask", "field": "code"}
_LACKING = {
    "no_serial": "say_serial_unknown",
    "no_email": "say_email_unknown",
    "no_details": "say_details_unknown",
}
_MOST_MISSES = 2
_MISSING = ("say_code_missing", "say_code_still_missing")
"""Answers that name what may keep a code from coming."""


async def identify(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, topic: Text) -> Events:
    """Begin or go on: `topic` is what the customer wants to know, and is gone on with afterwards."""
    task = task.waiting_for_identity(topic)
    told = _told(tracker)
    if told.is_complete and not told.is_open(services().now()):
        return await _send_code(dispatcher, tracker, task, told)
    return ask(dispatcher, tracker, task, told, again=told == _attempt(tracker) and said_last(tracker, "say_identify"))


async def go_on(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """The message is meant as an answer to the question for credentials or for the code."""
    now, attempt, told = services().now(), _attempt(tracker), _told(tracker)
    task, before = _with_facts(tracker, task), task
    wish = entity_value(tracker, "identification")
    if task.report and task.report.needs_no_device and REPORT in task.wants:
        left = replace(task, wants=tuple(topic for topic in task.wants if topic != REPORT), asks=None)
        return [_keep(tracker, told), left.kept(), FollowupAction(f"action_{REPORT}")]
    if wish == "why" and told == attempt:
        dispatcher.utter_message(response="say_why_code" if task.asks is Question.CODE else "say_why_identify")
        return ask(dispatcher, tracker, task, told, again=True)
    if wish in _LACKING and task.asks is Question.CREDENTIALS and told == attempt:
        dispatcher.utter_message(response=_what_is_lacking(str(wish), told), data=_CREDENTIALS)
        return [_keep(tracker, told), replace(task, misses=0).kept()]
    if wish == "other_details":
        return ask(dispatcher, tracker, task, Attempt())
    if told.is_complete and (wish == "new_code" or _names_details(tracker) and not told.is_open(now)):
        return await _send_code(dispatcher, tracker, task, told)
    was_sent = task.asks is Question.CODE and told == attempt and told.code is not None
    code = read_code(_text(tracker)) if was_sent else None
    if code is not None:
        return _check(dispatcher, tracker, task, attempt, code)
    names_facts = any(entity_value(tracker, name) for name in ("damage_type", "unit"))
    understood = told != attempt or task != before or wish is not None or names_facts
    return ask(dispatcher, tracker, task, told, understood)


def _what_is_lacking(wish: Text, told: Attempt) -> Text:
    """The answer to who has no address or serial number at hand, or asks which is meant, or where it stands."""
    if wish == "no_details":
        wish = "no_serial" if told.email else "no_email" if told.serials else wish
    return _LACKING[wish]


def _with_facts(tracker: Tracker, task: Task) -> Task:
    """The task with what the message tells of the damaged device, where one is being reported."""
    if REPORT not in task.wants or task.report is None:
        return task
    entities = tracker.latest_message.get("entities") or []
    return replace(task, report=task.report.told(entities, asked_condition=False))


def ask(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    task: Task,
    attempt: Optional[Attempt] = None,
    understood: bool = True,
    again: bool = False,
) -> Events:
    """Ask for what is still missing. `understood`: the last message was an answer, or there was none. `again`: what
    it was told leads to the same question once more.
    """
    attempt = _attempt(tracker) if attempt is None else attempt
    misses = 0 if understood else task.misses + 1
    question = Question.CODE if attempt.is_complete else Question.CREDENTIALS
    task = replace(task.asking(question, task.topic or ""), misses=misses)
    if waiting_questions(tracker):
        pass  # asked behind the last of them, once for all
    elif misses >= _MOST_MISSES:
        tell(dispatcher, tracker, "say_person_offer")
    elif attempt.is_open(services().now()):
        if entity_value(tracker, "identification") == "no_code" and said_last(tracker, *_MISSING):
            tell(dispatcher, tracker, "say_code_still_missing")
        else:
            dispatcher.utter_message(response="say_code_missing", data=_CODE)
    elif attempt.is_complete and attempt.code is None:  # none was sent: too many had been
        tell(dispatcher, tracker, "say_code_limit")
    elif attempt.is_complete:
        dispatcher.utter_message(response="say_code_expired")
    else:
        dispatcher.utter_message(response=_credentials_question(task, attempt, understood, again), data=_CREDENTIALS)
    return [_keep(tracker, attempt), task.kept()]


def explain(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """Say in other words what is asked for."""
    attempt = _attempt(tracker)
    if attempt.is_complete and not attempt.is_open(services().now()):
        return ask(dispatcher, tracker, task)
    if attempt.is_complete:
        dispatcher.utter_message(response="say_explain_code", data=_CODE)
    elif attempt.email or attempt.serials:
        dispatcher.utter_message(response=_what_is_lacking("no_details", attempt), data=_CREDENTIALS)
    else:
        dispatcher.utter_message(response="say_explain_credentials", data=_CREDENTIALS)
    return []


def unfinished(tracker: Tracker) -> Events:
    """Events that keep details and facts in the message, where the registry does not answer."""
    return [*details_kept(tracker), _with_facts(tracker, Task.of(tracker)).kept()]


def details_kept(tracker: Tracker) -> Events:
    """Events that keep the details in the message, where nothing is done with them yet."""
    return [_keep(tracker, _told(tracker))] if _names_details(tracker) else []


def _credentials_question(task: Task, attempt: Attempt, understood: bool, again: bool) -> Text:
    if attempt.email:
        return "say_ask_serial"
    if attempt.serials:
        return "say_ask_email"
    if not understood:
        return "say_credentials_unclear"
    if again:
        return "say_identify_again"
    return "say_identify_damaged" if REPORT in task.wants else "say_identify"


async def _send_code(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, attempt: Attempt) -> Events:
    email = attempt.email or ""
    keys = {"conversation": tracker.sender_id, "email": email.casefold()}
    if not await services().code_limits.allow({**keys, **network_address(tracker)}):
        tell(dispatcher, tracker, "say_code_limit")  # a code that has arrived stays good
        return [_keep(tracker, attempt), task.asking(Question.CODE, task.topic or "").kept()]
    owners = await asyncio.gather(*(owner_by(tracker, serial, email) for serial in attempt.serials))
    owner = next((found for found in owners if found), None)
    now = services().now()
    customer_id, device = (owner.customer_id, owner.serial) if owner else (None, None)
    attempt = Codes.with_code(attempt, customer_id, device if REPORT in task.wants else None, now)
    mail = _mail(tracker, owner.email if owner else "", attempt.code or "")  # in any case: the time tells nothing
    if owner:
        services().postman.post(mail)
    dispatcher.utter_message(response="say_code_sent", data=_CODE, **minutes_of_a_code())
    return [_keep(tracker, attempt), task.asking(Question.CODE, task.topic or "").kept()]


def _mail(tracker: Tracker, to: Text, code: Text) -> Mail:
    language = tracker.get_slot("language")
    contact = services().contact
    text = services().mail_texts[language]["code"]
    shown = f"{code[:3]} {code[3:]}"
    values = {"code": shown, "phone": contact.phone, "email": contact.email, **minutes_of_a_code()}
    return text.mail(to, values, reply_to=contact.email)


def _check(
    dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, attempt: Attempt, code: Text
) -> Events:
    now = services().now()
    try:
        customer_id = services().codes.check(attempt, code, now)
    except WrongCode as wrong:
        left = wrong.attempt.tries_left
        name = "say_code_wrong" if left > 1 else "say_code_wrong_last"
        dispatcher.utter_message(response=name, data=_CODE, tries=str(left))
        return [_keep(tracker, wrong.attempt)]
    except (CodeUsedUp, CodeExpired) as end:
        dispatcher.utter_message(response="say_code_used_up" if isinstance(end, CodeUsedUp) else "say_code_expired")
        return [_keep(tracker, replace(attempt, tries_left=0))]
    dispatcher.utter_message(response="say_identified")
    grant = services().grants.grant(tracker.sender_id, customer_id, now)
    return [SlotSet(GRANT_SLOT, grant), SlotSet(ATTEMPT_SLOT, None), *_after(tracker, task, attempt)]


def _after(tracker: Tracker, task: Task, attempt: Attempt) -> List[Dict[Text, Any]]:
    """Go on with what the customer wanted; the serial number that was asked for in a report names the device."""
    report = task.report
    if report and REPORT in task.wants and not report.device and attempt.device:
        report = replace(report, device=device_handle(tracker, attempt.device))
    return Task(topic=task.topic, wants=task.wants, report=report).going_on()


def _attempt(tracker: Tracker) -> Attempt:
    return services().codes.kept(tracker.get_slot(ATTEMPT_SLOT), tracker.sender_id)


def _told(tracker: Tracker) -> Attempt:
    """The attempt with the details that the message names."""
    text = _text(tracker)
    return _attempt(tracker).told(read_email(text), read_serials(text))


def _names_details(tracker: Tracker) -> bool:
    text = _text(tracker)
    return bool(read_email(text) or read_serials(text))


def _keep(tracker: Tracker, attempt: Attempt) -> Dict[Text, Any]:
    return SlotSet(ATTEMPT_SLOT, services().codes.keep(attempt, tracker.sender_id, services().now()))


def minutes_of_a_code() -> Dict[Text, Text]:
    """`minutes`: how long a code is valid."""
    return {"minutes": str(int(codes.LIFE.total_seconds() // 60))}


def _text(tracker: Tracker) -> Text:
    return tracker.latest_message.get("text") or ""
