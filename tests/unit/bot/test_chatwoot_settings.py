"""The settings of Chatwoot: all of them or none, and a bad one stops the start and is named."""

from __future__ import annotations

import pytest

from bot.settings import SettingError, load_settings

GOOD = {
    "CHATWOOT_URL": "https://chatwoot.example/",
    "CHATWOOT_ACCOUNT": "7",
    "CHATWOOT_TOKEN": "Kx8mQ2",
    "CHATWOOT_SECRET": "sixteen characters and more".replace(" ", "-"),
}


@pytest.fixture
def load(tmp_path):
    """load(NAME=value, …): settings from these variables alone."""
    return lambda **variables: load_settings(variables, var=tmp_path)


def test_without_any_there_is_no_chatwoot(load):
    assert load().chatwoot is None


def test_the_four_make_it(load):
    made = load(**GOOD).chatwoot
    assert (made.url, made.account, made.inbox) == ("https://chatwoot.example", 7, None)
    assert load(**GOOD, CHATWOOT_INBOX="aB3_x-9", DESK="chatwoot").chatwoot.inbox == "aB3_x-9"


@pytest.mark.parametrize("missing", list(GOOD))
@pytest.mark.parametrize("desk", ["embedded", "chatwoot"])
def test_one_that_is_missing_is_named(load, missing, desk):
    with pytest.raises(SettingError, match=f"^{missing} is not set"):
        load(**{**GOOD, missing: ""}, DESK=desk)


def test_the_desk_needs_them(load):
    with pytest.raises(SettingError, match="^CHATWOOT_URL is not set"):
        load(DESK="chatwoot")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHATWOOT_URL", "chatwoot.example"),
        ("CHATWOOT_URL", "ftp://chatwoot.example"),
        ("CHATWOOT_URL", "https://"),
        ("CHATWOOT_URL", "https://chatwoot.example:port"),
        ("CHATWOOT_URL", "https://chatwoot.example/?x=1"),
        ("CHATWOOT_ACCOUNT", "seven"),
        ("CHATWOOT_ACCOUNT", "0"),
        ("CHATWOOT_ACCOUNT", "-7"),
        ("CHATWOOT_TOKEN", "two words"),
        ("CHATWOOT_TOKEN", "nämen"),
        ("CHATWOOT_SECRET", "short"),
        ("CHATWOOT_INBOX", "../contacts"),
        ("CHATWOOT_INBOX", "a/b"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence_that_names_it(load, name, value):
    with pytest.raises(SettingError, match=f"^{name}") as refusal:
        load(**{**GOOD, name: value})
    assert "\n" not in str(refusal.value)


def test_no_secret_is_shown(load):
    shown = repr(load(**GOOD))
    assert GOOD["CHATWOOT_TOKEN"] not in shown
    assert GOOD["CHATWOOT_SECRET"] not in shown
