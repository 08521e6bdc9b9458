"""This process: its settings, and the skills' services made from them."""

from __future__ import annotations

import os
from datetime import datetime
from functools import lru_cache
from typing import Mapping, Optional, Text

from actions import services as skill_services
from actions.identity.details import mask_personal_data
from actions.identity.signed import IdentityRefused
from actions.support.wording import describe_week
from bot.dialogue.content import ContentError
from bot.settings import ROOT, ChatwootSettings, Settings, load_settings
from bot.understanding.all_lists import read_all

DATA = ROOT / "data"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once.

    Raises:
        SettingError: a variable has a value that cannot be used.
    """
    return load_settings()


def now() -> datetime:
    """The present moment in the time zone of the contact hours."""
    return skill_services.services().now()


def prepare_skills() -> None:
    """Make the skills' services from the settings of this process, and read the word lists.

    Raises:
        ValueError: a file under `data/` is wrong.
    """
    try:
        read_all()
    except ContentError as error:
        raise ValueError(str(error)) from error
    current = settings()
    environment = {
        **os.environ,
        "REGISTRY_URL": current.registry_url,
        "TRACKER_URL": current.tracker_url,
        "DESK": current.desk,
        "DESK_MAIL": current.desk_mail or "",
        "MAIL_URL": current.mail_url,
        "REDIS_URL": current.redis_url or "",
        "SECRET_KEY": current.secret_key,
        "IDENTITY_SECRET": current.identity_secret or "",
        **_chatwoot(current.chatwoot),
    }
    skill_services.use(skill_services.build(environment))


def _chatwoot(current: Optional[ChatwootSettings]) -> Mapping[Text, Text]:
    if current is None:
        return dict.fromkeys(("CHATWOOT_URL", "CHATWOOT_ACCOUNT", "CHATWOOT_TOKEN", "CHATWOOT_INBOX"), "")
    return {
        "CHATWOOT_URL": current.url,
        "CHATWOOT_ACCOUNT": str(current.account),
        "CHATWOOT_TOKEN": current.token,
        "CHATWOOT_INBOX": current.inbox or "",
    }


def make_folder(url: Text) -> None:
    """The folder of an SQLite file and the file itself (mode 0600: it holds conversations), where they are missing."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and len(url) > len(prefix):
        file = ROOT / url[len(prefix) :]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)


def mask(text: Text) -> Text:
    """The text without personal data: what is stored and logged of a customer's message."""
    return mask_personal_data(text)


def facts(language: Text) -> Mapping[Text, Text]:
    """What every answer may say: contact details and terms, from the files under `data/`, worded in the language."""
    services = skill_services.services()
    return {
        "phone": services.contact.phone,
        "email": services.contact.email,
        "warranty_months": str(services.terms.warranty_months),
        "minimum_age": str(services.terms.minimum_age),
        "opening_hours": describe_week(services.contact, language),
    }


def identity_refused(token: Text) -> Optional[Text]:
    """Why a website identity is refused now; None when it is good."""
    services = skill_services.services()
    try:
        services.identities.read(token, services.now())
    except IdentityRefused as refusal:
        return str(refusal)
    return None
