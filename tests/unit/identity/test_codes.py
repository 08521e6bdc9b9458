"""One-time codes: ten minutes, five tries, and nothing that tells whether the details were right."""

from datetime import datetime, timedelta, timezone

import pytest

from actions.identity.codes import LIFE, TRIES, Attempt, CodeExpired, Codes, CodeUsedUp, WrongCode
from actions.identity.limits import LIMITS, AttemptLimits
from actions.identity.sealed import Sealer

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=timezone.utc)
TOLD = Attempt("maja@example.com", ("HQA1 X773 0002",))


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def _tries(attempt: Attempt, count: int) -> Attempt:
    for _ in range(count):
        with pytest.raises(WrongCode) as refused:
            Codes.check(attempt, _wrong(attempt.code or ""), NOW)
        attempt = refused.value.attempt
    return attempt


def test_the_right_code_tells_the_customer():
    attempt = Codes.with_code(TOLD, "C-1001", "HQA1 X773 0002", NOW)
    assert Codes.check(attempt, attempt.code, NOW) == "C-1001"


def test_codes_have_six_digits_and_differ():
    codes = {Codes.with_code(TOLD, None, None, NOW).code for _ in range(50)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 40


def test_a_code_is_valid_for_ten_minutes():
    attempt = Codes.with_code(TOLD, "C-1001", None, NOW)
    assert timedelta(minutes=10) == LIFE
    assert Codes.check(attempt, attempt.code, NOW + LIFE - timedelta(seconds=1)) == "C-1001"
    with pytest.raises(CodeExpired):
        Codes.check(attempt, attempt.code, NOW + LIFE)


def test_the_fifth_wrong_try_is_the_last():
    assert TRIES == 5
    attempt = _tries(Codes.with_code(TOLD, "C-1001", None, NOW), 4)
    assert attempt.tries_left == 1
    with pytest.raises(CodeUsedUp):
        Codes.check(attempt, _wrong(attempt.code or ""), NOW)


def test_the_right_code_is_worthless_once_the_tries_are_used_up():
    attempt = Codes.with_code(TOLD, "C-1001", None, NOW)
    spent = Attempt(**{**attempt.__dict__, "tries_left": 0})
    with pytest.raises(CodeUsedUp):
        Codes.check(spent, attempt.code or "", NOW)


def test_details_that_do_not_belong_together_behave_in_the_same_way_and_never_match():
    attempt = Codes.with_code(TOLD, None, None, NOW)
    with pytest.raises(WrongCode) as refused:
        Codes.check(attempt, attempt.code, NOW)
    assert refused.value.attempt.tries_left == TRIES - 1


def test_without_a_code_there_is_none_to_enter():
    with pytest.raises(CodeExpired):
        Codes.check(TOLD, "000000", NOW)


def test_other_details_make_an_older_code_worthless():
    attempt = Codes.with_code(TOLD, "C-1001", None, NOW)
    assert attempt.told("erik@example.com", []).code is None
    assert attempt.told(None, ["HQB2 K418 0003"]).code is None
    assert attempt.told("maja@example.com", ["HQA1 X773 0002"]) == attempt


def test_details_may_come_one_by_one_in_any_order():
    assert not Attempt().told("maja@example.com", []).is_complete
    assert Attempt().told("maja@example.com", []).told(None, ["HQA1 X773 0002"]) == TOLD
    assert Attempt().told(None, ["HQA1 X773 0002"]).told("maja@example.com", []) == TOLD


def test_an_attempt_is_kept_sealed_and_found_again_in_its_conversation_only():
    codes = Codes(Sealer("a key of the tests that is long enough"))
    attempt = Codes.with_code(TOLD, "C-1001", "HQA1 X773 0002", NOW)
    sealed = codes.keep(attempt, "c1", NOW)
    assert "maja" not in sealed
    assert codes.kept(sealed, "c1") == attempt
    assert codes.kept(sealed, "c2") == Attempt()
    assert codes.kept(None, "c1") == Attempt()


@pytest.mark.parametrize("kind", LIMITS)
def test_codes_are_limited_by_conversation_address_and_email(kind):
    limits = AttemptLimits(limits=dict.fromkeys(LIMITS, "1000/hour") | {kind: "3/hour"})
    keys = [{each: f"{each}{n if each != kind else ''}" for each in LIMITS} for n in range(4)]
    assert [limits.allows(every) for every in keys] == [True, True, True, False]
    assert limits.allows({kind: "another"})


def test_a_channel_without_addresses_is_limited_by_the_rest():
    limits = AttemptLimits(limits={"conversation": "1/hour", "email": "9/hour", "address": "9/hour"})
    assert limits.allows({"conversation": "c", "email": "e"})
    assert not limits.allows({"conversation": "c", "email": "e"})
