"""Works off what Chatwoot tells: the bot answers what is the bot's, and keeps what people say to each other."""

from __future__ import annotations

import asyncio
from typing import Any, Callable, Dict, List, Mapping, Optional, Text

from rasa.core.agent import Agent
from rasa.shared.core.events import UserUttered

from bot.channels.chatwoot.events import AGENT, BOT, CHOICE, CONTACT, STATE, Event
from bot.channels.chatwoot.people import People
from bot.channels.chatwoot.rooms import INBOX, PENDING
from bot.channels.chatwoot.turn import Turns
from bot.channels.desk.signals import is_waiting
from bot.channels.desk.takeover import hear, is_for_bot
from bot.understanding.conversation import wish_of_one_who_waits

Texts = Mapping[Text, Text]
"""The channel's own answers: `files`, for what the bot cannot read."""

Mint = Callable[[], Text]
Add = Callable[[Text, Mapping[Text, Any], Text], bool]
"""(lane, body, key): keeps an event to be worked off; False: it was kept before. Blocks."""


class Talk:
    """One object a process.

    Args:
        line: `actions.support.chatwoot_line.Line`.
        people: keeps hand-offs in step; None where another desk takes over, so that nobody can be asked for here.
        turns: lets the agent answer.
        texts: see there.
        add: see there.
        mint: makes the id of a new conversation.
    """

    def __init__(
        self, line: Any, people: Optional[People], turns: Turns, texts: Texts, add: Add, mint: Mint
    ) -> None:
        self._line, self.people, self._turns = line, people, turns
        self._texts, self._add, self._mint = texts, add, mint

    def keep(self, event: Event) -> bool:
        """Keep an event to be worked off; False: it was kept before, or is nothing to us. Blocks.

        Of the bot's own messages there is nothing to work off: that they are there is noted at once.
        """
        place = self._line.places.at(event.conversation)
        if event.by == BOT:
            if place is not None:
                self._line.places.echoed(place.lane, event.text, event.message)
            return False
        if place is None:
            if event.by != CONTACT or event.kind == STATE or event.private:
                return False  # where only people speak, there is nobody to answer yet
            place = self._line.places.enter(event.conversation, event.language or "sv", self._mint)
            if place is None:
                return False
        return self._add(place.lane, {"lane": place.lane, "event": event.as_body()}, event.key)

    async def work_off(self, agent: Agent, body: Mapping[Text, Any]) -> None:
        """What the event means.

        Raises:
            Exception: it is to be worked off again; nothing is done twice.
        """
        if "event" not in body:
            return  # it stands for a key that is known
        event, lane = Event(**body["event"]), body["lane"]
        place = await asyncio.to_thread(self._notice, lane, event)
        if place is None:
            return
        if self.people:
            await self.people.follow(agent, place, event)
        if event.private or event.kind == STATE:
            return
        if event.by == CONTACT and place.kind == INBOX:
            await self._customer(agent, place, event)
        elif event.by == AGENT:
            await self._agent(agent, place, event)

    async def give_up(self, agent: Agent, body: Mapping[Text, Any], problem: Text) -> None:
        """The event cannot be worked off: a customer whom the bot would have answered gets an apology.

        Raises:
            Exception: as `work_off`.
        """
        event, lane = Event(**body["event"]), body["lane"]
        place = await asyncio.to_thread(self._line.places.find, lane)
        answered = event.by == CONTACT and event.kind != STATE and not event.private
        if answered and place is not None and place.kind == INBOX and place.stands == PENDING:
            apology = await self._turns.apology(agent, lane, problem)
            await asyncio.to_thread(self._post, place, event, [apology], False)

    def _notice(self, lane: Text, event: Event) -> Any:
        """Keep how the conversation stands. A place that was erased since is made anew for a customer who goes on."""
        places = self._line.places
        place = places.find(lane)
        if place is None:
            if event.by != CONTACT:
                return None
            place = places.enter(event.conversation, event.language or "sv", self._mint)
            if place is None:
                return None
        if event.by == CONTACT and place.kind != INBOX:
            places.echoed(lane, event.text, event.message)  # the customer's words that we have relayed
        if event.attributes is not None and (event.attributes or place.attributes):
            self._line.keep_attributes(place.lane, event.attributes, event.at)
        return places.seen(place.lane, event.status, event.position, event.at)

    async def _agent(self, agent: Agent, place: Any, event: Event) -> None:
        if self.people:
            await self.people.say(agent, place, event)

    async def _customer(self, agent: Agent, place: Any, event: Event) -> None:
        async with agent.lock_store.lock(place.lane):
            button = self._turns.button(place.lane, event.values[0]) if event.values else None
            text = ", ".join(event.titles) if event.kind == CHOICE else event.text
            handoff = await self.people.desk.of(place.lane) if self.people else None
            # once more under the lock: what the bot did in the turn before may have changed whose it is
            place = await asyncio.to_thread(self._line.places.find, place.lane) or place
            if button is None and is_waiting(handoff):
                wished = wish_of_one_who_waits(self._turns.masked(text))
                button = [wished.payload, text] if wished else None
            with_person = place.stands != PENDING or (handoff is not None and handoff.silences_bot)
            if with_person and not is_for_bot(button[0] if button else None):
                await self._heard(agent, place.lane, text, event)
                return
            messages: List[Dict[Text, Any]] = []
            output = None
            if text.strip():
                output = await self._turns.take(agent, place.lane, event.key, text, button, event.language)
                messages = output.messages
            if event.files or not text.strip():
                messages = [*messages, await self._unread(agent, place)]
            erased = output is not None and (output.erased or output.forgotten)
            await asyncio.to_thread(self._post, place, event, messages, erased)
            if erased and output is not None:
                await asyncio.to_thread(self._after_erasure, place, event, output.erased)

    async def _heard(self, agent: Agent, lane: Text, text: Text, event: Event) -> None:
        """It is a person's to answer; the tracker hears it once."""
        tracker = await agent.tracker_store.get_or_create_tracker(lane)
        known = any(isinstance(each, UserUttered) and each.message_id == event.key for each in tracker.events)
        if known:
            return
        hear(tracker, "\n".join(part for part in (text, *event.files) if part) or "-", event.key)
        await agent.tracker_store.save(tracker)

    async def _unread(self, agent: Agent, place: Any) -> Dict[Text, Any]:
        tracker = await agent.tracker_store.retrieve(place.lane)
        language = (tracker.get_slot("language") if tracker else None) or place.language
        nlg: Any = agent.processor.nlg  # type: ignore[union-attr]
        return nlg.fill(self._texts["files"], language, "chatwoot") or {"text": "", "buttons": []}

    def _post(self, place: Any, event: Event, messages: List[Dict[Text, Any]], erased: bool) -> None:
        """What the bot says, in order. After an erasure it goes to the conversation without leaving a trace here."""
        lane = f"after {place.number}" if erased else place.lane
        to = place.number if erased else None
        for number, said in enumerate(messages, start=1):
            if said["text"].strip():
                items = [] if erased else self._turns.items(place.lane, said)
                self._line.say(lane, said["text"].strip(), f"{event.key} {number}", False, items, to)

    def _after_erasure(self, place: Any, event: Event, wholly: bool) -> None:
        """The same message must not begin a new conversation; a minor stays known as one."""
        if not wholly:
            self._line.places.restore(place)
        self._add(f"after {place.number}", {}, event.key)
