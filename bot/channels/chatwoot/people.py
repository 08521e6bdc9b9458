"""What Chatwoot's agents do with a conversation, and what its customer hears of it."""

from __future__ import annotations

import asyncio
from typing import Any, Callable, Dict, List, Optional, Sequence, Text, Tuple, Type

from rasa.core.agent import Agent

from bot.channels.chatwoot.events import AGENT, CONTACT, MESSAGE, Event
from bot.channels.chatwoot.rooms import INBOX, LETTER, PENDING, RESOLVED, Rooms
from bot.channels.desk.work import DeskWork

BACK = "say_with_bot_again"
"""What the bot says when it returns from somebody whose name nobody knows."""

Transcript = Callable[[List[Dict[Text, Any]]], Sequence[Any]]
"""A tracker's events -> what was said, as agents read it."""


class People:
    """Keeps the hand-offs in step with Chatwoot.

    Args:
        desk: `actions.support.chatwoot_desk.ChatwootDesk`.
        work: does what agents do, and tells customers.
        rooms: where customers read.
        errors: exceptions that mean "not yours" and "unknown", as the desk raises them.
        states: the final states, `return` and `close`.
        transcript: see `Transcript`.
    """

    def __init__(
        self,
        desk: Any,
        work: DeskWork,
        rooms: Rooms,
        errors: Tuple[Type[Exception], Type[Exception]],
        states: Dict[Text, Any],
        transcript: Transcript,
    ) -> None:
        self._transcript = transcript
        self.desk, self.work, self._rooms, self._errors, self._states = desk, work, rooms, errors, states

    async def follow(self, agent: Agent, place: Any, event: Event) -> None:
        """Bring the hand-off to where the event says that the conversation is."""
        handoff = await self._handoff(place, event)
        if handoff is None or handoff.is_over:
            return
        try:
            who = _who(place, event, handoff)
            if who:
                await asyncio.to_thread(self.desk.line.places.keep_agent, place.lane, who[1])
                await self._give(agent, handoff, who)
            if place.claim is None and place.stands in (PENDING, RESOLVED) and _tells(place, event):
                await self._end(agent, handoff.reference, place, who)
        except self._errors:
            return  # the customer was faster

    async def say(self, agent: Agent, place: Any, event: Event) -> None:
        """An agent has said something to the customer."""
        name = event.sender[1] if event.sender else ""
        text = "\n".join(part for part in (event.text, *event.files) if part)
        if not text:
            return
        handoff = await self._current(place)
        owner = _owner(event.sender) if event.sender else ""
        turn = f"chatwoot {event.message}"
        if handoff is not None and handoff.owner == owner and not handoff.is_over:
            try:
                await self.work.answer(agent, handoff.reference, owner, name, text, turn)
                return
            except ValueError:
                await asyncio.to_thread(self.desk.not_mailed, handoff, f"{turn} not mailed")
                return
            except self._errors:
                pass  # ended this moment: what was said is said
        if place.kind != LETTER:
            await self._rooms.tell(agent, place.lane, {"text": text}, {"from": "agent", "name": name}, f"desk {turn}")
        elif handoff is not None:
            await asyncio.to_thread(self.desk.not_mailed, handoff, f"{turn} not mailed")

    async def remind(self, agent: Agent) -> int:
        """Tell those who have waited too long of the other ways to support; how many they were.

        Before that, hand over what a crash has left behind, and take back what another desk has.
        """
        for handoff in await asyncio.to_thread(self.desk.unreachable, self.work.now()):
            await self._bot_again(agent, handoff, self._states["return"])
        for handoff in await asyncio.to_thread(self.desk.stranded, self.work.now()):
            tracker = await agent.tracker_store.retrieve(handoff.conversation)
            said = self._transcript([event.as_dict() for event in tracker.events]) if tracker else ()
            await asyncio.to_thread(self.desk.heal, handoff, said)
        return await self.work.remind(agent)

    async def _handoff(self, place: Any, event: Event) -> Any:
        handoff = await self._current(place)
        if handoff is not None and (handoff.silences_bot or place.kind == LETTER):
            return handoff
        by_people = event.kind == MESSAGE and event.by in (AGENT, CONTACT) and not event.private
        taken = place.kind == INBOX and place.claim is None and place.stands not in (PENDING, RESOLVED)
        if not (by_people and taken and _tells(place, event)):
            return None
        now = self.work.now()
        return await asyncio.to_thread(self.desk.taken_over, place.lane, place.language, now)

    async def _current(self, place: Any) -> Any:
        if place.kind != LETTER:
            return await self.desk.of(place.lane)
        try:
            return await asyncio.to_thread(self.desk.store.get, place.lane)
        except self._errors:
            return None

    async def _give(self, agent: Agent, handoff: Any, who: List[Text]) -> None:
        owner = _owner(who)
        if handoff.owner == owner:
            return
        if handoff.owner is None:
            await self.work.take(agent, handoff.reference, owner, who[1])
        else:
            await self.work.assign(agent, handoff.reference, handoff.owner, owner, who[1])

    async def _end(self, agent: Agent, reference: Text, place: Any, who: Optional[List[Text]]) -> None:
        handoff = await asyncio.to_thread(self.desk.store.get, reference)
        if handoff.is_over:
            return
        returned = place.stands == PENDING
        if place.kind == LETTER and returned:
            return  # nobody but people can answer it
        state, outcome = (self._states["return"], "returned") if returned else (self._states["close"], "solved")
        name = who[1] if who else place.agent
        if handoff.owner and name:
            await self.work.finish(agent, reference, handoff.owner, name, state, outcome)
            return
        if place.kind == LETTER:
            await asyncio.to_thread(self.desk.ended, handoff, state, self.work.now())
            return
        await self._bot_again(agent, handoff, state)

    async def _bot_again(self, agent: Agent, handoff: Any, state: Any) -> None:
        """End it where nobody's name is known, and say so."""
        conversation, nlg = handoff.conversation, agent.processor.nlg  # type: ignore[union-attr]

        async def change() -> bool:
            ended = await asyncio.to_thread(self.desk.ended, handoff, state, self.work.now())
            self.desk.on_change(handoff.reference)
            return bool(ended)

        filled: Dict[Text, Any] = nlg.fill(BACK, handoff.language, "webchat")  # type: ignore[attr-defined]
        data = {"kind": "handoff", "state": "closed", "position": None, "reference": handoff.reference}
        said = {"text": filled["text"], "buttons": filled["buttons"], "data": data}
        await self._rooms.tell(agent, conversation, said, None, None, change)
        await self.work.tell_standing(conversation, handoff.reference)


def _owner(who: List[Text]) -> Text:
    return f"chatwoot {who[0]}"


def _who(place: Any, event: Event, handoff: Any) -> Optional[List[Text]]:
    """The agent who has it: who writes to the customer; while nobody has, to whom Chatwoot has assigned it."""
    if event.kind == MESSAGE and event.by == AGENT and not event.private:
        return event.sender
    return event.assignee if handoff.owner is None and _tells(place, event) else None


def _tells(place: Any, event: Event) -> bool:
    """Whether the event is no old news."""
    return bool(place.is_told_by(event.position, event.at))
