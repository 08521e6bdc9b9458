"""Sealed values: only this bot reads them, in their conversation, for their purpose."""

from datetime import datetime, timedelta, timezone

import pytest

from actions.identity.grants import LIFE, Grants, NotIdentified
from actions.identity.sealed import Sealer, Unsealable

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=timezone.utc)
SECRET = "a key of the tests that is long enough"


@pytest.fixture
def sealer():
    return Sealer(SECRET)


def test_a_sealed_value_comes_back(sealer):
    sealed = sealer.seal("p", "c1", {"email": "maja@example.com"}, NOW)
    assert "maja" not in sealed
    assert sealer.unseal("p", "c1", sealed) == {"email": "maja@example.com"}


@pytest.mark.parametrize(
    ("purpose", "conversation", "secret"), [("q", "c1", SECRET), ("p", "c2", SECRET), ("p", "c1", "another" * 6)]
)
def test_it_is_worthless_for_another_purpose_conversation_or_key(sealer, purpose, conversation, secret):
    sealed = sealer.seal("p", "c1", {}, NOW)
    with pytest.raises(Unsealable):
        Sealer(secret).unseal(purpose, conversation, sealed)


@pytest.mark.parametrize("forged", ["", "x", "gAAAAA", None, {"customer_id": "C-1"}, 7, True])
def test_anything_else_is_refused(sealer, forged):
    with pytest.raises(Unsealable):
        sealer.unseal("p", "c1", forged)


def test_a_handle_is_stable_in_a_conversation_and_says_nothing_elsewhere(sealer):
    assert sealer.handle("c1", "HQA1") == sealer.handle("c1", "HQA1")
    assert len({sealer.handle("c1", "HQA1"), sealer.handle("c2", "HQA1"), sealer.handle("c1", "HQA2")}) == 3


def test_a_grant_is_good_for_half_an_hour_in_its_conversation(sealer):
    grants = Grants(sealer)
    grant = grants.grant("c1", "C-1001", NOW)
    assert timedelta(minutes=30) == LIFE
    assert grants.customer_id(grant, "c1", NOW + LIFE - timedelta(seconds=1)) == "C-1001"
    with pytest.raises(NotIdentified):
        grants.customer_id(grant, "c1", NOW + LIFE)
    with pytest.raises(NotIdentified):
        grants.customer_id(grant, "c2", NOW)


@pytest.mark.parametrize("nothing", [None, "", "C-1001", {"customer_id": "C-1001", "until": 9e9}])
def test_without_a_grant_nobody_is_identified(sealer, nothing):
    with pytest.raises(NotIdentified):
        Grants(sealer).customer_id(nothing, "c1", NOW)


def test_an_attempt_is_no_grant(sealer):
    sealed = sealer.seal("identification", "c1", {"customer_id": "C-1001", "until": 9e9}, NOW)
    with pytest.raises(NotIdentified):
        Grants(sealer).customer_id(sealed, "c1", NOW)
