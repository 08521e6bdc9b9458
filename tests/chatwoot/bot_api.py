"""Chatwoot's API for agent bots: what it takes from a bot, and what it refuses."""

from __future__ import annotations

from aiohttp import web

from tests.chatwoot import as_told
from tests.chatwoot.account import ACCOUNT, TOKEN
from tests.chatwoot.keeping import Keeping
from tests.chatwoot.records import BOT, Conversation

_NOT_FOUND = '{"error": "Resource could not be found"}'


class BotApi:
    """Of the one account, with the bot's token."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    def add_to(self, app: web.Application) -> None:
        """Answer at its addresses."""
        bot = "/api/v1/accounts/{account}/conversations/{number}"
        app.router.add_post(f"{bot}/messages", self._post_message)
        app.router.add_post(f"{bot}/toggle_status", self._post_status)
        app.router.add_post(f"{bot}/toggle_priority", self._post_priority)
        app.router.add_post(f"{bot}/custom_attributes", self._post_attributes)
        app.router.add_route("*", "/api/v1/{rest:.*}", self._not_for_bots)

    async def _post_message(self, request: web.Request) -> web.Response:
        conversation, body = self._of_bot(request), await request.json()
        assert "source_id" not in body, "Chatwoot would take it for a message that the channel has already"
        details = body.get("content_attributes") or {}
        kind = body.get("content_type") or "text"
        items = details.get("items", [])
        wrong = [each for each in items if not isinstance(each, dict) or set(each) != {"title", "value"}]
        if body.get("message_type") == "incoming" or wrong or (kind == "input_select" and not items):
            return web.json_response({"message": "Validation failed"}, status=422)
        private = bool(body.get("private"))
        buttons = "".join(f" [{each['title']}]" for each in items)
        self._keeping.write(f"bot{' (private note)' if private else ''}: {body['content']}{buttons}")
        message = self._keeping.add(
            conversation, "outgoing", body["content"], BOT, private=private, kind=kind, details={**details}
        )
        return web.json_response(as_told.message_reply(conversation, message))

    async def _post_status(self, request: web.Request) -> web.Response:
        conversation, wanted = self._of_bot(request), (await request.json()).get("status")
        if wanted not in ("open", "pending", "resolved", "snoozed"):
            return web.json_response({"message": "invalid status"}, status=422)
        hands_over = conversation.status == "pending" and wanted == "open"
        self._keeping.write(f"bot sets the status to {wanted}")
        self._keeping.put_status(conversation, wanted)
        payload = {
            "success": None if hands_over else True,
            "conversation_id": conversation.id,
            "current_status": conversation.status,
            "snoozed_until": None,
        }
        return web.json_response({"meta": {}, "payload": payload})

    async def _post_priority(self, request: web.Request) -> web.Response:
        conversation = self._of_bot(request)
        conversation.priority = (await request.json()).get("priority")
        self._keeping.write(f"bot sets the priority to {conversation.priority}")
        return web.json_response({})

    async def _post_attributes(self, request: web.Request) -> web.Response:
        conversation = self._of_bot(request)
        conversation.custom_attributes = (await request.json())["custom_attributes"]  # all of them, always
        conversation.updated_at = self._keeping.now()
        named = ", ".join(f"{name}={value}" for name, value in conversation.custom_attributes.items())
        self._keeping.write(f"bot sets the custom attributes: {named}")
        return web.json_response({"custom_attributes": conversation.custom_attributes})

    async def _not_for_bots(self, request: web.Request) -> web.Response:
        return web.json_response({"error": "Access to this endpoint is not authorized for bots"}, status=401)

    def _of_bot(self, request: web.Request) -> Conversation:
        if request.headers.get("api_access_token") != TOKEN:
            raise web.HTTPUnauthorized(text='{"error": "Invalid Access Token"}', content_type="application/json")
        number = int(request.match_info["number"])
        if int(request.match_info["account"]) != ACCOUNT or number not in self._keeping.conversations:
            raise web.HTTPNotFound(text=_NOT_FOUND, content_type="application/json")
        return self._keeping.conversations[number]
