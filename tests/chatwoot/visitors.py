"""Customers of the web chat whom agents answer in Chatwoot."""

from __future__ import annotations

import itertools

from tests.conftest import ADULT

COST = "Is the program free of charge?"
MESSAGE = "My charger HQA1 X773 0002 fell. Can I talk to someone about a new one?"
_ids = itertools.count(1)


class Visitor:
    """One conversation in the web chat."""

    def __init__(self, office, conversation: str) -> None:
        self.office, self.conversation, self.seen = office, conversation, 0

    async def says(self, text: str | None = None, button: str | None = None, id: str | None = None) -> list[str]:
        """The replies to a text or a button."""
        from bot.channels.webchat.requests import MessageRequest

        request = MessageRequest(id or f"m{next(_ids)}", text, button)
        replies = await self.office.chat.take(self.office.agent, self.conversation, request)
        await self.office.settle()
        return [each["text"] for each in replies]

    async def presses(self, title: str) -> list[str]:
        """The replies to a button that was shown, the latest of this title."""
        shown = [button for message in self.everything for button in message.get("buttons") or []]
        return await self.says(button=next(each for each in reversed(shown) if each["title"] == title)["id"])

    @property
    def everything(self) -> list[dict]:
        return self.office.chat.store.after(self.conversation, 0)

    def hears(self) -> list[dict]:
        """What has come since the last look, from bot and people."""
        new = self.everything[self.seen :]
        self.seen += len(new)
        return [each for each in new if each["from"] != "customer"]

    @property
    def in_chatwoot(self):
        """The conversation in the API inbox."""
        return self.office.chatwoot.conversations[self.office.line.places.find(self.conversation).number]


async def visitor(office, language: str = "en") -> Visitor:
    """An adult in the web chat."""
    from bot.channels.webchat.requests import SessionRequest

    conversation, _ = await office.chat.start(office.agent, SessionRequest(language, None))
    made = Visitor(office, conversation)
    await made.says(ADULT)
    return made


async def queued(office) -> Visitor:
    """A visitor who waits for a person."""
    made = await visitor(office)
    await made.says(COST)
    await made.says("I want to talk to a person")
    return made


async def with_anna(office) -> Visitor:
    """A visitor with whom Anna writes."""
    made = await queued(office)
    office.chatwoot.agent_says(made.in_chatwoot, "Anna", "Hi, I have read what you wrote.")
    await office.settle()
    return made
