"""A damaged device: what happened, to which, what the terms say, and a case for support."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.access import account_of
from actions.account import AccountSkill, no_devices
from actions.case import open_and_tell, tell_open_case
from actions.decision_answers import decision_data, tell_decision
from actions.identification import identify
from actions.identity.grants import NotIdentified
from actions.program import Condition, Damage, Decision, Outcome, Reason, asks_condition, decide
from actions.report import Report
from actions.services import services
from actions.skill import Events, entity_value, topic_of
from actions.task import REPORT as TOPIC
from actions.task import Question, Task
from actions.tell import tell
from actions.units import buttons_for, choose, device_handle, name_of

_MOST_MISSES = 2
_QUESTIONS = {
    Question.DAMAGE: ("say_ask_damage", "say_ask_damage_again"),
    Question.CONDITION: ("say_ask_condition", "say_ask_condition_again"),
}


class ReportDamage(AccountSkill):
    """Asks only for what it does not know yet, then tells the decision, its reason and the next step."""

    topic = TOPIC

    def name(self) -> Text:
        return "action_report_damage"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        task = _after_message(tracker)
        report, wish = task.report or Report(), entity_value(tracker, "decision")
        if task.misses >= _MOST_MISSES:
            tell(dispatcher, tracker, "say_person_offer")
            return [task.kept()]
        if wish == "cancelled" and task.asks is Question.CASE:
            dispatcher.utter_message(response="say_case_declined")
            return [_settled(task).kept()]
        if report.kind is None:
            return ask(dispatcher, task, Question.DAMAGE)
        if asks_condition(report.kind, report.condition):
            return ask(dispatcher, task, Question.CONDITION)
        if _needs_no_device(report):
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
            dispatcher.utter_message(
                response="say_no_devices", data=decision_data(_decide(report, None, None), None)
            )
            return [_settled(task).kept()]
        choice = choose(tracker, account.customer.devices, report.unit, report.device)
        if choice.device is None and choice.among:
            return _ask_unit(dispatcher, tracker, task, choice.among, choice.unknown)
        if choice.device is None:
            return _tell(dispatcher, tracker, task, _decide(report, account, None), None)
        device = choice.device
        agreed = entity_value(tracker, "decision") == "confirmed" and Task.of(tracker).asks is Question.CASE
        same = (Task.of(tracker).report or Report()).device == device_handle(tracker, device.serial)
        task = replace(task, report=replace(report, device=device_handle(tracker, device.serial)))
        decision = _decide(report, account, device)
        if decision.outcome is Outcome.ELIGIBLE and agreed and same:
            await open_and_tell(dispatcher, tracker, account, device, decision.damage)
            return [_settled(task).kept()]
        if decision.outcome is Outcome.ELIGIBLE and device.serial in account.open_cases:
            tell_open_case(dispatcher, tracker, account, device)
            return [_settled(task).kept()]
        return _tell(dispatcher, tracker, task, decision, device)

    def unavailable(self, tracker: Tracker) -> Dict[Text, Any]:
        """The decision that cannot be made now."""
        kind = (_after_message(tracker).report or Report()).kind or Damage.DEFECT
        decision = Decision(kind, Outcome.NEEDS_SUPPORT, Reason.REGISTRY_UNAVAILABLE)
        return {"data": decision_data(decision, None)}

    def unfinished(self, tracker: Tracker) -> Events:
        """What was told is kept; nothing is asked now."""
        return [replace(_after_message(tracker), asks=None).kept()]


def ask(dispatcher: CollectingDispatcher, task: Task, question: Question) -> Events:
    """Ask what happened, or whether the device works."""
    first, again = _QUESTIONS[question]
    dispatcher.utter_message(response=again if task.misses else first)
    return [task.asking(question, TOPIC).kept()]


async def ask_again(dispatcher: CollectingDispatcher, tracker: Tracker, task: Task) -> Events:
    """Come back to the open question after something else was answered.

    Raises:
        NotIdentified, RegistryUnavailable: the devices to choose from cannot be read.
    """
    if task.asks in (Question.DAMAGE, Question.CONDITION):
        return ask(dispatcher, task, task.asks)
    account, report = await account_of(tracker), task.report or Report()
    if account is None:
        return []
    choice = choose(tracker, account.customer.devices, report.unit, report.device)
    if task.asks is Question.UNIT or choice.device is None:
        return _ask_unit(dispatcher, tracker, task, choice.among, False)
    device = choice.device
    values = {**name_of(device, tracker.get_slot("language")), "device": device_handle(tracker, device.serial)}
    dispatcher.utter_message(response="say_ask_case", **values)
    return []


def _after_message(tracker: Tracker) -> Task:
    """The task with what the message tells; one more miss where a question is open and it tells nothing."""
    task, message = Task.of(tracker), tracker.latest_message
    entities, text = message.get("entities") or [], message.get("text") or ""
    before = task.report or Report()
    if topic_of(message) == TOPIC and before.begun_again(entities, len(text.split())):
        before = Report()
    report = before.told(entities, asked_condition=task.asks is Question.CONDITION)
    told_nothing = report == task.report and topic_of(message) == "nlu_fallback" and task.is_open
    names_device = task.asks is Question.UNIT and any(letter.isdigit() for letter in text)
    missed = told_nothing and not names_device
    return replace(task, report=report, topic=TOPIC, misses=task.misses + 1 if missed else 0)


def _needs_no_device(report: Report) -> bool:
    only_looks = report.kind is Damage.COSMETIC and report.condition is Condition.WORKS
    return only_looks or report.kind in (Damage.LOST, Damage.STOLEN)


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
    return [_settled(task).kept()]


def _settled(task: Task) -> Task:
    return replace(task.asking(Question.NOTHING, TOPIC), report=replace(task.report or Report(), settled=True))


def _ask_unit(
    dispatcher: CollectingDispatcher, tracker: Tracker, task: Task, among: Any, unknown: bool
) -> Events:
    answer = "say_no_such_unit" if unknown else "say_ask_unit" if task.misses == 0 else "say_ask_unit_again"
    dispatcher.utter_message(response=answer, choices=buttons_for(tracker, among, TOPIC))
    return [task.asking(Question.UNIT, TOPIC).kept()]
