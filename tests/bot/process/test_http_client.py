"""The HTTP client against servers that answer in every way HTTP allows, and in some that it does not."""

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.process import http_client
from bot.process.http_client import HttpClient, Response

OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 11\r\n\r\n{"ok":true}'
ANSWER = Response(200, "application/json", b'{"ok":true}')

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Peer:
    """A server that answers each request as told, the last way for ever; it counts connections and keeps what it was sent."""

    def __init__(self, *ways: Answer) -> None:
        self.ways, self.connections, self.requests = list(ways), 0, list[bytes]()
        self.asked = asyncio.Event()
        self._writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                self.asked.set()
                await (self.ways.pop(0) if len(self.ways) > 1 else self.ways[0])(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def leave(self) -> None:
        for writer in self._writers:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


def say(*parts: bytes, then_close: bool = False) -> Answer:
    """Answer with these bytes, each by itself."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.001)
        if then_close:
            writer.close()

    return answer


@asynccontextmanager
async def serving(*ways: Answer, path: str = "") -> AsyncIterator[tuple[HttpClient, Peer]]:
    """A client and its peer."""
    peer = Peer(*ways)
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    client = HttpClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{path}")
    try:
        yield client, peer
    finally:
        client.close()
        server.close()
        await peer.leave()


async def test_one_connection_for_one_call_after_another() -> None:
    """What is sent is whole, and the next call needs no connection of its own."""
    async with serving(say(OK), path="/proxy/") as (client, peer):
        for _ in range(3):
            assert await client.post("/bot1:a/getMe", b'{"a":1}', 5) == ANSWER
        assert peer.connections == 1
        head, _, body = peer.requests[0].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /proxy/bot1:a/getMe HTTP/1.1\r\nHost: 127.0.0.1:")
        assert b"Content-Type: application/json" in head
        assert body == b'{"a":1}'


async def test_calls_at_the_same_time_have_connections_of_their_own() -> None:
    """One that waits holds up no other."""
    async with serving(say(), say(OK)) as (client, peer):
        waiting = asyncio.ensure_future(client.post("/slow", b"{}", 60))
        await peer.asked.wait()
        assert await client.post("/quick", b"{}", 5) == ANSWER
        assert peer.connections == 2
        waiting.cancel()


@pytest.mark.parametrize(
    ("parts", "closes"),
    [
        ([OK[n : n + 1] for n in range(len(OK))], False),
        (
            [
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
                b'{"ok"\r\n6\r\n:true}\r\n0\r\n\r\n',
            ],
            False,
        ),
        ([b"HTTP/1.1 100 Continue\r\n\r\n", OK], False),
        ([b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b'{"ok":true}'], True),
        ([b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n", b'{"ok":true}'], True),
        ([OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")], False),
    ],
    ids=["in single bytes", "chunked", "after 100", "ended by its connection", "HTTP/1.0", "closing"],
)
async def test_ways_to_answer(parts: list[bytes], closes: bool) -> None:  # noqa: FBT001
    """Each is read whole, and the call after it is answered, too."""
    async with serving(say(*parts, then_close=closes), say(OK)) as (client, _):
        assert await client.post("/x", b"{}", 5) == ANSWER
        assert await client.post("/x", b"{}", 5) == ANSWER


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([b"220 mail.example ESMTP\r\n"], "no HTTP"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: eleven\r\n\r\n"], "no HTTP"),
        ([], "closed before it answered"),
        ([OK[:-4]], "closed before it answered"),
    ],
    ids=["another protocol", "no number", "nothing", "cut"],
)
async def test_no_whole_answer(parts: list[bytes], why: str) -> None:
    """It is not known what the server has done: an OSError, and the next call has a new connection."""
    async with serving(say(*parts, then_close=True), say(OK)) as (client, peer):
        with pytest.raises(ConnectionError, match=why):
            await client.post("/x", b"{}", 5)
        assert await client.post("/x", b"{}", 5) == ANSWER
        assert peer.connections == 2


async def test_an_answer_that_comes_late_is_nobody_elses() -> None:
    """Anyone who stops waiting, by time or because they are stopped, leaves a connection that is not used again."""
    async with serving(say()) as (client, peer):
        with pytest.raises(TimeoutError):
            await client.post("/x", b"{}", 0.05)
        peer.asked.clear()
        stopped = asyncio.ensure_future(client.post("/x", b"{}", 60))
        await peer.asked.wait()
        stopped.cancel()
        await asyncio.wait([stopped])
        peer.ways = [say(OK)]
        assert await client.post("/x", b"{}", 5) == ANSWER
        assert peer.connections == 3


async def test_a_server_that_says_good_bye() -> None:
    """What comes without a question is no answer to the next one."""
    good_bye = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    async with serving(say(OK, good_bye), say(OK)) as (client, peer):
        assert await client.post("/x", b"{}", 5) == ANSWER
        await asyncio.sleep(0.05)
        assert await client.post("/x", b"{}", 5) == ANSWER
        assert peer.connections == 2


async def test_what_has_not_been_used_for_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers close what is idle; who uses it just then would not know what became of the call."""
    async with serving(say(OK)) as (client, peer):
        await client.post("/x", b"{}", 5)
        monkeypatch.setattr(http_client, "IDLE_SECONDS", -1.0)
        await client.post("/x", b"{}", 5)
        assert peer.connections == 2


async def test_an_answer_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not fill the memory."""
    monkeypatch.setattr(http_client, "ANSWER_LIMIT_BYTES", 10)
    async with serving(say(OK)) as (client, _):
        with pytest.raises(ConnectionError, match="too long"):
            await client.post("/x", b"{}", 5)


async def test_who_cannot_show_who_they_are_gets_nothing(tmp_path: Path) -> None:
    """Over TLS a certificate that nobody vouches for ends the call before the token is said."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=localhost")
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
    (tmp_path / "own.pem").write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "own.pem")
    peer = Peer(say(OK))
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0, ssl=context)
    client = HttpClient(f"https://localhost:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(ssl.SSLCertVerificationError):
        await client.post("/bot1:a/getMe", b"{}", 5)
    assert not peer.requests
    client.close()
    server.close()
    await peer.leave()
