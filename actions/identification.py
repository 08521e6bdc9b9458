"""Finding out who is asking: e-mail address and serial number, then a one-time code sent to that address.

What the customer gets to read is the same whether or not anything was found.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.access import GRANT_SLOT, owner_by
from actions.identity import codes
from actions.identity.codes import Attempt, CodeExpired, Codes, CodeUsedUp, WrongCode
from actions.identity.details import read_code, read_email, read_serials
from actions.mail import Mail
from actions.services import services
from actions.skill import Events, entity_value
from actions.task import REPORT, Question, Task
from actions.tell import tell
from actions.units import device_handle

ATTEMPT_SLOT = "identification"
"""Holds the attempt under way, sealed (`actions.identity.codes`)."""

_CREDENTIALS = {"kind": "ask", "field": "credentials"}
_CODE = {"kind": "ask", "field": "code"}
_MOST_MISSES = 2


async def identify(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, topic: Text) -> Events:
    """Begin or go on: `topic` is what the customer wants to know, and is gone on with afterwards."""
    task = task.waiting_for_identity(topic)
    attempt = _attempt(tracker)
    told = attempt.told(read_email(_text(tracker)), read_serials(_text(tracker)))
    if told.is_complete and not told.is_open(services().now()):
        return await _send_code(dispatcher, tracker, task, told)
    return ask(dispatcher, tracker, task, told)


async def go_on(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """The message is meant as an answer to the question for credentials or for the code."""
    text, attempt = _text(tracker), _attempt(tracker)
    wish = entity_value(tracker, "identification")
    if wish == "other_details":
        return ask(dispatcher, tracker, task, Attempt())
    if wish == "new_code" and attempt.is_complete:
        return await _send_code(dispatcher, tracker, task, attempt)
    told = attempt.told(read_email(text), read_serials(text))
    reported = _with_facts(tracker, task)
    if told.is_complete and told != attempt:
        return await _send_code(dispatcher, tracker, reported, told)
    code = read_code(text) if task.asks is Question.CODE else None
    if code is not None:
        return _check(dispatcher, tracker, reported, attempt, code)
    return ask(dispatcher, tracker, reported, told, understood=told != attempt or reported != task)


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
) -> Events:
    """Ask for what is still missing. `understood`: the last message was an answer, or there was none."""
    attempt = _attempt(tracker) if attempt is None else attempt
    misses = 0 if understood else task.misses + 1
    question = Question.CODE if attempt.code else Question.CREDENTIALS
    task = replace(task.asking(question, task.topic or ""), misses=misses)
    if misses >= _MOST_MISSES:
        tell(dispatcher, tracker, "say_person_offer")
    else:
        name = "say_code_missing" if attempt.code else _credentials_question(task, attempt, understood)
        dispatcher.utter_message(response=name, data=_CODE if attempt.code else _CREDENTIALS, **_minutes())
    return [_keep(tracker, attempt), task.kept()]


def keep_details(tracker: Tracker) -> Events:
    """Events that keep the details in the message, where nothing can be done with them now."""
    text = _text(tracker)
    return [_keep(tracker, _attempt(tracker).told(read_email(text), read_serials(text)))]


def _credentials_question(task: Task, attempt: Attempt, understood: bool) -> Text:
    if attempt.email:
        return "say_ask_serial"
    if attempt.serials:
        return "say_ask_email"
    if not understood:
        return "say_credentials_unclear"
    return "say_identify_damaged" if REPORT in task.wants else "say_identify"


async def _send_code(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, attempt: Attempt) -> Events:
    email = attempt.email or ""
    keys = {"conversation": tracker.sender_id, "email": email.casefold()}
    address = _network_address(tracker)
    if not services().code_limits.allows({**keys, **({"address": address} if address else {})}):
        tell(dispatcher, tracker, "say_code_limit")
        kept = Attempt(attempt.email, attempt.serials)
        return [_keep(tracker, kept), task.asking(Question.CREDENTIALS, task.topic or "").kept()]
    owners = await asyncio.gather(*(owner_by(tracker, serial, email) for serial in attempt.serials))
    owner = next((found for found in owners if found), None)
    now = services().now()
    customer_id, device = (owner.customer_id, owner.serial) if owner else (None, None)
    attempt = Codes.with_code(attempt, customer_id, device, now)
    if owner:
        _mail(tracker, owner.email, attempt.code or "")
    dispatcher.utter_message(response="say_code_sent", data=_CODE, **_minutes())
    return [_keep(tracker, attempt), task.asking(Question.CODE, task.topic or "").kept()]


def _mail(tracker: Tracker, to: Text, code: Text) -> None:
    language = tracker.get_slot("language")
    contact = services().contact
    text = services().mail_texts[language]["code"]
    shown = f"{code[:3]} {code[3:]}"
    subject, body = text.filled(code=shown, phone=contact.phone, email=contact.email, **_minutes())
    services().postman.post(Mail(to, subject, body, language))


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


def _keep(tracker: Tracker, attempt: Attempt) -> Dict[Text, Any]:
    return SlotSet(ATTEMPT_SLOT, services().codes.keep(attempt, tracker.sender_id, services().now()))


def _minutes() -> Dict[Text, Text]:
    return {"minutes": str(int(codes.LIFE.total_seconds() // 60))}


def _text(tracker: Tracker) -> Text:
    return tracker.latest_message.get("text") or ""


def _network_address(tracker: Tracker) -> Optional[Text]:
    """From where the message came, as far as the channel says: only ever compared, never stored."""
    message = next((event for event in reversed(tracker.events) if event["event"] == "user"), None)
    return (message.get("metadata") or {}).get("address") if message else None
