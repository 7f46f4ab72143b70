"""Connections: halves of requests are given up, and whatever a client breaks is one line."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
import pytest
from aiohttp import web

from bot.web import connections


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server that says how much it has read."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.4)

    async def read(request: web.Request) -> web.Response:
        return web.Response(text=str(len(await request.read())))

    async def fail(_request: web.Request) -> web.Response:
        raise KeyError("ours")

    application = web.Application()
    application.router.add_post("/read", read)
    application.router.add_post("/fail", fail)
    runner = connections.make_runner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def send(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Send these pieces; what comes until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    got = b""
    with suppress(ConnectionError):  # it may close while we are writing
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(pause)
        async with asyncio.timeout(5):
            got = await reader.read()
    writer.close()
    return got


HEAD = b"POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"


@pytest.mark.parametrize("pieces", [(b"",), (b"PO",), (HEAD[:-2],), (HEAD,), (HEAD, b"12345")])
async def test_half_a_request_is_closed(port: int, pieces: tuple[bytes, ...]) -> None:
    """Whatever is missing."""
    began = asyncio.get_running_loop().time()
    got = await send(port, *pieces)
    assert 0.15 < asyncio.get_running_loop().time() - began < 3
    assert got == b""


async def test_drops_do_not_keep_it_open(port: int) -> None:
    """The time is for the whole of it, not for the next byte."""
    got = await send(port, HEAD, *(b"1" for _ in range(9)), pause=0.1)
    assert got == b""


async def test_what_is_whole_may_take_its_time(port: int) -> None:
    """A body that comes within its time is read; the connection rests between requests and goes on."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(2):
        for piece in (HEAD, b"12345", b"67890"):
            writer.write(piece)
            await asyncio.sleep(0.1)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert await reader.readexactly(2) == b"10"
        await asyncio.sleep(0.6)
    writer.close()


async def test_what_a_client_breaks_is_one_line(port: int, caplog: pytest.LogCaptureFixture) -> None:
    """A body that is abandoned, a body that is no body, a head that is none: a line each, and no traceback."""
    caplog.set_level(logging.INFO)
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + b"123")
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()
    await asyncio.sleep(0.05)
    assert (await send(port, b"POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")).startswith(
        b"HTTP/1.0 400"
    )
    assert (await send(port, b"\x16\x03\x01 nonsense\r\n\r\n")).startswith(b"HTTP/1.0 400")
    told = [record for record in caplog.records if record.name.startswith(("bot", "aiohttp"))]
    assert 2 <= len(told) <= 3
    assert not [record for record in told if record.exc_info or "\n" in record.getMessage()]


async def test_our_own_mistakes_keep_their_traceback(port: int, caplog: pytest.LogCaptureFixture) -> None:
    """They are ours to find."""
    async with aiohttp.ClientSession() as http, http.post(f"http://127.0.0.1:{port}/fail") as response:
        assert response.status == 500
    assert [record for record in caplog.records if record.exc_info]
