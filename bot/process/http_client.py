"""HTTP/1.1 client for short JSON calls: kept connections, one call at a time on each, answers parsed by llhttp (`httptools`).

Every press owes two calls, and their HTTP was a third of what it cost: 54 µs a call in aiohttp's session, 8 µs here (ADR 23). Whatever is not
short JSON, files above all, goes through aiohttp.
"""

import asyncio
import ssl
from collections import deque
from typing import NamedTuple, cast

from aiohappyeyeballs import start_connection
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from yarl import URL

IDLE_SECONDS = 55.0
"""How long a connection is kept unused: less than the minute or more after which servers close it, just when it is needed again."""

ANSWER_LIMIT_BYTES = 32 * 1024 * 1024
"""Of one answer; a hundred updates have a few hundred thousand."""

NEXT_ADDRESS_SECONDS = 0.25
"""After this long the next address of a server is tried beside the first (RFC 8305)."""


class Response(NamedTuple):
    """A whole answer; `content_type` without its parameters."""

    status: int
    content_type: str
    body: bytes


class HttpClient:
    """The connections to one server. Use within one event loop; `close` ends it."""

    def __init__(self, server: str) -> None:
        url = URL(server)
        self._host, self._port = url.raw_host or "", url.port or 0
        self._tls = ssl.create_default_context() if url.scheme == "https" else None
        self._prefix = url.raw_path.rstrip("/")
        self._head = (
            f" HTTP/1.1\r\nHost: {url.host_port_subcomponent}\r\nContent-Type: application/json\r\nContent-Length: "
        )
        self._idle: deque[_Line] = deque()
        self._open: set[_Line] = set()

    async def post(self, path: str, body: bytes, seconds: float) -> Response:
        """Post JSON, and wait so long for the whole answer.

        Raises:
            OSError: when none came, so that it is unknown whether the server has acted; TimeoutError is one.
        """
        request = f"POST {self._prefix}{path}{self._head}{len(body)}\r\n\r\n".encode() + body
        until = asyncio.get_running_loop().time() + seconds
        connection = self._take_idle()
        if connection is None:
            async with asyncio.timeout_at(until):
                connection = await self._connect()
        return await connection.exchange(request, until)

    def close(self) -> None:
        for connection in list(self._open):
            connection.abort()

    def keep(self, connection: "_Line", now: float) -> None:
        """It may be used again."""
        self._idle.append(connection)
        while now - self._idle[0].used_at > IDLE_SECONDS:
            self._idle.popleft().abort()

    def forget(self, connection: "_Line") -> None:
        """It is closed."""
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)

    def _take_idle(self) -> "_Line | None":
        """The connection that was used last, if that was not too long ago: none that was used earlier is better."""
        if not self._idle:
            return None
        connection = self._idle.pop()
        if asyncio.get_running_loop().time() - connection.used_at <= IDLE_SECONDS:
            return connection
        connection.abort()
        return None

    async def _connect(self) -> "_Line":
        loop = asyncio.get_running_loop()
        addresses = await loop.getaddrinfo(self._host, self._port, type=1)
        socket = await start_connection(addresses, happy_eyeballs_delay=NEXT_ADDRESS_SECONDS)
        name = self._host if self._tls is not None else None
        _, connection = await loop.create_connection(
            lambda: _Line(self), sock=socket, ssl=self._tls, server_hostname=name
        )
        self._open.add(connection)
        return connection


class _Line(asyncio.Protocol):
    """One connection; the callbacks named on_… are called by the parser while it is fed."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self._loop = asyncio.get_running_loop()
        self._parser = HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Response] | None = None
        self.used_at = 0.0
        self._begin()

    def _begin(self) -> None:
        self._body: list[bytes] = []
        self._size, self._content_type = 0, ""
        self._is_begun = self._ends_by_itself = False

    async def exchange(self, request: bytes, until: float) -> Response:
        """Send a request and wait for its answer until a moment of the loop's clock. Raises OSError when none comes."""
        assert self._transport is not None  # noqa: S101 -- it is connected
        self._answer = self._loop.create_future()
        timer = self._loop.call_at(until, self._fail, TimeoutError("no answer in time"))
        self._transport.write(request)
        try:
            return await self._answer
        finally:
            timer.cancel()
            if self._answer.cancelled():  # what comes now would be taken for the next answer
                self.abort()

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._answer.done():
            self.abort()  # nobody has asked: a server that says why it closes
            return
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self._fail(ConnectionError(f"the answer is no HTTP: {error}"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._client.forget(self)
        if (
            self._answer is not None
            and not self._answer.done()
            and exc is None
            and self._is_begun
            and not self._ends_by_itself
        ):
            self._finish()  # an answer without a length ends with its connection
        else:
            self._fail(exc if isinstance(exc, OSError) else ConnectionResetError("closed before it answered"))

    def on_message_begin(self) -> None:
        self._begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        field = name.lower()
        if field == b"content-type":
            self._content_type = value.partition(b";")[0].strip().decode("latin-1").lower()
        elif field in {b"content-length", b"transfer-encoding"}:
            self._ends_by_itself = True

    def on_headers_complete(self) -> None:
        self._is_begun = True

    def on_body(self, data: bytes) -> None:
        self._body.append(data)
        self._size += len(data)
        if self._size > ANSWER_LIMIT_BYTES:
            self._fail(ConnectionError("the answer is too long"))

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() >= 200:  # noqa: PLR2004 -- what is below announces another answer
            self._finish()

    def _finish(self) -> None:
        if self._answer is None or self._answer.done():
            return
        self._answer.set_result(Response(self._parser.get_status_code(), self._content_type, b"".join(self._body)))
        if self._transport is not None and not self._transport.is_closing():
            if self._parser.should_keep_alive():
                self.used_at = self._loop.time()
                self._client.keep(self, self.used_at)
            else:
                self._transport.close()

    def _fail(self, error: OSError) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
        self.abort()
