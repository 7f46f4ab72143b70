"""HTTP front end of the Bot API: a request is parsed, checked, perhaps hit by a fault, carried out, logged, answered."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import struct
from contextlib import suppress
from email.utils import formatdate

from aiohttp import web

from playground.botapi.methods import DELIVERY, METHODS, SERVED
from playground.botapi.methods.call import BotCall
from playground.botapi.reading import Files, parse_chat_id, read_call
from playground.botapi.update_delivery import UpdateDelivery
from playground.shape import schema
from playground.shape.wire import CallRefusedError, Json, encode, make_too_many_requests
from playground.world.faults import Fault
from playground.world.world import World

_HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_LINGER = struct.pack("ii", 1, 0)  # makes closing reset the connection
_SLOW_MILLISECONDS = 1000

_WAITING = frozenset({"getupdates"})  # a long poll is not a sign of work


class BotApiDoor:
    def __init__(self, world: World) -> None:
        self._world = world
        self.delivery = UpdateDelivery(world, self._execute)
        self._closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/bot{token}/{method}", self._handle),
            web.post("/bot{token}/{method}", self._handle),
            web.get("/file/bot{token}/{path:.+}", self._download),
        ]

    async def close(self) -> None:
        self._closing.set()
        await self.delivery.close()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"].lower() in _WAITING:
            return await self._answer(request)
        calls = self._world.calls
        calls.acting += 1
        try:
            response = await self._answer(request)
            response.headers.setdefault("Date", formatdate(self._world.clock(), usegmt=True))
            return response
        finally:
            calls.acting -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self._world.faults.outage:
            return _drop(request)
        written = request.match_info["method"]
        method = schema.KNOWN.get(written.lower(), written)
        if request.match_info["token"] != self._world.token:
            return _reply(CallRefusedError(401, "Unauthorized"))
        try:
            raw, files = await read_call(request)
        except CallRefusedError as refused:
            return _reply(refused)
        fault = self._world.faults.strike_call(method, parse_chat_id(raw))
        if fault is None:
            return _reply(await self._act(method, raw, files))
        return await self._answer_struck(request, fault, method, raw, files)

    async def _act(self, method: str, raw: Json, files: Files, *, is_lost: bool = False) -> object:
        """Carry out the call and log it, and whether the bot will hear of it; returns its result or the refusal."""
        outcome: object
        params: Json = raw
        try:
            if method not in SERVED:
                raise _refuse_unserved(method)
            params = schema.check(method, raw, files)
            if method in DELIVERY:
                outcome = await self.delivery.answer(method, params)
            else:
                outcome = METHODS[method](BotCall(self._world, method, params, files))
        except CallRefusedError as refused:
            outcome = refused
        shown = {name: f"{upload.name or 'file'} ({len(upload.data)} bytes)" for name, upload in files.items()}
        self._world.calls.note(method, {**params, **shown} if shown else params, outcome, is_lost=is_lost)
        return outcome

    def _execute(self, body: object) -> None:
        """Carry out a method call that came as the webhook's answer."""
        if isinstance(body, dict) and (method := schema.KNOWN.get(str(body.get("method")).lower())) in METHODS:
            raw = {name: value for name, value in body.items() if name != "method"}
            outcome: object
            try:
                raw = schema.check(method, raw, {})
                outcome = METHODS[method](BotCall(self._world, method, raw, {}))
            except CallRefusedError as refused:
                outcome = refused
            self._world.calls.note(method, raw, outcome)

    async def _answer_struck(
        self, request: web.Request, fault: Fault, method: str, raw: Json, files: Files
    ) -> web.StreamResponse:
        outcome: object = None
        if fault.when == "after":
            outcome = await self._act(method, raw, files, is_lost=True)
        match fault.kind:
            case "slow":
                await asyncio.sleep((_SLOW_MILLISECONDS if fault.delay_ms is None else fault.delay_ms) / 1000)
                return _reply(await self._act(method, raw, files))
            case "silence":
                await self._silence(request)
                return _drop(request)
            case "reset":
                return _drop(request)
            case "half":
                return await _answer_half(request, outcome)
            case "kill":
                if fault.pid is not None and self._world.is_own_bot(fault.pid):
                    with suppress(ProcessLookupError):
                        os.kill(fault.pid, signal.SIGKILL)
                return _drop(request)
            case "502html":
                return web.Response(status=502, body=_HTML, content_type="text/html")
            case _:
                pass
        refused = _refusal(fault)
        if fault.when == "before":
            self._world.calls.note(method, raw, refused)
        return _reply(refused)

    async def _silence(self, request: web.Request) -> None:
        """Say nothing until the bot gives up, or the server ends."""
        while request.transport is not None and not request.transport.is_closing():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), 0.1)
                return

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if self._world.faults.outage:
            return _drop(request)
        if request.match_info["token"] != self._world.token:
            return _reply(CallRefusedError(401, "Unauthorized"))
        file = self._world.files.at(request.match_info["path"])
        if file is None:
            return _reply(CallRefusedError(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")


def _refusal(fault: Fault) -> CallRefusedError:
    match fault.kind:
        case "429":
            return make_too_many_requests(1 if fault.retry_after is None else fault.retry_after)
        case "403":
            return CallRefusedError(403, fault.description or "Forbidden: bot was blocked by the user")
        case "400":
            return CallRefusedError(
                400, fault.description or "Bad Request: not enough rights to send text messages to the chat"
            )
        case _:
            return CallRefusedError(500, fault.description or "Internal Server Error")


def _refuse_unserved(method: str) -> CallRefusedError:
    if method in schema.KNOWN.values():
        return CallRefusedError(501, f"Not Implemented: the local server does not serve {method}")
    return CallRefusedError(404, "Not Found")


def _reply(outcome: object) -> web.Response:
    if isinstance(outcome, CallRefusedError):
        return web.Response(status=outcome.code, body=encode(outcome.body()), content_type="application/json")
    return web.Response(body=encode({"ok": True, "result": outcome}), content_type="application/json")


async def _answer_half(request: web.Request, outcome: object) -> web.StreamResponse:
    """Promise the whole answer, send half of it, and reset the connection."""
    whole = _reply(outcome)
    body = whole.body if isinstance(whole.body, bytes) else b""
    answer = web.StreamResponse(
        status=whole.status, headers={"Content-Type": "application/json", "Content-Length": str(len(body))}
    )
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
    return _drop(request)


def _drop(request: web.Request) -> web.Response:
    """Reset the connection; the response returned goes nowhere."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
        transport.abort()
    return web.Response()
