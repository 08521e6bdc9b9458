"""What the customer and each device are covered by, which claims there are, and which devices."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.access import account_of
from actions.account import AccountSkill, no_devices
from actions.case import tell_open_cases
from actions.coverage_answers import tell_claims, tell_coverage, tell_devices
from actions.identification import identify
from actions.identity.grants import NotIdentified
from actions.program import ClaimStatus, Coverage, coverage_of
from actions.registry import Account
from actions.report import Report
from actions.services import services
from actions.skill import Events, entity_value, remark_of
from actions.task import REPORT, Question, Task
from actions.units import choose

_CASE = "case"
"""The remark on a question about the customer's case."""


class AboutDevices(AccountSkill):
    """Identifies the customer first; then tells of all devices, or of those that the message names.

    `next_topic`: what a unit that is named next is asked about, where that is another one.
    """

    next_topic: Optional[Text] = None

    def name(self) -> Text:
        return f"action_{self.topic}"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        task = Task.of(tracker)
        try:
            account = await account_of(tracker)
        except NotIdentified:
            return await identify(dispatcher, tracker, replace(task, topic=self.topic), self.topic)
        if account is None or no_devices(account):
            dispatcher.utter_message(response="say_no_devices")
        else:
            self.tell(dispatcher, tracker, account, coverage_now(account))
        unit = entity_value(tracker, "unit")
        if unit and not task.is_open and (task.report is None or task.report.settled):
            task = replace(task, report=Report(unit=unit))  # "I dropped it" may come next
        if task.is_open:
            return [FollowupAction("action_come_back")]
        return task.asking(Question.NOTHING, self.next_topic or self.topic).going_on()

    @abstractmethod
    def tell(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, account: Account, coverage: Coverage
    ) -> None:
        """Say it; the account has at least one device."""


class CheckCoverage(AboutDevices):
    """Program and warranty, overall and for each device: until when, and what is left."""

    topic = "check_coverage"

    def tell(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, account: Account, coverage: Coverage
    ) -> None:
        tell_coverage(dispatcher, tracker, _meant(tracker, account, coverage), whole=coverage)


class CheckClaims(AboutDevices):
    """Accident claims left or used for each device, and what support is working on."""

    topic = "check_claims"

    def tell(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, account: Account, coverage: Coverage
    ) -> None:
        if remark_of(tracker) == _CASE:
            if tell_open_cases(dispatcher, tracker, account):
                return
            if not any(claim.status is ClaimStatus.OPEN for each in account.customer.devices for claim in each.claims):
                dispatcher.utter_message(response="say_no_case")
                if Task.of(tracker).asks is Question.CASE:
                    return  # whether one is to be opened is asked again
        elif Task.of(tracker).asks is Question.CASE:  # "does this use up my one replacement?"
            dispatcher.utter_message(response="say_case_uses_nothing")
        tell_claims(dispatcher, tracker, _meant(tracker, account, coverage), whole=coverage, cases=account.open_cases)


class ListDevices(AboutDevices):
    """Which devices are the customer's, and which of them are registered.

    "I dropped one of my devices" is a report; a unit that is named after the list is one to tell more of.
    """

    topic = "list_devices"
    next_topic = CheckCoverage.topic

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if entity_value(tracker, "damage_type"):
            return [FollowupAction(f"action_{REPORT}")]
        return await super().answer(dispatcher, tracker)

    def tell(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, account: Account, coverage: Coverage
    ) -> None:
        tell_devices(dispatcher, tracker, coverage)


def coverage_now(account: Account) -> Coverage:
    """The customer's standing today (in the time zone of the contact hours)."""
    return coverage_of(account.customer, services().now().date(), services().terms)


def _meant(tracker: Tracker, account: Account, coverage: Coverage) -> Coverage:
    """The coverage with the devices that the message is about: all, where it names none that the customer has."""
    choice = choose(tracker, account.customer.devices, entity_value(tracker, "unit"), entity_value(tracker, "device"))
    meant = (choice.device,) if choice.device else () if choice.unknown else choice.among
    found = tuple(each for each in coverage.devices if each.device in meant)
    return replace(coverage, devices=found or coverage.devices)
