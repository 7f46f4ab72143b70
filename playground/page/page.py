"""The playground's page: a folder of plain files at `/` and `/page/`.

1. Only names that are in the folder are served; nothing a request says becomes a path.
2. The page may load nothing from elsewhere and run nothing but its own modules (Content-Security-Policy), so that
   text from a chat could do no harm even if it came to be markup.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # kept, but asked for again: after an upgrade the page is the new one
}


def add_page(app: web.Application) -> None:
    """Serve the page; what it shows and does comes from the control API beside it."""
    app.router.add_get("/", partial(_file, name="index.html"))
    app.router.add_get("/page/{name}", _asset)
    app.router.add_get("/favicon.ico", partial(_file, name="icon.svg"))


async def _asset(request: web.Request) -> web.StreamResponse:
    return await _file(request, name=request.match_info["name"])


async def _file(_request: web.Request, *, name: str) -> web.StreamResponse:
    path = next((path for path in FOLDER.iterdir() if path.name == name and path.suffix in _TYPES), None)
    if path is None:
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={**_HEADERS, "Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"})
