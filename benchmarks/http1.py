"""Minimal HTTP/1.1 (RFC 9112), by hand, so that the measuring side is never the slowest part.

1. One class frames both sides: a request and a response differ only in their first line.
2. Bodies come by Content-Length or chunked; a message with neither has none.
"""

import asyncio
import json
from typing import Any, cast
from urllib.parse import parse_qsl

import msgspec

Params = dict[str, Any]

_decode = msgspec.json.Decoder().decode


class Framed(asyncio.Protocol):
    """Cuts a byte stream into HTTP messages and hands each to `message`."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        rest = self._rest + data if self._rest else data
        while rest:
            cut = split(rest)
            if cut is None:
                break
            head, body, rest = cut
            self.message(head, body)
        self._rest = rest

    def message(self, head: bytes, body: bytes) -> None:
        """Handle one message. Raises NotImplementedError here: each side has its own."""
        raise NotImplementedError


def split(data: bytes) -> tuple[bytes, bytes, bytes] | None:
    """The first complete message of a stream as (head, body, rest); None while it is incomplete."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head, start = data[: end + 2], end + 4
    length = header(head, b"content-length")
    if length:
        stop = start + int(length)
        return (head, data[start:stop], data[stop:]) if len(data) >= stop else None
    if header(head, b"transfer-encoding").lower() == b"chunked":
        return _chunked(head, data, start)
    return head, b"", data[start:]


def header(head: bytes, name: bytes) -> bytes:
    """The value of a header, empty if absent; `name` in lower case."""
    at = head.lower().find(b"\r\n" + name + b":")
    if at < 0:
        return b""
    at += len(name) + 3
    return head[at : head.find(b"\r\n", at)].strip()


def _chunked(head: bytes, data: bytes, at: int) -> tuple[bytes, bytes, bytes] | None:
    parts: list[bytes] = []
    while True:
        line = data.find(b"\r\n", at)
        if line < 0:
            return None
        size = int(data[at:line].partition(b";")[0], 16)
        stop = line + 2 + size
        if len(data) < stop + 2:
            return None
        if size == 0:
            return head, b"".join(parts), data[stop + 2 :]
        parts.append(data[line + 2 : stop])
        at = stop + 2


def params(head: bytes, body: bytes) -> Params:
    """The parameters of a Bot API call, in any of the three encodings that libraries use."""
    if not body:
        return {}
    kind = header(head, b"content-type")
    if kind.startswith(b"application/json"):
        return cast("Params", _decode(body))
    if kind.startswith(b"multipart/"):
        return _multipart(kind, body)
    return dict(parse_qsl(body.decode()))


def _multipart(kind: bytes, body: bytes) -> Params:
    """Plain fields as text; of a file only that it was there."""
    boundary = kind.partition(b"boundary=")[2].strip(b'" ')
    fields: Params = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        fields[name] = "attached" if b"filename=" in head else content[:-2].decode()
    return fields


def loads(value: object) -> object:
    """A nested JSON value, which is an object in a JSON call and a string in the other encodings."""
    return json.loads(value) if isinstance(value, str) else value


def request(path: str, host: str, body: bytes, headers: str = "") -> bytes:
    """A keep-alive POST of JSON, in one write."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"{headers}Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def response(body: bytes) -> bytes:
    """A 200 with JSON, in one write."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
