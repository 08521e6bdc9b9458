"""Chatwoot's two APIs: the account's, which the agent bot's token opens in part, and an API inbox's public one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from actions.support.outbox import Never, NotNow

logger = logging.getLogger(__name__)

_PATIENCE = {"total": 15, "connect": 5}
"""Seconds."""
_FOR_GOOD = (400, 404, 410, 413, 415, 422)
"""Answers that will be the same tomorrow, if Chatwoot itself gives them: a proxy's page says nothing of our request.

401 and 403 are not among them: an operator mends a token. In an API inbox, 404 can mean that its identifier is wrong.
"""

UNCLEAR_WAIT = 30.0
"""Seconds after which Chatwoot has long told us of a message of ours whose answer was lost, if it took it."""


@dataclass(frozen=True)
class Account:
    """Where we work: address without a slash at its end, number of the account, the agent bot's token, API inbox."""

    url: str
    number: int
    token: str = field(repr=False)
    inbox: str | None = None


@dataclass(frozen=True)
class Said:
    """A message that Chatwoot has: its id, and when (seconds since 1970, Chatwoot's clock; 0: unknown)."""

    id: int
    at: float = 0.0


class ChatwootSays(Exception):
    """Chatwoot's answer is no success; `status` is its HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Unclear(NotNow):
    """It may have been done: the answer did not come, or was that of a server that failed half-way."""


class ChatwootApi:
    """Calls raise `NotNow` (nothing was done), `Unclear` (a `NotNow`; who knows) or `Never`."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def message(
        self, number: int, content: str, private: bool = False, items: Sequence[Mapping[str, str]] = ()
    ) -> Said:
        """Say something in conversation `number`, or leave a note that customers do not see."""
        body: dict[str, Any] = {"content": content, "message_type": "outgoing", "private": private}
        if items:
            body.update(content_type="input_select", content_attributes={"items": [dict(item) for item in items]})
        return _said(await self._account("POST", f"conversations/{number}/messages", body))

    async def status(self, number: int, status: str) -> None:
        """Give the conversation to the bot (`pending`) or to people (`open`)."""
        answer = await self._account("POST", f"conversations/{number}/toggle_status", {"status": status})
        now = _mapping(_mapping(answer).get("payload")).get("current_status", status)
        if now != status:  # `success` says nothing: it is null where the bot hands over
            raise NotNow from ChatwootSays(409)

    async def attributes(self, number: int, attributes: Mapping[str, Any]) -> None:
        """Replace all custom attributes of the conversation."""
        await self._account("POST", f"conversations/{number}/custom_attributes", {"custom_attributes": attributes})

    async def priority(self, number: int, priority: str) -> None:
        """Say how urgent it is."""
        await self._account("POST", f"conversations/{number}/toggle_priority", {"priority": priority})

    async def contact(self, source: str, details: Mapping[str, str]) -> str:
        """A contact of the API inbox, with `source` as its key if Chatwoot lets us choose; the key."""
        try:
            answer = await self._public("POST", "contacts", {"source_id": source, **details})
        except NotNow as error:
            if isinstance(error.__cause__, ChatwootSays) and error.__cause__.status == 404:
                logger.error("Chatwoot knows no API inbox of the identifier in CHATWOOT_INBOX; what is for it waits.")
            raise
        return str(_mapping(answer).get("source_id") or source)

    async def begun(self, contact: str) -> int | None:
        """A conversation that the contact has already."""
        answer = await self._public("GET", f"contacts/{contact}/conversations")
        listed = answer if isinstance(answer, list) else _mapping(answer).get("payload") or []
        return max((_id(each) for each in listed), default=None)

    async def begin(self, contact: str) -> int:
        """A new conversation of the contact; its number."""
        return _id(await self._public("POST", f"contacts/{contact}/conversations", {}))

    async def said(self, contact: str, number: int) -> list[tuple[int, str]]:
        """What the contact has said, as ids and words."""
        answer = await self._public("GET", f"contacts/{contact}/conversations/{number}/messages")
        listed = answer if isinstance(answer, list) else _mapping(answer).get("payload") or []
        own = [each for each in listed if each.get("message_type") in (0, "incoming")]
        return [(_id(each), each.get("content") or "") for each in own]

    async def say(self, contact: str, number: int, content: str, key: str) -> Said:
        """Say something as the contact."""
        path = f"contacts/{contact}/conversations/{number}/messages"
        return _said(await self._public("POST", path, {"content": content, "echo_id": key}))

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _account(self, method: str, path: str, body: Any) -> Any:
        url = f"{self.account.url}/api/v1/accounts/{self.account.number}/{path}"
        return await self._call(method, url, body, {"api_access_token": self.account.token}, _FOR_GOOD)

    async def _public(self, method: str, path: str, body: Any = None) -> Any:
        url = f"{self.account.url}/public/api/v1/inboxes/{self.account.inbox}/{path}"
        return await self._call(method, url, body, {}, [status for status in _FOR_GOOD if status != 404])

    async def _call(
        self, method: str, url: str, body: Any, headers: Mapping[str, str], for_good: Collection[int]
    ) -> Any:
        try:
            async with self._connections().request(
                method, url, json=body, headers=headers, allow_redirects=False
            ) as answer:
                _check(answer, for_good)
                return await answer.json(content_type=None)
        except aiohttp.ClientConnectorError as error:
            raise NotNow from error
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise Unclear(retry_after=UNCLEAR_WAIT) from error

    def _connections(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed or self._loop is not loop:
            self._session, self._loop = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(**_PATIENCE)), loop
        return self._session


def _check(answer: aiohttp.ClientResponse, for_good: Collection[int]) -> None:
    if 200 <= answer.status < 300:
        return
    says = ChatwootSays(answer.status)
    if answer.status in for_good and (answer.content_type == "application/json" or answer.status == 413):
        raise Never from says
    if answer.status == 429:
        wait = answer.headers.get("Retry-After", "")
        raise NotNow(retry_after=float(wait) if wait.isdecimal() else None) from says
    if answer.status >= 500:
        raise Unclear(retry_after=UNCLEAR_WAIT) from says
    raise NotNow from says


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _id(answer: Any) -> int:
    try:
        return int(_mapping(answer)["id"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unclear(retry_after=UNCLEAR_WAIT) from error


def _said(answer: Any) -> Said:
    at = _mapping(answer).get("created_at")
    return Said(_id(answer), float(at) if isinstance(at, (int, float)) else 0.0)
