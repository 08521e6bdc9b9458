"""A client of the Socket.IO channel."""

from __future__ import annotations

import asyncio

import socketio

from tests.api.running import Server

PATIENCE = 20


class Widget:
    """rasa-webchat in small: asks for a session on connecting, keeps the id that is confirmed."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.session: str | None = None
        self.heard: asyncio.Queue[dict] = asyncio.Queue()
        self.confirmed: asyncio.Queue[str] = asyncio.Queue()
        self.client.on("session_confirm", self.confirmed.put)
        self.client.on("bot_uttered", self.heard.put)

    async def connect(self, server: Server, session: object = None, language: str = "en", **headers: str) -> Widget:
        await self.client.connect(
            f"http://127.0.0.1:{server.port}/?language={language}",
            headers=headers,
            transports=["polling"],
            wait_timeout=PATIENCE,
        )
        await self.client.emit("session_request", {"session_id": session})
        self.session = await asyncio.wait_for(self.confirmed.get(), PATIENCE)
        return self

    async def says(self, message: object, session: object = ...) -> None:
        data = {
            "message": message,
            "customData": {"language": "en"},
            "session_id": self.session if session is ... else session,
        }
        await self.client.emit("user_uttered", data)

    async def leaves(self) -> None:
        """Is gone at once: a polite goodbye would wait for the poll that is under way."""
        await self.client.eio.http.close()

    async def hears(self) -> dict:
        return await asyncio.wait_for(self.heard.get(), PATIENCE)
