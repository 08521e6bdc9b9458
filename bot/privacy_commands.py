"""`python -m bot privacy …`: erasing conversations from outside a conversation."""

from __future__ import annotations

import time
from typing import List, Text

from bot import composition
from bot.channels.webchat.store import Erased, UnknownConversation, WebChatStore

_SECONDS_OF_A_DAY = 24 * 60 * 60


async def erase(conversations: List[Text]) -> int:
    """Erase these conversations wherever the bot keeps them; how many there were.

    They may be named as `composition.conversation_called` says. That a writer is under age is kept, as when the
    customer asks for it.

    Raises:
        ValueError: a name cannot be right; then nothing is erased.
    """
    composition.prepare_skills()  # the desk forgets the conversation, too
    trackers, chats = composition.Conversations(), WebChatStore(composition.settings().tracker_url)
    trackers.domain = composition.domain()
    erased = 0
    meant = [await composition.conversation_called(name) for name in conversations]
    for conversation in filter(None, meant):
        tracker = await trackers.retrieve(conversation)
        try:
            chats.check(conversation)
        except (UnknownConversation, Erased):
            if tracker is None:
                continue
        chats.erase(conversation)
        await trackers.forget(conversation)
        erased += 1
    return erased


async def expire(days: int) -> int:
    """Erase the conversations in which nothing has happened for so many days; how many they were."""
    store = composition.Conversations()
    return await erase(await store.idle_since(time.time() - days * _SECONDS_OF_A_DAY))
