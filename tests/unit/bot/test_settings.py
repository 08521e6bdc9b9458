"""Each variable: its default, a good value, and a bad one that stops the start and is named."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from bot import settings as module
from bot.settings import ROOT, SettingError, load_settings

LONG = "a secret of more than thirty-two characters"


@pytest.fixture
def load(tmp_path):
    """load(NAME=value, …): settings from these variables alone."""
    return lambda **variables: load_settings(variables, var=tmp_path)


def test_no_variable_is_needed(load, tmp_path):
    settings = load()
    assert settings.port == 8005
    assert settings.interface == "127.0.0.1"
    assert settings.registry_url == f"sqlite:///{tmp_path}/registry.db"
    assert settings.tracker_url == f"sqlite:///{tmp_path}/tracker.db"
    assert settings.redis_url is None
    assert settings.identity_secret is None
    assert settings.mail_url == f"file:///{tmp_path}/outbox"
    assert settings.desk == "embedded"
    assert settings.cors_origins == ()
    assert settings.proxies == 0
    assert set(settings.rate_limits) == {"conversation", "address", "sessions"}


@pytest.mark.parametrize(
    ("name", "value", "attribute", "expected"),
    [
        ("PORT", "1", "port", 1),
        ("PORT", " 65535 ", "port", 65535),
        ("INTERFACE", "0.0.0.0", "interface", "0.0.0.0"),
        ("REGISTRY_URL", "postgresql://db/x", "registry_url", "postgresql://db/x"),
        ("TRACKER_URL", "sqlite:///x.db", "tracker_url", "sqlite:///x.db"),
        ("REDIS_URL", "rediss://h:1/2", "redis_url", "rediss://h:1/2"),
        ("SECRET_KEY", LONG, "secret_key", LONG),
        ("IDENTITY_SECRET", LONG, "identity_secret", LONG),
        ("MAIL_URL", "smtp://mail.example", "mail_url", "smtp://mail.example"),
        ("DESK", "email", "desk", "email"),
        ("DESK_MAIL", "chat.se+tickets@shop.example", "desk_mail", "chat.se+tickets@shop.example"),
        ("CORS_ORIGINS", "https://a.example, http://b.example:81", "cors_origins",
         ("https://a.example", "http://b.example:81")),
        ("PROXIES", "2", "proxies", 2),
        ("RATE_LIMITS", "off", "rate_limits", None),
    ],
)  # fmt: skip
def test_a_good_value_is_taken(load, name, value, attribute, expected):
    assert getattr(load(**{name: value}), attribute) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("PORT", value) for value in ("0", "65536", "-1", "8005.0", "http", "8 005", "²")],
        ("REGISTRY_URL", "nonsense"),
        ("REGISTRY_URL", "mysql://h/x"),
        ("TRACKER_URL", "nonsense"),
        ("TRACKER_URL", "mongodb://h/x"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "redis://h:port"),
        ("SECRET_KEY", "x" * 31),
        ("IDENTITY_SECRET", "x" * 31),
        ("MAIL_URL", "mail.example"),
        ("DESK", "Embedded"),
        *[("DESK_MAIL", value) for value in ("support", "a@b", "a@b.se, c@d.se", "a b@c.se", "<a@b.se>", "a..b@c.se")],
        *[("CORS_ORIGINS", value) for value in ("*", "shop.example", "https://shop.example/", "https://a.b?x", "null")],
        *[("PROXIES", value) for value in ("-1", "11", "one")],
        *[("RATE_LIMITS", value) for value in ("on", "conversation=0/minute", "conversation=5", "pages=5/minute",
                                               "conversation=5/year", "conversation=-5/minute")],
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_by_name(load, name, value):
    with pytest.raises(SettingError, match=name) as refusal:
        load(**{name: value})
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["SECRET_KEY", "IDENTITY_SECRET"])
def test_a_refused_secret_is_not_shown(load, name):
    with pytest.raises(SettingError) as refusal:
        load(**{name: "quartz-lantern"})
    assert "quartz" not in str(refusal.value)


@pytest.mark.parametrize("name", ["REGISTRY_URL", "TRACKER_URL", "REDIS_URL", "MAIL_URL"])
def test_a_password_in_a_refused_address_is_not_shown(load, name):
    with pytest.raises(SettingError) as refusal:
        load(**{name: "mysql://user:quartz-lantern@db/x"})
    assert "quartz" not in str(refusal.value)


def test_a_limit_that_is_not_named_keeps_its_default(load):
    limits = load(RATE_LIMITS="conversation=5/minute").rate_limits
    assert limits == {**load().rate_limits, "conversation": "5/minute"}


def test_an_empty_variable_counts_as_missing(load):
    assert load(PORT="", REDIS_URL=" ") == load()


def test_the_first_start_makes_a_key_that_only_the_owner_reads(load, tmp_path):
    key = load().secret_key
    assert len(key) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_the_made_key_stays_and_another_folder_has_another(load, tmp_path):
    assert load().secret_key == load().secret_key
    assert load().secret_key != load_settings({}, var=tmp_path / "other").secret_key


def test_a_given_key_writes_no_file(load, tmp_path):
    load(SECRET_KEY=LONG)
    assert not (tmp_path / "secret_key").exists()


def test_a_key_file_that_is_too_short_is_refused(load, tmp_path):
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(SettingError, match="SECRET_KEY"):
        load()


def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match="SECRET_KEY"):
        load_settings({}, var=tmp_path / "file" / "var")


def test_no_secret_is_in_the_repr(load):
    shown = repr(load(SECRET_KEY=LONG, IDENTITY_SECRET=LONG + "2", TRACKER_URL="postgresql://u:quartz-lantern@db/x"))
    assert LONG not in shown
    assert "quartz-lantern" not in shown


@pytest.fixture
def dotenv(tmp_path, monkeypatch):
    """dotenv(text): settings with this text as the project's `.env`, and an environment without our variables."""

    def load(text: str, **environment: str):
        (tmp_path / ".env").write_text(text, encoding="utf-8")
        monkeypatch.setattr(module, "ROOT", tmp_path)
        for name in ("PORT", "DESK", "SECRET_KEY", "IDENTITY_SECRET", "MAIL_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return load_settings(var=tmp_path)

    return load


def test_the_file_gives_what_the_environment_does_not(dotenv):
    settings = dotenv("# a comment\n\nPORT=9000\n DESK = 'email' \nMAIL_URL=\"smtp://m\"\n", PORT="9001")
    assert (settings.port, settings.desk, settings.mail_url) == (9001, "email", "smtp://m")


def test_a_value_may_hold_an_equals_sign(dotenv):
    assert dotenv(f"SECRET_KEY={LONG}==\n").secret_key == f"{LONG}=="


@pytest.mark.parametrize("line", ["PORT", "9PORT=1", "export PORT=1", "=1", "PO RT=1"])
def test_a_line_that_is_no_setting_is_refused_with_its_number(dotenv, line):
    with pytest.raises(SettingError, match="line 2"):
        dotenv(f"# first\n{line}\n")


def test_every_variable_is_in_the_example_file():
    source = Path(module.__file__).read_text(encoding="utf-8")
    read = set(re.findall(r'get\("([A-Z_]+)"', source))
    assert read
    assert read <= set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))
