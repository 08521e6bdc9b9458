"""What the tests of typed words share: what customers write, and what they have heard."""

from __future__ import annotations

from tests.desk.letters import tickets

OPENS = {"en": "tomorrow, Tuesday, at 08.00", "sv": "i morgon, tisdag, kl. 08.00"}
LANGUAGES = ("en", "sv")
ADDRESS, SHOWN = "maja@example.com", "maja@ex….com"
"""Where the answer is to go, and how it is read back."""
MESSAGE = {"en": "My charger is acting up, please write to me.", "sv": "Min laddare krånglar, skriv gärna till mig."}
COST = {"en": "Is the program free of charge?", "sv": "Vad kostar programmet?"}


def texts(messages: list[dict]) -> list[str]:
    """What the messages say."""
    return [message["text"] for message in messages]


async def writing(room, language: str, *said: str):
    """A visitor who leaves a message, asked for in words."""
    visitor = await room.queued(language)
    await visitor.says({"en": "leave a message", "sv": "lämna ett meddelande"}[language])
    for text in said:
        await visitor.says(text)
    return visitor


async def letter(room) -> dict:
    """What the one message that support has says."""
    from actions.desk_parts import personal_data

    (ticket,) = tickets(room)
    return await personal_data(ticket)
