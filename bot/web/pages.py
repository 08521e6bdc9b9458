"""The routes of the widget's files and of the demo shop."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Callable, Dict, Optional, Sequence, Text

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import file as file_response
from sanic.response import json as json_response

from bot.web.assets import Asset, Assets
from bot.web.demo import demo_identity

DEMO = Path(__file__).parent / "demo"
_LANGUAGES = ("sv", "en")

_FOR_EVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"
_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language",
}


def widget_routes(assets: Assets, origins: Sequence[Text]) -> Blueprint:
    """`/widget.js` (cached for minutes) and `/widget/<version>/<name>` (cached for ever).

    Args:
        assets: what is served; any website may read it, there is nothing secret in it.
        origins: websites for which the application itself adds the headers that let them read.
    """
    routes = Blueprint("widget")
    known = {origin.lower() for origin in origins}

    async def launcher(request: Request) -> HTTPResponse:
        return _answer(request, assets.launcher, _SHORT, known)

    async def file(request: Request, version: Text, name: Text) -> HTTPResponse:
        asset = assets.files.get(name)
        if asset is None or version != assets.version:
            raise NotFound("There is nothing at this address.")
        return _answer(request, asset, _FOR_EVER, known)

    routes.add_route(launcher, "/widget.js", methods=["GET"], name="launcher")
    routes.add_route(file, "/widget/<version:str>/<name:str>", methods=["GET"], name="file")
    return routes


def _answer(request: Request, asset: Asset, caching: Text, known: set) -> HTTPResponse:
    tag = f'"{asset.integrity[-20:]}"'
    headers: Dict[Text, Text] = {
        "Cache-Control": caching,
        "ETag": tag,
        "Vary": "Accept-Encoding, Origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if (request.headers.get("origin") or "").lower() not in known:
        headers["Access-Control-Allow-Origin"] = "*"
    if tag in (request.headers.get("if-none-match") or ""):
        return HTTPResponse(status=304, headers=headers)
    body = asset.body
    if "gzip" in (request.headers.get("accept-encoding") or ""):
        body, headers["Content-Encoding"] = asset.compressed, "gzip"
    return HTTPResponse(body, headers=headers, content_type=asset.content_type)


def page_routes() -> Blueprint:
    """The demo shop at `/` and the privacy page, in the language of `?language=` or of the browser."""
    routes = Blueprint("pages")

    def page(kind: Text) -> Callable:
        async def answer(request: Request) -> HTTPResponse:
            return await file_response(DEMO / f"{kind}.{_language(request)}.html", headers=_PAGE_HEADERS)

        return answer

    routes.add_route(page("shop"), "/", methods=["GET"], name="shop")
    routes.add_route(page("privacy"), "/privacy", methods=["GET"], name="privacy")
    routes.static("/static", str(DEMO), name="static")
    return routes


def demo_routes(secret: Text, now: Callable[[], datetime]) -> Blueprint:
    """`/demo/identity/<customer>`: an identity to try. Only for `serve --demo` on a registry with made-up customers."""
    routes = Blueprint("demo")

    async def identity(request: Request, customer: Text) -> HTTPResponse:
        try:
            token = demo_identity(secret, customer, now())
        except KeyError:
            raise NotFound("There is nothing at this address.") from None
        return json_response({"identity": token}, headers={"Cache-Control": "no-store"})

    routes.add_route(identity, "/demo/identity/<customer:str>", methods=["GET"], name="identity")
    return routes


def _language(request: Request) -> Text:
    wanted: Optional[Text] = request.args.get("language")
    if wanted in _LANGUAGES:
        return wanted
    accepted = (request.headers.get("accept-language") or "").lower()
    places = {language: accepted.find(language) for language in _LANGUAGES}
    found = [language for language in _LANGUAGES if places[language] >= 0]
    return min(found, key=places.__getitem__, default=_LANGUAGES[0])
