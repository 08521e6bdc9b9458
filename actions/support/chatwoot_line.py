"""What goes out to Chatwoot: kept in the outbox first, then told in order, and nothing twice as far as can be known."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.support.chatwoot_api import ChatwootApi, Said, Unclear
from actions.support.chatwoot_places import OPEN, Place, Places
from actions.support.outbox import Never, NotNow, Outbox, Seals

KIND = "chatwoot"
_ATTRIBUTES, _CONTACT = "chatwoot attributes", "chatwoot contact"


class Line:
    """The way to one Chatwoot account.

    What adds to it (`say` … `relay`) blocks and is meant for a thread. `key` makes each safe to repeat.

    Args:
        api: of the account.
        places: which conversation is which.
        outbox: keeps what is said until it is told.
        sealer: seals what is kept.
        mint: makes the keys of contacts; nobody may guess them.
        clock: the present moment, aware.
    """

    def __init__(
        self,
        api: ChatwootApi,
        places: Places,
        outbox: Outbox,
        sealer: Seals,
        mint: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        self.api, self.places, self._outbox = api, places, outbox
        self.sealer, self._mint, self._clock = sealer, mint, clock
        self._does = {
            "steps": self._steps,
            "say": self._say,
            "status": self._status,
            "attributes": self._attributes,
            "priority": self._priority,
            "begin": self._begin,
            "relay": self._relay,
        }
        outbox.register(KIND, self.deliver)

    def say(
        self,
        lane: str,
        content: str,
        key: str,
        private: bool = False,
        items: Sequence[Mapping[str, str]] = (),
        to: int | None = None,
    ) -> bool:
        """Something that the bot says, or a note for agents. `to`: the number of a conversation that has no place."""
        said = {"do": "say", "content": content, "private": private, "items": [dict(item) for item in items], "to": to}
        return self._add(lane, key, said)

    def status(self, lane: str, status: str, key: str) -> None:
        """From now on the conversation is the bot's (`pending`) or people's (`open`)."""
        self._claim(lane, status, key, {"do": "status", "status": status, "claimed": True})

    def hand_over(self, lane: str, steps: Sequence[Mapping[str, Any]], key: str, claims: bool) -> bool:
        """All that lets people take a conversation, kept as one: a crash between two steps leaves nothing out.

        Args:
            lane: the conversation's.
            steps: as `beginning` … `urgency` make them; each is repeated harmlessly.
            key: makes it safe to repeat.
            claims: from now on the conversation is people's.
        """
        whole = {"do": "steps", "steps": [{**step, "lane": lane, "key": f"{key} {step['do']}"} for step in steps]}
        return self._claim(lane, OPEN, key, whole) if claims else self._add(lane, key, whole)

    def relay(self, lane: str, said: str, key: str) -> bool:
        """What the customer says, in a conversation of the API inbox."""
        return self._add(lane, key, {"do": "relay", "content": said})

    def erase(self, lane: str) -> None:
        """Delete what has not gone out, and what is known of the place."""
        self._outbox.erase(lane)
        self.places.erase(lane)

    def keep_attributes(self, lane: str, attributes: Mapping[str, Any], at: float) -> None:
        """Custom attributes as Chatwoot tells them: to change one, all must be sent."""
        self.places.seen_attributes(lane, self._sealed(_ATTRIBUTES, lane, attributes), at)

    async def deliver(self, body: Mapping[str, Any]) -> None:
        """Tell Chatwoot one thing; see `actions.support.outbox.Deliver`."""
        place = await asyncio.to_thread(self.places.find, body["lane"])
        await self._does[body["do"]](body, place)

    async def _say(self, body: Mapping[str, Any], place: Place | None) -> None:
        number = _number(body, place)

        async def send(again: bool) -> Said:
            return await self.api.message(number, body["content"], body["private"], body["items"])

        await self._once(body, send)

    async def _relay(self, body: Mapping[str, Any], place: Place | None) -> None:
        number, contact = _number(body, place), self._contact(place)

        async def send(again: bool) -> Said:
            for message, words in await self.api.said(contact, number) if again else ():
                if words == body["content"] and not await asyncio.to_thread(self.places.known, message):
                    return Said(message)
            return await self.api.say(contact, number, body["content"], body["key"])

        await self._once(body, send)

    async def _once(self, body: Mapping[str, Any], send: Callable[[bool], Awaitable[Said]]) -> None:
        """Send a message that may have been sent before, if nothing says that it was."""
        key, lane = body["key"], body["lane"]
        post = await asyncio.to_thread(self.places.trying, key, lane, body["content"], self._clock())
        said = Said(post.message) if post.message is not None else None
        if said is None:
            try:
                said = await send(post.tried)
            except Unclear:
                raise
            except (NotNow, Never):
                if not post.tried:
                    await asyncio.to_thread(self.places.not_sent, key)
                raise
        await asyncio.to_thread(self.places.sent, key, lane, said.id, said.at)

    async def _steps(self, body: Mapping[str, Any], place: Place | None) -> None:
        for step in body["steps"]:
            await self.deliver(step)

    async def _status(self, body: Mapping[str, Any], place: Place | None) -> None:
        if body["claimed"] and place is not None and (place.claim is None or place.claim_out):
            return  # it was told before, and what has become of it since is Chatwoot's
        await self.api.status(_number(body, place), body["status"])
        if body["claimed"]:
            await asyncio.to_thread(self.places.told, body["lane"], body["status"])

    async def _attributes(self, body: Mapping[str, Any], place: Place | None) -> None:
        number = _number(body, place)
        seen = self._unsealed(_ATTRIBUTES, body["lane"], place.attributes if place else None)
        merged = {**seen, **body["attributes"]}
        await self.api.attributes(number, merged)
        kept = self._sealed(_ATTRIBUTES, body["lane"], merged)
        await asyncio.to_thread(self.places.keep_attributes, body["lane"], kept)

    async def _priority(self, body: Mapping[str, Any], place: Place | None) -> None:
        await self.api.priority(_number(body, place), body["priority"])

    async def _begin(self, body: Mapping[str, Any], place: Place | None) -> None:
        if place is None:
            raise Never("the conversation was erased")
        if place.number is not None:
            return
        contact = self._unsealed(_CONTACT, place.lane, place.contact) or {"key": self._mint()}
        if not contact.get("made"):
            await self._keep_contact(place.lane, contact)  # the same key again, should the answer be lost
            contact = {"key": await self.api.contact(contact["key"], body["contact"]), "made": True}
            await self._keep_contact(place.lane, contact)
        number = await self.api.begun(contact["key"]) or await self.api.begin(contact["key"])
        await asyncio.to_thread(self.places.link, place.lane, number)

    async def _keep_contact(self, lane: str, contact: Mapping[str, Any]) -> None:
        await asyncio.to_thread(self.places.keep_contact, lane, self._sealed(_CONTACT, lane, contact))

    def _claim(self, lane: str, status: str, key: str, body: Mapping[str, Any]) -> bool:
        before = self.places.find(lane)
        if before is not None and before.is_asked_for(status):
            return self._add(lane, key, body)  # a crash may have come between claim and outbox
        self.places.claim(lane, status)
        added = False
        try:
            added = self._add(lane, key, body)
        finally:
            if not added and before is not None:
                self.places.reclaim(before)
        return added

    def _add(self, lane: str, key: str, body: Mapping[str, Any]) -> bool:
        return self._outbox.add(KIND, lane, {**body, "lane": lane, "key": key}, key_of(key))

    def _contact(self, place: Place | None) -> str:
        if place is None or place.contact is None:
            raise Never("the conversation was erased, or never begun")
        return str(self._unsealed(_CONTACT, place.lane, place.contact)["key"])

    def _unsealed(self, purpose: str, lane: str, sealed: str | None) -> dict[str, Any]:
        return self.sealer.unseal(purpose, lane, sealed) if sealed else {}

    def _sealed(self, purpose: str, lane: str, value: Mapping[str, Any]) -> str:
        return self.sealer.seal(purpose, lane, dict(value), self._clock())


def key_of(key: str) -> str:
    """The key in the outbox."""
    return f"{KIND} {key}"


def beginning(contact: Mapping[str, str]) -> dict[str, Any]:
    """Make contact (`name`, `email`) and conversation in the API inbox, where there is none yet."""
    return {"do": "begin", "contact": dict(contact)}


def words(content: str) -> dict[str, Any]:
    """What the customer has written, in a conversation of the API inbox."""
    return {"do": "relay", "content": content}


def opening(claimed: bool) -> dict[str, Any]:
    """Show the conversation to people."""
    return {"do": "status", "status": OPEN, "claimed": claimed}


def note(content: str) -> dict[str, Any]:
    """A note for agents."""
    return {"do": "say", "content": content, "private": True, "items": []}


def facts(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Add to the custom attributes."""
    return {"do": "attributes", "attributes": dict(attributes)}


def urgency(priority: str) -> dict[str, Any]:
    """How urgent it is."""
    return {"do": "priority", "priority": priority}


def _number(body: Mapping[str, Any], place: Place | None) -> int:
    number = body.get("to") or (place.number if place else None)
    if number is None:
        raise Never("the conversation was erased, or could not be begun")
    return int(number)
