"""Ways to reach a person, and when: every answer knows the time."""

from __future__ import annotations

from typing import Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import beyond, danger, letter
from actions.handoff import cancel_and_tell, leave, person_wanted, tell_place
from actions.services import services
from actions.skill import Events, Skill, entity_value
from actions.support.handoff import ASKED
from actions.task import WRITING, Task
from actions.tell import tell


class AskContact(Skill):
    """How to reach support; and, where it cannot wait and support is not who helps, the number to call."""

    def name(self) -> Text:
        return "action_ask_contact"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        need = danger.need_of(tracker)
        if need is None:
            if not beyond.answer(dispatcher, tracker):
                tell(dispatcher, tracker, "say_ask_contact")
            return []
        danger.say_need(dispatcher, need)
        task = Task.of(tracker)
        if task.asks in WRITING:
            return [*await letter.take(dispatcher, tracker, task), FollowupAction("action_listen")]
        if need == danger.CRY and not task.is_open:
            dispatcher.utter_message(response="utter_help")
        return [FollowupAction("action_listen")] if need == danger.HEALTH else []


class AskOpeningHours(Skill):
    """When support is open, and whether it is now."""

    def name(self) -> Text:
        return "action_ask_opening_hours"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        tell(dispatcher, tracker, "say_ask_opening_hours")
        beyond.tell_holidays(dispatcher, tracker)
        return []


class TalkToHuman(Skill):
    """To a person: the queue, or the other ways at this hour; and the buttons that belong to it."""

    def name(self) -> Text:
        return "action_talk_to_human"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        pressed = entity_value(tracker, "handoff")
        if pressed == "cancel":
            return await cancel_and_tell(dispatcher, tracker)
        if pressed == danger.DANGER:  # one who waits in the queue, and stays there
            danger.warn(dispatcher, tracker)
            await services().desk.alarm(tracker.sender_id)
            return []
        if pressed == "leave":
            return await leave(dispatcher, tracker)
        if pressed == "offer":
            tell(dispatcher, tracker, "say_person_offer")
            return []
        if pressed == "call" and Task.of(tracker).asks not in WRITING:
            tell(dispatcher, tracker, "say_call")
            return []
        if pressed == "place":
            return await tell_place(dispatcher, tracker)
        if pressed:
            return await letter.step(dispatcher, tracker, pressed)
        return await person_wanted(dispatcher, tracker, ASKED, "say_talk_to_human")


class Complaint(Skill):
    """To a person, who takes a complaint further."""

    def name(self) -> Text:
        return "action_complaint"

    async def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        return await person_wanted(dispatcher, tracker, "complaint", "say_complaint")
