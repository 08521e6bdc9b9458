"""Phone, order and serial numbers, times, prices and counts are no dates of birth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.identity.birth_date import BirthDate, Unclear, mask_birth_dates
from tests.unit.identity.birth_dates import read

NO_DATES = [
    "HQA1X7730002",
    "HQA1 X773 0002",
    "HQA1X7 730002",
    "070-123 45 67",
    "0701234567",
    "0701-234567",
    "070 123 45 67",
    "020-25 10 10",
    "020 - 25 10 10",
    "(08) 90 05 17",
    "+46 70 123 45 67",
    "+46701234567",
    "08-900517",
    "order 20240517",
    "ordernummer: 900517",
    "min beställning nr 240517",
    "1234567890",
    "402117",
    "402 117",
    "koden är 401117",
    "1 990 kr",
    "900517 kr",
    "kl 17.30",
    "08.00-19.00",
    "Monday-Friday from 08.00-19.00 and Saturday-Sunday from 10.00-18.00",
    "open 10-12, 14-16",
    "24/7",
    "50/50",
    "192.168.10.10",
    "my 2 may not work",
    "jag mår 10 av 10",
    "the first may be broken",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_other_numbers_are_neither_read_nor_masked(text: str) -> None:
    assert read(text) is Unclear.NONE
    assert mask_birth_dates(text) == text


@given(serial=st.from_regex(r"[A-Z]{2,4}[0-9][A-Z][0-9]{6,8}", fullmatch=True))
def test_serial_numbers_are_no_dates(serial: str) -> None:
    assert read(f"serial {serial}") is Unclear.NONE
    assert mask_birth_dates(serial) == serial


@given(tail=st.integers(0, 9999999))
def test_phone_numbers_are_no_dates(tail: int) -> None:
    digits = f"{tail:07}"
    for text in (
        f"070-{digits[:3]} {digits[3:5]} {digits[5:]}",
        f"070-{digits}",
        f"070{digits}",
        f"+46 70 {digits[:3]} {digits[3:5]} {digits[5:]}",
        f"08-{digits[:3]} {digits[3:5]} {digits[5:]}",
    ):
        assert not isinstance(read(text), BirthDate)
