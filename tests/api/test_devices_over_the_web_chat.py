"""The customer's own devices over the web chat: every reason code, identification by mail, cases."""

from __future__ import annotations

import re
import time
from datetime import datetime
from email import message_from_bytes, policy

import jwt
import pytest

from tests.api.client import Chat
from tests.api.registry_of_today import PEOPLE, email_of, serial_of, write_registry
from tests.api.running import IDENTITY_SECRET
from tests.conftest import STOCKHOLM

_LANGUAGES = ("en", "sv")
_REPORT = ("Report a broken device", "Anmäl en trasig enhet")
_ACCIDENT = (("Dropped, wet or another accident", "Tappad, blöt eller annan olycka"),)
_OTHERS = {  # reason: the buttons that lead to it
    "lost_not_covered": (("Lost", "Borttappad"),),
    "stolen_not_covered": (("Stolen", "Stulen"),),
    "cosmetic_only": (("Scratches or wear", "Repor eller slitage"), ("Yes, it works", "Ja, den fungerar")),
}


@pytest.fixture(scope="session")
def shop(server, tmp_path_factory):
    """The shared server, with a registry that fits today's date."""
    from actions.registry import import_registry, registry_engine

    today = datetime.now(STOCKHOLM).date()
    engine = registry_engine(f"sqlite:///{server.folder}/registry.db")
    import_registry(engine, write_registry(tmp_path_factory.mktemp("csv"), today))
    engine.dispose()
    return server


@pytest.fixture
def visit(shop):
    """A customer for whom the website vouches: visit("covered", "en")."""

    def start(customer: str, language: str) -> Chat:
        claims = {"sub": customer, "age_verified": True, "exp": time.time() + 600}
        return shop.chat(language, identity=jwt.encode(claims, IDENTITY_SECRET, "HS256"))

    return start


def _press(chat: Chat, messages: list[dict], title: str) -> list[dict]:
    (button,) = [b["id"] for message in messages for b in message["buttons"] if b["title"] == title]
    return chat.presses(button)


def _decision(messages: list[dict]) -> dict:
    (data,) = [m["data"] for m in messages if m.get("data", {}).get("kind") == "damage_decision"]
    return data


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("reason", [*PEOPLE, *_OTHERS])
def test_every_reason_is_decided_over_the_web_chat(visit, reason, language):
    chat = visit(reason if reason in PEOPLE else "covered", language)
    told = chat.says("hello" if language == "en" else "hej")
    for titles in (_REPORT, *_OTHERS.get(reason, _ACCIDENT)):
        told = _press(chat, told, titles[_LANGUAGES.index(language)])
    assert _decision(told)["reason"] == reason


def test_a_customer_is_identified_by_a_code_that_arrives_by_mail(shop):
    chat = shop.chat("sv", adult=True)
    chat.says("Är min enhet täckt av programmet?")
    (asked,) = chat.says(f"{email_of('covered')} {serial_of('covered')}")
    assert asked["data"] == {"kind": "ask", "field": "code"}

    told = chat.says(_code_mailed_to(shop, email_of("covered")))

    assert told[0]["text"] == "Tack."
    assert told[1]["data"]["kind"] == "coverage"
    assert told[1]["data"]["devices"][0]["serial"] == "…0000"


def _code_mailed_to(shop, address: str) -> str:
    """Mail goes out in the background: the folder is looked at until it is there, for ten seconds at most."""
    for _ in range(200):
        for file in (shop.folder / "outbox").glob("*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if mail["To"] == address:
                return re.search(r"\d{3} \d{3}", mail.get_body(("plain",)).get_content())[0]
        time.sleep(0.05)
    raise AssertionError("no mail came")


def test_a_customer_can_open_a_case_and_read_it_up_in_the_transcript(visit):
    chat = visit("covered", "en")
    asked = chat.says("I dropped my charger, can I have a new one?")
    done = _press(chat, asked, "Yes, open a case")
    reference = re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}", done[0]["text"])[0]
    assert reference in str(chat.transcript().json)


def test_an_identity_of_an_unknown_customer_tells_nothing(visit):
    (told,) = visit("nobody", "en").says("is my device covered?")
    assert "I find no devices on your account" in told["text"]


def test_what_a_customer_typed_is_masked_in_the_transcript(shop):
    chat = shop.chat("en", adult=True)
    chat.says(f"is my device covered? {email_of('claim_in_progress')} {serial_of('claim_in_progress')}")
    chat.says("123 456")
    kept = str(chat.transcript().json)
    assert email_of("claim_in_progress") not in kept
    assert serial_of("claim_in_progress") not in kept
    assert "123 456" not in kept
    assert "[email] [serial]" in kept


def test_codes_are_limited_by_network_address(shop):
    """Twenty codes an hour for one address, whoever they are for."""
    from tests.api.client import Client

    visitor = Client(shop.port, "127.0.0.9")
    said = []
    for n in range(21):
        chat = visitor.chat("en", adult=True)
        chat.says("is my device covered?")
        said.append(chat.says(f"person{n}@example.com {serial_of('covered')}")[0]["text"])
    assert all("has been sent" in text for text in said[:20])
    assert "cannot send any more codes" in said[20]
    other = Client(shop.port, "127.0.0.10").chat("en", adult=True)
    other.says("is my device covered?")
    assert "has been sent" in other.says(f"person99@example.com {serial_of('covered')}")[0]["text"]
