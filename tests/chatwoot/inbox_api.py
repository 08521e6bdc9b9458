"""The public API of an API inbox: contacts, their conversations, and what they write there."""

from __future__ import annotations

from aiohttp import web

from tests.chatwoot import as_told
from tests.chatwoot.account import INBOX
from tests.chatwoot.keeping import Keeping
from tests.chatwoot.records import Contact, Conversation

_NOT_FOUND = '{"error": "Resource could not be found"}'


class InboxApi:
    """Of the one API inbox; who knows a contact's `source` may speak for it."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    def add_to(self, app: web.Application) -> None:
        """Answer at its addresses."""
        public = "/public/api/v1/inboxes/{inbox}/contacts"
        app.router.add_post(public, self._post_contact)
        app.router.add_get(public + "/{source}/conversations", self._get_conversations)
        app.router.add_post(public + "/{source}/conversations", self._post_conversation)
        app.router.add_get(public + "/{source}/conversations/{number}/messages", self._get_messages)
        app.router.add_post(public + "/{source}/conversations/{number}/messages", self._post_words)

    async def _post_contact(self, request: web.Request) -> web.Response:
        self._inbox(request)
        body = await request.json()
        source = body.get("source_id") or f"uuid-{next(self._keeping.people)}"
        known = [each for each in self._keeping.contacts.values() if each.email and each.email == body.get("email")]
        made = known[0] if known else Contact(next(self._keeping.people), body.get("name") or "", body.get("email"))
        self._keeping.contacts.setdefault(source, made)
        contact = self._keeping.contacts[source]
        about = {"id": contact.id, "name": contact.name, "email": contact.email}
        return web.json_response({"source_id": source, "pubsub_token": "p", **about})

    async def _get_conversations(self, request: web.Request) -> web.Response:
        self._inbox(request)
        source = request.match_info["source"]
        theirs = [each for each in self._keeping.conversations.values() if each.source == source]
        return web.json_response([{"id": each.id} for each in theirs])

    async def _post_conversation(self, request: web.Request) -> web.Response:
        self._inbox(request)
        source = request.match_info["source"]
        if source not in self._keeping.contacts:
            raise web.HTTPNotFound(text=_NOT_FOUND, content_type="application/json")
        made = self._keeping.begin(5, "Channel::Api", self._keeping.contacts[source], source, {})
        self._keeping.write(f"(conversation {made.id} begins in the API inbox)")
        return web.json_response({"id": made.id, "inbox_id": made.inbox, "status": made.status, "messages": []})

    async def _get_messages(self, request: web.Request) -> web.Response:
        conversation = self._of_contact(request)
        shown = [each for each in conversation.messages if not each.private and each.message_type != "activity"]
        return web.json_response([as_told.message_reply(conversation, each) for each in shown])

    async def _post_words(self, request: web.Request) -> web.Response:
        conversation, body = self._of_contact(request), await request.json()
        self._keeping.write(f"customer: {body['content']}")
        if conversation.status == "resolved":
            self._keeping.put_status(conversation, "pending")
        message = self._keeping.add(conversation, "incoming", body["content"], as_told.customer(conversation))
        return web.json_response({**as_told.message_reply(conversation, message), "echo_id": body.get("echo_id")})

    def _inbox(self, request: web.Request) -> None:
        if request.match_info["inbox"] != INBOX:
            raise web.HTTPNotFound(text=_NOT_FOUND, content_type="application/json")

    def _of_contact(self, request: web.Request) -> Conversation:
        self._inbox(request)
        conversation = self._keeping.conversations.get(int(request.match_info["number"]))
        if conversation is None or conversation.source != request.match_info["source"]:
            raise web.HTTPNotFound(text=_NOT_FOUND, content_type="application/json")
        return conversation
