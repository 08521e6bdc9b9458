"""Errors of the web chat API, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Mapping, Optional, Text

from sanic.response import HTTPResponse

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that cannot be answered; `detail` is a sentence that says what is wrong and where."""

    def __init__(self, status: int, detail: Text, headers: Optional[Mapping[Text, Text]] = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self) -> HTTPResponse:
        """The HTTP answer."""
        body = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        headers = self.headers
        if "Retry-After" in headers:  # so that a script on another site may read it
            headers = {**headers, "Access-Control-Expose-Headers": "Retry-After"}
        return HTTPResponse(json.dumps(body), status=self.status, headers=headers, content_type=MEDIA_TYPE)


def unavailable() -> Problem:
    """The conversation cannot be read or written now; nothing was done, the same request may be sent again."""
    return Problem(
        503, "The conversation cannot be stored right now. Send the same message again.", {"Retry-After": "5"}
    )
