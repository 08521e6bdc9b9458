"""Where a hand-off stands, as the customer's stream tells it: with the button that leads back to the bot."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Text

from bot.channels.turns import Buttons
from bot.channels.webchat.hub import Signal
from bot.understanding.wishes import title_key

Titles = Mapping[Text, Mapping[Text, Text]]
"""language -> `cancel` and `leave` -> what the button is called."""


class Standing:
    """Makes the signals of the event `handoff`."""

    def __init__(self, buttons: Buttons, titles: Titles) -> None:
        self._buttons, self._titles = buttons, titles

    def queued(self, conversation: Text, language: Text, reference: Text, place: Any) -> Signal:
        """The customer waits: the place, the estimate in minutes where there is one, and whether anybody is there."""
        about = {"position": place.position, "minutes": place.minutes, "staffed": place.staffed}
        return self._of("queued", reference, **about, button=self._button(conversation, language, "cancel"))

    def assigned(self, conversation: Text, language: Text, reference: Text, first_name: Text) -> Signal:
        """A person of this name has the conversation."""
        return self._of("assigned", reference, name=first_name, button=self._button(conversation, language, "leave"))

    def leaving(self, text: Text) -> Optional[Text]:
        """The payload of the button that leads back to the bot, where its title was typed; else None."""
        titles = {title_key(titles["leave"]) for titles in self._titles.values()}
        return _payload("leave") if title_key(text) in titles else None

    def over(self, reference: Optional[Text]) -> Signal:
        """The bot has the conversation again."""
        return self._of("closed", reference)

    @staticmethod
    def _of(state: Text, reference: Optional[Text], **details: Any) -> Signal:
        return {"event": "handoff", "state": state, "reference": reference, **details}

    def _button(self, conversation: Text, language: Text, wish: Text) -> Dict[Text, Text]:
        """It does what the button under a message does, for as long as the hand-off lasts."""
        title = self._titles[language][wish]
        payload = _payload(wish)
        return {"id": self._buttons.sign(conversation, payload, title), "title": title}


def _payload(wish: Text) -> Text:
    return f'/talk_to_human{{"handoff": "{wish}"}}'
