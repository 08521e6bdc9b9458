"""Processes of one installation find one key, whoever is first."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

from actions.identity.kept_secret import kept_secret


def test_a_new_key_is_kept_for_its_owners_eyes(tmp_path):
    file = tmp_path / "var" / "secret_key"
    key = kept_secret(file)
    assert len(key) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["secret_key"]
    assert kept_secret(file) == key


def test_the_key_that_the_bot_keeps_is_found(tmp_path):
    from bot.settings import load_settings

    assert kept_secret(tmp_path / "secret_key") == load_settings({}, var=tmp_path).secret_key


def test_many_readers_of_a_kept_key_get_the_same(tmp_path):
    first = kept_secret(tmp_path / "secret_key")
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: kept_secret(tmp_path / "secret_key"), range(8))) == {first}
