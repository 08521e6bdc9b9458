"""What the tests of all desks say, and messages that their visitors leave."""

from __future__ import annotations

MESSAGES = {
    "en": "My charger HQA1 X773 0002 fell.\nCan I talk to someone about a new one? <b>Maja & co</b>",
    "sv": "Min laddare HQA1 X773 0002 gick i golvet.\nKan jag prata med någon om en ny? <b>Maja & co</b>",
}
MESSAGE = MESSAGES["en"]
ADDRESS = "maja@example.com"
CHAT = "c" * 32
LANGUAGES = ("en", "sv")
ASKS = {"en": "I want to talk to a person", "sv": "Jag vill prata med en person"}
LEAVE = {"en": "Leave a message", "sv": "Lämna ett meddelande"}
SEND = {"en": "Yes, send it", "sv": "Ja, skicka"}
QUESTION = {"en": "Is the program free of charge?", "sv": "Vad kostar programmet?"}


async def writes_letter(place, language="en", address=ADDRESS):
    """A visitor who has written a message and an address, up to the last question."""
    visitor = await place.visitor(language)
    await visitor.says(QUESTION[language])
    await visitor.says(ASKS[language])
    await visitor.presses(LEAVE[language])
    await visitor.says(MESSAGES[language])
    await visitor.says(address)
    return visitor


async def leaves_letter(place, language="en"):
    """A visitor who has left a message."""
    visitor = await writes_letter(place, language)
    await visitor.presses(SEND[language])
    return visitor
