"""How a conversation stands in Chatwoot: disorder, what we have asked for, and messages whose answer was lost."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from actions.identity.sealed import Sealer
from actions.support.chatwoot_places import INBOX, LETTER, Places
from actions.support.chatwoot_tables import posts
from actions.support.database import Database
from tests.unit.support.desk_parts import at

LANE = "c" * 32


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request, tmp_path):
    """Empty places, on each database."""
    url = f"sqlite:///{tmp_path}/p.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    database = Database(url)
    yield Places(database, Sealer("a secret of the tests").handle)
    database.close()


@pytest.fixture
def place(places):
    """One that Chatwoot has told of: pending, at message 10 and second 100."""
    places.enter(41, "sv", lambda: LANE)
    return places.seen(LANE, "pending", 10, 100.0)


def test_a_conversation_has_one_place_however_often_it_is_entered(places):
    names = iter(("a" * 32, "b" * 32))
    assert places.enter(41, "sv", lambda: next(names)) == places.enter(41, "en", lambda: next(names))
    assert places.at(41).kind == INBOX
    assert places.at(42) is None


@pytest.mark.parametrize(
    ("position", "moment", "is_news"),
    [(11, 0.0, True), (11, 99.0, True), (10, 100.0, True), (10, 99.0, False), (9, 100.0, False), (9, 101.0, True)],
)
def test_only_news_change_how_it_stands(places, place, position, moment, is_news):
    assert (places.seen(LANE, "open", position, moment).status == "open") is is_news
    assert place.is_told_by(position, moment) or not is_news


def test_what_we_asked_for_counts_until_a_later_message_of_ours_is_there(places, place):
    places.claim(LANE, "open")
    assert places.seen(LANE, "pending", 11, 101.0).stands == "open"
    places.sent("k0", LANE, 12, 102.0)  # a message from before: Chatwoot has not been told yet
    assert places.find(LANE).claim == "open"
    places.told(LANE, "open")
    assert places.seen(LANE, "pending", 12, 102.0).stands == "open"
    places.sent("k1", LANE, 13, 103.0)
    assert (places.find(LANE).claim, places.find(LANE).status) == (None, "open")
    assert places.seen(LANE, "pending", 12, 102.5).stands == "open"
    assert places.seen(LANE, "pending", 12, 104.0).stands == "pending"  # settled without a word: the clock tells


def test_what_was_asked_for_last_counts(places, place):
    places.claim(LANE, "open")
    places.claim(LANE, "pending")
    places.told(LANE, "open")
    places.sent("k1", LANE, 12, 102.0)
    assert places.find(LANE).claim == "pending"


def test_asked_for_a_second_time_it_stands_as_it_stood(places, place):
    places.claim(LANE, "open")
    places.told(LANE, "open")
    before = places.find(LANE)
    places.claim(LANE, "open")
    places.reclaim(before)
    assert places.find(LANE) == before


def test_a_message_whose_answer_was_lost_is_known_by_its_echo(places, place):
    assert places.trying("k1", LANE, "Hello  there", at(0)).tried is False
    places.echoed(LANE, "Hello there", 77)
    again = places.trying("k1", LANE, "Hello  there", at(1))
    assert (again.tried, again.message) == (True, 77)


def test_an_echo_stands_for_one_message_only(places, place):
    for key in ("k1", "k2"):
        places.trying(key, LANE, "Hello", at(0))
    places.sent("k1", LANE, 77, 101.0)
    places.echoed(LANE, "Hello", 77)
    assert places.trying("k2", LANE, "Hello", at(1)).message is None
    places.echoed(LANE, "Hello", 78)
    assert places.trying("k2", LANE, "Hello", at(1)).message == 78
    assert places.known(78)


def test_what_surely_was_not_sent_is_new_again(places, place):
    places.trying("k1", LANE, "Hello", at(0))
    places.not_sent("k1")
    assert places.trying("k1", LANE, "Hello", at(1)).tried is False


def test_messages_are_forgotten_after_a_week(places, place):
    places.trying("k1", LANE, "Hello", at(0))
    places.forget_posts(at(0) + timedelta(days=6))
    assert places.trying("k1", LANE, "Hello", at(0)).tried is True
    places.forget_posts(at(0) + timedelta(days=8))
    assert places.trying("k1", LANE, "Hello", at(0) + timedelta(days=8)).tried is False


def test_nobody_can_guess_what_was_said_from_what_is_kept_of_it(places, place):
    places.trying("k1", LANE, "Hello", at(0))
    places.trying("k2", "d" * 32, "Hello", at(0))
    with places._database.transaction() as connection:
        first, second = connection.execute(sa.select(posts.c.words).order_by(posts.c.key)).scalars()
    guess = hashlib.sha256(b"Hello").hexdigest()
    assert first != second
    assert not {first, second} & {guess, guess[:16]}


def test_an_erasure_forgets_the_place_and_its_messages(places, place):
    places.trying("k1", LANE, "Hello", at(0))
    places.sent("k1", LANE, 77, 101.0)
    places.erase(LANE)
    assert places.find(LANE) is None
    assert not places.known(77)


def test_where_we_had_brought_an_erased_conversation_nobody_begins_anew(places):
    places.open("REF-0001", LETTER, "en")
    places.link("REF-0001", 55)
    for _ in range(2):
        places.erase("REF-0001")
        places.link("REF-0001", 56)  # the answer came after the erasure
    assert [places.enter(number, "sv", lambda: LANE) for number in (55, 56)] == [None, None]
    assert places.enter(57, "sv", lambda: LANE).number == 57


def test_a_place_that_is_put_back_knows_nothing(places, place):
    places.erase(LANE)
    places.restore(place)
    assert (places.find(LANE).number, places.find(LANE).status) == (41, None)


def test_what_we_bring_gets_its_number_later(places):
    made = places.open("REF-0001", LETTER, "en")
    assert made.number is None
    assert places.open("REF-0001", LETTER, "en") == made
    places.link("REF-0001", 55)
    assert places.at(55).lane == "REF-0001"
