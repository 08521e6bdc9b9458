"""How serial numbers are compared, and what references look like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.registry import serial_key
from actions.registry.serials import new_reference, tidy_serial

written = st.text("ABCIO019 -‐–−\u00a0", min_size=4, max_size=20).filter(lambda text: serial_key(text) is not None)


@pytest.mark.parametrize(
    "text",
    [
        "HQA1X7730002",
        "hqa1 x773 0002",
        "HQAI-X773-OOO2",
        " hqai–x773–ooo2 ",
        "HQA1\u00a0X773\u00a00002",
        "ＨＱＡ１Ｘ７７３０００２",
    ],
)
def test_case_spaces_dashes_and_lookalikes_do_not_count(text: str) -> None:
    assert serial_key(text) == "HQA1X7730002"


@pytest.mark.parametrize(
    "text", ["", "   ", "---", "A12", "A" * 33, "HQA1_X773", "HQÅ1X773", "HQA1\x00X773", "\ud800AAAA"]
)
def test_what_cannot_be_a_serial_has_no_key(text: str) -> None:
    assert serial_key(text) is None


@given(st.text())
def test_no_text_breaks_the_comparison(text: str) -> None:
    key = serial_key(text)
    assert key is None or re.fullmatch(r"[0-9A-HJ-NP-Z]{4,32}", key)


@given(written)
def test_the_tidy_serial_is_plain_and_means_the_same(text: str) -> None:
    assert serial_key(tidy_serial(text)) == serial_key(text)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 -]*|-.*", tidy_serial(text))


@given(written)
def test_a_key_is_its_own_key(text: str) -> None:
    key = serial_key(text)
    assert key is not None
    assert serial_key(key) == key


def test_a_reference_has_two_groups_without_letters_that_look_like_digits() -> None:
    assert all(re.fullmatch(r"[2-9A-HJKMNP-Z]{3}-[2-9A-HJKMNP-Z]{3}", new_reference()) for _ in range(200))
