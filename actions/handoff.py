"""To a person and back: the queue and its cancel button."""

from __future__ import annotations

from typing import Any, Dict, Text, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.brief import wish_for_a_person
from actions.offer import reason_for_a_person
from actions.services import services
from actions.skill import Events, channel_of
from actions.support.desk import LIVE_CHANNELS
from actions.support.handoff import ASKED, Handoff, State
from actions.support.service_level import Place
from actions.task import Task
from actions.tell import tell

DESK_ANSWERS = {
    "joined": "say_agent_joined",
    "moved": "say_agent_changed",
    "returned": "say_bot_is_back",
    "closed": "say_chat_closed",
    "waiting": "say_still_waiting",
    "next": "say_next_in_line",
}
"""What customers are told when something happens at the desk, by what it is; `waiting` knows the hour."""


_QUEUED = ("say_queued", "say_queued_estimate", "say_queued_unstaffed")
_PLACE = ("say_place", "say_place_estimate", "say_place_unstaffed")
"""Answers that name the place in the queue: plain, with the minutes, and where nobody is at work."""

_WITHOUT_CHAT = {"say_talk_to_human": "say_talk_to_human_no_chat"}
"""Answer -> the one for a chat in which people never answer."""


async def person_wanted(dispatcher: CollectingDispatcher, tracker: Tracker, reason: Text, answer: Text) -> Events:
    """A person is asked for: in open hours the queue, where a person can answer here; else the other ways.

    `answer`: what names those ways, in two variants, open and closed.
    """
    now = services().now()
    channel = channel_of(tracker)
    is_live = await services().desk.is_live(channel)
    if not is_live or not services().contact.hours.status(now).open:
        chat_is_expected = channel in LIVE_CHANNELS and not is_live
        tell(dispatcher, tracker, _WITHOUT_CHAT.get(answer, answer) if chat_is_expected else answer)
        return []
    why = reason_for_a_person(tracker, ASKED) if reason == ASKED else reason
    wish = await wish_for_a_person(tracker, why)
    handoff, place = await services().desk.queue(wish, now)
    if reason == "complaint":
        dispatcher.utter_message(response="say_complaint_heard")
    _tell_place(dispatcher, handoff, place, _QUEUED)
    return []


async def tell_place(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """How the wait stands, for one who asks."""
    now = services().now()
    standing = await services().desk.standing(tracker.sender_id, now)
    if standing is None:
        dispatcher.utter_message(response="say_not_in_queue")
    elif standing[0].state is State.QUEUED and not services().contact.hours.status(now).open:
        tell(dispatcher, tracker, "say_still_waiting")
    else:
        _tell_place(dispatcher, *standing, _PLACE)
    return []


async def cancel_and_tell(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Out of the queue, and back to the bot and the question that it had asked."""
    over, is_open = await _over(tracker), Task.of(tracker).is_open
    if not await cancel(dispatcher, tracker):
        return []
    dispatcher.utter_message(response="say_queue_left" if is_open else "say_queue_cancelled", **over)
    return [FollowupAction("action_come_back")] if is_open else []


async def cancel(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Out of the queue. False, and the customer is told who it is: a person is there already."""
    still = await services().desk.cancel(tracker.sender_id, services().now())
    if still is None or still.state is not State.ASSIGNED:
        return True
    dispatcher.utter_message(response="say_agent_is_here", data=handoff_data(still))
    return False


async def leave(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Back to the bot, whoever has the conversation."""
    over = await _over(tracker)
    await services().desk.leave(tracker.sender_id, services().now())
    dispatcher.utter_message(response="say_with_bot_again", **over)
    return []


async def _over(tracker: Tracker) -> Dict[Text, Any]:
    """`data` that says that the customer's hand-off is over; nothing where there is none."""
    standing = await services().desk.standing(tracker.sender_id, services().now())
    if standing is None:
        return {}
    return {"data": {**handoff_data(standing[0]), "state": State.CLOSED.value}}


def handoff_data(handoff: Handoff, position: Any = None) -> Dict[Text, Any]:
    """The hand-off as the contract's `handoff`."""
    state = handoff.state.value if handoff.state in (State.QUEUED, State.ASSIGNED) else State.CLOSED.value
    return {"kind": "handoff", "state": state, "position": position, "reference": handoff.reference}


def _tell_place(
    dispatcher: CollectingDispatcher, handoff: Handoff, place: Place, answers: Tuple[Text, Text, Text]
) -> None:
    """`answers`: as `_QUEUED`."""
    if handoff.state is State.ASSIGNED:
        dispatcher.utter_message(response="say_agent_is_here", data=handoff_data(handoff))
        return
    plain, estimate, unstaffed = answers
    data, position = handoff_data(handoff, place.position), str(place.position)
    if not place.staffed:
        dispatcher.utter_message(response=unstaffed, data=data, position=position)
    elif place.minutes is None:
        dispatcher.utter_message(response=plain, data=data, position=position)
    else:
        dispatcher.utter_message(response=estimate, data=data, position=position, minutes=str(place.minutes))
