"""JSON bodies of the control API, in and out."""

from __future__ import annotations

from aiohttp import web

from playground.people.attachments import ImpossibleError
from playground.shape.wire import Json, decode, encode


async def read_body(request: web.Request) -> Json:
    """The request's JSON object; an empty body is an empty object. Raises ImpossibleError when it is anything else."""
    sent = await request.read()
    read = decode(sent) if sent else {}
    if not isinstance(read, dict):
        raise ImpossibleError("a JSON object is expected")
    return read


def respond_json(data: object, status: int = 200) -> web.Response:
    return web.Response(body=encode(data), content_type="application/json", status=status)
