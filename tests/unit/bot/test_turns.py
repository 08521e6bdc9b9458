"""Buttons and typed text, the same for every channel."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.turns import Buttons, Collector, pressed, readable

buttons = Buttons("a secret of more than thirty-two characters")
words = st.text(st.characters(blacklist_categories=["Cs"]))
anything = st.text(st.characters(blacklist_categories=[]))


@given(words, words, words)
def test_a_button_is_read_back_in_its_conversation(conversation, payload, title):
    assert buttons.read(conversation, buttons.sign(conversation, payload, title)) == [payload, title]


def test_a_button_is_none_in_another_conversation():
    assert buttons.read("two", buttons.sign("one", "/greet", "Hi")) is None


def test_a_button_signed_with_another_secret_is_none():
    other = Buttons("another secret of more than thirty-two characters")
    assert buttons.read("one", other.sign("one", "/greet", "Hi")) is None


def test_the_same_button_has_different_ids_in_different_conversations():
    assert buttons.sign("one", "/greet", "Hi") != buttons.sign("two", "/greet", "Hi")


@given(anything)
def test_anything_that_was_not_signed_is_none(text):
    assert buttons.read("one", text) is None


def test_every_changed_letter_makes_a_button_invalid():
    button = buttons.sign("one", "/greet", "Hi")
    head = button.rsplit(".", 1)[0]
    for place in range(len(head)):
        changed = button[:place] + ("A" if button[place] != "A" else "B") + button[place + 1 :]
        assert buttons.read("one", changed) is None


@given(anything)
def test_readable_text_has_no_control_character_no_surrogate_and_no_space_around(text):
    kept = readable(text)
    assert kept == kept.strip()
    assert all(letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs") for letter in kept)
    kept.encode("utf-8")


@given(anything)
def test_making_readable_twice_changes_nothing(text):
    assert readable(readable(text)) == readable(text)


def test_letters_are_composed():
    assert readable("a\u030a\u0308 o\u0308") == unicodedata.normalize("NFC", "a\u030a\u0308 o\u0308")
    assert readable("o\u0308") == "ö"


def test_a_pressed_button_means_its_payload_and_shows_its_title():
    message = pressed('/change_language{"requested_language": "sv"}', "Svenska", sender_id="one")
    assert message.text == "Svenska"
    assert message.parse_data["intent"]["name"] == "change_language"
    assert message.parse_data["entities"] == [{"entity": "requested_language", "value": "sv"}]


async def test_text_buttons_and_data_of_a_message_stay_together():
    collector = Collector("test")
    await collector.send_response("one", {"text": "a", "buttons": [{"title": "b"}], "data": {"kind": "c"}})
    assert collector.messages == [{"text": "a", "buttons": [{"title": "b"}], "data": {"kind": "c"}, "language": None}]


async def test_an_empty_message_is_not_said():
    collector = Collector("test")
    await collector.send_response("one", {"text": ""})
    assert collector.messages == []
    assert not collector.erased


async def test_a_message_may_tell_that_the_conversation_is_erased():
    collector = Collector("test")
    await collector.send_response("one", {"text": "a", "erase_conversation": True})
    assert collector.erased
