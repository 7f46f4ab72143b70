"""Several bot processes on one database behind a balancer, as an operator would run them.

The balancer is the public address that Telegram knows: it passes each update on, header and body as they are, to the
replicas in turn, or to all at once, and tries the next one when a replica does not answer.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.harness.bot_process import Bot


@dataclass
class Balancer:
    """`both` sends every update to all replicas at the same moment."""

    replicas: list[Bot] = field(default_factory=list)
    both: bool = False
    passed: dict[int, int] = field(default_factory=dict)
    """How many updates each replica has accepted."""
    url: str = ""
    _turn: "count[int]" = field(default_factory=count)
    _session: aiohttp.ClientSession | None = None

    async def pass_on(self, request: web.Request) -> web.Response:
        import asyncio

        body = await request.read()
        headers = {
            name: value for name, value in request.headers.items() if name.startswith(("X-Telegram", "Content-T"))
        }
        number = len(self.replicas)
        first = next(self._turn) % number
        order = [(first + n) % number for n in range(number)]
        if self.both:
            taken = await asyncio.gather(*(self._post(n, body, headers) for n in order))
            return web.Response(status=200 if any(taken) else 502)
        for n in order:
            if await self._post(n, body, headers):
                return web.Response()
        return web.Response(status=502)

    async def _post(self, n: int, body: bytes, headers: dict[str, str]) -> bool:
        assert self._session is not None
        try:
            async with self._session.post(f"{self.replicas[n].url}/telegram", data=body, headers=headers) as answer:
                if answer.ok:
                    self.passed[n] = self.passed.get(n, 0) + 1
                return answer.ok
        except aiohttp.ClientError:
            return False


@asynccontextmanager
async def run_two_replicas(
    folder: Path, telegram: str, database: str, **extra: str
) -> AsyncIterator[tuple[Balancer, Bot, Bot]]:
    """The balancer and its replicas, the one that sends first; `extra` are settings that a test wants otherwise."""
    async with run_replicas(folder, telegram, database, [extra, extra]) as balancer:
        first, second = balancer.replicas
        yield balancer, first, second


@asynccontextmanager
async def run_replicas(
    folder: Path, telegram: str, database: str, extras: Sequence[dict[str, str]]
) -> AsyncIterator[Balancer]:
    """The balancer and a replica with each of these settings, the one that sends first."""
    balancer = Balancer()
    app = web.Application()
    app.router.add_post("/telegram", balancer.pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runner.cleanup)
        balancer._session = await stack.enter_async_context(aiohttp.ClientSession())
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        balancer.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        for extra in extras:
            bot = Bot(folder, telegram, database, webhook=True, extra={"HUIFANG_WEBHOOK": balancer.url, **extra})
            balancer.replicas.append(await stack.enter_async_context(bot))
        yield balancer
