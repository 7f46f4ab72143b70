"""Request parsing: a call of the bot from the query, JSON, a form, or a form with files."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from aiohttp import web

from playground.shape.wire import Json, decode, make_bad_request
from playground.world.files import UPLOAD_LIMIT, Upload, make_too_large

Files = Mapping[str, Upload]


async def read_call(request: web.Request) -> tuple[Json, Files]:
    """Parameters and uploaded files, from the query and from a body of any of the three types.

    Raises:
        CallRefusedError: when the body is too large, or is not a JSON object.
    """
    if (request.content_length or 0) > UPLOAD_LIMIT:
        raise make_too_large()
    params: Json = dict(request.query)
    if request.method != "POST" or not request.body_exists:
        return params, {}
    if request.content_type == "application/json":
        body = await request.read()
        try:
            sent = decode(body) if body else {}
        except msgspec.DecodeError:
            raise make_bad_request("can't parse JSON in request body") from None
        if not isinstance(sent, dict):
            raise make_bad_request("object expected as JSON in request body")
        return {**params, **sent}, {}
    files: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                files[name] = Upload(value.file.read(), value.filename, value.content_type)
        elif isinstance(value, str):
            params[name] = value
        else:
            files[name] = Upload(bytes(value))
    return params, files


def parse_chat_id(raw: Json) -> int | None:
    try:
        return int(raw["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None
