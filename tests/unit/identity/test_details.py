"""Reading and masking e-mail addresses, serial numbers and codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.identity.details import mask_personal_data, read_code, read_email, read_serials
from actions.registry import serial_key

SERIAL = "HQA1 X773 0002"


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("maja@example.com", "maja@example.com"),
        ("it's Maja.Berg+iqos@mail.example.co.uk.", "Maja.Berg+iqos@mail.example.co.uk"),
        ("<åsa@exempel.se>, serienummer följer", "åsa@exempel.se"),
        ("not old@example.com but new@example.com", "new@example.com"),
        ("maja at example dot com", "maja@example.com"),
        ("it is maja dot lind at mail dot example dot co dot uk thanks", "maja.lind@mail.example.co.uk"),
        ("maja snabel-a exempel punkt se", "maja@exempel.se"),
        ("maja (at) example.com", "maja@example.com"),
        ("I bought it at example.com", None),
        ("meet me at nine dot thirty", None),
        ("@maja example.com", None),
    ],
)
def test_an_email_address_is_read_the_last_one_where_there_are_several(text, email):
    assert read_email(text) == email


@pytest.mark.parametrize(
    "text",
    [
        SERIAL,
        "hqa1x7730002",
        "HQA1-X773-0002",
        "serial: HQA1X7730002.",
        "maja@example.com HQA1 X773 0002",
        "maja1985@example.com,HQA1 X773 0002",
        "HQA1\u00a0X773\u20110002",
        "I bought it on 14 March 2026, it says HQA1 X773 0002 on the side",
        "HQAI X773 OOO2",
        "the serial is hqai-x773-ooo2, thanks",
        "call 070-174 06 05 about HQA1 X773 0002",
        "HQA1 X773 0002 12 months",
        "HQA1 X773  0002",
        "HQA1/X773/0002",
        "HQA1.X773.0002",
        "HQA1_X773_0002",
    ],
)
def test_a_serial_number_is_among_those_read_however_it_is_written(text):
    assert serial_key(SERIAL) in [serial_key(found) for found in read_serials(text)]


@pytest.mark.parametrize(
    "text",
    ["402117", "402 117", "402-117", "40 21 17", "402.117", "code:402117", "it is 402 117", "koden: 402117."],
)
def test_a_code_is_read_however_it_is_grouped(text):
    assert read_code(text) == "402117"


@pytest.mark.parametrize("text", ["", "40211", "4021178", "no code came", "1 402 117 kr", "12.402117"])
def test_other_numbers_are_no_code(text):
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("maja@example.com HQA1 X773 0002", "[email] [serial]"),
        ("my code is 402 117", "my code is [code]"),
        ("call me on 070-174 06 05", "call me on [phone]"),
        ("+46 70 174 06 05", "[phone]"),
        ("born 1985-03-12", "born [date]"),
        ("hqa1x7730002 köpt 14 mars 2026", "[serial] köpt [date]"),
        ("order 12345678", "order [number]"),
        ("code:123456", "code:[code]"),
        ("12 34 56", "[code]"),
        ("123.456", "[code]"),
        ("HQA1 X773  0002", "[serial]"),
        ("HQA1/X773/0002", "[serial]"),
    ],
)
def test_personal_data_is_masked(text, masked):
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "my iqos 3 duo from 2025 died",
        "I have an ILUMA ONE and 2 chargers, bought in 2026",
        "it was 1500 kr in 2025",
        "open 08.00-19.00 on 24/7?",
        "the one ending 0002",
        "är det 12 månaders garanti eller 24?",
    ],
)
def test_what_names_nobody_stays(text):
    assert mask_personal_data(text) == text


_LETTERS = st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ")
_DIGITS = st.sampled_from("0123456789")
_PARTS = st.lists(
    st.tuples(_LETTERS, _DIGITS, _DIGITS, _DIGITS).map("".join), min_size=2, max_size=4
)  # each a letter and three digits


@given(_PARTS, st.sampled_from([" ", "-", ""]), st.sampled_from(["{}", "serial {}", "{}, maja@example.com", "nr {}."]))
def test_no_serial_number_is_left_in_a_masked_text(parts, joint, sentence):
    serial = joint.join(parts)
    masked = mask_personal_data(sentence.format(serial))
    assert serial not in masked
    assert not any(part in masked for part in parts)


@given(st.text(max_size=80))
def test_masking_again_changes_nothing(text):
    masked = mask_personal_data(text)
    assert mask_personal_data(masked) == masked
