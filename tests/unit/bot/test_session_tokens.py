"""A token opens its conversation for a day, however often it has been read before."""

from datetime import datetime, timedelta, timezone

import pytest
from itsdangerous import BadSignature, SignatureExpired

from bot.channels.webchat.tokens import TOKEN_LIFE, SessionTokens

SECRET = "a secret of the tests, long enough"


class Clock:
    """A moment that the test moves."""

    def __init__(self) -> None:
        self.moment = datetime.now(timezone.utc)

    def __call__(self) -> datetime:
        return self.moment


@pytest.mark.parametrize("read_before", [0, 3])
def test_a_token_is_read_for_a_day(read_before):
    clock = Clock()
    tokens = SessionTokens(SECRET, clock)
    token = tokens.make("conversation")
    for _ in range(read_before):
        assert tokens.read(token) == "conversation"
    clock.moment += TOKEN_LIFE - timedelta(seconds=2)
    assert tokens.read(token) == "conversation"
    clock.moment += timedelta(seconds=4)
    for _ in range(2):
        with pytest.raises(SignatureExpired):
            tokens.read(token)


def test_a_token_of_tomorrow_is_none():
    clock = Clock()
    clock.moment -= timedelta(hours=1)
    with pytest.raises(SignatureExpired):
        SessionTokens(SECRET, clock).read(SessionTokens(SECRET).make("conversation"))


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "a.b.c", lambda t: t.upper()]
)
def test_what_is_no_token_of_ours_is_refused_before_and_after_the_real_one(change):
    tokens = SessionTokens(SECRET)
    token = tokens.make("conversation")
    for _ in range(2):
        with pytest.raises((BadSignature, ValueError)):
            tokens.read(change(token))
        assert tokens.read(token) == "conversation"


def test_a_token_with_another_secret_is_refused():
    with pytest.raises(BadSignature):
        SessionTokens(SECRET).read(SessionTokens(SECRET[::-1]).make("conversation"))
