"""HTTP connections with time limits: a head or a body that does not arrive is given up, and what goes wrong with one is a single log line.

1. aiohttp waits for ever for the rest of a request; anyone who sends halves of thousands would hold as many connections.
2. What was refused before it was read is not read to its end either: the connection is closed after a moment.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import StreamReader
from aiohttp.web_protocol import RequestHandler, RequestPayloadError

log = logging.getLogger(__name__)

HEAD_SECONDS, BODY_SECONDS = 10.0, 30.0
"""By when the head of a request, and after that its body, must be there."""

SHUTDOWN_SECONDS = 1.0
"""Seconds that requests under way have when the process stops."""

IDLE_SECONDS, LINGER_SECONDS = 75.0, 2.0
"""How long a connection may rest between requests, and how long what nobody reads is let in so that the client hears why."""


Answer = Callable[[Any], Awaitable[web.StreamResponse]]
"""What is called with a request."""


def make_runner(application: web.Application, post: Mapping[str, Answer] | None = None) -> web.AppRunner:
    """The server of this application, with these limits.

    A POST to one of the paths in `post` is answered without the way through routes and middlewares, which would cost an update as much as
    reading it does.
    """
    return _Runner(
        application,
        post or {},
        access_log=None,
        keepalive_timeout=IDLE_SECONDS,
        lingering_time=LINGER_SECONDS,
        shutdown_timeout=SHUTDOWN_SECONDS,
    )


class _Runner(web.AppRunner):
    def __init__(self, application: web.Application, post: Mapping[str, Answer], **options: Any) -> None:  # noqa: ANN401 -- aiohttp's
        super().__init__(application, **options)
        self._post = post

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()

        def answer(request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
            at_once = self._post.get(request.path) if request.method == "POST" else None
            return (at_once or made.request_handler)(request)

        return _Server(answer, request_factory=made.request_factory, **made._kwargs)  # noqa: SLF001 -- as made


class _Server(web.Server):
    def __call__(self) -> RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class _Connection(RequestHandler):
    """One connection; `_limit` runs while a request is not whole."""

    _limit: asyncio.TimerHandle | None = None
    _body: StreamReader | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._wait_for("head", HEAD_SECONDS)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; then the limit is for whatever is not there yet."""
        parsed = self._request_count
        super().data_received(data)
        if self._request_count > parsed:
            self._stop_waiting()
            # The task that handles it runs later: what has just been parsed is still in the queue.
            payload = self._messages[-1][1] if self._messages else None
            self._body = payload if payload is not None and not payload.is_eof() else None
            if self._body is not None:
                self._wait_for("body", BODY_SECONDS)
        elif self._body is not None:
            if self._body.is_eof():
                self._stop_waiting()
                self._body = None
        elif self._limit is None and data:
            self._wait_for("head", HEAD_SECONDS)

    def log_exception(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 -- the logger's arguments
        """What a client did is one line; what we did keeps its traceback."""
        error = more.get("exc_info")
        if isinstance(error, HttpProcessingError | RequestPayloadError | ConnectionError):
            why = " ".join(str(error).split())[:200]
            log.info("a request from %s was broken off: %s: %s", self.peername, type(error).__name__, why)
        else:
            super().log_exception(*args, **more)

    def _wait_for(self, part: str, seconds: float) -> None:
        self._stop_waiting()
        self._limit = asyncio.get_running_loop().call_later(seconds, self._give_up, part, seconds)

    def _stop_waiting(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _give_up(self, part: str, seconds: float) -> None:
        self._limit = None
        if part == "body" and (self._body is None or self._body.is_eof()):
            return
        if self._request_count or part == "body":
            log.info("a request from %s was given up: its %s was not there after %d s", self.peername, part, seconds)
        self.force_close()
