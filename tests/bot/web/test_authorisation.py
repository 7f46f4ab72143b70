"""Authorisation matrix of the HTTP interface: every endpoint, by whom, from where.

The expected statuses are in `authorisation.txt` beside this file, to be read and argued about. Its rows are the routes of the server:
an endpoint without a row, and a row without an endpoint, fail. After a change that is meant, `HUIFANG_WRITE=1` writes the file anew:
read its diff.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp
from aiohttp import web

from bot.web.connections import make_runner
from bot.web.web import SECRET_HEADER, Handler, Web
from storage.people import tokens
from tests.harness.bot_process import find_free_port
from tests.harness.in_process import Desk, make_delivery

WRITTEN = Path(__file__).with_name("authorisation.txt")
SECRET = "the webhook's secret"


class Caller(NamedTuple):
    """Somebody who asks: with which headers, and from where."""

    name: str
    headers: dict[str, str]
    remote: str = "203.0.113.7"


def bear(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


HERE = "127.0.0.1"
CALLERS = (
    Caller("nobody", {}),
    Caller("nobody, on this machine", {}, HERE),
    Caller("nobody, on this machine by IPv6", {}, "::1"),
    Caller("nobody, through a proxy on this machine", {"X-Forwarded-For": "203.0.113.7"}, HERE),
    Caller("an empty token", bear("")),
    Caller("a wrong token", bear("wrong")),
    Caller("a revoked token", bear("revoked")),
    Caller("the stored hash of a right token", bear(tokens._hash("own"))),
    Caller("a right token, but not as a bearer", {"Authorization": "Basic own"}),
    Caller("the token of another source", bear("other")),
    Caller("the token of another source, made with --cases", bear("all")),
    Caller("the source's own token", bear("own")),
    Caller("the source's own token, through a proxy", bear("own") | {"Via": "1.1 proxy"}, HERE),
    Caller("a wrong webhook secret", {SECRET_HEADER: "wrong"}),
    Caller("the webhook's secret as a token", bear(SECRET)),
    Caller("a token as the webhook's secret", {SECRET_HEADER: "own"}),
    Caller("the webhook's secret", {SECRET_HEADER: SECRET}),
)
KEYED = tuple(caller for caller in CALLERS if caller.name.startswith(("nobody", "the source's", "the webhook's")))
DOORS = {
    "At the only address:": CALLERS,
    "At the common address, where metrics have one of their own:": KEYED,
    "At the address of the metrics:": KEYED,
}

PLACES = {"waybill": "SF1", "kind": "png"}
"""What the variable parts of a path are filled with: a delivery of the source, with a case about it."""

BODIES = {
    "POST /telegram": {"update_id": 1},
    "POST /api/v1/deliveries": make_delivery("SF2"),
}


@asynccontextmanager
async def serve(desk: Desk, metrics: tuple[str, int] | None = None) -> AsyncIterator[tuple[str, list[str]]]:
    """A server's address, and its routes. Everybody comes from where they say they come from."""
    server = Web(desk.database, desk.worker, desk.services, desk.clock, SECRET, lambda: None, metrics)
    application = server.application()
    application.middlewares.insert(0, _come_from_afar)
    runner = make_runner(application)
    await runner.setup()
    await web.TCPSite(runner, HERE, 0).start()
    if metrics is not None:
        await web.TCPSite(runner, *metrics).start()
    yield f"http://{HERE}:{runner.addresses[0][1]}", list_routes(application)
    await runner.cleanup()


@web.middleware
async def _come_from_afar(request: web.Request, handler: Handler) -> web.StreamResponse:
    return await handler(request.clone(remote=request.headers["X-Test-Remote"]))


def list_routes(application: web.Application) -> list[str]:
    """Every method and path that is answered. HEAD comes with GET, and is answered as it is."""
    routes = [(route.method, route.resource.canonical) for route in application.router.routes() if route.resource]
    return [f"{method} {path}" for method, path in routes if method != "HEAD"]


