"""A website of somebody else that embeds the widget, as small as can be."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.api.running import free_port


class EmbeddingSite:
    """Serves one page. `script`: the tag that embeds the widget; `policy`: the page's Content-Security-Policy."""

    def __init__(self) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.script = ""
        self.policy = ""

    def embed(self, bot: str, extra: str = "") -> None:
        """The page as a careful web team would serve it, with the bot at the address `bot`."""
        self.script = f'<script src="{bot}/widget.js" defer data-language="sv" {extra}></script>'
        self.policy = (
            f"default-src 'none'; script-src {bot}; connect-src {bot}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )

    def __enter__(self) -> EmbeddingSite:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802
                head = '<!doctype html><html lang="sv"><title>Butik</title><link rel="icon" href="data:,">'
                page = f"{head}{site.script}<p>Hej</p>"
                body = page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", site.policy + "; img-src data:")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
