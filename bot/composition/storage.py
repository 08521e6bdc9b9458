"""Where conversations and answers come from (`tracker_store` and `nlg` in endpoints.yml)."""

from __future__ import annotations

import asyncio
from typing import Any, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from actions import services as skill_services
from bot.composition import process
from bot.composition.process import DATA, facts, make_folder, mask
from bot.dialogue.answers import FactfulAnswers
from bot.dialogue.content import load_content
from bot.dialogue.importer import responses
from bot.settings import ROOT
from bot.storage.tracker import ConversationStore


class Answers(FactfulAnswers):
    """`nlg` in endpoints.yml. Answers come from the content files as they are now: a new wording needs no training."""

    def __init__(self, endpoint_config: Optional[EndpointConfig], domain: Domain) -> None:
        content = load_content(DATA)
        super().__init__(responses(content), facts, content.titles, content.sources)


class Conversations(ConversationStore):
    """`tracker_store` in endpoints.yml; the address comes from `TRACKER_URL`."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[Text] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        url = host or process.settings().tracker_url
        make_folder(url)
        super().__init__(url, mask, domain, event_broker)

    async def erase(self, sender_id: Text, minor: Optional[DialogueStateTracker] = None) -> None:
        """See `ConversationStore`; the desk's part of it goes with it, and what has not left the house."""
        await super().erase(sender_id, minor)
        await asyncio.to_thread(skill_services.services().outbox.erase, sender_id)
        await skill_services.services().desk.erase(sender_id)
        line = skill_services.services().chatwoot
        if line is not None:  # where another desk takes over, this is the only one that knows the place
            await asyncio.to_thread(line.erase, sender_id)


def domain() -> Domain:
    """The domain file alone, for reading stored conversations without a model."""
    return Domain.load(str(ROOT / "domain.yml"))