async def set_up_deliveries(desk: Desk) -> None:
    """A delivery of the source with a case about it, and the tokens of four systems, one of them revoked."""
    await desk.bind("transport")
    await desk.file_complaint()
    async with desk.database.begin() as tx:
        for name, token in (("erp", "own"), ("wms", "other"), ("old", "revoked")):
            await tokens.create(tx, name, token, desk.clock.now())
        await tokens.create(tx, "board", "all", desk.clock.now(), reads_cases=True)
        await tokens.revoke(tx, "old", desk.clock.now())


async def ask(http: aiohttp.ClientSession, url: str, route: str, caller: Caller) -> str:
    """The status, with a star where there is something of the source's in the answer."""
    method, _, path = route.partition(" ")
    body = json.dumps(BODIES[route]) if route in BODIES else None
    headers = caller.headers | {"X-Test-Remote": caller.remote}
    async with http.request(method, url + path.format(**PLACES), headers=headers, data=body) as response:
        raw = await response.read()
    return f"{response.status}{'*' if response.status == 200 and is_of_the_source(path, raw) else ''}"


def is_of_the_source(path: str, raw: bytes) -> bool:
    """Whether an answer has anything that is the source's affair: its delivery, its link, its case."""
    if path.startswith("/qr/"):
        return raw.startswith(b"\x89PNG")
    if path == "/api/v1/cases":
        return bool(json.loads(raw)["cases"])
    return path == "/api/v1/deliveries/{waybill}" and json.loads(raw)["waybill"] == PLACES["waybill"]


async def look(desk: Desk) -> dict[str, dict[str, list[str]]]:
    """What every caller gets of every endpoint, at each door."""
    metrics = (HERE, find_free_port())
    async with serve(desk) as (only, routes), serve(desk, metrics) as (common, _), aiohttp.ClientSession() as http:
        urls = (only, common, f"http://{HERE}:{metrics[1]}")
        return {
            door: {route: [await ask(http, url, route, caller) for caller in callers] for route in routes}
            for (door, callers), url in zip(DOORS.items(), urls, strict=True)
        }


def draw(rows: dict[str, dict[str, list[str]]]) -> str:
    """A table for each door: a column for each caller, a row for each endpoint."""
    lines = [
        "What everybody gets of every HTTP endpoint: the status; a star where there is something of the source's in the answer.",
        "The delivery asked for, and the case about it, are of the source `erp`. The columns:",
        "",
        *(f"{n:4} {caller.name}" for n, caller in enumerate(CALLERS, 1)),
    ]
    for door, callers in DOORS.items():
        width = max(map(len, rows[door])) + 1
        numbers = [CALLERS.index(caller) + 1 for caller in callers]
        lines += ["", door, "", " " * width + "".join(f"{number:>5}" for number in numbers)]
        lines += [f"{route:{width}}" + "".join(f"{cell:>5}" for cell in cells) for route, cells in rows[door].items()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


async def test_everybody_at_every_endpoint(desk: Desk) -> None:
    """Nobody gets more than the table says, and nobody less; every endpoint has its row."""
    await set_up_deliveries(desk)
    drawn = draw(await look(desk))
    if os.environ.get("HUIFANG_WRITE"):
        WRITTEN.write_text(drawn, "utf-8")
    assert drawn.splitlines() == WRITTEN.read_text("utf-8").splitlines()


def test_the_table_keeps_the_rule() -> None:
    """What is a source's is shown to that source alone, and its cases to the person who was given all: in the table itself."""
    allowed = {"the source's own token", "the source's own token, through a proxy"}
    by_number = {n: caller.name for n, caller in enumerate(CALLERS, 1)}
    seen = {}
    for row in WRITTEN.read_text("utf-8").split("At the common address")[0].splitlines():
        if row.startswith(("GET", "POST")):
            cells = row.split()[2:]
            seen[row.split()[1]] = {by_number[n] for n, cell in enumerate(cells, 1) if cell.endswith("*")}
    assert seen["/api/v1/cases"] == allowed | {"the token of another source, made with --cases"}
    for path in ("/api/v1/deliveries/{waybill}", "/qr/{waybill}.{kind}"):
        assert seen[path] == allowed
