"""The stage of the fault matrix is put up and taken down: the company's files, the local Telegram, the database, the processes, the groups."""

import asyncio
import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import aiohttp
from sqlalchemy.engine import make_url

from playground.people.client import TelegramClient
from playground.people.presence import WorldWatch
from playground.server import Server, serve
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import tokens
from tests.harness.bot_process import SECRET, TOKEN, Bot, ask_around_the_clock
from tests.harness.commit_proxy import CommitProxy
from tests.harness.databases import create_database, make_sqlite_file
from tests.harness.fault_arena import Arena, Setup
from tests.harness.own_postgres import OwnPostgres
from tests.harness.patroni import Cluster
from tests.harness.pgbouncer import run_pgbouncer
from tests.harness.replicas import run_replicas

DEPARTMENT = """
[departments.d{n}]
name = {{ en = "Department {n}", zh = "{n}" }}
"""
CLOSING_SECONDS = 20.0


@asynccontextmanager
async def open_arena(
    setup: Setup, folder: Path, groups: int, postgres: OwnPostgres | Cluster | None, *, has_topics: bool = False
) -> AsyncIterator[Arena]:
    """The bot at work in this set-up, its groups bound; whatever was stopped or broken is ended at the end."""
    _write_company(folder, groups, has_topics=has_topics)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serve(token=TOKEN, port=0))
        server.world.callbacks.seconds = 3600
        telegram = await stack.enter_async_context(TelegramClient(server.url))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        proxy, url = None, f"sqlite+aiosqlite:///{folder / 'huifang.db'}"
        own = postgres if setup.engine == "PostgreSQL" else None
        if own is not None:
            url = await stack.enter_async_context(create_database(own.uri, await own.make_template()))
            if isinstance(own, Cluster):
                await own.wait_until_known(str(make_url(url).database))
            else:
                proxy = await stack.enter_async_context(CommitProxy(url))
        database = await _open_database(url)
        stack.push_async_callback(database.close)
        watch = WorldWatch(server.world)
        watching = asyncio.create_task(watch.run())
        stack.callback(watching.cancel)
        seen, extra, pooler = (url if proxy is None else proxy.url), {}, None
        if setup.is_pooled:
            pooler = await stack.enter_async_context(run_pgbouncer(url))
            seen, extra = pooler.place(url), {"HUIFANG_DATABASE_DIRECT": url}
        bots = await stack.enter_async_context(_run_bots(setup, folder, server, seen, extra))
        boss = await telegram.user("Boss")
        single, cluster = (own, None) if isinstance(own, OwnPostgres) else (None, own)
        arena = Arena(
            setup, folder, server, telegram, watch, database, bots, single, proxy, pooler, cluster, http, boss
        )
        server.world.is_own_bot = arena.note_kill
        await telegram.private(boss).start(bots[0].manager_code)
        await telegram.private(boss).see("manager")
        await arena.bind_groups(groups, has_topics=has_topics)
        guards = [asyncio.create_task(arena.supervise(bot)) for bot in bots]
        try:
            yield arena
        finally:
            await _close(arena, guards)


async def _close(arena: Arena, guards: list["asyncio.Task[None]"]) -> None:
    """End what runs, whatever state it is in, and leave a database server that can be used again."""
    arena.is_closing = True
    for guard in guards:
        guard.cancel()
    with suppress(TimeoutError, OSError, RuntimeError):
        async with asyncio.timeout(CLOSING_SECONDS):
            await asyncio.gather(*guards, return_exceptions=True)
            await asyncio.gather(*(bot.kill() for bot in arena.bots), return_exceptions=True)
    await arena.heal()


@asynccontextmanager
async def _run_bots(
    setup: Setup, folder: Path, server: Server, database: str, extra: dict[str, str]
) -> AsyncIterator[list[Bot]]:
    """`extra` are settings of all of them."""
    own = [extra | {"HUIFANG_CLOCK": str(folder / f"clock-{n}")} for n in range(setup.processes)]
    if setup.is_webhook:
        async with run_replicas(folder, server.url, database, own) as balancer:
            yield balancer.replicas
        return
    async with AsyncExitStack() as stack:
        bots = [Bot(folder, server.url, database, extra=settings) for settings in own]
        for bot in bots:
            await stack.enter_async_context(bot)
        yield bots


async def _open_database(url: str) -> Database:
    database = Database(url, Keyring([SECRET]))
    async with database.begin() as tx:
        await tokens.create(tx, "erp", "hf_test", datetime.now(UTC))
    return database


def _write_company(folder: Path, groups: int, *, has_topics: bool) -> None:
    """The company's files, with so many departments more, and its empty database."""
    shutil.copytree(_make_company(), folder, dirs_exist_ok=True)
    config = folder / "huifang.toml"
    text = config.read_text("utf-8")
    if has_topics:
        text = text.replace("topics = false", "topics = true")
    config.write_text(text + "".join(DEPARTMENT.format(n=n) for n in range(groups)), "utf-8")


@cache
def _make_company() -> Path:
    """What `huifang init --yes` writes, and a migrated SQLite file: made once for all cells."""
    folder = Path(tempfile.mkdtemp(prefix="huifang-company-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [sys.executable, "-m", "bot", "init", "--yes"]
    environment = {"HUIFANG_CONFIG": str(folder / "huifang.toml"), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    ask_around_the_clock(folder)
    (folder / "token-erp").write_text("hf_test")
    make_sqlite_file(folder / "huifang.db")
    return folder
