"""Settings: environment variables, each with a default that needs no server. `.env.example` lists them."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Dict, Mapping, Optional, Text, Tuple
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"

_DEFAULT_LIMITS = "conversation=60/minute address=600/minute sessions=120/minute"
_LIMIT = re.compile(r"(conversation|address|sessions)=([1-9]\d*)/(second|minute|hour)")
_LEAST_SECRET = 32
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"{_WORD}(\.{_WORD})*@([A-Za-z0-9-]+\.)+[A-Za-z]{{2,}}")
_LEAST_WEBHOOK_SECRET = 16
_PRINTABLE = re.compile(r"[!-~]+")
_INBOX = re.compile(r"[A-Za-z0-9_-]{1,100}")
_DESKS = ("embedded", "chatwoot", "email")


class SettingError(Exception):
    """A variable has a value that cannot be used; the message is one sentence that names it."""


@dataclass(frozen=True)
class ChatwootSettings:
    """A Chatwoot account, and the agent bot in it that we are. `inbox`: identifier of an API inbox, or None."""

    url: Text
    account: int
    token: Text = field(repr=False)
    secret: Text = field(repr=False)
    inbox: Optional[Text]


@dataclass(frozen=True)
class Settings:
    """All settings of the bot; see `.env.example` for what each is for."""

    port: int
    interface: Text
    registry_url: Text = field(repr=False)
    tracker_url: Text = field(repr=False)
    redis_url: Optional[Text] = field(repr=False)
    secret_key: Text = field(repr=False)
    identity_secret: Optional[Text] = field(repr=False)
    mail_url: Text = field(repr=False)
    desk: Text
    desk_mail: Optional[Text]
    """Where tickets go; None: to the address in contact.yml."""
    cors_origins: Tuple[Text, ...]
    socketio: bool
    proxies: int
    rate_limits: Optional[Mapping[Text, Text]]
    """Limit by name (`conversation`, `address`, `sessions`), such as {"conversation": "60/minute"}; None: off."""
    chatwoot: Optional[ChatwootSettings] = None
    """None: no Chatwoot."""


def load_settings(environment: Optional[Mapping[Text, Text]] = None, var: Path = VAR) -> Settings:
    """Settings from the environment and, for variables missing there, from the file `.env`.

    Raises:
        SettingError: a value cannot be used.
    """
    values = {**_dotenv(ROOT / ".env"), **os.environ} if environment is None else dict(environment)
    get: Callable[[Text, Text], Text] = lambda name, default: values.get(name, "").strip() or default  # noqa: E731
    return Settings(
        port=_number("PORT", get("PORT", "8005"), 1, 65535),
        interface=get("INTERFACE", "127.0.0.1"),
        registry_url=_database("REGISTRY_URL", get("REGISTRY_URL", f"sqlite:///{var}/registry.db")),
        tracker_url=_database("TRACKER_URL", get("TRACKER_URL", f"sqlite:///{var}/tracker.db")),
        redis_url=_url("REDIS_URL", get("REDIS_URL", ""), ("redis", "rediss")),
        secret_key=_secret_key(get("SECRET_KEY", ""), var / "secret_key"),
        identity_secret=_long("IDENTITY_SECRET", get("IDENTITY_SECRET", "")),
        mail_url=_url("MAIL_URL", get("MAIL_URL", f"file:///{var}/outbox"), ("file", "smtp", "smtps")) or "",
        desk=_one_of("DESK", get("DESK", "embedded"), _DESKS),
        desk_mail=_address("DESK_MAIL", get("DESK_MAIL", "")),
        cors_origins=_origins("CORS_ORIGINS", get("CORS_ORIGINS", "")),
        socketio=_one_of("SOCKETIO", get("SOCKETIO", "off"), ("on", "off")) == "on",
        proxies=_number("PROXIES", get("PROXIES", "0"), 0, 10),
        rate_limits=_limits("RATE_LIMITS", get("RATE_LIMITS", _DEFAULT_LIMITS)),
        chatwoot=_chatwoot(get),
    )


def _chatwoot(get: Callable[[Text, Text], Text]) -> Optional[ChatwootSettings]:
    """All of it or nothing; `DESK=chatwoot` needs it."""
    needed = ("CHATWOOT_URL", "CHATWOOT_ACCOUNT", "CHATWOOT_TOKEN", "CHATWOOT_SECRET")
    url, account, token, secret = (get(name, "") for name in needed)
    inbox = get("CHATWOOT_INBOX", "")
    if not any((url, account, token, secret, inbox)) and get("DESK", "") != "chatwoot":
        return None
    for name in needed:
        if not get(name, ""):
            raise SettingError(f"{name} is not set; Chatwoot needs {', '.join(needed)}.")
    for name, value in (("CHATWOOT_TOKEN", token), ("CHATWOOT_SECRET", secret), ("CHATWOOT_INBOX", inbox)):
        if value and not _PRINTABLE.fullmatch(value):
            raise SettingError(f"{name} must be printable characters without spaces, as Chatwoot shows it.")
    if len(secret) < _LEAST_WEBHOOK_SECRET:
        least = _LEAST_WEBHOOK_SECRET
        raise SettingError(f"CHATWOOT_SECRET must have at least {least} characters; it has {len(secret)}.")
    if inbox and not _INBOX.fullmatch(inbox):
        raise SettingError("CHATWOOT_INBOX must be an inbox identifier: letters, digits, - and _.")
    address = _url("CHATWOOT_URL", url, ("http", "https")) or ""
    if not urlsplit(address).hostname or urlsplit(address).query:
        raise SettingError("CHATWOOT_URL names no host; https://chatwoot.example is expected.")
    number = _number("CHATWOOT_ACCOUNT", account, 1, 2**31 - 1)
    return ChatwootSettings(address.rstrip("/"), number, token, secret, inbox or None)


def _dotenv(file: Path) -> Dict[Text, Text]:
    if not file.is_file():
        return {}
    values = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise SettingError(f".env, line {number}: must be NAME=value.")
        values[name.strip()] = value.strip().strip("\"'")
    return values


def _number(name: Text, value: Text, least: int, most: int) -> int:
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingError(f"{name} must be a whole number from {least} to {most}, not '{value}'.")
    return int(value)


def _database(name: Text, value: Text) -> Text:
    try:
        backend = make_url(value).get_backend_name()
    except ArgumentError:
        raise SettingError(f"{name} is no database address; sqlite:///FILE or postgresql://… is expected.") from None
    if backend == "sqlite" and not make_url(value).database:
        raise SettingError(f"{name} names no file; sqlite:///FILE is expected.")
    if backend not in ("sqlite", "postgresql"):
        raise SettingError(f"{name} must be a sqlite or postgresql address, not one of {backend}.")
    return value


def _url(name: Text, value: Text, schemes: Tuple[Text, ...]) -> Optional[Text]:
    if value and urlsplit(value).scheme not in schemes:
        raise SettingError(f"{name} must begin with {' or '.join(scheme + '://' for scheme in schemes)}.")
    try:
        urlsplit(value).port  # noqa: B018  reading it checks it
    except ValueError:
        raise SettingError(f"{name}: the port must be a number from 0 to 65535.") from None
    return value or None


def _one_of(name: Text, value: Text, known: Tuple[Text, ...]) -> Text:
    if value not in known:
        raise SettingError(f"{name} must be one of {', '.join(known)}, not '{value}'.")
    return value


def _address(name: Text, value: Text) -> Optional[Text]:
    if value and not _EMAIL.fullmatch(value):
        raise SettingError(f"{name} is no e-mail address; support@shop.example is expected.")
    return value or None


def _long(name: Text, value: Text) -> Optional[Text]:
    if value and len(value) < _LEAST_SECRET:
        raise SettingError(f"{name} must have at least {_LEAST_SECRET} characters; it has {len(value)}.")
    return value or None


def _origins(name: Text, value: Text) -> Tuple[Text, ...]:
    origins = tuple(value.replace(",", " ").split())
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
            raise SettingError(f"{name}: '{origin}' is no origin; https://shop.example is expected.")
    return origins


def _limits(name: Text, value: Text) -> Optional[Mapping[Text, Text]]:
    if value == "off":
        return None
    limits = dict(part.split("=", 1) for part in _DEFAULT_LIMITS.split())
    for part in value.replace(",", " ").split():
        match = _LIMIT.fullmatch(part)
        if not match:
            raise SettingError(f"{name}: '{part}' is no limit; conversation=60/minute is expected, or off for all.")
        limits[match[1]] = f"{match[2]}/{match[3]}"
    return limits


def _secret_key(value: Text, file: Path) -> Text:
    """The key given, else the one in the file, else a new one kept there (mode 0600, complete or not at all)."""
    if not value:
        try:
            if not file.exists():
                _write_new_key(file)
            value = file.read_text(encoding="ascii").strip()
        except OSError as error:
            raise SettingError(f"SECRET_KEY is not set and {file} cannot be used ({error.strerror}).") from None
        if len(value) < _LEAST_SECRET:
            raise SettingError(f"SECRET_KEY is not set and {file} holds no key; delete that file.")
    return _long("SECRET_KEY", value) or ""


def _write_new_key(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
        new.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, file)
    except FileExistsError:  # another process was first: its key counts
        pass
    finally:
        draft.unlink()
