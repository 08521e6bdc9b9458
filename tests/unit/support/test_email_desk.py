"""The desk by mail on both databases: tickets are kept before they are told, and take the reason of the offer along."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy.exc import OperationalError

from actions.support.desk import Wish
from actions.support.email_desk import EmailDesk
from tests.unit.support.outbox_parts import START, House

CHAT, OTHER = "c" * 32, "d" * 32


class Office:
    """A desk by mail. `numbers`: the references that it gives, in order."""

    def __init__(self, url: str) -> None:
        self.house = House(url)
        self.numbers = itertools.count(1)
        self.desk = EmailDesk(self.house.database, self.house.outbox, "mail", self._reference, self._write)

    def _reference(self) -> str:
        return f"REF-{next(self.numbers):04}"

    @staticmethod
    def _write(reference: str, wish: Wish) -> dict[str, str]:
        return {"text": f"{reference} {wish.reason} {wish.brief['message']}"}

    async def sent(self) -> list[str]:
        """Reason and message of the tickets that went out, without their numbers: offers take numbers, too."""
        await self.house.outbox.work_off()
        return sorted(text.split(" ", 1)[1] for text in self.house.sent)

    async def leaves(self, message: str = "hello", conversation: str = CHAT) -> str:
        wish = Wish(conversation, "en", "message", {"message": message})
        return await self.desk.leave_message(wish, START)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    on_sqlite = request.param == "sqlite"
    made = Office(f"sqlite:///{tmp_path}/desk.db" if on_sqlite else request.getfixturevalue("postgres_url"))
    yield made
    made.house.database.close()


async def test_a_message_becomes_a_ticket(office):
    assert await office.leaves() == "REF-0001"
    await office.house.outbox.work_off()
    assert office.house.sent == ["REF-0001 message hello"]


@pytest.mark.parametrize("offers", [["failed"], ["misunderstood", "needs_support"]])
async def test_the_last_offer_says_why_and_is_used_up(office, offers):
    for reason in offers:
        await office.desk.offer(CHAT, "en", reason, START)
    await office.desk.cancel(CHAT, START)
    await office.leaves("first")
    await office.leaves("second")
    await office.leaves("other", OTHER)
    assert await office.sent() == sorted([f"{offers[-1]} first", "message second", "message other"])


async def test_who_goes_back_to_the_bot_has_no_offer_any_more(office):
    await office.desk.offer(CHAT, "en", "failed", START)
    await office.desk.leave(CHAT, START)
    await office.leaves()
    assert await office.sent() == ["message hello"]


async def test_a_reference_is_given_once(office):
    await office.leaves("first")
    office.numbers = itertools.count(1)
    assert await office.leaves("second") == "REF-0002"


async def test_no_free_reference_is_an_error_and_nothing_is_lost_silently(office):
    await office.leaves("first")
    office.desk._make_reference = lambda: "REF-0001"
    with pytest.raises(RuntimeError):
        await office.leaves("second")


async def test_a_database_that_fails_after_the_ticket_costs_no_second_one(office, caplog):
    await office.desk.offer(CHAT, "en", "failed", START)

    def fails(conversation, now):
        raise OperationalError("UPDATE", {}, Exception("maja@example.com"))

    office.desk._store.leave = fails
    assert await office.leaves()
    assert await office.sent() == ["failed hello"]
    assert "still kept (OperationalError)" in caplog.text
    assert "maja" not in caplog.text


async def test_an_erasure_takes_the_ticket_and_the_offer(office):
    await office.leaves()
    await office.leaves("other", OTHER)
    await office.desk.offer(CHAT, "en", "failed", START)
    await office.desk.erase(CHAT)
    assert await office.sent() == ["message other"]
    await office.leaves("again")
    assert await office.sent() == ["message again", "message other"]


async def test_nobody_is_in_the_chat(office):
    assert not await office.desk.is_live("webchat")
    with pytest.raises(RuntimeError):
        await office.desk.queue(Wish(CHAT, "en", "asked", {}), START)
