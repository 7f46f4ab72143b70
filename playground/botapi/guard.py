"""Request origin check (against CSRF and DNS rebinding): only this machine and the playground's own page are served.

The control API can do much (stop a process, for one), and any web page in a browser can send requests to 127.0.0.1.
So a request must name this machine as its host (no DNS rebinding), and a page that sends one must be our own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Middleware that lets only our own requests through. Raises web.HTTPForbidden for a foreign host or origin."""
    if urlsplit(f"//{request.host}").hostname not in _HERE:
        raise web.HTTPForbidden(text="this server answers to 127.0.0.1 and localhost only")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text="other pages may not use this server")
    return await handler(request)
