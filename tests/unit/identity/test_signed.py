"""Identities that the shop's website vouches for."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta, timezone

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.identity.signed import IdentityRefused, SignedIdentities, SignedIdentity

SECRET = "a secret that the tests share with the website"
NOW = datetime(2026, 3, 9, 9, 0, tzinfo=timezone.utc)
identities = SignedIdentities(SECRET)


def token(secret: str = SECRET, algorithm: str = "HS256", ahead: timedelta = timedelta(minutes=30), **claims) -> str:
    """A token; a claim of None is left out."""
    every = {"sub": "C-1001", "age_verified": True, "exp": NOW + ahead, **claims}
    return jwt.encode({name: value for name, value in every.items() if value is not None}, secret, algorithm)


@pytest.mark.parametrize("verified", [True, False])
def test_a_good_token_gives_the_customer_and_the_age_status(verified):
    assert identities.read(token(age_verified=verified), NOW) == SignedIdentity("C-1001", verified)


def test_without_a_secret_every_token_is_refused():
    for made in (token(), jwt.encode({"sub": "x"}, None, "none")):
        with pytest.raises(IdentityRefused, match="IDENTITY_SECRET"):
            SignedIdentities("").read(made, NOW)


@pytest.mark.parametrize("seconds", [1, 3600])
def test_a_token_is_good_until_an_hour_ahead(seconds):
    assert identities.read(token(ahead=timedelta(seconds=seconds)), NOW)


@pytest.mark.parametrize(
    "ahead", [timedelta(seconds=-60), timedelta(days=-1), timedelta(minutes=61), timedelta(days=9)]
)
def test_a_token_that_is_expired_or_good_for_too_long_is_refused(ahead):
    with pytest.raises(IdentityRefused):
        identities.read(token(ahead=ahead), NOW)


@pytest.mark.parametrize(
    "claims",
    [
        *[{"sub": value} for value in (None, "", 1, ["C-1001"], True)],
        *[{"age_verified": value} for value in (None, "true", 1, 0, [True])],
        *[{"exp": value} for value in (None, "soon", True, [1])],
    ],
    ids=str,
)
def test_a_token_with_a_missing_or_wrong_claim_is_refused(claims):
    head, _, _ = token().split(".")
    body = {"sub": "C-1001", "age_verified": True, "exp": int(NOW.timestamp()) + 600, **claims}
    made = jwt.api_jws.encode(json.dumps({k: v for k, v in body.items() if v is not None}).encode(), SECRET, "HS256")
    with pytest.raises(IdentityRefused):
        identities.read(made, NOW)


@pytest.mark.parametrize("value", ["1e999", "-1e999", "NaN"])
def test_an_expiry_that_is_no_moment_is_refused(value):
    body = f'{{"sub": "C-1001", "age_verified": true, "exp": {value}}}'.encode()
    with pytest.raises(IdentityRefused):
        identities.read(jwt.api_jws.encode(body, SECRET, "HS256"), NOW)


@pytest.mark.parametrize(
    "made",
    [
        token("some other secret, long enough to sign with"),
        token(SECRET * 2, "HS512"),
        jwt.encode({"sub": "C-1001", "age_verified": True, "exp": NOW + timedelta(minutes=5)}, None, "none"),
        token() + "A",
        token().rsplit(".", 1)[0] + ".",
        jwt.api_jws.encode(b"[1, 2]", SECRET, "HS256"),
        jwt.api_jws.encode(b"no json", SECRET, "HS256"),
    ],
    ids=["forged", "HS512", "none", "longer", "unsigned", "no object", "no json"],
)
def test_a_token_that_the_website_did_not_make_is_refused(made):
    with pytest.raises(IdentityRefused):
        identities.read(made, NOW)


def test_a_changed_claim_makes_the_token_invalid():
    head, _, signature = token().split(".")
    claims = {"sub": "C-1002", "age_verified": True, "exp": int(NOW.timestamp()) + 600}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    with pytest.raises(IdentityRefused):
        identities.read(f"{head}.{body}.{signature}", NOW)


@given(st.text(st.characters(blacklist_categories=[])))
def test_any_text_is_refused_and_not_repeated(text):
    with pytest.raises(IdentityRefused) as refusal:
        identities.read(text, NOW)
    assert len(text) < 20 or text not in str(refusal.value)
