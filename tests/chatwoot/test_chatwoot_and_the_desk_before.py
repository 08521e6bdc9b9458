"""Whom another desk had before Chatwoot, and what there is where CHATWOOT_INBOX is not set."""

from __future__ import annotations

import pytest

from tests.chatwoot.conftest import SUPPORT
from tests.chatwoot.visitors import COST, MESSAGE, queued, visitor


async def other_desk(office, conversation: str, owner: str | None = None) -> str:
    """A hand-off from the days of `DESK=embedded`; its reference."""
    made = office.desk.store.request(conversation, "en", "asked", office.clock(), {})
    if owner:
        office.desk.store.take(made.reference, owner, office.clock())
    return made.reference


async def test_whom_another_desk_had_waiting_is_handed_over_and_whom_its_agents_had_is_the_bots_again(office, answer):
    waits, has = await visitor(office), await visitor(office)
    for made, owner in ((waits, None), (has, "anna")):
        await other_desk(office, made.conversation, owner)
        made.hears()
    office.clock.later(minutes=1)
    for _ in range(2):
        await office.talk.people.remind(office.agent)
        await office.settle()
    assert waits.in_chatwoot.status == "open"
    assert [each["text"] for each in has.hears()] == [answer("say_with_bot_again", "en")]
    assert await has.says(COST) == [answer("utter_faq/cost", "en")]
    assert office.outbox.left() == []


class TestWithoutAnInbox:
    """CHATWOOT_INBOX is not set."""

    async def test_whom_another_desk_had_waiting_is_the_bots_again(self, office, answer):
        made = await visitor(office)
        await other_desk(office, made.conversation)
        made.hears()
        office.clock.later(minutes=1)
        for _ in range(2):
            await office.talk.people.remind(office.agent)
            await office.settle()
        assert [each["text"] for each in made.hears()] == [answer("say_with_bot_again", "en")]
        assert office.chatwoot.calls == []

    @pytest.fixture
    def inbox_of_chatwoot(self):
        return None

    async def test_the_web_chat_is_not_live(self, office, answer):
        made = await queued(office)
        assert "020-25 10 10" in made.hears()[-1]["text"]
        assert await office.desk.of(made.conversation) is None
        assert office.chatwoot.conversations == {}

    async def test_a_message_that_is_left_reaches_support_by_mail(self, office):
        made = await queued(office)
        await made.presses("Leave a message")
        for text in (MESSAGE, "maja@example.com", "yes"):
            await made.says(text)
        ticket, receipt = sorted(office.mails, key=lambda mail: mail.to, reverse=True)
        assert (ticket.to, receipt.to) == (SUPPORT, "maja@example.com")
        assert MESSAGE in ticket.text

    async def test_chatwoots_own_inboxes_are(self, office):
        conversation = await office.waiting()
        assert conversation.status == "open"
