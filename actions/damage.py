"""A damaged device: what happened, to which, what the terms say, and a case for support."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Optional, Sequence, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import danger, letter
from actions.access import account_of
from actions.account import ACTION_LISTEN, AccountSkill, no_devices
from actions.case import open_and_tell, tell_open_case
from actions.decision_answers import decision_data, tell_decision
from actions.identification import details_kept, identify
from actions.identity.grants import NotIdentified
from actions.program import Damage, Decision, Device, Outcome, Reason, asks_condition, decide
from actions.report import Report
from actions.services import services
from actions.skill import Events, entity_value, remark_of, topic_of
from actions.support.wording import unit_name
from actions.task import IDENTIFYING, WRITING, Question, Task
from actions.task import REPORT as TOPIC
from actions.tell import tell
from actions.units import Choice, buttons_for, choose, choose_another, choose_known, device_handle, name_of

_MOST_MISSES = 2
_PRESSED = 1.0
"""How sure the topic of a button is, and of words that stand for one."""
_MEANT = "meant"
"""The remark on a message that says that another device was meant."""
_ABOUT_CASE = "about_case"
"""The remark on a question about the case that is offered."""
_BESIDE_THE_OFFER = ("aside", "case")
"""Remarks on a message that asks or tells something else: the offer stays for the unit that it was made for."""
_NOT_OPENED = {"cancelled": "say_case_declined", "later": "say_case_later"}
"""The customer's answer to the offer of a case -> what is said to it."""
_NOTHING_NEW = ("nlu_fallback", TOPIC)
_WHICH = ("unit", "order")
_TELLING = ("damage_type", "unit", "order", "condition", "device", "serial", "email", "agreement")
_QUESTIONS = {
    Question.DAMAGE: ("say_ask_damage", "say_ask_damage_again", "say_explain_damage"),
    Question.CONDITION: ("say_ask_condition", "say_ask_condition_again", "say_explain_condition"),
}


class ReportDamage(AccountSkill):
    """Asks only for what it does not know yet, then tells the decision, its reason and the next step."""

    topic = TOPIC

    def name(self) -> Text:
        return "action_report_damage"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if danger.is_answered(tracker):
            return await _in_danger(dispatcher, tracker)
        if letter.takes_in(tracker):
            return letter.add(dispatcher, tracker)
        if remark_of(tracker) == _ABOUT_CASE and Task.of(tracker).asks is Question.CASE:
            return await _explain(dispatcher, tracker, Task.of(tracker))
        task = _after_message(tracker)
        report, wish = task.report or Report(), entity_value(tracker, "decision")
        if task.misses >= _MOST_MISSES:
            tell(dispatcher, tracker, "say_person_offer")
            return [task.kept()]
        if wish in _NOT_OPENED:
            dispatcher.utter_message(response=_NOT_OPENED[wish])
            _tell_of_other_unit(dispatcher, tracker, report)
            return [replace(task.asking(Question.NOTHING, TOPIC), report=replace(report, later=None)).kept()]
        if report.kind is None:
            return [*details_kept(tracker), *ask(dispatcher, task, Question.DAMAGE)]
        if asks_condition(report.kind, report.condition):
            return [*details_kept(tracker), *ask(dispatcher, task, Question.CONDITION)]
        if report.needs_no_device:
            return _tell(dispatcher, tracker, task, _decide(report, None, None), None)
        try:
            account = await account_of(tracker)
        except NotIdentified:
            return await identify(dispatcher, tracker, task, TOPIC)
        return await self._for_account(dispatcher, tracker, task, account)

    async def _for_account(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, account: Any
    ) -> Events:
        report = task.report or Report()
        if no_devices(account):
            dispatcher.utter_message(response="say_no_devices", data=decision_data(_decide(report, None, None), None))
            return _settled(dispatcher, tracker, task)
        choice = _choose(tracker, account.customer.devices, report, Task.of(tracker).report)
        if choice.device is None and choice.among:
            return _ask_unit(dispatcher, tracker, task, choice.among, choice.unknown)
        if choice.device is None:
            return _tell(dispatcher, tracker, task, _decide(report, account, None), None)
        device, before = choice.device, Task.of(tracker)
        unit = device.unit.value if device.unit else report.unit
        chosen = replace(report, unit=unit, device=device_handle(tracker, device.serial), settled=False, order=None)
        chosen = _with_other_unit(chosen, account.customer.devices, device)
        task = replace(task, report=chosen)
        decision = _decide(report, account, device)
        if decision.outcome is not Outcome.ELIGIBLE:
            return _tell(dispatcher, tracker, task, decision, device)
        offered = before.asks is Question.CASE and before.report is not None and before.report.device == chosen.device
        same_damage = before.report is not None and before.report.kind == chosen.kind
        if offered and same_damage and _is_agreed(tracker):
            reference = await open_and_tell(dispatcher, tracker, device, decision.damage)
        elif device.serial in account.open_cases:
            reference = tell_open_case(dispatcher, tracker, account, device)
        elif offered and same_damage:  # nothing new was told
            _ask_case(dispatcher, tracker, device, "say_ask_case_again")
            return [task.asking(Question.CASE, TOPIC).kept()]
        else:
            return _tell(dispatcher, tracker, task, decision, device)
        return _settled(dispatcher, tracker, replace(task, report=replace(chosen, case=reference)))

    def unavailable(self, tracker: Tracker) -> Dict[Text, Any]:
        """The decision that cannot be made now."""
        kind = (_after_message(tracker).report or Report()).kind or Damage.DEFECT
        decision = Decision(kind, Outcome.NEEDS_SUPPORT, Reason.REGISTRY_UNAVAILABLE)
        return {"data": decision_data(decision, None)}

    def unfinished(self, tracker: Tracker) -> Events:
        """What was told is kept; nothing is asked now."""
        return [*details_kept(tracker), replace(_after_message(tracker), asks=None).kept()]


