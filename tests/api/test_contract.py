"""The served OpenAPI document and the server say the same."""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CheckContext  # noqa: F401  (loads the built-in checks)
from schemathesis.specs.openapi import checks as openapi_checks

from bot.channels.turns import readable
from tests.api.client import API, Client


@pytest.fixture
def api_schema(server):
    """The document as a client gets it."""
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{server.port}{API}/openapi.json")


@pytest.fixture(scope="module")
def token(server) -> str:
    """A conversation for the calls that leave it alive."""
    return server.chat("en").token


# /events is left out: the stream never ends, so a body check would wait for ever. test_events.py holds it to its form.
schema = schemathesis.pytest.from_fixture("api_schema").exclude(path="/events")


@schema.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_server_keeps_to_its_document(case, server, token):
    if case.method.upper() == "DELETE":
        token = Client(server.port).start().json["token"]  # an erased conversation answers 410 for good
    response = case.call_and_validate(
        headers={"Authorization": f"Bearer {token}"} if needs_token(case) else None,
        excluded_checks=excluded(case),
    )
    if is_too_large(case):
        assert response.status_code == 413


def needs_token(case) -> bool:
    return case.path in ("/messages", "/transcript", "/feedback", "/typing", "/end", "/conversation")


def excluded(case) -> list:
    """What the document cannot say: values that have the right form and are refused for what they are."""
    body = case.body if isinstance(case.body, dict) else {}
    refused_for_its_content = (
        "button" in body  # signed by the server: no invented one is good
        or "identity" in body  # signed by the website
        or "helpful" in body  # the message must be one of the conversation
        or not readable(str(body.get("text", "x")))  # control characters only
        or not readable(str(body.get("id", "x")))
    )
    checks = [openapi_checks.positive_data_acceptance] if refused_for_its_content else []
    return [*checks, openapi_checks.negative_data_rejection] if is_too_large(case) else checks


def is_too_large(case) -> bool:
    """Refused with 413, which schemathesis does not take for the refusal of invalid data."""
    return isinstance(case.body, dict) and len(json.dumps(case.body)) > 32_768
