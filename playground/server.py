"""HTTP server on 127.0.0.1 for both the Bot API and its control; `serve` runs it inside a test or a process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from playground.botapi.door import BotApiDoor
from playground.botapi.guard import local_only
from playground.people.control import Control, answer_errors
from playground.world.files import UPLOAD_LIMIT
from playground.world.world import TOKEN, World

HOST = "127.0.0.1"
_BIGGEST_BODY = 2 * UPLOAD_LIMIT  # base64 in JSON is a third longer; the real limit is checked where files are read
_SHUTDOWN = 0.5

Extend = Callable[[web.Application, World], None]


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    world: World


@asynccontextmanager
async def serve(
    *, token: str = TOKEN, port: int = 0, world: World | None = None, extend: Extend | None = None
) -> AsyncIterator[Server]:
    """Run the server until the block ends.

    Args:
        token: the one bot's token, digits:text.
        port: 0 picks a free one.
        world: a prepared world instead of an empty one (its own token then counts).
        extend: adds routes (a page, a supervised process) to the application before it starts.
    """
    world = World(token) if world is None else world
    bot_api, control = BotApiDoor(world), Control(world)
    app = web.Application(client_max_size=_BIGGEST_BODY, middlewares=[local_only, answer_errors])
    app.add_routes([*bot_api.routes(), *control.routes()])
    if extend is not None:
        extend(app, world)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN, handle_signals=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port, backlog=1024)
        await site.start()
        chosen = runner.addresses[0][1]
        yield Server(f"http://{HOST}:{chosen}", world)
    finally:
        await bot_api.close()
        world.events.close()
        await runner.cleanup()
