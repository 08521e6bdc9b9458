"""Messages that belong to an open question, and coming back to it after something else."""

from __future__ import annotations

from typing import Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import asides, beyond, damage, danger, identification, letter
from actions.account import AccountSkill
from actions.identity.grants import NotIdentified
from actions.own_details import add_own_details
from actions.several import waiting_questions
from actions.skill import Events, entity_value
from actions.task import IDENTIFYING, REPORT, WRITING, Task


class GoOn(AccountSkill):
    """The message answers the open question, or corrects what was told (`OpenQuestionPolicy` says so)."""

    topic = "check_coverage"

    def name(self) -> Text:
        return "action_go_on"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        task = Task.of(tracker)
        if danger.is_answered(tracker):
            return [FollowupAction("action_ask_contact" if danger.need_of(tracker) else f"action_{REPORT}")]
        if beyond.is_asked(tracker):
            return [FollowupAction("action_ask_contact")]
        if task.asks in IDENTIFYING:
            return await identification.go_on(dispatcher, tracker, task)
        if task.asks in WRITING:
            return await letter.go_on(dispatcher, tracker, task)
        tells_damage = bool(entity_value(tracker, "damage_type"))  # of a device that was told of: it is reported
        return [FollowupAction(f"action_{REPORT if tells_damage else task.topic or self.topic}")]

    def unfinished(self, tracker: Tracker) -> Events:
        """Details and facts that were given are kept."""
        return identification.unfinished(tracker)


class ComeBack(AccountSkill):
    """After an answer to something else: adds what it means for this customer, and asks the open question again."""

    topic = "check_coverage"

    def name(self) -> Text:
        return "action_come_back"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        await add_own_details(dispatcher, tracker)
        task = Task.of(tracker)
        if not task.is_open or waiting_questions(tracker):  # it is asked again behind the last answer
            return []
        explains = asides.wants_explanation(tracker)
        if task.asks in IDENTIFYING:
            if explains:
                return identification.explain(dispatcher, tracker, task)
            return identification.ask(dispatcher, tracker, task, again=asides.is_aside(tracker))
        if task.asks in WRITING:
            return letter.explain(dispatcher, tracker) if explains else letter.ask_again(dispatcher, tracker)
        try:
            return await damage.ask_again(dispatcher, tracker, task, explains)
        except NotIdentified:
            return await identification.identify(dispatcher, tracker, task, damage.TOPIC)
