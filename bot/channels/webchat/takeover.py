"""What the web chat asks of people who may have a conversation instead of the bot."""

from __future__ import annotations

from typing import Any, Optional, Protocol, Text

from rasa.core.agent import Agent

from bot.channels.webchat.hub import Signal


class Takeover(Protocol):
    """People who may have the conversation instead of the bot."""

    def look(self, conversation: Text) -> Any:
        """What `take` has to know, read under the conversation's lock. Blocks."""

    async def take(
        self, agent: Agent, conversation: Text, said: Text, payload: Optional[Text], turn: Text, looked: Any
    ) -> bool:
        """Hand what the customer said to the person who has the conversation; False: the bot has it.

        `payload`: of the button that was pressed, if one was. `turn`: the client's id of the message, the same when it
        is sent again. `looked`: from `look`. Called under the conversation's lock.
        """

    async def pass_on(self, conversation: Text, said: Text, turn: Text, looked: Any) -> None:
        """What the bot answers itself, although the person who will have the conversation has to know it, too."""

    def wish(self, said: Text, looked: Any) -> Optional[Text]:
        """The payload of the button that the words of a customer who waits stand for; None: they are for the person.

        `said`: without personal data.
        """

    async def stored(self, conversation: Text) -> None:
        """A turn has been stored: a person may want to read it."""

    async def standing(self, conversation: Text) -> Optional[Signal]:
        """Where the hand-off stands, for the customer's stream; None: the bot has the conversation."""

    def waiting(self, conversation: Text, waiting: Any) -> Signal:
        """The same for somebody in the queue (`actions.support.desk.Waiting`)."""

    def over(self, reference: Optional[Text]) -> Signal:
        """The same where the bot has the conversation again."""

    async def leave(self, conversation: Text) -> None:
        """The customer does not want a person any more. Called under the conversation's lock."""

    async def types(self, conversation: Text, typing: bool) -> None:
        """The customer begins to write to the person, or stops."""
