"""One turn of a customer in Chatwoot: taken once, however often it is tried."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Text

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.failures import Apologies
from bot.channels.turns import Buttons, Collector, pressed, readable, typed

LONGEST_TEXT = 1000
"""Characters of a message that are read; a long e-mail begins with what it is about."""


class Turns:
    """Lets the agent answer a customer.

    Args:
        channel: its name.
        buttons: signs and reads what buttons do.
        mask: replaces personal data before it is stored.
        reference: makes a short name for an incident.
    """

    def __init__(
        self, channel: Text, buttons: Buttons, mask: Callable[[Text], Text], reference: Callable[[], Text]
    ) -> None:
        self._channel, self._buttons, self._mask = channel, buttons, mask
        self._apologies = Apologies(reference)

    def button(self, conversation: Text, value: Text) -> Optional[List[Text]]:
        """Payload and title of a button of this conversation."""
        return self._buttons.read(conversation, value)

    def masked(self, text: Text) -> Text:
        """Without personal data."""
        return self._mask(text)

    def items(self, conversation: Text, said: Dict[Text, Any]) -> List[Dict[Text, Text]]:
        """An answer's buttons as Chatwoot shows them."""
        return [
            {"title": each["title"], "value": self._buttons.sign(conversation, each["payload"], each["title"])}
            for each in said.get("buttons") or ()
        ]

    async def take(
        self,
        agent: Agent,
        conversation: Text,
        turn: Text,
        text: Text,
        button: Optional[List[Text]],
        language: Optional[Text],
    ) -> Collector:
        """What the bot says to a text or a button. Called under the conversation's lock.

        Args:
            agent: answers.
            conversation: its id.
            turn: names the message; the same again gives what was said the first time.
            text: as it was written.
            button: payload and title.
            language: to begin in, where the conversation is new.

        Raises:
            SQLAlchemyError, LockError, RedisError: try again.
        """
        output = Collector(self._channel)
        tracker = await agent.tracker_store.retrieve(conversation)
        before = said_in(tracker, turn)
        if before is not None:
            output.messages = before
            return output
        details: Dict[Text, Any] = {
            "output_channel": output,
            "sender_id": conversation,
            "input_channel": self._channel,
            "message_id": turn,
            "metadata": {"language": language} if language else None,
        }
        words = readable(text)[:LONGEST_TEXT]

        async def handle() -> None:
            message = pressed(*button, **details) if button else await typed(agent, words, self._mask(words), **details)
            await agent.processor.handle_message(message)  # type: ignore[union-attr]

        await self._apologies.answer(agent, conversation, output, handle)
        return output

    async def apology(self, agent: Agent, conversation: Text, problem: Text) -> Dict[Text, Any]:
        """What the customer is told where `problem` has stopped a turn, see `Apologies`."""
        return await self._apologies.apology(agent, conversation, self._channel, problem)


def said_in(tracker: Optional[DialogueStateTracker], turn: Text) -> Optional[List[Dict[Text, Any]]]:
    """What the bot said in a turn that was taken before; None for a new one."""
    said: Optional[List[Dict[Text, Any]]] = None
    for event in tracker.events if tracker else ():
        if isinstance(event, UserUttered):
            if event.message_id == turn:
                said = []
            elif said is not None and event.message_id:  # without an id it is an earlier question that was taken up
                break
        elif isinstance(event, BotUttered) and said is not None and not event.metadata.get("from"):
            said.append({"text": event.text or "", "buttons": event.data.get("buttons") or [], "data": None})
    return said