async def _explain(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """What a case is, for one who asks about the one that is offered."""
    try:
        return await ask_again(dispatcher, tracker, task, explained=True)
    except NotIdentified:
        return await identify(dispatcher, tracker, task, TOPIC)


async def _in_danger(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """What to do now; what was told is kept for a report, or for the message to support that is being written."""
    danger.answer(dispatcher, tracker, "talk_to_human", TOPIC)
    task = Task.of(tracker)
    if not danger.is_told(tracker):  # a question about it
        return letter.ask_again(dispatcher, tracker) if task.asks in WRITING else []
    if task.asks in WRITING:  # what is asked besides is for support, too
        return [*await letter.take(dispatcher, tracker, task), FollowupAction(ACTION_LISTEN)]
    asks = task.asks if task.asks in IDENTIFYING else Question.NOTHING
    return [*details_kept(tracker), replace(_after_message(tracker), asks=asks, misses=task.misses).kept()]


def ask(dispatcher: CollectingDispatcher, task: Task, question: Question, explained: bool = False) -> Events:
    """Ask what happened, or whether the device works."""
    first, again, explanation = _QUESTIONS[question]
    dispatcher.utter_message(response=explanation if explained else again if task.misses else first)
    return [task.asking(question, TOPIC).kept()]


async def ask_again(
    dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, explained: bool = False
) -> Events:
    """Come back to the open question after something else was answered; `explained`: say what it is about, too.

    Raises:
        NotIdentified, RegistryUnavailable: the devices to choose from cannot be read.
    """
    if task.asks in (Question.DAMAGE, Question.CONDITION):
        return ask(dispatcher, task, task.asks, explained)
    account, report = await account_of(tracker), task.report or Report()
    if account is None:
        return []
    choice = choose_known(tracker, account.customer.devices, report.unit, report.device)
    if task.asks is Question.UNIT or choice.device is None:
        return _ask_unit(dispatcher, tracker, task, choice.among, False, explained)
    _ask_case(dispatcher, tracker, choice.device, "say_case_explained" if explained else "say_ask_case")
    return []


def _after_message(tracker: Tracker) -> Task:
    """The task with what the message tells; one more miss where a question is open and it tells nothing."""
    task, message = Task.of(tracker), tracker.latest_message
    entities, text = message.get("entities") or [], message.get("text") or ""
    before, words = task.report or Report(), len(text.split())
    if _is_beside_the_offer(tracker, task):
        entities = [entity for entity in entities if entity["entity"] not in _WHICH]
    corrects = remark_of(tracker) == _MEANT
    if topic_of(message) == TOPIC and not corrects and before.begun_again(entities, words):
        before = before.next_one(entities, words)
    report = before.told(entities, asked_condition=task.asks is Question.CONDITION)
    if remark_of(tracker) in (danger.DANGER, danger.WARNED):
        report = report.in_danger()
    tells = any(entity["entity"] in _TELLING for entity in entities)
    names_device = task.asks is Question.UNIT and any(letter.isdigit() for letter in text)
    typed = (message.get("intent") or {}).get("confidence", 0.0) < _PRESSED
    missed = task.is_open and typed and topic_of(message) in _NOTHING_NEW and not tells and not names_device
    return replace(task, report=report, topic=TOPIC, misses=task.misses + 1 if missed else 0)


def _choose(tracker: Tracker, devices: Sequence[Device], report: Report, before: Optional[Report]) -> Choice:
    """Which device is meant; for one who corrects himself, not the one of `before` again."""
    if before and _is_beside_the_offer(tracker, Task.of(tracker)):
        return choose_known(tracker, devices, report.unit, report.device)
    choice = choose(tracker, devices, report.unit, report.device, report.order)
    if remark_of(tracker) != _MEANT or not before:
        return choice
    is_same = choice.device is not None and device_handle(tracker, choice.device.serial) == before.device
    if not is_same and not choice.unknown:
        return choice
    same_kind = is_same and entity_value(tracker, "unit") is not None
    another = choose_another(tracker, devices, before.unit, before.device, same_kind)
    return another if another.device or another.among else choice


def _is_beside_the_offer(tracker: Tracker, task: Task) -> bool:
    return task.asks is Question.CASE and remark_of(tracker) in _BESIDE_THE_OFFER


def _is_agreed(tracker: Tracker) -> bool:
    """Whether the customer says yes to a case: by the button, in words, or by a yes that names the device again."""
    if entity_value(tracker, "decision"):
        return entity_value(tracker, "decision") == "confirmed"
    says_so = entity_value(tracker, "agreement") or topic_of(tracker.latest_message) == "affirm"
    return bool(says_so) and not entity_value(tracker, "hesitation")


def _ask_case(dispatcher: CollectingDispatcher, tracker: Tracker, device: Device, answer: Text) -> None:
    name = name_of(device, tracker.get_slot("language"))
    dispatcher.utter_message(response=answer, device=device_handle(tracker, device.serial), **name)


def _decide(report: Report, account: Any, device: Any) -> Decision:
    now, terms = services().now(), services().terms
    customer = account.customer if account else None
    return decide(report.kind or Damage.DEFECT, customer, device, now.date(), terms, report.condition)


def _tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, decision: Decision, device: Any
) -> Events:
    tell_decision(dispatcher, tracker, decision, device)
    if decision.outcome is Outcome.ELIGIBLE:
        return [task.asking(Question.CASE, TOPIC).kept()]
    return _settled(dispatcher, tracker, task)


def _settled(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """The end of a report; a unit that was named besides comes next, if the customer wants."""
    report = task.report or Report()
    _tell_of_other_unit(dispatcher, tracker, report)
    return [replace(task.asking(Question.NOTHING, TOPIC), report=replace(report, settled=True, later=None)).kept()]


def _tell_of_other_unit(dispatcher: CollectingDispatcher, tracker: Tracker, report: Report) -> None:
    if report.later:
        unit, damage = report.later
        name = unit_name(unit, tracker.get_slot("language"))
        payload = f'/{TOPIC}{{"unit": "{unit}", "damage_type": "{damage}"}}'
        choices = [{"title": name.title, "payload": payload, "role": "affirm"}]
        dispatcher.utter_message(response="say_other_unit", unit=name.the, choices=choices)


def _with_other_unit(report: Report, devices: Sequence[Device], device: Device) -> Report:
    """The report of who said that both are damaged and named none: the other one comes next, where it is only one."""
    others = {each.unit for each in devices if each.unit and each.unit != device.unit}
    if not report.both or report.later or len(others) != 1 or not report.damage:
        return report
    return replace(report, later=(others.pop().value, report.damage[0]), both=False)


def _ask_unit(
    dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, among: Any, unknown: bool, explained: bool = False
) -> Events:
    if task.asks is Question.UNIT and any(letter.isdigit() for letter in tracker.latest_message.get("text") or ""):
        task = replace(task, misses=task.misses + 1)  # the end of a serial number that no device has
    if task.misses >= _MOST_MISSES:
        tell(dispatcher, tracker, "say_person_offer")
        return [task.kept()]
    answer = "say_no_such_unit" if unknown else "say_ask_unit" if task.misses == 0 else "say_ask_unit_again"
    answer = "say_explain_unit" if explained else answer
    dispatcher.utter_message(response=answer, choices=buttons_for(tracker, among, TOPIC))
    return [task.asking(Question.UNIT, TOPIC).kept()]
