"""Static file server of the playground's page: plain files at `/` and `/page/`, its words in every language at `/page/words.json`.

1. Only names that exist in the folder are served; nothing in a request becomes a path.
2. The page may load nothing from elsewhere and run only its own modules (Content-Security-Policy), so that text from a chat could
   do no harm even if it ended up as markup.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from aiohttp import web

from playground.page.labels import labels
from playground.shape.wire import Json, decode, encode
from texts import FALLBACK
from texts import FOLDER as TEXTS
from texts.words import lexicons

FOLDER = Path(__file__).parent
PRESSED = (
    "rating-file",
    "done",
    "act-accept",
    "act-resolve",
    "act-approve",
    "solved",
    "confirm",
    "resolution-valid",
    "skip",
    "summary-worse-cases",
)
"""The texts on the buttons that the tour presses."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff": "font/woff",
}
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # cached but revalidated: after an upgrade the page is the new one
}


def add_page(app: web.Application) -> None:
    """Serve the page; what it shows and does comes from the control API beside it."""
    app.router.add_get("/", partial(_file, name="index.html"))
    app.router.add_get("/page/words.json", _words)
    app.router.add_get("/page/{name}", _asset)
    app.router.add_get("/favicon.ico", partial(_file, name="icon.svg"))


async def _words(_request: web.Request) -> web.Response:
    return web.Response(body=encode(words()), headers=_HEADERS, content_type="application/json")


@cache
def words() -> Json:
    """What the page says in each language, which language a code means, and the labels of the buttons the tour presses."""
    languages = {
        language: {
            "name": lexicon.name,
            "codes": lexicon.codes,
            **decode((TEXTS / language / "page.json").read_bytes()),
        }
        for language, lexicon in lexicons().items()
    }
    return {"languages": languages, "fallback": FALLBACK, "buttons": {key: labels(key) for key in PRESSED}}


async def _asset(request: web.Request) -> web.StreamResponse:
    return await _file(request, name=request.match_info["name"])


async def _file(_request: web.Request, *, name: str) -> web.StreamResponse:
    path = next((path for path in FOLDER.iterdir() if path.name == name and path.suffix in _TYPES), None)
    if path is None:
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={**_HEADERS, "Content-Type": _TYPES[path.suffix]})
