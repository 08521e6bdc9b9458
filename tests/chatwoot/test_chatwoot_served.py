"""`python -m bot serve` beside a Chatwoot: a whole conversation, and a server that is killed in between."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime, timezone

import pytest

from tests.api.running import Server
from tests.chatwoot.account import ACCOUNT, INBOX, SECRET, TOKEN
from tests.chatwoot.fake import FakeChatwoot

_PATIENCE = 60.0


class Shop:
    """The running bot and the fake, which tells it things as soon as they happen."""

    def __init__(self, fake: FakeChatwoot, server: Server) -> None:
        self.fake, self.server = fake, server

    async def until(self, so) -> None:
        """Let them talk until it is so."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while not so():
            await self.fake.tell()
            assert asyncio.get_running_loop().time() < end, self.fake.log
            await asyncio.sleep(0.02)


@pytest.fixture
async def shop(model, tmp_path):
    """See `Shop`."""
    fake = await FakeChatwoot(lambda: datetime.now(timezone.utc)).start()
    settings = {
        "DESK": "chatwoot",
        "CHATWOOT_URL": fake.url,
        "CHATWOOT_ACCOUNT": str(ACCOUNT),
        "CHATWOOT_TOKEN": TOKEN,
        "CHATWOOT_SECRET": SECRET,
        "CHATWOOT_INBOX": INBOX,
    }
    server = Server(tmp_path, **settings)
    await asyncio.to_thread(server.run)
    fake.webhook = f"http://127.0.0.1:{server.port}/webhooks/chatwoot/webhook"
    yield Shop(fake, server)
    server.process.kill()
    server.process.wait()
    server.process.stdout.close()
    await fake.stop()


async def test_a_conversation_survives_a_server_that_is_killed(shop, answer):
    fake = shop.fake
    conversation = fake.arrives("en")
    fake.customer_says(conversation, "Is the program free of charge?")
    await shop.until(lambda: len(conversation.by_bot) == 2)
    fake.customer_says(conversation, "1985-03-12")
    await shop.until(lambda: answer("utter_faq/cost", "en") in conversation.said())

    await fake.go_down()  # Chatwoot takes nothing, but tells: what the bot says has to wait
    fake.customer_says(conversation, "How long does the program last?")
    began = asyncio.get_running_loop().time()
    assert await fake.deliver(fake.events.pop()) == 200
    assert asyncio.get_running_loop().time() - began < 1
    shop.server.process.kill()
    await asyncio.to_thread(shop.server.process.wait)
    shop.server.process.stdout.close()
    await fake.listen()
    with sqlite3.connect(shop.server.database) as database:  # three minutes go by, after which a claim is nobody's
        database.execute("UPDATE outbox SET leased_until = 0, due_at = 0")
    await asyncio.to_thread(shop.server.run)
    await shop.until(lambda: answer("utter_faq/duration", "en") in conversation.said())
    await asyncio.sleep(0.5)
    assert conversation.said().count(answer("utter_faq/duration", "en")) == 1
    assert conversation.status == "pending"

    fake.set_status(conversation, "open")
    fake.agent_says(conversation, "Anna", "Hi, let me take this.")
    fake.customer_says(conversation, "thanks")
    await shop.until(lambda: not fake.events)
    fake.set_status(conversation, "pending")
    fake.customer_says(conversation, "Is the program free of charge?")
    await shop.until(lambda: answer("say_bot_is_back", "en", agent="Anna") in conversation.said())
    await shop.until(lambda: conversation.said().count(answer("utter_faq/cost", "en")) == 2)


async def test_an_event_may_be_large_and_other_requests_may_not(shop, answer):
    conversation = shop.fake.arrives("en")
    shop.fake.customer_says(conversation, "Is the program free of charge?")
    shop.fake.events[-1]["content_attributes"] = {"email": {"html_content": {"full": "<p>" + "x" * 500_000}}}
    await shop.until(lambda: len(conversation.by_bot) == 2)
    assert shop.server.request("POST", "/webhooks/webchat/sessions", b"x" * 100_000).status == 413
    refused = shop.server.request("POST", "/webhooks/chatwoot/webhook", b"x" * 2_100_000)
    assert (refused.status, refused.json["detail"]) == (413, "The body is larger than 2,097,152 bytes.")


async def test_the_desks_page_is_not_there_and_the_webhook_believes_nobody(shop):
    assert shop.server.request("GET", "/desk").status == 404
    assert shop.server.request("POST", "/webhooks/chatwoot/webhook", {}).status == 401
